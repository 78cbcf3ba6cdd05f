package dev.thalweg.optim;

import dev.thalweg.formula.Expression;
import dev.thalweg.formula.Operator;
import dev.thalweg.formula.PlanOutline;
import dev.thalweg.formula.ScalarPlan;
import dev.thalweg.formula.UpdatePlan;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.HasValues;
import dev.thalweg.kernels.RangeTask;
import dev.thalweg.kernels.Values;
import dev.thalweg.kernels.loop.FusedLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// An optimizer at work on some parameters: the state, the step counter, and the steps.
///
/// A step takes one gradient a parameter, checks all of them, and then updates parameters and slots
/// in place, in one pass, on the threads of the current [Engine]. How the work is cut never changes
/// a bit. In F32, state that has become smaller than 1e-32, and parameters smaller than 7.5e-37,
/// are set to 0 every 16 steps.
///
/// A gradient with a NaN or an infinity fails the step before anything has moved, unless the
/// optimizer says otherwise ([Optimizer#onNonFinite]).
///
/// A run belongs to one thread at a time. Parameters must not be written to by others during a
/// step.
public final class OptimizerRun {
  /// Numbers that are worth waking another thread for.
  private static final int GRAIN = 1 << 14;

  /// Numbers in one parallel pass; more make another pass.
  private static final int MOST_AT_ONCE = 1 << 30;

  private final Optimizer optimizer;
  private final NonFinite policy;
  private final Chain chain;
  private final PlanOutline plan;
  private final FusedLoop loop;
  private final ScalarPlan.State scalars;
  private final List<Sums> sums = new ArrayList<>();
  private final List<Parameter> parameters;

  /// What all parameters are; null where some are F32 and some F64.
  private final @Nullable DType kind;

  /// What each hyperparameter of the plan is over the steps.
  private final Schedule[] schedules;

  /// The slots that have a number for each element, by name.
  private final List<String> slots;

  /// By parameter: the parameter, its gradient while a step is under way, the slots.
  private final float[][][] floats;

  private final double[][][] doubles;

  /// By hyperparameter: whether its values have to be looked at, as its schedule does not say what
  /// they may be.
  private final boolean[] watched;

  /// By parameter, then slot.
  private final Values[][] state;

  /// Rows of scalars: one a parameter, or one for all where they don't differ.
  private final int rows;

  private final float[][] floatScalars;

  private final double[][] doubleScalars;

  /// Where a parameter begins if all were laid end to end; one more entry for the end.
  private final long[] starts;

  /// The gradients of the step that is under way; a list, since C2 (JDK 25) compiles what stores
  /// into an array of an interface twice.
  private final List<Values> gradients;

  private long steps;

  /// Whether a slot may be infinite: a square of a gradient was, or nobody looks.
  private boolean overflowed;

  /// How F32 parameters are updated once a square, or a scalar, was seen to overflow; null before.
  private @Nullable WideStep wide;

  OptimizerRun(Optimizer optimizer, List<Parameter> parameters) {
    this(optimizer, optimizer.chain(), parameters);
  }

  /// A run of a chain that may be another than the optimizer's: tests have programs with faults.
  OptimizerRun(Optimizer optimizer, Chain chain, List<Parameter> parameters) {
    this.optimizer = optimizer;
    policy = optimizer.onNonFinite();
    this.chain = chain;
    plan = chain.outline();
    this.parameters = List.copyOf(parameters);
    checkDistinct();
    schedules = new Schedule[plan.hyperparameters().size()];
    for (int i = 0; i < schedules.length; i++) {
      schedules[i] = schedule(plan.hyperparameters().get(i));
    }
    watched = new boolean[schedules.length];
    for (int i = 0; i < schedules.length; i++) {
      watched[i] = chain.isWatched(plan.hyperparameters().get(i));
    }
    kind = kind(this.parameters);
    loop = chain.loop(kind);
    int count = this.parameters.size();
    slots = plan.elementSlots();
    int[] sizes = new int[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = this.parameters.get(i).size();
    }
    scalars = plan.scalars().state(sizes);
    begin(plan.scalars());
    rows = plan.scalars().isPerTensor() ? count : 1;
    floatScalars = new float[rows][plan.scalars().scalars(0)];
    doubleScalars = new double[rows][plan.scalars().scalars(0)];
    state = new Values[count][slots.size()];
    floats = new float[count][][];
    doubles = new double[count][][];
    starts = new long[count + 1];
    gradients = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Parameter parameter = this.parameters.get(i);
      for (int s = 0; s < slots.size(); s++) {
        state[i][s] = initial(slots.get(s), parameter.values());
      }
      floats[i] = new float[0][];
      doubles[i] = new double[0][];
      if (parameter.dtype() == DType.F32) {
        floats[i] = new float[2 + slots.size()][];
        floats[i][0] = parameter.values().floats();
        for (int s = 0; s < slots.size(); s++) {
          floats[i][2 + s] = state[i][s].floats();
        }
      } else {
        doubles[i] = new double[2 + slots.size()][];
        doubles[i][0] = parameter.values().doubles();
        for (int s = 0; s < slots.size(); s++) {
          doubles[i][2 + s] = state[i][s].doubles();
        }
      }
      starts[i + 1] = starts[i] + parameter.size();
    }
    lookForOverflow(!chain.initial().isEmpty());
    for (int i = 0; i < plan.sums().size(); i++) {
      int number = i;
      sums.add(
          new Sums(
              plan.sums().get(i),
              chain.sumLoop(i, kind == DType.F64 ? kind : null),
              () -> chain.plan().reductions().get(number).program(),
              plan.scalars().scalars(i + 1),
              plan.scalars().isPerTensor(),
              sizes));
    }
  }

  private static @Nullable DType kind(List<Parameter> parameters) {
    DType first = parameters.getFirst().dtype();
    for (Parameter parameter : parameters) {
      if (parameter.dtype() != first) {
        return null;
      }
    }
    return first;
  }

  private Schedule schedule(String name) {
    Schedule schedule = chain.hyperparameters().get(name);
    if (schedule == null) {
      throw new IllegalStateException("no hyperparameter " + name);
    }
    if (!schedule.isResolved()) {
      throw new IllegalArgumentException(
          "%s: %s = %s has no length; give one, or the number of steps by over(steps)"
              .formatted(optimizer.name(), name, schedule));
    }
    return schedule;
  }

  /// A slot before the first step.
  private Values initial(String slot, Values parameter) {
    Expression value = chain.initial().get(slot);
    if (value == null) {
      return ArrayValues.zerosLike(parameter);
    }
    if (value.operation() == Operator.VARIABLE && chain.beginsAsParameter(slot)) {
      return ArrayValues.copyOf(parameter);
    }
    ArrayValues values = ArrayValues.zerosLike(parameter);
    boolean varies = chain.beginsAsParameter(slot);
    double same = varies ? 0 : chain.beginning(slot, 0);
    for (int i = 0; i < parameter.size(); i++) {
      if (values.dtype() == DType.F32) {
        values.floats()[i] = (float) (varies ? chain.beginning(slot, parameter.floats()[i]) : same);
      } else {
        values.doubles()[i] = varies ? chain.beginning(slot, parameter.doubles()[i]) : same;
      }
    }
    return values;
  }

  /// The slots that are one number before the first step.
  private void begin(ScalarPlan numbers) {
    for (int s = 0; s < numbers.slots().size(); s++) {
      String slot = numbers.slots().get(s);
      if (chain.beginsAsParameter(slot)) {
        throw new IllegalArgumentException(
            "%s: slot %s is one number, and can't begin as the array %s"
                .formatted(optimizer.name(), slot, chain.initial().get(slot)));
      }
      for (int i = 0; chain.initial().containsKey(slot) && i < parameters.size(); i++) {
        scalars.setSlot(s, i, chain.beginning(slot, 0));
      }
    }
  }

  private void checkDistinct() {
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException(optimizer.name() + ": expected a parameter, found none");
    }
    var names = new HashSet<String>();
    var arrays = new IdentityHashMap<Object, String>();
    for (Parameter parameter : parameters) {
      if (!names.add(parameter.name())) {
        throw new IllegalArgumentException(
            optimizer.name() + ": two parameters have the name " + parameter.name());
      }
      String other = arrays.put(array(parameter.values()), parameter.name());
      if (other != null) {
        throw new IllegalArgumentException(
            "%s: parameters %s and %s share one array"
                .formatted(optimizer.name(), other, parameter.name()));
      }
    }
  }

  private static Object array(Values values) {
    return values.dtype() == DType.F32 ? values.floats() : values.doubles();
  }

  /// What the run was attached from.
  public Optimizer optimizer() {
    return optimizer;
  }

  /// The parameters, in the order in which a step takes their gradients.
  public List<Parameter> parameters() {
    return parameters;
  }

  /// How many updates were made.
  public long steps() {
    return steps;
  }

  /// One update of every parameter.
  ///
  /// @param gradients one a parameter, in the order of [#parameters], each of the parameter's kind
  ///   and shape; they are only read, and not kept
  /// @throws IllegalArgumentException if one is missing or of another kind or shape; nothing has
  ///   changed then
  /// @throws NonFiniteGradientException if one has a NaN or an infinity and the optimizer's policy
  ///   is to fail; nothing has changed then
  public void step(List<? extends HasValues> gradients) {
    if (gradients.size() != parameters.size()) {
      throw new IllegalArgumentException(
          "%s: expected %d gradients, one a parameter, found %d"
              .formatted(optimizer.name(), parameters.size(), gradients.size()));
    }
    this.gradients.clear(); // one that could not be read may have ended a step
    for (int i = 0; i < parameters.size(); i++) {
      Values gradient = gradients.get(i).values();
      checkGradient(parameters.get(i), gradient);
      this.gradients.add(gradient);
    }
    update();
  }

  /// One update of the only parameter.
  ///
  /// @param gradient as long as the parameter, row-major
  /// @throws IllegalArgumentException if the gradient has another length, the parameter is F64, or
  ///   there are more of them; nothing has changed then
  public void step(float[] gradient) {
    checkOnly(DType.F32, gradient.length);
    gradients.clear();
    gradients.add(ArrayValues.vector(gradient));
    update();
  }

  /// One update of the only parameter.
  ///
  /// @param gradient as long as the parameter, row-major
  /// @throws IllegalArgumentException if the gradient has another length, the parameter is F32, or
  ///   there are more of them; nothing has changed then
  public void step(double[] gradient) {
    checkOnly(DType.F64, gradient.length);
    gradients.clear();
    gradients.add(ArrayValues.vector(gradient));
    update();
  }

  private void checkOnly(DType dtype, int length) {
    if (parameters.size() != 1) {
      throw new IllegalArgumentException(
          "%s: expected %d gradients, one a parameter, found one array"
              .formatted(optimizer.name(), parameters.size()));
    }
    Parameter parameter = parameters.getFirst();
    if (parameter.dtype() != dtype) {
      throw mismatch(parameter, parameter.dtype(), dtype);
    }
    if (parameter.size() != length) {
      throw mismatch(parameter, parameter.size() + " numbers", length);
    }
  }

  private void checkGradient(Parameter parameter, Values gradient) {
    if (gradient.dtype() != parameter.dtype()) {
      throw mismatch(parameter, parameter.dtype(), gradient.dtype());
    }
    int[] expected = parameter.dimensions();
    int[] found = gradient.dimensions();
    if (!Arrays.equals(expected, found)) {
      throw mismatch(
          parameter, "shape " + Arrays.toString(expected), "shape " + Arrays.toString(found));
    }
  }

  private IllegalArgumentException mismatch(Parameter parameter, Object expected, Object found) {
    gradients.clear();
    return new IllegalArgumentException(
        "%s: gradient of %s: expected %s, found %s"
            .formatted(optimizer.name(), parameter.name(), expected, found));
  }

  private void update() {
    if (!isFinite()) {
      gradients.clear();
      return;
    }
    for (int i = 0; i < parameters.size(); i++) {
      if (floats[i].length > 0) {
        floats[i][1] = gradients.get(i).floats();
      } else {
        doubles[i][1] = gradients.get(i).doubles();
      }
    }
    computeScalars();
    long end = starts[parameters.size()];
    if (end <= GRAIN) {
      update(0, end); // by itself: few steps on few numbers need no engine
    } else {
      Stretches.shared(this, end);
    }
    scalars.keepSlots();
    gradients.clear();
    for (int i = 0; i < parameters.size(); i++) {
      if (floats[i].length > 0) {
        floats[i][1] = floats[i][0];
      } else {
        doubles[i][1] = doubles[i][0];
      }
    }
    steps++;
  }

  /// Whether the step goes on: looks at the gradients as the policy says.
  private boolean isFinite() {
    if (policy == NonFinite.UNCHECKED) {
      return true;
    }
    boolean large = false;
    for (int i = 0; i < parameters.size(); i++) {
      if (FiniteCheck.areModerate(gradients.get(i))) {
        continue;
      }
      large = true;
      int at = FiniteCheck.firstBad(gradients.get(i));
      if (at < 0) {
        continue;
      }
      if (policy == NonFinite.SKIP) {
        return false;
      }
      if (policy == NonFinite.ZERO) {
        gradients.set(i, FiniteCheck.cleaned(gradients.get(i)));
        continue;
      }
      String sentence =
          FiniteCheck.sentence(optimizer.name(), parameters.get(i), gradients.get(i), at, steps);
      gradients.clear();
      throw new NonFiniteGradientException(sentence, parameters.get(i).name(), steps);
    }
    if (large && !overflowed) {
      setOverflowed(true);
    }
    return true;
  }

  private void setOverflowed(boolean overflowed) {
    this.overflowed = overflowed;
    scalars.setOverflowed(overflowed);
    wide = null;
    if (overflowed) {
      widen();
    }
  }

  private void widen() {
    if (policy != NonFinite.UNCHECKED && kind != DType.F64) {
      wide = new WideStep(loop, chain.loop(kind == null ? null : DType.F64));
    }
  }

  /// Whether squares have overflowed before, as far as slots say, which are infinite then. Where
  /// gradients are not looked at they may in any step.
  ///
  /// @param begun whether slots have other values than 0
  private void lookForOverflow(boolean begun) {
    boolean found = policy == NonFinite.UNCHECKED;
    for (int i = 0; i < state.length && begun; i++) {
      for (Values slot : state[i]) {
        found |= FiniteCheck.firstBad(slot) >= 0;
      }
    }
    setOverflowed(found);
  }

  /// Everything that is the same for all elements, sums included.
  private void computeScalars() {
    for (int h = 0; h < schedules.length; h++) {
      double value = schedules[h].at(steps);
      if (watched[h]) {
        checkNow(plan.hyperparameters().get(h), value);
      }
      scalars.set(h, value);
    }
    scalars.setStep(steps + 1);
    for (int depth = 0; depth <= plan.scalars().deepest(); depth++) {
      if (depth > 0) {
        for (int r = 0; r < sums.size(); r++) {
          if (plan.sums().get(r).depth() == depth) {
            sums.get(r).compute(scalars, r + 1, floats, doubles);
          }
        }
      }
      scalars.compute(depth);
    }
    for (int row = 0; row < rows; row++) {
      if (kind != DType.F64) {
        scalars.scalars(0, row, floatScalars[row]);
        if (wide == null && isInfinite(floatScalars[row])) {
          widen();
        }
      }
      if (kind != DType.F32 || wide != null) {
        scalars.scalars(0, row, doubleScalars[row]);
      }
    }
  }

  private static boolean isInfinite(float[] numbers) {
    for (float number : numbers) {
      if (Float.isInfinite(number)) {
        return true;
      }
    }
    return false;
  }

  /// Checks a value that was not known before: of a schedule that is any function.
  private void checkNow(String hyperparameter, double value) {
    Optional<String> complaint = chain.complaint(hyperparameter, value, optimizer.stages());
    if (complaint.isPresent()) {
      throw new IllegalArgumentException(complaint.get() + ", at step " + steps);
    }
  }

  /// Updates stretches of all parameters laid end to end, from a place on.
  private record Stretches(OptimizerRun of, long base) implements RangeTask {
    /// Updates everything, shared by the threads of the current engine.
    static void shared(OptimizerRun run, long end) {
      for (long base = 0; base < end; base += MOST_AT_ONCE) {
        int count = (int) Math.min(MOST_AT_ONCE, end - base);
        Engine.current().parallel(count, GRAIN, new Stretches(run, base));
      }
    }

    @Override
    public void run(int from, int to) {
      of.update(base + from, base + to);
    }
  }

  /// Updates a stretch of all parameters laid end to end.
  private void update(long from, long to) {
    int i = Arrays.binarySearch(starts, from);
    i = i < 0 ? -i - 2 : i;
    for (; i < parameters.size() && starts[i] < to; i++) {
      int first = (int) (Math.max(from, starts[i]) - starts[i]);
      int last = (int) (Math.min(to, starts[i + 1]) - starts[i]);
      if (first < last) {
        update(i, first, last);
      }
    }
  }

  private void update(int i, int from, int to) {
    int row = rows == 1 ? 0 : i;
    if (floats[i].length > 0) {
      if (wide == null) {
        loop.run(floats[i], floatScalars[row], from, to);
      } else {
        wide.run(floats[i], floatScalars[row], doubleScalars[row], from, to);
      }
      if (Negligible.isClearedAfter(steps)) {
        Negligible.clear(floats[i][0], Negligible.WEIGHT, from, to);
        for (int s = 2; s < floats[i].length; s++) {
          Negligible.clear(floats[i][s], Negligible.THRESHOLD, from, to);
        }
      }
    } else {
      loop.run(doubles[i], doubleScalars[row], from, to);
    }
  }

  /// The names of the slots that have a number for each number of a parameter: `m`, `v` for Adam.
  public List<String> slots() {
    return slots;
  }

  /// The hyperparameters as the next update will use them, by their names in the formula: the
  /// current rate is `hyperparameters().get("lr")`.
  public SequencedMap<String, Double> hyperparameters() {
    var now = new LinkedHashMap<String, Double>();
    chain.hyperparameters().forEach((name, schedule) -> now.put(name, schedule.at(steps)));
    return now;
  }

  /// What a slot of a parameter holds now: a copy.
  ///
  /// @throws IllegalArgumentException if there is no such slot, or the parameter is another run's
  public Values slot(String slot, Parameter parameter) {
    int s = slots.indexOf(slot);
    if (s < 0) {
      throw new IllegalArgumentException(
          "%s: unknown slot %s; known: %s"
              .formatted(optimizer.name(), slot, String.join(", ", slots)));
    }
    int i = parameters.indexOf(parameter);
    if (i < 0) {
      throw new IllegalArgumentException(
          optimizer.name() + ": parameter " + parameter.name() + " is not one of this run");
    }
    return ArrayValues.copyOf(state[i][s]);
  }

  /// A snapshot of steps, hyperparameters and slots.
  public OptimizerState state() {
    var snapshot = new LinkedHashMap<String, Values>();
    slotsByName().forEach((name, values) -> snapshot.put(name, ArrayValues.copyOf(values)));
    return new OptimizerState(optimizer.toString(), steps, hyperparameters(), snapshot);
  }

  /// Goes back to a snapshot, of this run or of one with an equal optimizer and parameters of the
  /// same names and shapes: the next steps are the same to the bit. The parameters' values are not
  /// part of it.
  ///
  /// @throws IllegalArgumentException if the state belongs to another optimizer or to other
  ///   parameters; nothing has changed then
  public void restore(OptimizerState state) {
    if (!state.optimizer().equals(optimizer.toString())) {
      throw new IllegalArgumentException(
          "optimizer state belongs to %s, this run is %s".formatted(state.optimizer(), optimizer));
    }
    SequencedMap<String, Values> mine = slotsByName();
    mine.forEach((name, expected) -> {
      Values found = state.slots().get(name);
      if (found == null) {
        throw new IllegalArgumentException("optimizer state has no slot " + name);
      }
      checkSlot(name, expected, found);
    });
    for (String name : state.slots().keySet()) {
      if (!mine.containsKey(name)) {
        throw new IllegalArgumentException(
            "optimizer state has a slot that is not of this run: " + name);
      }
    }
    for (int i = 0; i < this.state.length; i++) {
      for (int s = 0; s < slots.size(); s++) {
        copy(saved(state, slotName(i, slots.get(s))), this.state[i][s]);
      }
    }
    ScalarPlan numbers = plan.scalars();
    for (int s = 0; s < numbers.slots().size(); s++) {
      for (int i = 0; i < parameters.size(); i++) {
        double value = saved(state, numberName(numbers, s, i)).doubles()[0];
        scalars.setSlot(s, i, value);
      }
    }
    steps = state.steps();
    lookForOverflow(true);
  }

  private static Values saved(OptimizerState state, String name) {
    Values values = state.slots().get(name);
    if (values == null) {
      throw new IllegalStateException("no slot " + name);
    }
    return values;
  }

  private String slotName(int parameter, String slot) {
    return parameters.get(parameter).name() + "." + slot;
  }

  private String numberName(ScalarPlan numbers, int slot, int parameter) {
    String name = numbers.slots().get(slot);
    return numbers.slotLevel(slot) == UpdatePlan.Level.STEP ? name : slotName(parameter, name);
  }

  private static void checkSlot(String name, Values expected, Values found) {
    if (expected.dtype() != found.dtype()
        || !Arrays.equals(expected.dimensions(), found.dimensions())) {
      throw new IllegalArgumentException(
          "optimizer state: slot %s: expected %s%s, found %s%s"
              .formatted(
                  name,
                  expected.dtype(),
                  Arrays.toString(expected.dimensions()),
                  found.dtype(),
                  Arrays.toString(found.dimensions())));
    }
  }

  private static void copy(Values from, Values to) {
    System.arraycopy(array(from), 0, array(to), 0, to.size());
  }

  private SequencedMap<String, Values> slotsByName() {
    var byName = new LinkedHashMap<String, Values>();
    for (int i = 0; i < state.length; i++) {
      for (int s = 0; s < slots.size(); s++) {
        byName.put(slotName(i, slots.get(s)), state[i][s]);
      }
    }
    ScalarPlan numbers = plan.scalars();
    for (int s = 0; s < numbers.slots().size(); s++) {
      for (int i = 0; i < parameters.size(); i++) {
        double value = scalars.slot(s, i);
        String name = numberName(numbers, s, i);
        byName.put(name, ArrayValues.of(name, new int[0], new double[] {value}));
      }
    }
    return byName;
  }

  /// The optimizer, its steps and parameters: `adamw(lr=0.001) after 100 steps on weights F32[784,
  /// 64]`.
  @Override
  public String toString() {
    return optimizer
        + " after "
        + steps
        + " steps on "
        + String.join(", ", parameters.stream().map(Parameter::toString).toList());
  }
}

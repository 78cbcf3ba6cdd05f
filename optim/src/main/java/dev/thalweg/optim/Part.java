package dev.thalweg.optim;

import dev.thalweg.formula.ArrayOperator;
import dev.thalweg.formula.Expression;
import dev.thalweg.formula.Operator;
import dev.thalweg.formula.PlanOutline;
import dev.thalweg.formula.Program;
import dev.thalweg.formula.ScalarPlan;
import dev.thalweg.formula.UpdatePlan;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Kernels;
import dev.thalweg.kernels.RangeTask;
import dev.thalweg.kernels.ScalarKernels;
import dev.thalweg.kernels.UsedRows;
import dev.thalweg.kernels.Values;
import dev.thalweg.kernels.loop.AtZero;
import dev.thalweg.kernels.loop.FusedLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A chain at work on those parameters of a run that it is for: their slots, and the passes of a
/// step over them.
///
/// What a step hands over is checked by the [OptimizerRun].
final class Part implements PiecewiseTask {
  /// Numbers that are worth waking another thread for.
  private static final int GRAIN = 1 << 14;

  /// Numbers in one parallel pass; more make another pass.
  private static final int MOST_AT_ONCE = 1 << 30;

  private final Optimizer optimizer;
  private final String prefix;
  private final NonFinite policy;
  private final Chain chain;
  private final PlanOutline plan;
  private final FusedLoop loop;

  /// The same as the kernels of the current engine run it.
  private FusedLoop fast;

  private Kernels kernels = ScalarKernels.INSTANCE;
  private final ScalarPlan.State scalars;
  private final List<Sums> sums = new ArrayList<>();
  private final List<ArrayPasses> passes = new ArrayList<>();
  private final List<Parameter> parameters;

  /// What all parameters are; null where some are F32 and some F64.
  private final @Nullable DType kind;

  /// What each hyperparameter of the plan is over the steps.
  private final @Nullable Schedule[] schedules;

  /// The slots that have a number for each element, by name.
  private final List<String> slots;

  /// By parameter, of floats or of doubles: the parameter, its gradient while a step is under way,
  /// the slots, what passes give.
  private final Object[][] arrays;

  /// By hyperparameter: whether its values have to be looked at, as its schedule does not say what
  /// they may be.
  private final boolean[] watched;

  /// By parameter, then slot.
  private final Values[][] state;

  /// Upon how many sums and passes the deepest scalar or pass stands.
  private final int deepest;

  /// Rows of scalars: one a parameter, or one for all where they don't differ.
  private final int rows;

  private final float[][] floatScalars;

  private final double[][] doubleScalars;

  /// Where a parameter begins if all were laid end to end; one more entry for the end.
  private final long[] starts;

  /// What a part in front makes of the gradients; empty for all others.
  private final List<ArrayValues> made = new ArrayList<>();

  /// The same.
  private final List<Values> makes = new ArrayList<>();

  /// What is done before each request for a further gradient, in order; they share slots with this.
  private final List<Part> asked = new ArrayList<>();

  /// The number of the update that is under way, from 0.
  private long steps;

  /// What the rate is multiplied by.
  private double rate = 1;

  /// The updates of the run that are over when this part begins.
  private long begin;

  /// Whether a slot may be infinite: a square of a gradient was, or nobody looks.
  private boolean overflowed;

  /// By parameter: the rows of its gradient without which all is 0, where that is known, while a
  /// step is under way.
  private final @Nullable UsedRows[] used;

  /// By parameter: what is known of the rows of one that was seen with such a gradient.
  private final @Nullable TableRows[] tables;

  /// By parameter: whether the step leaves all other rows as they are.
  private final boolean[] rests;

  /// Whether a gradient with such rows was seen.
  private boolean rowsKnown;

  /// What the loop makes of numbers without a gradient; null before it was asked.
  private @Nullable AtZero atZero;

  /// How F32 parameters are updated once a square, or a scalar, was seen to overflow; null before.
  private @Nullable WideStep wide;

  /// @param optimizer whose chain it is, for messages
  Part(Optimizer optimizer, Chain chain, List<Parameter> parameters) {
    this(optimizer, chain, parameters, "");
  }

  /// @param prefix what the names of slots begin with
  Part(Optimizer optimizer, Chain chain, List<Parameter> parameters, String prefix) {
    this(optimizer, chain, parameters, prefix, List.of());
  }

  /// @param others which share their slots with this one
  private Part(
      Optimizer optimizer,
      Chain chain,
      List<Parameter> parameters,
      String prefix,
      List<Part> others) {
    for (Chain one : chain.asked()) {
      asked.add(new Part(optimizer, one, parameters, prefix, asked));
    }
    List<Part> sharing = chain.asked().isEmpty() ? others : asked;
    this.prefix = prefix;
    this.optimizer = optimizer;
    this.chain = chain;
    this.parameters = parameters;
    policy = optimizer.onNonFinite();
    plan = chain.outline();
    schedules = new Schedule[plan.hyperparameters().size()];
    for (int i = 0; i < schedules.length; i++) {
      schedules[i] = schedule(plan.hyperparameters().get(i));
    }
    watched = new boolean[schedules.length];
    for (int i = 0; i < schedules.length; i++) {
      watched[i] = chain.isWatched(plan.hyperparameters().get(i));
    }
    kind = kind(parameters);
    loop = chain.loop(kind);
    fast = loop;
    int count = parameters.size();
    slots = plan.elementSlots();
    int[] sizes = new int[count];
    int[][] shapes = new int[count][];
    int[] firsts = new int[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = parameters.get(i).size();
      shapes[i] = parameters.get(i).dimensions();
      firsts[i] = shapes[i].length == 0 ? 1 : shapes[i][0];
    }
    checkShapes();
    scalars = plan.scalars().state(shapes);
    begin(plan.scalars());
    rows = plan.scalars().isPerTensor() ? count : 1;
    floatScalars = new float[rows][plan.scalars().scalars(0)];
    doubleScalars = new double[rows][plan.scalars().scalars(0)];
    int made = 0;
    for (PlanOutline.Pass pass : plan.passes()) {
      made += pass.arrays().size();
    }
    state = new Values[count][slots.size()];
    Values[][] room = new Values[count][made];
    arrays = new Object[count][];
    starts = new long[count + 1];
    used = new UsedRows[count];
    tables = new TableRows[count];
    rests = new boolean[count];
    for (int i = 0; i < count; i++) {
      Parameter parameter = parameters.get(i);
      for (int s = 0; s < slots.size(); s++) {
        Values shared = shared(sharing, slots.get(s), i);
        state[i][s] = shared == null ? initial(slots.get(s), parameter.values()) : shared;
      }
      for (int k = 0; k < made; k++) {
        room[i][k] = ArrayValues.zerosLike(parameter.values());
      }
      var all = new ArrayList<Values>();
      all.add(parameter.values());
      all.add(parameter.values());
      all.addAll(Arrays.asList(state[i]));
      all.addAll(Arrays.asList(room[i]));
      int each = all.size();
      arrays[i] = parameter.dtype() == DType.F32 ? new float[each][] : new double[each][];
      for (int k = 0; k < each; k++) {
        arrays[i][k] = ArrayValues.array(all.get(k));
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
              sizes,
              firsts));
    }
    int deep = plan.scalars().deepest();
    if (!plan.passes().isEmpty()) {
      for (int h = 0; h < schedules.length; h++) {
        Schedule schedule = schedules[h];
        scalars.set(h, schedule == null ? Double.NaN : schedule.at(0));
      }
      scalars.setStep(1);
      scalars.compute(0); // the size of what functions of arrays keep
    }
    var counts = new HashMap<ArrayOperator, Integer>();
    for (int i = 0; i < plan.passes().size(); i++) {
      PlanOutline.Pass pass = plan.passes().get(i);
      int number = counts.merge(pass.function(), 1, Integer::sum);
      passes.add(
          new ArrayPasses(
              pass,
              pass.function().text() + (number == 1 ? "" : "_" + number),
              chain.passLoop(i, kind),
              plan.scalars(),
              plan.sums().size() + 1 + 2 * i,
              room,
              2 + slots.size(),
              scalars));
      deep = Math.max(deep, pass.depth());
    }
    deepest = deep;
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

  /// The array of a slot that another part has, too.
  private static @Nullable Values shared(List<Part> others, String slot, int parameter) {
    for (Part other : others) {
      int at = other.slots.indexOf(slot);
      if (at >= 0) {
        return other.state[parameter][at];
      }
    }
    return null;
  }

  private @Nullable Schedule schedule(String name) {
    Schedule schedule = chain.hyperparameters().get(name);
    if (schedule == null && name.equals(Chain.VALUE)) {
      return null; // what is minimised has it
    }
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

  /// A function of matrices can't be taken of a vector.
  private void checkShapes() {
    for (PlanOutline.Pass pass : plan.passes()) {
      ArrayOperator function = pass.function();
      for (Parameter parameter : parameters) {
        if (function.needsMatrix() && parameter.dimensions().length < 2) {
          throw new IllegalArgumentException(
              "%s is a method for matrices, and parameter %s has shape %s: give such ones another, as in '%s for rank<2: adamw(0.001)'"
                  .formatted(
                      optimizer.name(),
                      parameter.name(),
                      Arrays.toString(parameter.dimensions()),
                      optimizer.name()));
        }
      }
    }
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

  /// The parameters, in the order in which a step takes their gradients.
  List<Parameter> parameters() {
    return parameters;
  }

  /// The names of the slots that have a number for each number of a parameter.
  List<String> slots() {
    return slots;
  }

  /// Says that a square of a gradient may have been infinite.
  void setOverflowed() {
    for (Part part : asked) {
      part.setOverflowed();
    }
    if (!overflowed) {
      setOverflowed(true);
    }
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
  void lookForOverflow(boolean begun) {
    for (Part part : asked) {
      part.lookForOverflow(begun);
    }
    for (TableRows table : tables) {
      if (table != null) {
        table.forget();
      }
    }
    boolean found = policy == NonFinite.UNCHECKED;
    for (int i = 0; i < state.length && begun; i++) {
      for (Values slot : state[i]) {
        found |= FiniteCheck.firstBad(slot) >= 0;
      }
    }
    setOverflowed(found);
  }

  /// Gets ready for an update: hyperparameters have its values, or are refused.
  ///
  /// @param steps the updates before
  /// @param objective the value where the step begins, if it is known
  void prepare(long steps, double objective) {
    this.steps = steps;
    for (Part part : asked) {
      part.prepare(steps, objective);
    }
    for (int h = 0; h < schedules.length; h++) {
      Schedule schedule = schedules[h];
      double value = schedule == null ? objective : schedule.at(steps);
      if (rate != 1 && plan.hyperparameters().get(h).equals(Chain.RATE)) {
        value *= rate;
      }
      if (watched[h]) {
        checkNow(plan.hyperparameters().get(h), value);
      }
      scalars.set(h, value);
    }
    scalars.setStep(steps - begin + 1);
  }

  /// Sets what the rate of the next updates is multiplied by.
  void setRate(double rate) {
    this.rate = rate;
    for (Part part : asked) {
      part.setRate(rate);
    }
  }

  /// Sets the updates of the run that are over when this part begins.
  void setBegin(long begin) {
    this.begin = begin;
    for (Part part : asked) {
      part.setBegin(begin);
    }
  }

  /// Whether it moves in the update behind so many.
  boolean hasBegun(long steps) {
    return steps >= begin;
  }

  /// How often a step asks for further gradients.
  int requests() {
    return asked.size();
  }

  /// What a request is for.
  Program.Cause cause(int request) {
    return chain.cause(request);
  }

  /// What is done before a request: moves the parameters to where the gradient is to be taken.
  void ask(int request, List<Values> gradients) {
    Part before = asked.get(request);
    before.takeNumbers(request == 0 ? this : asked.get(request - 1));
    before.step(gradients);
  }

  /// Takes the slots that are single numbers from another part.
  private void takeNumbers(Part from) {
    List<String> names = plan.scalars().slots();
    List<String> theirs = from.plan.scalars().slots();
    for (int s = 0; s < names.size(); s++) {
      int at = theirs.indexOf(names.get(s));
      for (int i = 0; at >= 0 && i < parameters.size(); i++) {
        scalars.setSlot(s, i, from.scalars.slot(at, i));
      }
    }
  }

  /// What a part in front makes of the gradients: its own arrays.
  List<Values> passed(List<Values> gradients) {
    boolean first = made.isEmpty();
    for (int i = 0; i < parameters.size(); i++) {
      if (first) {
        ArrayValues zeros = ArrayValues.zerosLike(gradients.get(i));
        zeros.setUsedRows(new UsedRows());
        made.add(zeros);
        makes.add(zeros);
      }
      made.get(i).setRows(gradients.get(i));
    }
    step(makes);
    for (int i = 0; i < parameters.size(); i++) {
      if (!rests[i]) {
        made.get(i).setUsedRows(null);
      }
    }
    return makes;
  }

  /// What a chain makes of copies of the parameters and slots in the update to come, a number for
  /// each parameter: the first of it. Nothing of this part changes.
  ///
  /// @param chain with the slots of this part
  /// @param updates that were made
  double[] told(Chain chain, long updates, List<Values> gradients) {
    Part copy = copied(chain);
    copy.prepare(updates, Double.NaN);
    copy.step(gradients);
    var told = new double[parameters.size()];
    for (int i = 0; i < told.length; i++) {
      Values made = copy.parameters.get(i).values();
      told[i] = made.dtype() == DType.F32 ? made.floats()[0] : made.doubles()[0];
    }
    return told;
  }

  /// What [#passed] would give in the update to come. Nothing of this part changes.
  List<Values> passedByCopy(List<Values> gradients, long updates) {
    Part copy = copied(chain);
    copy.prepare(updates, Double.NaN);
    return copy.passed(gradients);
  }

  /// Copies of the parameters and slots, moved by a chain that has these slots, too.
  private Part copied(Chain chain) {
    var copies = new ArrayList<Parameter>();
    for (Parameter each : parameters) {
      copies.add(Parameter.of(each.name(), ArrayValues.copyOf(each.values())));
    }
    Part copy = new Part(optimizer, chain, copies);
    copy.setRate(rate);
    copy.setBegin(begin);
    for (int i = 0; i < parameters.size(); i++) {
      for (int s = 0; s < slots.size(); s++) {
        int theirs = copy.slots.indexOf(slots.get(s));
        if (theirs >= 0) {
          ArrayValues.copy(state[i][s], copy.state[i][theirs]);
        }
      }
    }
    copy.takeNumbers(this);
    copy.lookForOverflow(true);
    return copy;
  }

  /// The stages of what it is carried out by.
  List<Stage> stages() {
    return optimizer.stages();
  }

  /// One update.
  ///
  /// @param gradients one a parameter
  void step(List<Values> gradients) {
    if (!asked.isEmpty()) {
      takeNumbers(asked.getLast());
    }
    for (int i = 0; i < parameters.size(); i++) {
      Values gradient = gradients.get(i);
      arrays[i][1] = arrays[i] instanceof float[][] ? gradient.floats() : gradient.doubles();
      used[i] = gradient.usedRows();
      rowsKnown |= used[i] != null;
    }
    computeScalars();
    findKernels();
    if (rowsKnown) {
      findResting();
    }
    over(this);
    if (rowsKnown) {
      updateRows();
    }
    scalars.keepSlots();
    for (int i = 0; i < parameters.size(); i++) {
      arrays[i][1] = arrays[i][0];
    }
  }

  /// Has the loop run as the kernels of the engine do; few numbers need no engine.
  private void findKernels() {
    long end = starts[parameters.size()];
    if (end > FiniteCheck.FEW) {
      Kernels now = Engine.current().kernelsFor(end);
      if (!now.equals(kernels)) {
        kernels = now;
        fast = now.loop(loop, chain);
      }
    }
  }

  /// Finds out of which parameters only some rows move, and forgets what was known of the others.
  private void findResting() {
    for (int i = 0; i < parameters.size(); i++) {
      rests[i] = used[i] != null && rests(i);
      TableRows table = tables[i];
      if (!rests[i] && table != null) {
        table.forget();
      }
    }
  }

  private void updateRows() {
    for (int i = 0; i < parameters.size(); i++) {
      UsedRows some = used[i];
      TableRows table = tables[i];
      if (rests[i] && some != null && table != null) {
        update(i, some, table);
      }
    }
    Arrays.fill(used, null);
  }

  /// Everything that is the same for all elements, sums included, and what passes give.
  private void computeScalars() {
    for (int depth = 0; depth <= deepest; depth++) {
      if (depth > 0) {
        for (int r = 0; r < sums.size(); r++) {
          if (plan.sums().get(r).depth() == depth) {
            sums.get(r).compute(scalars, r + 1, arrays, used);
          }
        }
        for (ArrayPasses pass : passes) {
          if (pass.depth() == depth) {
            pass.load(scalars);
            over(pass.arguments(arrays));
            pass.run(scalars);
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

  /// Does something with all elements, shared by the threads of the current engine: stretches of
  /// all parameters laid end to end.
  private void over(PiecewiseTask piece) {
    long end = starts[parameters.size()];
    if (end <= GRAIN) {
      stretch(piece, 0, end); // by itself: few steps on few numbers need no engine
      return;
    }
    for (long base = 0; base < end; base += MOST_AT_ONCE) {
      int count = (int) Math.min(MOST_AT_ONCE, end - base);
      Engine.current().parallel(count, GRAIN, new Stretches(this, piece, base));
    }
  }

  /// Stretches of all parameters laid end to end, from a place on.
  private record Stretches(Part of, PiecewiseTask piece, long base) implements RangeTask {
    @Override
    public void run(int from, int to) {
      of.stretch(piece, base + from, base + to);
    }
  }

  private void stretch(PiecewiseTask piece, long from, long to) {
    int i = Arrays.binarySearch(starts, from);
    i = i < 0 ? -i - 2 : i;
    for (; i < parameters.size() && starts[i] < to; i++) {
      int first = (int) (Math.max(from, starts[i]) - starts[i]);
      int last = (int) (Math.min(to, starts[i + 1]) - starts[i]);
      if (first < last) {
        piece.run(i, first, last);
      }
    }
  }

  /// Whether the step leaves the numbers of a parameter that have no gradient as they are, and what
  /// is kept for them.
  private boolean rests(int i) {
    boolean narrow = arrays[i] instanceof float[][];
    if (!passes.isEmpty() || (narrow && wide != null)) {
      return false;
    }
    AtZero known = atZero;
    if (known == null) {
      known = new AtZero(chain.plan().loop(), 1, notNegative());
      atZero = known;
    }
    int row = rows == 1 ? 0 : i;
    boolean same =
        narrow ? known.changesNothing(floatScalars[row]) : known.changesNothing(doubleScalars[row]);
    if (!same) {
      return false;
    }
    TableRows table = tables[i];
    if (table == null) {
      table = new TableRows(parameters.get(i).values(), state[i]);
      tables[i] = table;
    }
    return table.isWithoutMinus(known.signs());
  }

  /// By array of the loop: whether it is a slot that begins at 0 or above.
  private boolean[] notNegative() {
    boolean[] begins = new boolean[chain.plan().loop().arrays()];
    for (int s = 0; s < slots.size(); s++) {
      String slot = slots.get(s);
      begins[2 + s] = !chain.beginsAsParameter(slot) && chain.beginning(slot, 0) >= 0;
    }
    return begins;
  }

  /// Whether a step as the next one leaves numbers that have no gradient as they are, and what is
  /// kept for them.
  boolean restsNow() {
    var gradients = new ArrayList<Values>();
    for (Parameter parameter : parameters) {
      ArrayValues gradient = ArrayValues.zerosLike(parameter.values());
      if (parameter.dtype() == DType.F32) {
        gradient.floats()[0] = 1;
      } else {
        gradient.doubles()[0] = 1;
      }
      gradient.setUsedRows(UsedRows.of(0));
      gradients.add(gradient);
    }
    step(gradients);
    return rests[0];
  }

  /// Updates the rows of a parameter that have a gradient, where the others stay as they are.
  private void update(int i, UsedRows gradients, TableRows table) {
    int count = gradients.count();
    var moving = new Rows(this, i, gradients, table.width());
    if ((long) count * table.width() <= GRAIN) {
      moving.run(0, count);
    } else {
      Engine.current().parallel(count, Math.max(1, GRAIN / table.width()), moving);
    }
    table.moved(gradients, Objects.requireNonNull(atZero).signs());
    if (arrays[i] instanceof float[][] && Negligible.isClearedAfter(steps)) {
      table.clear(GRAIN);
    }
  }

  /// The loop of the update on some of the rows of a parameter; no lambda.
  private record Rows(Part of, int parameter, UsedRows rows, int width) implements RangeTask {
    @Override
    public void run(int from, int to) {
      for (int i = from; i < to; ) {
        int end = rows.runEnd(i, to);
        of.move(parameter, rows.at(i) * width, (rows.at(end - 1) + 1) * width);
        i = end;
      }
    }
  }

  private void move(int i, int from, int to) {
    int row = rows == 1 ? 0 : i;
    if (arrays[i] instanceof float[][] floats) {
      fast.run(floats, floatScalars[row], from, to);
    } else {
      loop.run((double[][]) arrays[i], doubleScalars[row], from, to);
    }
  }

  /// The update of some elements of a parameter.
  @Override
  public void run(int i, int from, int to) {
    if (rests[i]) {
      return;
    }
    int row = rows == 1 ? 0 : i;
    if (arrays[i] instanceof float[][] floats) {
      if (wide == null) {
        move(i, from, to);
      } else {
        wide.run(floats, floatScalars[row], doubleScalars[row], from, to);
      }
      if (Negligible.isClearedAfter(steps)) {
        Negligible.clear(floats[0], Negligible.WEIGHT, from, to);
        for (int s = 2; s < 2 + slots.size(); s++) {
          Negligible.clear(floats[s], Negligible.THRESHOLD, from, to);
        }
      }
    } else {
      move(i, from, to);
    }
  }

  /// Whether the method is to be evaluated elsewhere than where its gradients are taken.
  boolean hasEvaluation() {
    return optimizer.evaluation().isPresent();
  }

  /// Where the method is to be evaluated, by parameter; the parameters' own values where they are.
  List<Values> evaluation(long steps) {
    var points = new ArrayList<Values>();
    Optional<Expression> formula = optimizer.evaluation();
    var now = new HashMap<String, Double>();
    chain.hyperparameters().forEach((name, schedule) -> now.put(name, schedule.at(steps)));
    now.computeIfPresent(Chain.RATE, (_, scheduled) -> scheduled * rate);
    for (int i = 0; i < parameters.size(); i++) {
      Values values = parameters.get(i).values();
      points.add(
          formula.isEmpty()
              ? values
              : new EvaluationPoint(formula.get(), slots).of(values, state[i], now));
    }
    return points;
  }

  /// What a slot of a parameter holds now; the values themselves.
  Values slot(int slot, int parameter) {
    return state[parameter][slot];
  }

  /// Adds what arrays there are to keep, by name: the values themselves.
  void addArrays(SequencedMap<String, Values> byName) {
    addAsked(byName);
    for (int i = 0; i < state.length; i++) {
      for (int s = 0; s < slots.size(); s++) {
        if (!chain.isCarried(slots.get(s))) {
          byName.put(slotName(i, slots.get(s)), state[i][s]);
        }
      }
      for (ArrayPasses pass : passes) {
        String name = slotName(i, pass.name());
        pass.state(i).forEach((slot, values) -> byName.put(name + "." + slot, values));
      }
    }
  }

  /// Adds those of them that change before the last request for a gradient.
  void addAsked(SequencedMap<String, Values> byName) {
    for (Part part : asked) {
      part.addArrays(byName);
    }
  }

  /// Adds the slots that are single numbers.
  void addNumbers(SequencedMap<String, Values> byName) {
    for (Part part : asked) {
      part.addNumbers(byName);
    }
    ScalarPlan numbers = plan.scalars();
    for (int s = 0; s < numbers.slots().size(); s++) {
      for (int i = 0; i < parameters.size() && !chain.isCarried(numbers.slots().get(s)); i++) {
        double value = scalars.slot(s, i);
        String name = numberName(numbers, s, i);
        byName.put(name, ArrayValues.of(name, new int[0], new double[] {value}));
      }
    }
  }

  /// Sets the slots that are single numbers to those of these names.
  void setNumbers(SequencedMap<String, Values> byName) {
    for (Part part : asked) {
      part.setNumbers(byName);
    }
    ScalarPlan numbers = plan.scalars();
    for (int s = 0; s < numbers.slots().size(); s++) {
      for (int i = 0; i < parameters.size(); i++) {
        Values value = byName.get(numberName(numbers, s, i));
        if (value != null) {
          scalars.setSlot(s, i, value.doubles()[0]);
        }
      }
    }
  }

  private String slotName(int parameter, String slot) {
    return parameters.get(parameter).name() + "." + prefix + slot;
  }

  private String numberName(ScalarPlan numbers, int slot, int parameter) {
    String name = numbers.slots().get(slot);
    return numbers.slotLevel(slot) == UpdatePlan.Level.STEP
        ? prefix + name
        : slotName(parameter, name);
  }
}

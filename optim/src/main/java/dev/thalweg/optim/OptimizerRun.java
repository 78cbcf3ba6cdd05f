package dev.thalweg.optim;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.HasValues;
import dev.thalweg.kernels.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// An optimizer at work on some parameters: the state, the step counter, and the steps.
///
/// A step takes one gradient a parameter, checks all of them, and then updates parameters and slots
/// in place, in one pass, on the threads of the current [Engine]. How the work is cut never changes
/// a bit. In F32, state that has become smaller than 1e-32 is set to 0 every 16 steps.
///
/// Numbers that are not finite are not looked for: a NaN or an infinity in a gradient goes into the
/// parameter and the slots, and stays there. Look at the loss or the gradients first where that can
/// happen.
///
/// A run belongs to one thread at a time. Parameters must not be written to by others during a
/// step.
public final class OptimizerRun {
  /// Numbers that are worth waking another thread for.
  private static final int GRAIN = 1 << 14;

  /// Numbers in one parallel pass; more make another pass.
  private static final int MOST_AT_ONCE = 1 << 30;

  private final Optimizer optimizer;
  private final UpdateRule rule;
  private final List<Parameter> parameters;

  /// By parameter, then slot.
  private final Values[][] slots;

  /// The slots' arrays, as the loops take them.
  private final float[][][] floatSlots;

  private final double[][][] doubleSlots;

  /// Where a parameter begins if all were laid end to end; one more entry for the end.
  private final long[] starts;

  /// The gradients of the step that is under way.
  private final Values[] gradients;

  private final double[] scalars;
  private final float[] floatScalars;
  private long steps;

  OptimizerRun(Optimizer optimizer, UpdateRule rule, List<Parameter> parameters) {
    this.optimizer = optimizer;
    this.rule = rule;
    this.parameters = List.copyOf(parameters);
    checkDistinct();
    int count = this.parameters.size();
    List<String> names = rule.slots();
    slots = new Values[count][names.size()];
    floatSlots = new float[count][][];
    doubleSlots = new double[count][][];
    starts = new long[count + 1];
    gradients = new Values[count];
    scalars = new double[rule.scalarCount()];
    floatScalars = new float[rule.scalarCount()];
    for (int i = 0; i < count; i++) {
      Values values = this.parameters.get(i).values();
      Arrays.setAll(slots[i], s -> ArrayValues.zerosLike(values));
      boolean single = values.dtype() == DType.F32;
      floatSlots[i] = single ? floatsOf(slots[i]) : new float[0][];
      doubleSlots[i] = single ? new double[0][] : doublesOf(slots[i]);
      starts[i + 1] = starts[i] + values.size();
    }
  }

  private static float[][] floatsOf(Values[] values) {
    return Arrays.stream(values).map(Values::floats).toArray(float[][]::new);
  }

  private static double[][] doublesOf(Values[] values) {
    return Arrays.stream(values).map(Values::doubles).toArray(double[][]::new);
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
    return switch (values.dtype()) {
      case F32 -> values.floats();
      case F64 -> values.doubles();
    };
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
  public void step(List<? extends HasValues> gradients) {
    if (gradients.size() != parameters.size()) {
      throw new IllegalArgumentException(
          "%s: expected %d gradients, one a parameter, found %d"
              .formatted(optimizer.name(), parameters.size(), gradients.size()));
    }
    for (int i = 0; i < this.gradients.length; i++) {
      Values gradient = gradients.get(i).values();
      checkGradient(parameters.get(i), gradient);
      this.gradients[i] = gradient;
    }
    update();
  }

  /// One update of the only parameter.
  ///
  /// @param gradient as long as the parameter, row-major
  /// @throws IllegalArgumentException if the gradient has another length, the parameter is F64, or
  ///   there are more of them; nothing has changed then
  public void step(float[] gradient) {
    Parameter parameter = onlyParameter(DType.F32, gradient.length);
    gradients[0] = ArrayValues.of(parameter.name(), parameter.dimensions(), gradient);
    update();
  }

  /// One update of the only parameter.
  ///
  /// @param gradient as long as the parameter, row-major
  /// @throws IllegalArgumentException if the gradient has another length, the parameter is F32, or
  ///   there are more of them; nothing has changed then
  public void step(double[] gradient) {
    Parameter parameter = onlyParameter(DType.F64, gradient.length);
    gradients[0] = ArrayValues.of(parameter.name(), parameter.dimensions(), gradient);
    update();
  }

  private Parameter onlyParameter(DType dtype, int length) {
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
    return parameter;
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
    Arrays.fill(gradients, null);
    return new IllegalArgumentException(
        "%s: gradient of %s: expected %s, found %s"
            .formatted(optimizer.name(), parameter.name(), expected, found));
  }

  private void update() {
    rule.scalars(steps, scalars);
    for (int i = 0; i < scalars.length; i++) {
      floatScalars[i] = (float) scalars[i];
    }
    long end = starts[parameters.size()];
    for (long base = 0; base < end; base += MOST_AT_ONCE) {
      long start = base;
      int count = (int) Math.min(MOST_AT_ONCE, end - base);
      Engine.current().parallel(count, GRAIN, (from, to) -> update(start + from, start + to));
    }
    Arrays.fill(gradients, null);
    steps++;
  }

  /// Updates a stretch of all parameters laid end to end.
  private void update(long from, long to) {
    int i = Arrays.binarySearch(starts, from);
    i = i < 0 ? -i - 2 : i;
    for (; i < gradients.length && starts[i] < to; i++) {
      int first = (int) (Math.max(from, starts[i]) - starts[i]);
      int last = (int) (Math.min(to, starts[i + 1]) - starts[i]);
      if (first < last) {
        update(i, first, last);
      }
    }
  }

  private void update(int i, int from, int to) {
    Values parameter = parameters.get(i).values();
    Values gradient = gradients[i];
    switch (parameter.dtype()) {
      case F32 -> {
        float[][] state = floatSlots[i];
        rule.update(parameter.floats(), gradient.floats(), state, floatScalars, from, to);
        if (Negligible.isClearedAfter(steps)) {
          for (float[] slot : state) {
            Negligible.clear(slot, from, to);
          }
        }
      }
      case F64 ->
          rule.update(parameter.doubles(), gradient.doubles(), doubleSlots[i], scalars, from, to);
    }
  }

  /// The names of the slots each parameter has: `m`, `v` for Adam.
  public List<String> slots() {
    return rule.slots();
  }

  /// What a slot of a parameter holds now: a copy.
  ///
  /// @throws IllegalArgumentException if there is no such slot, or the parameter is another run's
  public Values slot(String slot, Parameter parameter) {
    int s = rule.slots().indexOf(slot);
    if (s < 0) {
      throw new IllegalArgumentException(
          "%s: unknown slot %s; known: %s"
              .formatted(optimizer.name(), slot, String.join(", ", rule.slots())));
    }
    int i = parameters.indexOf(parameter);
    if (i < 0) {
      throw new IllegalArgumentException(
          optimizer.name() + ": parameter " + parameter.name() + " is not one of this run");
    }
    return ArrayValues.copyOf(slots[i][s]);
  }

  /// A snapshot of steps and slots.
  public OptimizerState state() {
    var snapshot = new LinkedHashMap<String, Values>();
    slotsByName().forEach((name, values) -> snapshot.put(name, ArrayValues.copyOf(values)));
    return new OptimizerState(optimizer.toString(), steps, snapshot);
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
    var saved = new ArrayList<Values>();
    mine.forEach((name, expected) -> {
      Values found = state.slots().get(name);
      if (found == null) {
        throw new IllegalArgumentException("optimizer state has no slot " + name);
      }
      checkSlot(name, expected, found);
      saved.add(found);
    });
    for (String name : state.slots().keySet()) {
      if (!mine.containsKey(name)) {
        throw new IllegalArgumentException(
            "optimizer state has a slot that is not of this run: " + name);
      }
    }
    var from = saved.iterator();
    mine.values().forEach(slot -> copy(from.next(), slot));
    steps = state.steps();
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
    switch (to.dtype()) {
      case F32 -> System.arraycopy(from.floats(), 0, to.floats(), 0, to.size());
      case F64 -> System.arraycopy(from.doubles(), 0, to.doubles(), 0, to.size());
    }
  }

  private SequencedMap<String, Values> slotsByName() {
    var byName = new LinkedHashMap<String, Values>();
    for (int i = 0; i < slots.length; i++) {
      for (int s = 0; s < slots[i].length; s++) {
        byName.put(parameters.get(i).name() + "." + rule.slots().get(s), slots[i][s]);
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

package dev.thalweg.formula;

import dev.thalweg.formula.UpdatePlan.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an update rule computes once a step or once a tensor, in double: everything that depends on
/// hyperparameters, the step, slots that are single numbers, and sums.
///
/// The plan is immutable: a list of operations on numbers, made of formulas by [ScalarNodes], or
/// read from a text. [#state] gives the numbers of one run.
public final class ScalarPlan {
  private static final int NOWHERE = -1;
  private static final int[] NONE = {};

  private final Operator[] operations;

  /// The places of an operation's inputs; none for leaves and sums, which are handed in.
  private final int[][] inputs;

  /// The values of numbers.
  private final double[] numbers;

  private final Level[] levels;
  private final int[] depths;
  private final int[] hyperparameters;
  private final int step;
  private final int size;
  private final int rows;
  private final int columns;
  private final int total;
  private final int overflowed;
  private final List<String> slotNames;
  private final int[] slots;
  private final int[] slotValues;
  private final int[][] loops;

  // follow from the rest
  private final int deepest;
  private final boolean perTensor;

  /// What depends on the step, a slot or a sum; all else is the same as long as hyperparameters
  /// are.
  private final boolean[] varying;

  /// Takes the plan from its nodes.
  ScalarPlan(ScalarNodes nodes, List<int[]> loops) {
    int count = nodes.size();
    operations = new Operator[count];
    inputs = new int[count][];
    numbers = new double[count];
    levels = new Level[count];
    depths = new int[count];
    for (int i = 0; i < count; i++) {
      Expression node = nodes.node(i);
      operations[i] = node.operation();
      inputs[i] =
          node.operation().isReduction() || node.inputs().isEmpty()
              ? NONE
              : nodes.places(node.inputs());
      numbers[i] = node.operation() == Operator.NUMBER ? node.value() : 0;
      levels[i] = nodes.level(i);
      depths[i] = nodes.depth(i);
    }
    hyperparameters = nodes.hyperparameters();
    step = nodes.place(UpdatePlan.STEP);
    size = nodes.place(Reductions.SIZE);
    rows = nodes.place(UpdatePlan.ROWS);
    columns = nodes.place(UpdatePlan.COLUMNS);
    total = nodes.place(Reductions.TOTAL);
    overflowed = nodes.place(Limits.OVERFLOWED);
    slotNames = nodes.slotNames();
    slots = nodes.slots();
    slotValues = nodes.slotValues();
    this.loops = loops.toArray(new int[0][]);
    deepest = deepest(depths);
    perTensor = anyTensor(levels);
    varying = varying();
  }

  /// Reads a plan that was [written][#write].
  ScalarPlan(PlanText text) {
    int count = text.number();
    operations = new Operator[count];
    inputs = new int[count][];
    numbers = new double[count];
    levels = new Level[count];
    depths = new int[count];
    for (int i = 0; i < count; i++) {
      operations[i] = text.operation();
      inputs[i] = text.numbers();
      numbers[i] = operations[i] == Operator.NUMBER ? text.real() : 0;
      levels[i] = text.level();
      depths[i] = text.number();
    }
    hyperparameters = text.numbers();
    step = text.number();
    size = text.number();
    rows = text.number();
    columns = text.number();
    total = text.number();
    overflowed = text.number();
    slotNames = text.words();
    slots = text.numbers();
    slotValues = text.numbers();
    loops = new int[text.number()][];
    for (int i = 0; i < loops.length; i++) {
      loops[i] = text.numbers();
    }
    deepest = deepest(depths);
    perTensor = anyTensor(levels);
    varying = varying();
  }

  /// What the constructor reads.
  void write(PlanText text) {
    text.add(operations.length);
    for (int i = 0; i < operations.length; i++) {
      text.add(operations[i].name());
      text.add(inputs[i]);
      if (operations[i] == Operator.NUMBER) {
        text.add(numbers[i]);
      }
      text.add(levels[i].name());
      text.add(depths[i]);
    }
    text.add(hyperparameters);
    text.add(step);
    text.add(size);
    text.add(rows);
    text.add(columns);
    text.add(total);
    text.add(overflowed);
    text.add(slotNames);
    text.add(slots);
    text.add(slotValues);
    text.add(loops.length);
    for (int[] loop : loops) {
      text.add(loop);
    }
  }

  private static int deepest(int[] depths) {
    int deepest = 0;
    for (int depth : depths) {
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }

  private static boolean anyTensor(Level[] levels) {
    for (Level level : levels) {
      if (level == Level.TENSOR) {
        return true;
      }
    }
    return false;
  }

  private boolean[] varying() {
    boolean[] varying = new boolean[operations.length];
    varying[step] = true;
    for (int slot : slots) {
      varying[slot] = true;
    }
    for (int i = 0; i < varying.length; i++) {
      varying[i] |= operations[i].isReduction();
      for (int input : inputs[i]) {
        varying[i] |= varying[input];
      }
    }
    return varying;
  }

  /// Upon how many sums, one after the other, the deepest scalar stands.
  public int deepest() {
    return deepest;
  }

  /// Whether scalars differ from tensor to tensor.
  public boolean isPerTensor() {
    return perTensor;
  }

  /// How many scalars a loop takes: 0 is the update, then the reductions, then for each pass what
  /// puts together what it takes, and its numbers.
  public int scalars(int loop) {
    return loops[loop].length;
  }

  /// The slots that are single numbers.
  public List<String> slots() {
    return slotNames;
  }

  /// Whether the slot has a number for each tensor, or one for all.
  public Level slotLevel(int slot) {
    return levels[slots[slot]];
  }

  /// The numbers of a run over tensors of these shapes, all slots 0.
  public State state(int[]... shapes) {
    return new State(this, shapes);
  }

  /// The numbers of one run. Belongs to one thread.
  public static final class State {
    private final ScalarPlan plan;

    /// The scalars of each tensor; one row for all where they don't differ.
    private final double[][] values;

    private final double[] kept;

    /// By tensor: the roots of sums that no double holds, and of parts of them; null where there is
    /// none.
    private double @Nullable [][] roots;

    /// Whether a hyperparameter has changed since all was computed.
    private boolean changed = true;

    private State(ScalarPlan plan, int[][] shapes) {
      this.plan = plan;
      values = new double[plan.perTensor ? shapes.length : 1][];
      kept = new double[plan.slots.length];
      double sum = 0;
      for (int[] shape : shapes) {
        sum += rows(shape) * columns(shape);
      }
      for (int tensor = 0; tensor < values.length; tensor++) {
        values[tensor] = plan.numbers.clone();
        if (plan.overflowed != NOWHERE) {
          values[tensor][plan.overflowed] = 1;
        }
        if (plan.total != NOWHERE) {
          values[tensor][plan.total] = sum;
        }
        if (plan.size != NOWHERE) {
          values[tensor][plan.size] = rows(shapes[tensor]) * columns(shapes[tensor]);
        }
        if (plan.rows != NOWHERE) {
          values[tensor][plan.rows] = rows(shapes[tensor]);
        }
        if (plan.columns != NOWHERE) {
          values[tensor][plan.columns] = columns(shapes[tensor]);
        }
      }
    }

    private static double rows(int[] shape) {
      double rows = 1;
      for (int i = 0; i + 1 < shape.length; i++) {
        rows *= shape[i];
      }
      return rows;
    }

    private static double columns(int[] shape) {
      return shape.length == 0 ? 1 : shape[shape.length - 1];
    }

    /// Sets a hyperparameter, by its place in [UpdatePlan#hyperparameters].
    public void set(int hyperparameter, double value) {
      int place = plan.hyperparameters[hyperparameter];
      if (Double.doubleToRawLongBits(values[0][place]) != Double.doubleToRawLongBits(value)) {
        setAll(place, value);
        changed = true;
      }
    }

    /// The hyperparameter as it was last set.
    public double get(int hyperparameter) {
      return values[0][plan.hyperparameters[hyperparameter]];
    }

    /// Says whether a square of the gradient can be, or have been, infinite: by default it can. The
    /// results are the same to the bit where there was none.
    public void setOverflowed(boolean overflowed) {
      if (plan.overflowed != NOWHERE) {
        setAll(plan.overflowed, overflowed ? 1 : 0);
        changed = true;
      }
    }

    /// Sets the number of the update, counted from 1.
    public void setStep(long t) {
      setAll(plan.step, (double) t);
    }

    private void setAll(int index, double value) {
      for (double[] row : values) {
        row[index] = value;
      }
    }

    /// Computes all that stands upon as many sums, once those are known.
    public void compute(int depth) {
      for (int i = 0; i < plan.operations.length; i++) {
        if (plan.depths[i] != depth
            || plan.inputs[i].length == 0
            || !(changed || plan.varying[i])) {
          continue;
        }
        if (plan.levels[i] == Level.STEP) {
          setAll(i, applied(i, 0));
        } else {
          for (int row = 0; row < values.length; row++) {
            values[row][i] = applied(i, row);
          }
        }
      }
      if (depth == 0) {
        changed = false; // what doesn't vary stands upon no sum
      }
    }

    private double applied(int i, int row) {
      int[] from = plan.inputs[i];
      double x = values[row][from[0]];
      double y = from.length > 1 ? values[row][from[1]] : 0;
      double z = from.length > 2 ? values[row][from[2]] : 0;
      double result = plan.operations[i].apply(x, y, z);
      return roots != null && result == Double.POSITIVE_INFINITY
          ? beyond(roots, i, row, y)
          : result;
    }

    /// What is infinite as a sum was too large for a double: its root is known, and that of a part
    /// of it.
    private double beyond(double[][] known, int i, int row, double y) {
      double root = known[row][plan.inputs[i][0]];
      if (root > 0 && plan.operations[i] == Operator.SQRT) {
        return root;
      }
      double part = root > 0 && plan.operations[i] == Operator.DIVIDE ? root / Math.sqrt(y) : 0;
      if (plan.levels[i] == Level.STEP) {
        for (double[] all : known) {
          all[i] = part;
        }
      } else {
        known[row][i] = part;
      }
      return Double.POSITIVE_INFINITY;
    }

    /// Hands in a sum over all tensors, for the place that the plan has for it.
    public void result(int place, double sum) {
      setAll(place, sum);
      if (roots != null) {
        root(place, 0);
      }
    }

    /// Hands in a sum over one tensor.
    public void result(int place, int tensor, double sum) {
      values[row(tensor)][place] = sum;
      if (roots != null) {
        root(place, tensor, 0);
      }
    }

    /// Hands in the root of a sum over all tensors that is infinite as a double.
    public void root(int place, double root) {
      for (double[] row : known()) {
        row[place] = root;
      }
    }

    /// Hands in the root of such a sum over one tensor.
    public void root(int place, int tensor, double root) {
      known()[row(tensor)][place] = root;
    }

    private double[][] known() {
      double[][] known = roots;
      if (known == null) {
        known = new double[values.length][plan.operations.length];
        roots = known;
      }
      return known;
    }

    private int row(int tensor) {
      return plan.perTensor ? tensor : 0;
    }

    /// The scalars of a loop, as [ScalarPlan#scalars] counts them.
    ///
    /// @param into at least as long as the loop has scalars
    public void scalars(int loop, int tensor, double[] into) {
      int[] from = plan.loops[loop];
      double[] row = values[row(tensor)];
      for (int i = 0; i < from.length; i++) {
        into[i] = row[from[i]];
      }
    }

    /// The same rounded to float. What is not 0 doesn't become 0 by it: an ε of 1e-50 still keeps a
    /// root from 0.
    public void scalars(int loop, int tensor, float[] into) {
      int[] from = plan.loops[loop];
      double[] row = values[row(tensor)];
      for (int i = 0; i < from.length; i++) {
        into[i] = rounded(row[from[i]]);
      }
    }

    private static float rounded(double value) {
      float rounded = (float) value;
      return value != 0 && rounded == 0 ? Math.copySign(Float.MIN_NORMAL, rounded) : rounded;
    }

    /// Moves what was computed for the slots into them: the end of a step.
    public void keepSlots() {
      for (double[] row : values) {
        for (int i = 0; i < kept.length; i++) {
          kept[i] = row[plan.slotValues[i]];
        }
        for (int i = 0; i < kept.length; i++) {
          row[plan.slots[i]] = kept[i];
        }
      }
    }

    /// What a slot holds for a tensor.
    public double slot(int slot, int tensor) {
      return values[row(tensor)][plan.slots[slot]];
    }

    /// Sets a slot for a tensor; one that is the same for all tensors, for all.
    public void setSlot(int slot, int tensor, double value) {
      if (plan.slotLevel(slot) == Level.STEP) {
        setAll(plan.slots[slot], value);
      } else {
        values[row(tensor)][plan.slots[slot]] = value;
      }
    }
  }
}

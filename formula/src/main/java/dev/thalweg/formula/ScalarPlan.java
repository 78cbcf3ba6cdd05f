package dev.thalweg.formula;

import dev.thalweg.formula.UpdatePlan.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What an update rule computes once a step or once a tensor, in double: everything that depends on
/// hyperparameters, the step, slots that are single numbers, and sums.
///
/// The plan is immutable once made; [#state] gives the numbers of one run.
public final class ScalarPlan {
  private static final int NOWHERE = -1;

  private final List<Expression> nodes;
  private final Map<Expression, Integer> indices = new HashMap<>();
  private final Level[] levels;
  private final int[] depths;
  private final int deepest;
  private final int[] hyperparameters;
  private final int step;
  private final int size;
  private final int total;
  private final List<String> slotNames;
  private final int[] slots;
  private final int[] slotValues;
  private final Level[] slotLevels;
  private final boolean perTensor;
  private final List<int[]> loops = new ArrayList<>();

  ScalarPlan(
      Levels levels,
      List<String> hyperparameterNames,
      List<String> slotNames,
      List<Expression> slotValues,
      List<Expression> needed,
      List<Expression> sums) {
    var order = new ArrayList<Expression>();
    var names = new ArrayList<>(hyperparameterNames);
    names.add(UpdatePlan.STEP);
    names.addAll(slotNames);
    for (String name : names) {
      add(order, Expression.variable(name));
    }
    var roots = new ArrayList<>(needed);
    roots.addAll(sums);
    for (Expression node : Order.of(roots)) {
      if (levels.of(node) != Level.ELEMENT) {
        add(order, node);
      }
    }
    nodes = List.copyOf(order);
    this.levels = new Level[nodes.size()];
    depths = new int[nodes.size()];
    int most = 0;
    boolean tensors = false;
    for (int i = 0; i < nodes.size(); i++) {
      this.levels[i] = levels.of(nodes.get(i));
      depths[i] = levels.depth(nodes.get(i));
      most = Math.max(most, depths[i]);
      tensors |= this.levels[i] == Level.TENSOR;
    }
    deepest = most;
    perTensor = tensors;
    hyperparameters = indices(hyperparameterNames);
    step = index(Expression.variable(UpdatePlan.STEP));
    size = indices.getOrDefault(Expression.variable(Reductions.SIZE), NOWHERE);
    total = indices.getOrDefault(Expression.variable(Reductions.TOTAL), NOWHERE);
    this.slotNames = List.copyOf(slotNames);
    slots = indices(slotNames);
    this.slotValues = places(slotValues);
    slotLevels = new Level[slots.length];
    for (int i = 0; i < slots.length; i++) {
      slotLevels[i] = this.levels[slots[i]];
    }
  }

  private void add(List<Expression> order, Expression node) {
    if (indices.putIfAbsent(node, order.size()) == null) {
      order.add(node);
    }
  }

  private int[] indices(List<String> names) {
    int[] indices = new int[names.size()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = index(Expression.variable(names.get(i)));
    }
    return indices;
  }

  private int[] places(List<Expression> nodes) {
    int[] places = new int[nodes.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = index(nodes.get(i));
    }
    return places;
  }

  /// Where a node's value stands.
  int index(Expression node) {
    Integer index = indices.get(node);
    if (index == null) {
      throw new IllegalStateException("not a scalar of this plan: " + node);
    }
    return index;
  }

  /// A loop's scalars, in order; loop 0 is the update, then the reductions.
  void addLoop(List<Expression> scalars) {
    loops.add(places(scalars));
  }

  /// Upon how many sums, one after the other, the deepest scalar stands.
  public int deepest() {
    return deepest;
  }

  /// Whether scalars differ from tensor to tensor.
  public boolean isPerTensor() {
    return perTensor;
  }

  /// The slots that are single numbers.
  public List<String> slots() {
    return slotNames;
  }

  /// Whether the slot has a number for each tensor, or one for all.
  public Level slotLevel(int slot) {
    return slotLevels[slot];
  }

  /// The numbers of a run over tensors of these sizes, all slots 0.
  public State state(int[] sizes) {
    return new State(this, sizes);
  }

  /// The numbers of one run. Belongs to one thread.
  public static final class State {
    private final ScalarPlan plan;

    /// The scalars of each tensor; one row for all where they don't differ.
    private final double[][] values;

    private final Operation[] operations;
    private final int[][] inputs;
    private final double[] kept;

    private State(ScalarPlan plan, int[] sizes) {
      this.plan = plan;
      int count = plan.nodes.size();
      values = new double[plan.perTensor ? sizes.length : 1][count];
      operations = new Operation[count];
      inputs = new int[count][];
      kept = new double[plan.slots.length];
      double sum = 0;
      for (int n : sizes) {
        sum += n;
      }
      for (int i = 0; i < count; i++) {
        Expression node = plan.nodes.get(i);
        operations[i] = node.operation();
        inputs[i] =
            node.operation().isReduction() || node.inputs().isEmpty()
                ? new int[0]
                : plan.places(node.inputs());
        if (node.operation() == Operation.NUMBER) {
          for (double[] row : values) {
            row[i] = node.value();
          }
        }
      }
      for (int tensor = 0; tensor < values.length; tensor++) {
        if (plan.total != NOWHERE) {
          values[tensor][plan.total] = sum;
        }
        if (plan.size != NOWHERE) {
          values[tensor][plan.size] = sizes[tensor];
        }
      }
    }

    /// Sets a hyperparameter, by its place in [UpdatePlan#hyperparameters].
    public void set(int hyperparameter, double value) {
      setAll(plan.hyperparameters[hyperparameter], value);
    }

    /// The hyperparameter as it was last set.
    public double get(int hyperparameter) {
      return values[0][plan.hyperparameters[hyperparameter]];
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
      for (int i = 0; i < operations.length; i++) {
        if (plan.depths[i] != depth || inputs[i].length == 0) {
          continue;
        }
        if (plan.levels[i] == Level.STEP) {
          setAll(i, applied(i, values[0]));
        } else {
          for (double[] row : values) {
            row[i] = applied(i, row);
          }
        }
      }
    }

    private double applied(int i, double[] row) {
      int[] from = inputs[i];
      double x = row[from[0]];
      double y = from.length > 1 ? row[from[1]] : 0;
      double z = from.length > 2 ? row[from[2]] : 0;
      return operations[i].apply(x, y, z);
    }

    /// Hands in a sum over all tensors.
    public void result(UpdatePlan.Reduction reduction, double sum) {
      setAll(reduction.result(), sum);
    }

    /// Hands in a sum over one tensor.
    public void result(UpdatePlan.Reduction reduction, int tensor, double sum) {
      values[row(tensor)][reduction.result()] = sum;
    }

    private int row(int tensor) {
      return plan.perTensor ? tensor : 0;
    }

    /// The scalars of a loop, 0 for the update, 1 … for the reductions.
    ///
    /// @param into at least as long as the loop has scalars
    public void scalars(int loop, int tensor, double[] into) {
      int[] from = plan.loops.get(loop);
      double[] row = values[row(tensor)];
      for (int i = 0; i < from.length; i++) {
        into[i] = row[from[i]];
      }
    }

    /// The same rounded to float. What is not 0 doesn't become 0, nor denormal, by it: an ε of
    /// 1e-50 still keeps a root from 0.
    public void scalars(int loop, int tensor, float[] into) {
      int[] from = plan.loops.get(loop);
      double[] row = values[row(tensor)];
      for (int i = 0; i < from.length; i++) {
        into[i] = rounded(row[from[i]]);
      }
    }

    private static float rounded(double value) {
      float rounded = (float) value;
      return value != 0 && Math.abs(rounded) < Float.MIN_NORMAL
          ? Math.copySign(Float.MIN_NORMAL, rounded)
          : rounded;
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
      if (plan.slotLevels[slot] == Level.STEP) {
        setAll(plan.slots[slot], value);
      } else {
        values[row(tensor)][plan.slots[slot]] = value;
      }
    }
  }
}

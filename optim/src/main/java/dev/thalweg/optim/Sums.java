package dev.thalweg.optim;

import dev.thalweg.formula.PlanOutline;
import dev.thalweg.formula.ScalarPlan;
import dev.thalweg.kernels.UsedRows;
import dev.thalweg.kernels.loop.AtZero;
import dev.thalweg.kernels.loop.BlockSums;
import dev.thalweg.kernels.loop.FusedLoop;
import dev.thalweg.kernels.loop.LoopProgram;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One reduction of a rule over the parameters of a run.
///
/// A sum of squares that overflows, in the precision of its numbers or in double, is computed once
/// more, scaled ([ScaledSquares]): its root is a number all the same. Another sum of F32 numbers
/// that is not finite, and one so small that its squares vanish, is computed once more in double.
final class Sums {
  private final PlanOutline.Sum sum;
  private final boolean perTensor;
  private final int[] sizes;

  /// By tensor: its first dimension.
  private final int[] rows;

  private final BlockSums sums;
  private final double[] scalars;
  private final Supplier<LoopProgram> program;
  private @Nullable ScaledSquares scaled;

  /// Whether summands are 0 where there is no gradient; null before it was asked.
  private @Nullable Boolean zeroAtZero;

  /// @param program what the loop was made of, for where that is not enough
  /// @param count how many scalars the summands take
  /// @param perTensor whether these differ from tensor to tensor
  Sums(
      PlanOutline.Sum sum,
      FusedLoop loop,
      Supplier<LoopProgram> program,
      int count,
      boolean perTensor,
      int[] sizes,
      int[] rows) {
    this.sum = sum;
    this.program = program;
    this.perTensor = perTensor;
    this.sizes = sizes;
    this.rows = rows;
    sums = new BlockSums(sum.arrays(), count, sum.read(), loop, sum.fold());
    scalars = new double[count + 1]; // one more for a scale
  }

  /// Computes the sum, or the sum of each tensor, and hands it to the scalars that need it.
  ///
  /// @param loop the reduction's number among the loops of the plan
  /// @param arrays by parameter: those of floats, or of doubles
  /// @param used by parameter: the rows of its gradient without which all is 0, where that is known
  void compute(ScalarPlan.State state, int loop, Object[][] arrays, @Nullable UsedRows[] used) {
    var step = new Step(state, loop, arrays, used);
    int place = sum.result();
    if (sum.global()) {
      double total = sum(step, 0, sizes.length);
      state.result(place, total);
      if (isTooLarge(total)) {
        double root = root(step, 0, sizes.length);
        state.result(place, root * root);
        state.root(place, root);
      }
      return;
    }
    for (int i = 0; i < sizes.length; i++) {
      double one = sum(step, i, i + 1);
      state.result(place, i, one);
      if (isTooLarge(one)) {
        double root = root(step, i, i + 1);
        state.result(place, i, root * root);
        state.root(place, i, root);
      }
    }
  }

  /// The sum over some tensors; in double where F32 is too narrow for it.
  private double sum(Step step, int from, int to) {
    double total = total(sums, sum.fold(), step, from, to);
    boolean narrow =
        sum.fold() == BlockSums.Fold.SUM
            && (!Double.isFinite(total) || Math.abs(total) < Float.MIN_NORMAL);
    return narrow && !isTooLarge(total)
        ? total(sums, sum.fold(), step.widened(sum.read(), from, to), from, to)
        : total;
  }

  /// Whether an infinite sum is one of squares.
  private boolean isTooLarge(double total) {
    if (total != Double.POSITIVE_INFINITY || sum.fold() != BlockSums.Fold.SUM) {
      return false;
    }
    if (scaled == null) {
      scaled = ScaledSquares.of(program.get());
    }
    return scaled.areSquares();
  }

  /// The root of the sum over some tensors.
  private double root(Step step, int from, int to) {
    ScaledSquares squares = Objects.requireNonNull(scaled);
    double largest = total(squares.largest(), BlockSums.Fold.LARGEST, step, from, to);
    if (!(largest < Double.POSITIVE_INFINITY)) {
      return largest;
    }
    double scale = Math.scalb(1.0, 1 - Math.getExponent(largest));
    scalars[scalars.length - 1] = scale;
    return Math.sqrt(total(squares.sums(), BlockSums.Fold.SUM, step, from, to)) / scale;
  }

  /// What a step hands over.
  private static final class Step {
    final ScalarPlan.State state;
    final int loop;
    final Object[][] arrays;
    final @Nullable UsedRows[] used;

    Step(ScalarPlan.State state, int loop, Object[][] arrays, @Nullable UsedRows[] used) {
      this.used = used;
      this.state = state;
      this.loop = loop;
      this.arrays = arrays;
    }

    /// The same with copies in double of what is read of some tensors.
    Step widened(List<Integer> read, int from, int to) {
      Object[][] wide = arrays.clone();
      for (int i = from; i < to; i++) {
        if (arrays[i] instanceof float[][] floats) {
          double[][] copies = new double[floats.length][];
          for (int array : read) {
            copies[array] = widened(floats[array]);
          }
          wide[i] = copies;
        }
      }
      return new Step(state, loop, wide, used);
    }

    private static double[] widened(float[] x) {
      double[] copy = new double[x.length];
      for (int i = 0; i < copy.length; i++) {
        copy[i] = x[i];
      }
      return copy;
    }
  }

  /// The sum over some tensors: in one go, or where scalars differ one after the other.
  private double total(BlockSums by, BlockSums.Fold fold, Step step, int from, int to) {
    if (!perTensor) {
      for (int i = from; i < to; i++) {
        add(by, step, i);
      }
      step.state.scalars(step.loop, from, scalars);
      return by.sum(scalars);
    }
    double total = 0;
    for (int i = from; i < to; i++) {
      add(by, step, i);
      step.state.scalars(step.loop, i, scalars);
      double one = by.sum(scalars);
      total = fold == BlockSums.Fold.SUM ? total + one : Math.max(total, one);
    }
    return total;
  }

  private void add(BlockSums by, Step step, int i) {
    UsedRows used = step.used[i];
    if (used != null && isZeroAtZero()) {
      addRows(by, step, i, used);
    } else {
      add(by, step.arrays[i], 0, sizes[i]);
    }
  }

  private static void add(BlockSums by, Object[] arrays, int from, int to) {
    if (arrays instanceof float[][] floats) {
      by.add(floats, from, to);
    } else {
      by.add((double[][]) arrays, from, to);
    }
  }

  /// Adds the rows that have a gradient, each in its place.
  private void addRows(BlockSums by, Step step, int i, UsedRows used) {
    int width = sizes[i] / rows[i];
    int done = 0;
    for (int k = 0; k < used.count(); ) {
      int end = used.runEnd(k, used.count());
      int from = used.at(k) * width;
      int to = (used.at(end - 1) + 1) * width;
      by.addZeros(from - done);
      add(by, step.arrays[i], from, to);
      done = to;
      k = end;
    }
    by.addZeros(sizes[i] - done);
  }

  private boolean isZeroAtZero() {
    Boolean known = zeroAtZero;
    if (known == null) {
      known = new AtZero(program.get(), 1).storesZero();
      zeroAtZero = known;
    }
    return known;
  }
}

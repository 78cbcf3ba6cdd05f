package dev.thalweg.optim;

import dev.thalweg.formula.PlanOutline;
import dev.thalweg.formula.ScalarPlan;
import dev.thalweg.kernels.loop.BlockSums;
import dev.thalweg.kernels.loop.FusedLoop;

/// One reduction of a rule over the parameters of a run.
final class Sums {
  private final PlanOutline.Sum sum;
  private final boolean perTensor;
  private final int[] sizes;
  private final BlockSums sums;
  private final double[] scalars;

  /// @param count how many scalars the summands take
  /// @param perTensor whether these differ from tensor to tensor
  Sums(PlanOutline.Sum sum, FusedLoop loop, int count, boolean perTensor, int[] sizes) {
    this.sum = sum;
    this.perTensor = perTensor;
    this.sizes = sizes;
    sums = new BlockSums(sum.arrays(), count, sum.read(), loop, sum.fold());
    scalars = new double[count];
  }

  /// Computes the sum, or the sum of each tensor, and hands it to the scalars that need it.
  ///
  /// @param loop the reduction's number among the loops of the plan
  /// @param floats by parameter; empty for one of the other kind
  void compute(ScalarPlan.State state, int loop, float[][][] floats, double[][][] doubles) {
    if (!sum.global()) {
      for (int i = 0; i < sizes.length; i++) {
        state.result(sum.result(), i, ofTensor(state, loop, floats[i], doubles[i], i));
      }
    } else if (perTensor) {
      double total = 0;
      for (int i = 0; i < sizes.length; i++) {
        double one = ofTensor(state, loop, floats[i], doubles[i], i);
        total = sum.fold() == BlockSums.Fold.SUM ? total + one : Math.max(total, one);
      }
      state.result(sum.result(), total);
    } else {
      for (int i = 0; i < sizes.length; i++) {
        add(floats[i], doubles[i], sizes[i]);
      }
      state.scalars(loop, 0, scalars);
      state.result(sum.result(), sums.sum(scalars));
    }
  }

  private double ofTensor(
      ScalarPlan.State state, int loop, float[][] floats, double[][] doubles, int tensor) {
    add(floats, doubles, sizes[tensor]);
    state.scalars(loop, tensor, scalars);
    return sums.sum(scalars);
  }

  private void add(float[][] floats, double[][] doubles, int size) {
    if (floats.length > 0) {
      sums.add(floats, 0, size);
    } else {
      sums.add(doubles, 0, size);
    }
  }
}

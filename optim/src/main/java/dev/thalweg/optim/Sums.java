package dev.thalweg.optim;

import dev.thalweg.formula.ScalarPlan;
import dev.thalweg.formula.UpdatePlan;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.DoubleKernels;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.loop.FusedLoop;
import java.util.Arrays;
import java.util.List;

/// One reduction of a rule over the parameters of a run.
final class Sums {
  private static final int BLOCK = 4096;

  private final UpdatePlan.Reduction reduction;
  private final FusedLoop loop;
  private final List<Parameter> parameters;
  private final float[][] floatScratch;
  private final double[][] doubleScratch;
  private final float[] floatScalars;
  private final double[] doubleScalars;

  Sums(UpdatePlan.Reduction reduction, List<Parameter> parameters) {
    this.reduction = reduction;
    this.parameters = parameters;
    loop = Loops.of(reduction.program());
    floatScratch = new float[reduction.program().arrays()][BLOCK];
    doubleScratch = new double[reduction.program().arrays()][BLOCK];
    floatScalars = new float[reduction.program().scalars()];
    doubleScalars = new double[reduction.program().scalars()];
  }

  void compute(ScalarPlan.State scalars, int number, float[][][] floats, double[][][] doubles) {
    double total = 0;
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      scalars.scalars(number, i, floatScalars);
      scalars.scalars(number, i, doubleScalars);
      double sum = 0;
      for (int from = 0; from < parameter.size(); from += BLOCK) {
        int n = Math.min(BLOCK, parameter.size() - from);
        sum +=
            parameter.dtype() == DType.F32
                ? floatBlock(floats[i], from, n)
                : doubleBlock(doubles[i], from, n);
      }
      total += sum;
      if (!reduction.global()) {
        scalars.result(reduction, i, sum);
      }
    }
    if (reduction.global()) {
      scalars.result(reduction, total);
    }
  }

  private double floatBlock(float[][] arrays, int from, int n) {
    for (int a = 0; a < arrays.length; a++) {
      System.arraycopy(arrays[a], from, floatScratch[a], 0, n);
    }
    loop.run(floatScratch, floatScalars, 0, n);
    float[] out = floatScratch[arrays.length];
    Arrays.fill(out, n, BLOCK, 0);
    return Engine.current().kernels().sum(out, 0, BLOCK);
  }

  private double doubleBlock(double[][] arrays, int from, int n) {
    for (int a = 0; a < arrays.length; a++) {
      System.arraycopy(arrays[a], from, doubleScratch[a], 0, n);
    }
    loop.run(doubleScratch, doubleScalars, 0, n);
    double[] out = doubleScratch[arrays.length];
    Arrays.fill(out, n, BLOCK, 0);
    return DoubleKernels.sum(out, 0, BLOCK);
  }
}

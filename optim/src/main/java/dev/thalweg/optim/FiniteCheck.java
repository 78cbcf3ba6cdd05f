package dev.thalweg.optim;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.DoubleKernels;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.ScalarKernels;
import dev.thalweg.kernels.UsedRows;
import dev.thalweg.kernels.Values;
import org.jspecify.annotations.Nullable;

/// Looks for numbers that are not finite: first whether all are moderate, a loop without a branch;
/// then where.
final class FiniteCheck {
  /// Numbers of all gradients that this class looks at by itself, without an engine: a program that
  /// makes some small steps never needs one.
  static final int FEW = 1024;

  private FiniteCheck() {}

  /// Whether none is NaN, infinite, or so large that its square may be infinite.
  ///
  /// @param engine null where there are few
  static boolean areModerate(Values values, @Nullable Engine engine) {
    int n = values.size();
    UsedRows used = values.usedRows();
    if (used != null) {
      return areModerate(values, used);
    }
    if (values.dtype() == DType.F32) {
      float[] x = values.floats();
      return engine == null
          ? ScalarKernels.INSTANCE.areModerate(x, 0, n)
          : engine.areModerate(x, 0, n);
    }
    double[] x = values.doubles();
    return engine == null ? DoubleKernels.areModerate(x, 0, n) : engine.areModerate(x, 0, n);
  }

  /// The same of those rows.
  private static boolean areModerate(Values values, UsedRows used) {
    int width = values.size() / values.dimensions()[0];
    boolean moderate = true;
    for (int i = 0; i < used.count(); ) {
      int end = used.runEnd(i, used.count());
      int from = used.at(i) * width;
      int n = (end - i) * width;
      moderate &=
          values.dtype() == DType.F32
              ? ScalarKernels.INSTANCE.areModerate(values.floats(), from, n)
              : DoubleKernels.areModerate(values.doubles(), from, n);
      i = end;
    }
    return moderate;
  }

  /// The first element that is NaN or infinite, or −1.
  static int firstBad(Values values) {
    return values.dtype() == DType.F32
        ? firstBad(values.floats(), values.size())
        : firstBad(values.doubles(), values.size());
  }

  private static int firstBad(float[] values, int n) {
    for (int i = 0; i < n; i++) {
      if (!Float.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }

  private static int firstBad(double[] values, int n) {
    for (int i = 0; i < n; i++) {
      if (!Double.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }

  /// A copy with 0 for each of them.
  ///
  /// @param nansOnly whether infinities stay
  static Values cleaned(Values values, boolean nansOnly) {
    ArrayValues clean = ArrayValues.copyOf(values);
    if (clean.dtype() == DType.F32) {
      float[] x = clean.floats();
      for (int i = 0; i < x.length; i++) {
        x[i] = Float.isNaN(x[i]) || (!nansOnly && Float.isInfinite(x[i])) ? 0 : x[i];
      }
    } else {
      double[] x = clean.doubles();
      for (int i = 0; i < x.length; i++) {
        x[i] = Double.isNaN(x[i]) || (!nansOnly && Double.isInfinite(x[i])) ? 0 : x[i];
      }
    }
    return clean;
  }

  /// What was found where.
  static String sentence(
      String optimizer, Parameter parameter, Values gradient, int at, long step) {
    double found = gradient.dtype() == DType.F32 ? gradient.floats()[at] : gradient.doubles()[at];
    String what = Double.isNaN(found) ? "NaN" : found > 0 ? "infinity" : "minus infinity";
    return "%s: the gradient of %s has %s at element %d, at step %d"
        .formatted(optimizer, parameter.name(), what, at, step);
  }
}

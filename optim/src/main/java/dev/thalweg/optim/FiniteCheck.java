package dev.thalweg.optim;

import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Values;

/// Looks for numbers that are not finite.
///
/// A sum is finite only if all its terms are: a loop without a branch, shared by the threads. Where
/// it is not, each is looked at, since finite numbers can have an infinite sum.
final class FiniteCheck {
  private FiniteCheck() {}

  /// The first element that is NaN or infinite, or −1.
  static int firstBad(Values values) {
    int n = values.size();
    return switch (values.dtype()) {
      case F32 -> {
        float sum = Engine.current().sum(values.floats(), 0, n);
        yield Float.isFinite(sum) ? -1 : firstBad(values.floats(), n);
      }
      case F64 -> {
        double sum = Engine.current().sum(values.doubles(), 0, n);
        yield Double.isFinite(sum) ? -1 : firstBad(values.doubles(), n);
      }
    };
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
  static Values cleaned(Values values) {
    ArrayValues clean = ArrayValues.copyOf(values);
    switch (clean.dtype()) {
      case F32 -> {
        float[] x = clean.floats();
        for (int i = 0; i < x.length; i++) {
          x[i] = Float.isFinite(x[i]) ? x[i] : 0;
        }
      }
      case F64 -> {
        double[] x = clean.doubles();
        for (int i = 0; i < x.length; i++) {
          x[i] = Double.isFinite(x[i]) ? x[i] : 0;
        }
      }
    }
    return clean;
  }

  /// What was found where.
  static String sentence(
      String optimizer, Parameter parameter, Values gradient, int at, long step) {
    double found =
        switch (gradient.dtype()) {
          case F32 -> gradient.floats()[at];
          case F64 -> gradient.doubles()[at];
        };
    String what = Double.isNaN(found) ? "NaN" : found > 0 ? "infinity" : "minus infinity";
    return "%s: the gradient of %s has %s at element %d, at step %d"
        .formatted(optimizer, parameter.name(), what, at, step);
  }
}

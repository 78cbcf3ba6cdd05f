package dev.thalweg.optim;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.DoubleKernels;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.ScalarKernels;
import dev.thalweg.kernels.UsedRows;
import dev.thalweg.kernels.Values;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks for numbers that are not finite: first whether all are moderate, a loop without a branch;
/// then where.
final class FiniteCheck {
  /// Numbers of all gradients that this class looks at by itself, without an engine: a program that
  /// makes some small steps never needs one.
  static final int FEW = 1024;

  /// Numbers of a gradient that is looked at together with others.
  private static final int SHORT = 1024;

  private final float[][] arrays;
  private final int[] sizes;

  /// @param count how many gradients there are at most
  FiniteCheck(int count) {
    arrays = new float[count][];
    sizes = new int[count];
  }

  /// Whether [that][#areModerate(Values, Engine)] can be said of all gradients.
  boolean areModerate(List<Values> gradients, Engine engine) {
    int count = 0;
    boolean moderate = true;
    for (int i = 0; i < gradients.size(); i++) {
      Values one = gradients.get(i);
      int size = one.size();
      if (size <= SHORT && one.dtype() == DType.F32 && one.usedRows() == null) {
        arrays[count] = one.floats();
        sizes[count++] = size;
      } else {
        moderate &= areModerate(one, engine);
      }
    }
    moderate &= engine.kernelsFor(0).areModerate(arrays, sizes, count);
    Arrays.fill(arrays, 0, count, null);
    return moderate;
  }

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
    return firstBad(ArrayValues.array(values), 0, values.size(), false);
  }

  /// @param values an array
  private static int firstBad(Object values, int from, int to, boolean nansOnly) {
    for (int i = from; i < to; i++) {
      double x = values instanceof float[] narrow ? narrow[i] : ((double[]) values)[i];
      if (Double.isNaN(x) || (!nansOnly && Double.isInfinite(x))) {
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
    Object array = ArrayValues.array(clean);
    for (int i = 0; (i = firstBad(array, i, clean.size(), nansOnly)) >= 0; ) {
      Array.setByte(array, i, (byte) 0);
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

package dev.thalweg.kernels.simd;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// Operations of loops that the Vector API has no method for, with the bits of those on numbers;
/// [VectorLoopClass] calls them by the names of the operations.
final class VectorOperations {
  private VectorOperations() {}

  /// −1, the number itself where it is 0 or NaN, or 1.
  static FloatVector sign(FloatVector x) {
    return x.blend(1f, x.compare(GT, 0f)).blend(-1f, x.compare(LT, 0f));
  }

  /// 1 where x > 0, else 0.
  static FloatVector step(FloatVector x) {
    return one(x.compare(GT, 0f));
  }

  /// 1 where x < y, else 0.
  static FloatVector less(FloatVector x, FloatVector y) {
    return one(x.compare(LT, y));
  }

  /// 1 where x ≤ y, else 0.
  static FloatVector lessOrEqual(FloatVector x, FloatVector y) {
    return one(x.compare(LE, y));
  }

  /// 1 where x = y, else 0.
  static FloatVector equal(FloatVector x, FloatVector y) {
    return one(x.compare(EQ, y));
  }

  /// y where x is not 0, else z.
  static FloatVector select(FloatVector x, FloatVector y, FloatVector z) {
    return z.blend(y, x.compare(NE, 0f));
  }

  private static FloatVector one(VectorMask<Float> where) {
    return FloatVector.zero(Width.SPECIES).blend(1f, where);
  }
}

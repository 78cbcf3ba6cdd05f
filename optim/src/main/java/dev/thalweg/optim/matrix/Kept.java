package dev.thalweg.optim.matrix;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Values;
import org.jspecify.annotations.Nullable;

/// Numbers that a function keeps from step to step, zeros at first.
final class Kept implements Values {
  private final int[] shape;
  private final int size;
  private final float @Nullable [] floats;
  private final double @Nullable [] doubles;

  Kept(DType dtype, int... shape) {
    this.shape = shape.clone();
    int product = 1;
    for (int side : shape) {
      product = Math.multiplyExact(product, side);
    }
    size = product;
    floats = dtype == DType.F32 ? new float[size] : null;
    doubles = dtype == DType.F32 ? null : new double[size];
  }

  double at(int i) {
    return doubles != null ? doubles[i] : floats != null ? floats[i] : Double.NaN;
  }

  void set(int i, double value) {
    if (doubles != null) {
      doubles[i] = value;
    } else if (floats != null) {
      floats[i] = (float) value;
    }
  }

  /// Zeros again.
  void clear() {
    for (int i = 0; i < size; i++) {
      set(i, 0);
    }
  }

  /// Moves a number towards a value by a weight; what it is now.
  double average(int i, double value, double weight) {
    double before = at(i);
    double now = weight == 1 ? value : before + weight * (value - before);
    set(i, now);
    return at(i);
  }

  @Override
  public DType dtype() {
    return floats != null ? DType.F32 : DType.F64;
  }

  @Override
  public int[] dimensions() {
    return shape.clone();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public float[] floats() {
    if (floats == null) {
      throw new IllegalStateException("expected F32 values, found F64");
    }
    return floats;
  }

  @Override
  public double[] doubles() {
    if (doubles == null) {
      throw new IllegalStateException("expected F64 values, found F32");
    }
    return doubles;
  }
}

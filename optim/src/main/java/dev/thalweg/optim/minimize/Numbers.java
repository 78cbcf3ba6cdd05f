package dev.thalweg.optim.minimize;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Values;

/// Doubles that a search keeps, zeros at first, in a shape.
final class Numbers implements Values {
  private final int[] dimensions;
  private final double[] values;

  Numbers(int... dimensions) {
    this.dimensions = dimensions.clone();
    int size = 1;
    for (int dimension : dimensions) {
      size = Math.multiplyExact(size, dimension);
    }
    values = new double[size];
  }

  /// The only number, or the first.
  double first() {
    return values[0];
  }

  /// Sets it.
  void setFirst(double value) {
    values[0] = value;
  }

  @Override
  public DType dtype() {
    return DType.F64;
  }

  @Override
  public int[] dimensions() {
    return dimensions.clone();
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public float[] floats() {
    throw new IllegalStateException("expected F32 values, found F64");
  }

  @Override
  public double[] doubles() {
    return values;
  }
}

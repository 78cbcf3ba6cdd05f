package dev.thalweg.kernels;

/// What the numbers of an array are.
public enum DType {
  /// IEEE binary32, `float[]`: training.
  F32(4),
  /// IEEE binary64, `double[]`: gradient checking, scientific functions, the oracle of F32.
  F64(8);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /// Bytes of one number.
  public int bytes() {
    return bytes;
  }
}

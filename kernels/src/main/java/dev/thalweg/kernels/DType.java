package dev.thalweg.kernels;

/// What the numbers of an array are.
public enum DType {
  /// IEEE binary32, `float[]`: training.
  F32(4),
  /// IEEE binary64, `double[]`: gradient checking, scientific functions, the oracle of F32.
  F64(8),
  /// Whole numbers of 32 bits, `int[]`: classes, tokens, places. No arithmetic, and no parameters.
  I32(4);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /// Bytes of one number.
  public int bytes() {
    return bytes;
  }
}

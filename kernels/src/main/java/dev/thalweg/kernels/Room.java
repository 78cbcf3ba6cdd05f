package dev.thalweg.kernels;

/// The arrays that families of kernels work in, of the current thread: they grow to what is needed
/// and stay.
///
/// Arrays, and not objects of a class of its own: a thread that outlives the library would keep
/// that class, and with it all others.
final class Room {
  /// The next chain of a long sum.
  static final int NEXT_CHAIN = 0;

  /// Windows of an image side by side.
  static final int WINDOWS = 1;

  /// A band of an image with its padding.
  static final int BAND = 2;

  /// A part of the result, before it is put where it belongs.
  static final int PART = 3;

  /// Weights as an operation needs them.
  static final int WEIGHTS = 4;

  /// Results of blocks, before they are added.
  static final int BLOCKS = 5;

  /// What a block works in.
  static final int TURNED = 6;

  /// What sums are divided by.
  static final int COUNTS = 7;

  /// Packed weights.
  static final int PACKED = 8;

  /// Chains of sums down columns.
  static final int CHAINS = 9;

  /// Weights, mapped for products of squares.
  static final int SQUARES = 10;

  private static final int KINDS = 11;

  private static final ThreadLocal<float[][]> FLOATS =
      ThreadLocal.withInitial(() -> new float[KINDS][0]);
  private static final ThreadLocal<double[][]> DOUBLES =
      ThreadLocal.withInitial(() -> new double[KINDS][0]);

  private Room() {}

  /// Room for n floats of that kind, with what was in it before.
  static float[] floats(int kind, int n) {
    float[][] rooms = FLOATS.get();
    if (rooms[kind].length < n) {
      rooms[kind] = new float[Math.max(n, Math.min(2 * rooms[kind].length, 1 << 20))];
    }
    return rooms[kind];
  }

  /// Room for n doubles of that kind, with what was in it before.
  static double[] doubles(int kind, int n) {
    double[][] rooms = DOUBLES.get();
    if (rooms[kind].length < n) {
      rooms[kind] = new double[Math.max(n, Math.min(2 * rooms[kind].length, 1 << 20))];
    }
    return rooms[kind];
  }
}

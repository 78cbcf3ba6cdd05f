package dev.thalweg.kernels.simd;

/// The arrays that a thread's kernels work in; they grow to what is needed and stay.
///
/// They are arrays and not an object of this class: a thread that outlives the library, in a server
/// that loads it again and again, would keep the class by it, and with it all others.
final class Scratch {
  /// The first float used of a large array: with the 16 bytes of its header, vectors are aligned.
  static final int ALIGNED = 12;

  /// Rows of [#TILE].
  static final int TILE_ROWS = 48;

  /// Room for a strip of C one vector wide.
  static final int TILE = 0;

  /// Room for the end of an array that fills no vector.
  static final int EDGE = 1;

  /// Room between the passes of a function.
  static final int FIRST = 2;

  private static final int PANEL = 3;

  private static final int BLOCK = 4;

  private static final ThreadLocal<float[][]> OF_THREAD =
      ThreadLocal.withInitial(() ->
          new float[][] {
            new float[TILE_ROWS * Width.LANES], new float[16], new float[Loops.CHUNK], {}, {}
          });

  private Scratch() {}

  /// The arrays of the current thread, by the numbers above.
  static float[][] get() {
    return OF_THREAD.get();
  }

  /// Room for a panel of n floats from [#ALIGNED] on.
  static float[] panel(float[][] scratch, int n) {
    return room(scratch, PANEL, n);
  }

  /// Room for a block of A of n floats from [#ALIGNED] on.
  static float[] block(float[][] scratch, int n) {
    return room(scratch, BLOCK, n);
  }

  private static float[] room(float[][] scratch, int which, int n) {
    if (scratch[which].length < n + ALIGNED) {
      scratch[which] = new float[n + ALIGNED];
    }
    return scratch[which];
  }
}

package dev.thalweg.kernels.simd;

/// The arrays that a thread's kernels work in; they grow to what is needed and stay.
final class Scratch {
  /// The first float used of a large array: with the 16 bytes of its header, vectors are aligned.
  static final int ALIGNED = 12;

  /// Rows of [#tile].
  static final int TILE_ROWS = 48;

  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  /// Room for a strip of C one vector wide.
  final float[] tile = new float[TILE_ROWS * Width.LANES];

  /// Room for the end of an array that fills no vector.
  final float[] edge = new float[16];

  private float[] panel = new float[0];

  private float[] block = new float[0];

  private Scratch() {}

  static Scratch get() {
    return OF_THREAD.get();
  }

  /// Room for a panel of n floats from [#ALIGNED] on.
  float[] panel(int n) {
    if (panel.length < n + ALIGNED) {
      panel = new float[n + ALIGNED];
    }
    return panel;
  }

  /// Room for a block of A of n floats from [#ALIGNED] on.
  float[] block(int n) {
    if (block.length < n + ALIGNED) {
      block = new float[n + ALIGNED];
    }
    return block;
  }
}

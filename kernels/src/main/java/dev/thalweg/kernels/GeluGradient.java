package dev.thalweg.kernels;

/// g (Φ(x) + x φ(x)), the gradient of [UnaryFunction#GELU], with Φ and φ of the normal
/// distribution: in pieces, so that what is between stays in a cache. The same bits with every
/// provider, and for any number of threads.
public final class GeluGradient {

  /// Elements of a piece.
  private static final int PIECE = 2048;

  /// A guess, for the share of threads.
  private static final double NANOS = 3;

  private static final int ROOT_HALF = 0;
  private static final int HALF = 1;
  private static final int MINUS_HALF = 2;
  private static final int PEAK = 3;
  private static final int ONE = 4;

  /// 1/√2, ½, −½, φ(0) and 1.
  private static final float[] NUMBERS = {
    (float) Math.sqrt(0.5), 0.5f, -0.5f, (float) (1 / Math.sqrt(2 * Math.PI)), 1
  };

  private GeluGradient() {}

  /// Writes y.
  ///
  /// @param scratch as long as the others
  public static void apply(Engine engine, float[] x, float[] g, float[] y, float[] scratch, int n) {
    Kernels kernels = engine.kernels();
    engine.share(
        Math.ceilDiv(n, PIECE),
        NANOS * PIECE,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int at = i * PIECE;
            piece(kernels, x, g, y, at, scratch, from * PIECE, Math.min(PIECE, n - at));
          }
        });
  }

  private static void piece(
      Kernels kernels, float[] x, float[] g, float[] y, int at, float[] t, int tAt, int n) {
    kernels.zip(BinaryFunction.MULTIPLY, x, at, 1, NUMBERS, ROOT_HALF, 0, y, at, n);
    kernels.map(UnaryFunction.ERF, y, at, y, at, n);
    kernels.zip(BinaryFunction.ADD, y, at, 1, NUMBERS, ONE, 0, y, at, n);
    kernels.zip(BinaryFunction.MULTIPLY, y, at, 1, NUMBERS, HALF, 0, y, at, n);
    kernels.zip(BinaryFunction.MULTIPLY, x, at, 1, x, at, 1, t, tAt, n);
    kernels.zip(BinaryFunction.MULTIPLY, t, tAt, 1, NUMBERS, MINUS_HALF, 0, t, tAt, n);
    kernels.map(UnaryFunction.EXP, t, tAt, t, tAt, n);
    kernels.zip(BinaryFunction.MULTIPLY, t, tAt, 1, NUMBERS, PEAK, 0, t, tAt, n);
    kernels.zip(BinaryFunction.MULTIPLY, t, tAt, 1, x, at, 1, t, tAt, n);
    kernels.zip(BinaryFunction.ADD, y, at, 1, t, tAt, 1, y, at, n);
    kernels.zip(BinaryFunction.MULTIPLY, y, at, 1, g, at, 1, y, at, n);
  }
}

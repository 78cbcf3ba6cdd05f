package dev.thalweg.kernels;

/// [UnaryFunction#GELU] where gradients will be asked for: its slope is made with it, as both need
/// the same error function, and its gradient is a product. In pieces, so that what is between stays
/// in a cache; the same bits with every provider, and for any number of threads.
public final class Gelu {

  /// Elements of a piece.
  private static final int PIECE = 2048;

  // guesses, for the share of threads
  private static final double NANOS = 3;
  private static final double NANOS_BACK = 0.3;

  private Gelu() {}

  /// Writes y and the slopes of n elements; see [Kernels#gelu].
  public static void forward(Engine engine, float[] x, float[] y, float[] slopes, int n) {
    Kernels kernels = engine.kernels();
    engine.share(
        Math.ceilDiv(n, PIECE),
        NANOS * PIECE,
        (from, to) -> {
          int at = from * PIECE;
          kernels.gelu(x, at, y, at, slopes, at, Math.min(to * PIECE, n) - at);
        });
  }

  /// Writes y = slope g, and 0 where that is smaller than [Kernels#NEGLIGIBLE].
  public static void back(Engine engine, float[] slopes, float[] g, float[] y, int n) {
    Kernels kernels = engine.kernels();
    engine.share(
        Math.ceilDiv(n, PIECE),
        NANOS_BACK * PIECE,
        (from, to) -> {
          for (int at = from * PIECE; at < Math.min(to * PIECE, n); at += PIECE) {
            int some = Math.min(PIECE, n - at);
            kernels.zip(BinaryFunction.MULTIPLY, slopes, at, 1, g, at, 1, y, at, some);
            kernels.withoutNegligible(y, at, y, at, some);
          }
        });
  }
}

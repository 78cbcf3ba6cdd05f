package dev.thalweg.kernels;

/// Sums of products in the order of [Kernels#sum].
final class Dots {
  private static final int BLOCK = 4096;

  private Dots() {}

  /// Σ x y: 16 virtual lanes of fused multiply-adds in each block, a tree, and blocks in double.
  static float dot(float[] x, int xStart, float[] y, int yStart, int n) {
    double total = 0;
    for (int from = 0; from < n; from += BLOCK) {
      total += block(x, xStart + from, y, yStart + from, Math.min(BLOCK, n - from));
    }
    return (float) total;
  }

  private static float block(float[] x, int xStart, float[] y, int yStart, int n) {
    float low = 0;
    float high = 0;
    for (int l = 0; l < 4; l++) {
      float four =
          (lane(x, xStart, y, yStart, l, n) + lane(x, xStart, y, yStart, l + 8, n))
              + (lane(x, xStart, y, yStart, l + 4, n) + lane(x, xStart, y, yStart, l + 12, n));
      switch (l) {
        case 0 -> low = four;
        case 1 -> high = four;
        case 2 -> low += four;
        default -> high += four;
      }
    }
    return low + high;
  }

  private static float lane(float[] x, int xStart, float[] y, int yStart, int lane, int n) {
    float s = 0;
    for (int i = lane; i < n; i += 16) {
      s = Math.fma(x[xStart + i], y[yStart + i], s);
    }
    return s;
  }

  /// The same in double.
  static double dot(double[] x, int xStart, double[] y, int yStart, int n) {
    double total = 0;
    for (int from = 0; from < n; from += BLOCK) {
      total += block(x, xStart + from, y, yStart + from, Math.min(BLOCK, n - from));
    }
    return total;
  }

  private static double block(double[] x, int xStart, double[] y, int yStart, int n) {
    double low = 0;
    double high = 0;
    for (int l = 0; l < 4; l++) {
      double four =
          (lane(x, xStart, y, yStart, l, n) + lane(x, xStart, y, yStart, l + 8, n))
              + (lane(x, xStart, y, yStart, l + 4, n) + lane(x, xStart, y, yStart, l + 12, n));
      switch (l) {
        case 0 -> low = four;
        case 1 -> high = four;
        case 2 -> low += four;
        default -> high += four;
      }
    }
    return low + high;
  }

  private static double lane(double[] x, int xStart, double[] y, int yStart, int lane, int n) {
    double s = 0;
    for (int i = lane; i < n; i += 16) {
      s = Math.fma(x[xStart + i], y[yStart + i], s);
    }
    return s;
  }
}

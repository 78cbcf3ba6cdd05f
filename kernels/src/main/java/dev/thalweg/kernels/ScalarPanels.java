package dev.thalweg.kernels;

/// Packed matrices, of panels of any width, in plain code: what vector kernels, too, do with them
/// until they are compiled.
public final class ScalarPanels {
  private ScalarPanels() {}

  /// [Kernels#pack] into panels of that width.
  public static void pack(
      int width,
      boolean transposeB,
      int n,
      int k,
      float[] b,
      int bStart,
      int bStride,
      float[] packed,
      int packedStart) {
    for (int j = 0; j < n; j += width) {
      int columns = Math.min(width, n - j);
      int to = packedStart + j * k;
      for (int p = 0; p < k; p++) {
        int from = transposeB ? bStart + j * bStride + p : bStart + p * bStride + j;
        int step = transposeB ? bStride : 1;
        for (int x = 0; x < width; x++) {
          packed[to + x] = x < columns ? b[from + x * step] : 0;
        }
        to += width;
      }
    }
  }

  /// [Kernels#matmulPacked] by panels of that width.
  public static void matmul(
      int width,
      boolean transposeA,
      int m,
      int n,
      int k,
      float[] a,
      int aStart,
      int aStride,
      float[] packed,
      int packedStart,
      int packedDepth,
      float[] c,
      int cStart,
      int cStride,
      boolean accumulate) {
    for (int j = 0; j < n; j += width) {
      ScalarKernels.INSTANCE.matmul(
          transposeA,
          false,
          m,
          Math.min(width, n - j),
          k,
          a,
          aStart,
          aStride,
          packed,
          packedStart + j * packedDepth,
          width,
          c,
          cStart + j,
          cStride,
          accumulate);
    }
  }
}

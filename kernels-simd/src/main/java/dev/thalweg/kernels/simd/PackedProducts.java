package dev.thalweg.kernels.simd;

/// Products whose second factor has been packed into panels beforehand: the tiles read it as it is.
final class PackedProducts {
  private static final int L = Width.LANES;
  private static final int WIDTH = SimdMatmul.PANEL * L;

  private PackedProducts() {}

  static void pack(
      boolean transposeB,
      int n,
      int k,
      float[] b,
      int bStart,
      int bStride,
      float[] packed,
      int packedStart) {
    for (int j = 0; j < n; j += WIDTH) {
      int columns = Math.min(WIDTH, n - j);
      int to = packedStart + j * k;
      if (transposeB) {
        Panels.packTransposed(k, columns, WIDTH, b, bStart + j * bStride, bStride, packed, to);
      } else if (columns == WIDTH) {
        Panels.pack(k, SimdMatmul.PANEL, b, bStart + j, bStride, packed, to);
      } else {
        packEdge(k, columns, b, bStart + j, bStride, packed, to);
      }
    }
  }

  private static void packEdge(
      int k, int columns, float[] b, int bStart, int bStride, float[] packed, int to) {
    for (int p = 0; p < k; p++) {
      for (int x = 0; x < WIDTH; x++) {
        packed[to + p * WIDTH + x] = x < columns ? b[bStart + p * bStride + x] : 0f;
      }
    }
  }

  static void matmul(
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
    if (k <= 0) {
      for (int i = 0; i < m && !accumulate; i++) {
        java.util.Arrays.fill(c, cStart + i * cStride, cStart + i * cStride + n, 0f);
      }
      return;
    }
    int j = 0;
    if (Blocks.pay(transposeA, false, m, n, k)) {
      j = n - n % WIDTH;
      Blocks.multiplyPacked(
          transposeA,
          m,
          j,
          k,
          a,
          aStart,
          aStride,
          packed,
          packedStart,
          packedDepth,
          c,
          cStart,
          cStride,
          accumulate);
    }
    for (; j < n; j += WIDTH) {
      panel(
          transposeA,
          m,
          Math.min(WIDTH, n - j),
          k,
          a,
          aStart,
          aStride,
          packed,
          packedStart + j * packedDepth,
          c,
          cStart + j,
          cStride,
          accumulate);
    }
  }

  private static void panel(
      boolean transposeA,
      int m,
      int columns,
      int k,
      float[] a,
      int aStart,
      int aStride,
      float[] packed,
      int start,
      float[] c,
      int cStart,
      int cStride,
      boolean accumulate) {
    boolean add = accumulate;
    for (int p = 0; p < k; ) {
      int depth = Math.min(SimdMatmul.DEPTH, k - p);
      if (k - p > SimdMatmul.DEPTH && k - p < 2 * SimdMatmul.DEPTH) {
        depth = (k - p + 1) / 2;
      }
      int ap = transposeA ? aStart + p * aStride : aStart + p;
      int bp = start + p * WIDTH;
      int j = 0;
      for (int vectors = SimdMatmul.PANEL; vectors > 0; vectors /= 2) {
        if (j + vectors * L <= columns) {
          SimdMatmul.rows(
              transposeA,
              vectors,
              m,
              depth,
              a,
              ap,
              aStride,
              packed,
              bp + j,
              WIDTH,
              c,
              cStart + j,
              cStride,
              add);
          j += vectors * L;
        }
      }
      if (j < columns) {
        edge(
            transposeA,
            m,
            columns - j,
            depth,
            a,
            ap,
            aStride,
            packed,
            bp + j,
            c,
            cStart + j,
            cStride,
            add);
      }
      add = true;
      p += depth;
    }
  }

  /// Fewer columns than a vector has lanes, by way of a tile.
  private static void edge(
      boolean transposeA,
      int m,
      int columns,
      int k,
      float[] a,
      int aStart,
      int aStride,
      float[] packed,
      int start,
      float[] c,
      int cStart,
      int cStride,
      boolean add) {
    float[] tile = Scratch.get()[Scratch.TILE];
    int aStep = transposeA ? 1 : aStride;
    for (int i = 0; i < m; i += Scratch.TILE_ROWS) {
      int rows = Math.min(Scratch.TILE_ROWS, m - i);
      int ci = cStart + i * cStride;
      if (add) {
        SimdMatmul.copy(rows, columns, c, ci, cStride, tile, 0, L);
      }
      SimdMatmul.rowsInto(
          transposeA, rows, k, a, aStart + i * aStep, aStride, packed, start, WIDTH, tile, add);
      SimdMatmul.copy(rows, columns, tile, 0, L, c, ci, cStride);
    }
  }
}

package dev.thalweg.kernels.simd;

import static dev.thalweg.kernels.simd.Scratch.ALIGNED;

/// The matrix product around the register tiles.
///
/// C is cut into panels of columns, two or four vectors wide. For each panel and each block of k
/// the part of B is copied into a dense strip (transposed on the way where B is given transposed),
/// or read in place where it is small; the rows of A, never copied, run past it. What is left of
/// the columns goes through a strip one vector wide that is filled up with zeros.
final class SimdMatmul {
  private static final int L = Width.LANES;

  /// Vectors in the widest panel.
  private static final int PANEL = Width.FEW_REGISTERS ? 2 : 4;

  /// Steps of k that a panel of B holds: 64 KiB with 512-bit vectors.
  private static final int DEPTH = Integer.getInteger("thalweg.tune.depth", 256);

  /// Steps of k in a strip one vector wide.
  private static final int NARROW_DEPTH = 2048;

  /// Floats of B, and rows of C, up to which B is read in place.
  private static final int SMALL_B = Integer.getInteger("thalweg.tune.small", 16384);

  private static final int FEW_ROWS = Integer.getInteger("thalweg.tune.rows", 8);

  private static final float[] ZEROS = new float[4 * L];

  private SimdMatmul() {}

  static void matmul(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float[] a,
      int aStart,
      int aStride,
      float[] b,
      int bStart,
      int bStride,
      float[] c,
      int cStart,
      int cStride,
      boolean accumulate) {
    if (k <= 0) {
      if (!accumulate) {
        for (int i = 0; i < m; i++) {
          java.util.Arrays.fill(c, cStart + i * cStride, cStart + i * cStride + n, 0f);
        }
      }
      return;
    }
    boolean inPlace = !transposeB && (m <= FEW_ROWS || (long) n * k <= SMALL_B);
    int whole = n - n % L;
    for (int j = 0; j < whole; ) {
      int vectors = Math.min(PANEL, (whole - j) / L);
      if (vectors == 3) {
        vectors = 2;
      }
      int bj = transposeB ? bStart + j * bStride : bStart + j;
      if (inPlace) {
        rows(
            transposeA,
            vectors,
            m,
            k,
            a,
            aStart,
            aStride,
            b,
            bj,
            bStride,
            c,
            cStart + j,
            cStride,
            accumulate);
      } else {
        packed(
            transposeA,
            transposeB,
            vectors,
            m,
            k,
            a,
            aStart,
            aStride,
            b,
            bj,
            bStride,
            c,
            cStart + j,
            cStride,
            accumulate);
      }
      j += vectors * L;
    }
    if (whole < n) {
      int bj = transposeB ? bStart + whole * bStride : bStart + whole;
      narrow(
          transposeA,
          transposeB,
          n - whole,
          m,
          k,
          a,
          aStart,
          aStride,
          b,
          bj,
          bStride,
          c,
          cStart + whole,
          cStride,
          accumulate);
    }
  }

  /// One panel, its part of B copied block by block.
  private static void packed(
      boolean transposeA,
      boolean transposeB,
      int vectors,
      int m,
      int k,
      float[] a,
      int aStart,
      int aStride,
      float[] b,
      int bStart,
      int bStride,
      float[] c,
      int cStart,
      int cStride,
      boolean accumulate) {
    int width = vectors * L;
    float[] panel = Scratch.get().panel(DEPTH * width);
    boolean add = accumulate;
    for (int p = 0; p < k; ) {
      int depth = Math.min(DEPTH, k - p);
      if (k - p > DEPTH && k - p < 2 * DEPTH) {
        depth = (k - p + 1) / 2;
      }
      if (transposeB) {
        Panels.packTransposed(depth, width, width, b, bStart + p, bStride, panel, ALIGNED);
      } else {
        Panels.pack(depth, vectors, b, bStart + p * bStride, bStride, panel, ALIGNED);
      }
      int ap = transposeA ? aStart + p * aStride : aStart + p;
      rows(
          transposeA,
          vectors,
          m,
          depth,
          a,
          ap,
          aStride,
          panel,
          ALIGNED,
          width,
          c,
          cStart,
          cStride,
          add);
      add = true;
      p += depth;
    }
  }

  /// The last columns, fewer than a vector has lanes, by way of a tile as wide as a vector.
  private static void narrow(
      boolean transposeA,
      boolean transposeB,
      int width,
      int m,
      int k,
      float[] a,
      int aStart,
      int aStride,
      float[] b,
      int bStart,
      int bStride,
      float[] c,
      int cStart,
      int cStride,
      boolean accumulate) {
    Scratch scratch = Scratch.get();
    float[] panel = scratch.panel(Math.min(k, NARROW_DEPTH) * L);
    float[] tile = scratch.tile;
    boolean add = accumulate;
    for (int p = 0; p < k; p += NARROW_DEPTH) {
      int depth = Math.min(NARROW_DEPTH, k - p);
      if (transposeB) {
        Panels.packTransposed(depth, width, L, b, bStart + p, bStride, panel, ALIGNED);
      } else {
        Panels.packNarrow(depth, width, b, bStart + p * bStride, bStride, panel, ALIGNED);
      }
      int ap = transposeA ? aStart + p * aStride : aStart + p;
      int aStep = transposeA ? 1 : aStride;
      for (int i = 0; i < m; i += Scratch.TILE_ROWS) {
        int rows = Math.min(Scratch.TILE_ROWS, m - i);
        int ci = cStart + i * cStride;
        if (add) {
          copy(rows, width, c, ci, cStride, tile, 0, L);
        }
        rowsInto(
            transposeA,
            rows,
            depth,
            a,
            ap + i * aStep,
            aStride,
            panel,
            add ? tile : ZEROS,
            add ? L : 0,
            tile);
        copy(rows, width, tile, 0, L, c, ci, cStride);
      }
      add = true;
    }
  }

  private static void rowsInto(
      boolean transposeA,
      int rows,
      int k,
      float[] a,
      int aStart,
      int aStride,
      float[] panel,
      float[] from,
      int fromStride,
      float[] tile) {
    if (transposeA) {
      if (Width.FEW_REGISTERS) {
        TransposedTiles.columns1of16(
            rows, k, a, aStart, aStride, panel, ALIGNED, L, from, 0, fromStride, tile, 0, L);
      } else {
        TransposedTiles.columns1(
            rows, k, a, aStart, aStride, panel, ALIGNED, L, from, 0, fromStride, tile, 0, L);
      }
    } else if (Width.FEW_REGISTERS) {
      RowMajorTiles.columns1of16(
          rows, k, a, aStart, aStride, panel, ALIGNED, L, from, 0, fromStride, tile, 0, L);
    } else {
      RowMajorTiles.columns1(
          rows, k, a, aStart, aStride, panel, ALIGNED, L, from, 0, fromStride, tile, 0, L);
    }
  }

  private static void copy(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride) {
    for (int i = 0; i < rows; i++) {
      int from = xStart + i * xStride;
      int to = yStart + i * yStride;
      for (int j = 0; j < columns; j++) {
        y[to + j] = x[from + j];
      }
    }
  }

  /// All rows of one panel, over one block of k.
  private static void rows(
      boolean transposeA,
      int vectors,
      int m,
      int k,
      float[] a,
      int aStart,
      int aStride,
      float[] b,
      int bStart,
      int bStride,
      float[] c,
      int cStart,
      int cStride,
      boolean add) {
    float[] from = add ? c : ZEROS;
    int start = add ? cStart : 0;
    int stride = add ? cStride : 0;
    if (transposeA) {
      if (vectors == 4) {
        TransposedTiles.columns4(
            m, k, a, aStart, aStride, b, bStart, bStride, from, start, stride, c, cStart, cStride);
      } else if (vectors == 2 && Width.FEW_REGISTERS) {
        TransposedTiles.columns2of16(
            m, k, a, aStart, aStride, b, bStart, bStride, from, start, stride, c, cStart, cStride);
      } else if (vectors == 2) {
        TransposedTiles.columns2(
            m, k, a, aStart, aStride, b, bStart, bStride, from, start, stride, c, cStart, cStride);
      } else if (Width.FEW_REGISTERS) {
        TransposedTiles.columns1of16(
            m, k, a, aStart, aStride, b, bStart, bStride, from, start, stride, c, cStart, cStride);
      } else {
        TransposedTiles.columns1(
            m, k, a, aStart, aStride, b, bStart, bStride, from, start, stride, c, cStart, cStride);
      }
    } else {
      if (vectors == 4) {
        RowMajorTiles.columns4(
            m, k, a, aStart, aStride, b, bStart, bStride, from, start, stride, c, cStart, cStride);
      } else if (vectors == 2 && Width.FEW_REGISTERS) {
        RowMajorTiles.columns2of16(
            m, k, a, aStart, aStride, b, bStart, bStride, from, start, stride, c, cStart, cStride);
      } else if (vectors == 2) {
        RowMajorTiles.columns2(
            m, k, a, aStart, aStride, b, bStart, bStride, from, start, stride, c, cStart, cStride);
      } else if (Width.FEW_REGISTERS) {
        RowMajorTiles.columns1of16(
            m, k, a, aStart, aStride, b, bStart, bStride, from, start, stride, c, cStart, cStride);
      } else {
        RowMajorTiles.columns1(
            m, k, a, aStart, aStride, b, bStart, bStride, from, start, stride, c, cStart, cStride);
      }
    }
  }
}

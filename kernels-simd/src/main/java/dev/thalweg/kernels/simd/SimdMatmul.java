package dev.thalweg.kernels.simd;

import static dev.thalweg.kernels.simd.Scratch.ALIGNED;

/// The matrix product around the register tiles.
///
/// C is cut into panels of columns, two or four vectors wide. Where there are several, [Blocks]
/// takes them row by row. Otherwise, for each panel and each block of k, the part of B is copied
/// into a dense strip (transposed on the way where B is given transposed), or read in place where
/// it is small; the rows of A, never copied, run past it. What is left of the columns goes through
/// a strip one vector wide that is filled up with zeros.
final class SimdMatmul {
  private static final int L = Width.LANES;

  /// Vectors in the widest panel.
  static final int PANEL = Width.FEW_REGISTERS ? 2 : 4;

  /// Steps of k that a panel of B holds: 64 KiB with 512-bit vectors.
  static final int DEPTH = 256;

  /// Steps of k in a strip one vector wide.
  private static final int NARROW_DEPTH = 2048;

  /// Floats of B, and rows of C, up to which B is read in place.
  private static final int SMALL_B = 16384;

  private static final int FEW_ROWS = 8;

  private SimdMatmul() {}

  /// C = op(A) op(B), or C += op(A) op(B).
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
    // One vector wide and in place: straight to the tiles. The smallest of these take some 70 ns,
    // and every call counts; this much code the JIT inlines into the caller.
    if (n == L && !transposeA && !transposeB && k > 0 && k <= SMALL_B / L) {
      rowsOfRowMajor(
          1, m, k, a, aStart, aStride, b, bStart, bStride, c, cStart, cStride, accumulate);
      return;
    }
    panels(
        transposeA,
        transposeB,
        m,
        n,
        k,
        a,
        aStart,
        aStride,
        b,
        bStart,
        bStride,
        c,
        cStart,
        cStride,
        accumulate);
  }

  private static void panels(
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
    if (Blocks.pay(transposeA, transposeB, m, n, k)) {
      int wide = n - n % (PANEL * L);
      Blocks.multiply(
          transposeA,
          transposeB,
          m,
          wide,
          k,
          a,
          aStart,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart,
          cStride,
          accumulate);
      if (wide < n) {
        int bj = transposeB ? bStart + wide * bStride : bStart + wide;
        matmul(
            transposeA,
            transposeB,
            m,
            n - wide,
            k,
            a,
            aStart,
            aStride,
            b,
            bj,
            bStride,
            c,
            cStart + wide,
            cStride,
            accumulate);
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
    float[] panel = Scratch.panel(Scratch.get(), DEPTH * width);
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
    float[][] scratch = Scratch.get();
    float[] panel = Scratch.panel(scratch, Math.min(k, NARROW_DEPTH) * L);
    float[] tile = scratch[Scratch.TILE];
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
        rowsInto(transposeA, rows, depth, a, ap + i * aStep, aStride, panel, ALIGNED, L, tile, add);
        copy(rows, width, tile, 0, L, c, ci, cStride);
      }
      add = true;
    }
  }

  /// Rows of a tile one vector wide.
  static void rowsInto(
      boolean transposeA,
      int rows,
      int k,
      float[] a,
      int aStart,
      int aStride,
      float[] panel,
      int panelStart,
      int panelStride,
      float[] tile,
      boolean add) {
    if (transposeA) {
      if (Width.FEW_REGISTERS) {
        TransposedTiles.columns1of16(
            rows, k, a, aStart, aStride, panel, panelStart, panelStride, tile, 0, L, add);
      } else {
        TransposedTiles.columns1(
            rows, k, a, aStart, aStride, panel, panelStart, panelStride, tile, 0, L, add);
      }
    } else if (Width.FEW_REGISTERS) {
      RowMajorTiles.columns1of16(
          rows, k, a, aStart, aStride, panel, panelStart, panelStride, tile, 0, L, add);
    } else {
      RowMajorTiles.columns1(
          rows, k, a, aStart, aStride, panel, panelStart, panelStride, tile, 0, L, add);
    }
  }

  static void copy(
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
  static void rows(
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
    if (transposeA) {
      rowsOfTransposed(
          vectors, m, k, a, aStart, aStride, b, bStart, bStride, c, cStart, cStride, add);
    } else {
      rowsOfRowMajor(
          vectors, m, k, a, aStart, aStride, b, bStart, bStride, c, cStart, cStride, add);
    }
  }

  // small enough for the JIT to inline: calls with so many arguments are what tiny products cost
  private static void rowsOfRowMajor(
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
    if (vectors == 4) {
      RowMajorTiles.columns4(m, k, a, aStart, aStride, b, bStart, bStride, c, cStart, cStride, add);
    } else if (vectors == 2 && Width.FEW_REGISTERS && bStride == 2 * L) {
      RowMajorTiles.panel2of16(m, k, a, aStart, aStride, b, bStart, c, cStart, cStride, add);
    } else if (vectors == 2 && Width.FEW_REGISTERS) {
      RowMajorTiles.columns2of16(
          m, k, a, aStart, aStride, b, bStart, bStride, c, cStart, cStride, add);
    } else if (vectors == 2) {
      RowMajorTiles.columns2(m, k, a, aStart, aStride, b, bStart, bStride, c, cStart, cStride, add);
    } else if (Width.FEW_REGISTERS) {
      RowMajorTiles.columns1of16(
          m, k, a, aStart, aStride, b, bStart, bStride, c, cStart, cStride, add);
    } else {
      RowMajorTiles.columns1(m, k, a, aStart, aStride, b, bStart, bStride, c, cStart, cStride, add);
    }
  }

  // small enough for the JIT to inline: calls with so many arguments are what tiny products cost
  private static void rowsOfTransposed(
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
    if (vectors == 4) {
      TransposedTiles.columns4(
          m, k, a, aStart, aStride, b, bStart, bStride, c, cStart, cStride, add);
    } else if (vectors == 2 && Width.FEW_REGISTERS) {
      TransposedTiles.columns2of16(
          m, k, a, aStart, aStride, b, bStart, bStride, c, cStart, cStride, add);
    } else if (vectors == 2) {
      TransposedTiles.columns2(
          m, k, a, aStart, aStride, b, bStart, bStride, c, cStart, cStride, add);
    } else if (Width.FEW_REGISTERS) {
      TransposedTiles.columns1of16(
          m, k, a, aStart, aStride, b, bStart, bStride, c, cStart, cStride, add);
    } else {
      TransposedTiles.columns1(
          m, k, a, aStart, aStride, b, bStart, bStride, c, cStart, cStride, add);
    }
  }
}

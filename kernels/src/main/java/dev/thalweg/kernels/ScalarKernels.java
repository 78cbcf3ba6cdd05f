package dev.thalweg.kernels;

import java.util.Arrays;

/// The kernels as plain loops: the readable truth that every other provider is compared with, and
/// what runs where no other provider can.
public final class ScalarKernels implements Kernels {
  /// The only instance there need be: it has no state.
  public static final ScalarKernels INSTANCE = new ScalarKernels();

  static final int BLOCK = 4096;

  /// Columns of a panel: enough for the JIT's vectors.
  private static final int PANEL = 64;

  private static final int TILE = 16;

  private ScalarKernels() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int vectorBits() {
    return 0;
  }

  @Override
  public void matmul(
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
    if (k > CHAIN) {
      LongSums.matmul(
          this,
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
      return;
    }
    ScalarMatmul.matmul(
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

  @Override
  public int panelColumns() {
    return PANEL;
  }

  @Override
  public void pack(
      boolean transposeB,
      int n,
      int k,
      float[] b,
      int bStart,
      int bStride,
      float[] packed,
      int packedStart) {
    ScalarPanels.pack(PANEL, transposeB, n, k, b, bStart, bStride, packed, packedStart);
  }

  @Override
  public void matmulPacked(
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
    ScalarPanels.matmul(
        PANEL,
        transposeA,
        m,
        n,
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

  @Override
  public void map(UnaryFunction f, float[] x, int xStart, float[] y, int yStart, int n) {
    if (xStart == yStart && mapAligned(f, x, y, xStart, xStart + n)) {
      return;
    }
    switch (f) {
      case NEGATE -> {
        for (int i = 0; i < n; i++) {
          y[yStart + i] = -x[xStart + i];
        }
      }
      case ABS -> {
        for (int i = 0; i < n; i++) {
          y[yStart + i] = Math.abs(x[xStart + i]);
        }
      }
      case SQUARE -> {
        for (int i = 0; i < n; i++) {
          y[yStart + i] = x[xStart + i] * x[xStart + i];
        }
      }
      case SQRT -> {
        for (int i = 0; i < n; i++) {
          y[yStart + i] = (float) Math.sqrt(x[xStart + i]);
        }
      }
      case RECIPROCAL -> {
        for (int i = 0; i < n; i++) {
          y[yStart + i] = 1 / x[xStart + i];
        }
      }
      case RELU -> {
        for (int i = 0; i < n; i++) {
          y[yStart + i] = Math.max(x[xStart + i], 0);
        }
      }
      case EXP -> {
        for (int i = 0; i < n; i++) {
          y[yStart + i] = Float32Functions.exp(x[xStart + i]);
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          y[yStart + i] = f.apply(x[xStart + i]);
        }
      }
    }
  }

  /// The functions whose loops the JIT vectorises, which it does only where both arrays have one
  /// index; whether f is one of them.
  private static boolean mapAligned(UnaryFunction f, float[] x, float[] y, int from, int to) {
    switch (f) {
      case NEGATE -> {
        for (int i = from; i < to; i++) {
          y[i] = -x[i];
        }
      }
      case ABS -> {
        for (int i = from; i < to; i++) {
          y[i] = Math.abs(x[i]);
        }
      }
      case SQUARE -> {
        for (int i = from; i < to; i++) {
          y[i] = x[i] * x[i];
        }
      }
      case SQRT -> {
        for (int i = from; i < to; i++) {
          y[i] = (float) Math.sqrt(x[i]);
        }
      }
      case RECIPROCAL -> {
        for (int i = from; i < to; i++) {
          y[i] = 1 / x[i];
        }
      }
      case RELU -> {
        for (int i = from; i < to; i++) {
          y[i] = Math.max(x[i], 0);
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public void gelu(
      float[] x, int xStart, float[] y, int yStart, float[] slopes, int slopesStart, int n) {
    for (int i = 0; i < n; i++) {
      float a = x[xStart + i];
      float u = 1f + Float32Functions.erf(a * 0x1.6a09e6p-1f);
      // φ(0) = 1/√(2π)
      float density = 0x1.988454p-2f * Float32Functions.exp(a * a * -0.5f);
      y[yStart + i] = 0.5f * a * u;
      slopes[slopesStart + i] = 0.5f * u + density * a;
    }
  }

  @Override
  public void gate(float[] g, int gStart, float[] x, int xStart, float[] z, int zStart, int n) {
    for (int i = 0; i < n; i++) {
      float a = x[xStart + i];
      z[zStart + i] = g[gStart + i] > 0 && !(Math.abs(a) < NEGLIGIBLE) ? a : 0;
    }
  }

  @Override
  public void withoutNegligible(float[] x, int xStart, float[] y, int yStart, int n) {
    for (int i = 0; i < n; i++) {
      float a = x[xStart + i];
      y[yStart + i] = Math.abs(a) < NEGLIGIBLE ? 0 : a;
    }
  }

  @Override
  public float sum(float[] x, int xStart, int n) {
    double total = 0;
    for (int from = 0; from < n; from += BLOCK) {
      total += blockSum(x, xStart + from, Math.min(BLOCK, n - from));
    }
    return (float) total;
  }

  private static float blockSum(float[] x, int start, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    float s8 = 0;
    float s9 = 0;
    float s10 = 0;
    float s11 = 0;
    float s12 = 0;
    float s13 = 0;
    float s14 = 0;
    float s15 = 0;
    int i = start;
    for (int end = start + (n & -16); i < end; i += 16) {
      s0 += x[i];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
      s4 += x[i + 4];
      s5 += x[i + 5];
      s6 += x[i + 6];
      s7 += x[i + 7];
      s8 += x[i + 8];
      s9 += x[i + 9];
      s10 += x[i + 10];
      s11 += x[i + 11];
      s12 += x[i + 12];
      s13 += x[i + 13];
      s14 += x[i + 14];
      s15 += x[i + 15];
    }
    int rest = n & 15;
    s0 += rest > 0 ? x[i] : 0;
    s1 += rest > 1 ? x[i + 1] : 0;
    s2 += rest > 2 ? x[i + 2] : 0;
    s3 += rest > 3 ? x[i + 3] : 0;
    s4 += rest > 4 ? x[i + 4] : 0;
    s5 += rest > 5 ? x[i + 5] : 0;
    s6 += rest > 6 ? x[i + 6] : 0;
    s7 += rest > 7 ? x[i + 7] : 0;
    s8 += rest > 8 ? x[i + 8] : 0;
    s9 += rest > 9 ? x[i + 9] : 0;
    s10 += rest > 10 ? x[i + 10] : 0;
    s11 += rest > 11 ? x[i + 11] : 0;
    s12 += rest > 12 ? x[i + 12] : 0;
    s13 += rest > 13 ? x[i + 13] : 0;
    s14 += rest > 14 ? x[i + 14] : 0;
    float low = ((s0 + s8) + (s4 + s12)) + ((s2 + s10) + (s6 + s14));
    float high = ((s1 + s9) + (s5 + s13)) + ((s3 + s11) + (s7 + s15));
    return low + high;
  }

  /// Counts: 0x² + 1 is 1 where x² is finite, else NaN, which is cut off to 0; a form that the JIT
  /// makes vectors of, as it does not of sums of floats, nor of their bits.
  @Override
  public boolean areModerate(float[] x, int xStart, int n) {
    int end = xStart + n;
    int count = 0;
    for (int i = xStart; i < end; i++) {
      count += (int) (x[i] * x[i] * 0f + 1f);
    }
    return count == n;
  }

  @Override
  public float max(float[] x, int xStart, int n) {
    float m = x[xStart];
    for (int i = xStart + 1; i < xStart + n; i++) {
      m = Math.max(m, x[i]);
    }
    return m;
  }

  @Override
  public void columnSums(
      int rows, int columns, float[] x, int xStart, int xStride, float[] y, int yStart) {
    for (int i = 0; i < rows; i++) {
      int row = xStart + i * xStride;
      for (int j = 0; j < columns; j++) {
        y[yStart + j] += x[row + j];
      }
    }
  }

  @Override
  public void softmaxRows(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride,
      float[] normalizers,
      int normalizersStart) {
    for (int i = 0; i < rows; i++) {
      int from = xStart + i * xStride;
      int to = yStart + i * yStride;
      float largest = max(x, from, columns);
      for (int j = 0; j < columns; j++) {
        y[to + j] = Float32Functions.exp(x[from + j] - largest);
      }
      float total = sum(y, to, columns);
      float scale = 1 / total;
      for (int j = 0; j < columns; j++) {
        y[to + j] *= scale;
      }
      normalizers[normalizersStart + 2 * i] = largest;
      normalizers[normalizersStart + 2 * i + 1] = Float32Functions.log(total);
    }
  }

  @Override
  public void fillRows(
      int rows, int columns, float[] row, int rowStart, float[] y, int yStart, int yStride) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(row, rowStart, y, yStart + i * yStride, columns);
    }
  }

  @Override
  public void transpose(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride) {
    for (int i0 = 0; i0 < rows; i0 += TILE) {
      int i1 = Math.min(i0 + TILE, rows);
      for (int j0 = 0; j0 < columns; j0 += TILE) {
        int j1 = Math.min(j0 + TILE, columns);
        for (int j = j0; j < j1; j++) {
          for (int i = i0; i < i1; i++) {
            y[yStart + j * yStride + i] = x[xStart + i * xStride + j];
          }
        }
      }
    }
  }

  @Override
  public void zip(
      BinaryFunction f,
      float[] x,
      int xStart,
      int xStep,
      float[] y,
      int yStart,
      int yStep,
      float[] z,
      int zStart,
      int n) {
    int end = zStart + n;
    if (xStep == 0) {
      float a = n > 0 ? x[xStart] : 0;
      float[] w = aligned(y, yStart, yStep, z, zStart, n);
      switch (f) {
        case ADD -> {
          for (int i = zStart; i < end; i++) {
            z[i] = a + w[i];
          }
        }
        case SUBTRACT -> {
          for (int i = zStart; i < end; i++) {
            z[i] = a - w[i];
          }
        }
        case MULTIPLY -> {
          for (int i = zStart; i < end; i++) {
            z[i] = a * w[i];
          }
        }
        case DIVIDE -> {
          for (int i = zStart; i < end; i++) {
            z[i] = a / w[i];
          }
        }
        case MAXIMUM -> {
          for (int i = zStart; i < end; i++) {
            z[i] = Math.max(a, w[i]);
          }
        }
        case MINIMUM -> {
          for (int i = zStart; i < end; i++) {
            z[i] = Math.min(a, w[i]);
          }
        }
      }
    } else if (yStep == 0) {
      float b = n > 0 ? y[yStart] : 0;
      float[] w = aligned(x, xStart, xStep, z, zStart, n);
      switch (f) {
        case ADD -> {
          for (int i = zStart; i < end; i++) {
            z[i] = w[i] + b;
          }
        }
        case SUBTRACT -> {
          for (int i = zStart; i < end; i++) {
            z[i] = w[i] - b;
          }
        }
        case MULTIPLY -> {
          for (int i = zStart; i < end; i++) {
            z[i] = w[i] * b;
          }
        }
        case DIVIDE -> {
          for (int i = zStart; i < end; i++) {
            z[i] = w[i] / b;
          }
        }
        case MAXIMUM -> {
          for (int i = zStart; i < end; i++) {
            z[i] = Math.max(w[i], b);
          }
        }
        case MINIMUM -> {
          for (int i = zStart; i < end; i++) {
            z[i] = Math.min(w[i], b);
          }
        }
      }
    } else if (xStart == zStart && yStart == zStart) {
      switch (f) {
        case ADD -> {
          for (int i = zStart; i < end; i++) {
            z[i] = x[i] + y[i];
          }
        }
        case SUBTRACT -> {
          for (int i = zStart; i < end; i++) {
            z[i] = x[i] - y[i];
          }
        }
        case MULTIPLY -> {
          for (int i = zStart; i < end; i++) {
            z[i] = x[i] * y[i];
          }
        }
        case DIVIDE -> {
          for (int i = zStart; i < end; i++) {
            z[i] = x[i] / y[i];
          }
        }
        case MAXIMUM -> {
          for (int i = zStart; i < end; i++) {
            z[i] = Math.max(x[i], y[i]);
          }
        }
        case MINIMUM -> {
          for (int i = zStart; i < end; i++) {
            z[i] = Math.min(x[i], y[i]);
          }
        }
      }
    } else {
      switch (f) {
        case ADD -> {
          for (int i = 0; i < n; i++) {
            z[zStart + i] = x[xStart + i] + y[yStart + i];
          }
        }
        case SUBTRACT -> {
          for (int i = 0; i < n; i++) {
            z[zStart + i] = x[xStart + i] - y[yStart + i];
          }
        }
        case MULTIPLY -> {
          for (int i = 0; i < n; i++) {
            z[zStart + i] = x[xStart + i] * y[yStart + i];
          }
        }
        case DIVIDE -> {
          for (int i = 0; i < n; i++) {
            z[zStart + i] = x[xStart + i] / y[yStart + i];
          }
        }
        case MAXIMUM -> {
          for (int i = 0; i < n; i++) {
            z[zStart + i] = Math.max(x[xStart + i], y[yStart + i]);
          }
        }
        case MINIMUM -> {
          for (int i = 0; i < n; i++) {
            z[zStart + i] = Math.min(x[xStart + i], y[yStart + i]);
          }
        }
      }
    }
  }

  /// x where the JIT makes vectors of a loop that reads it and writes z, which is where both begin
  /// at the same index: x itself, or z, to which it is copied.
  private static float[] aligned(float[] x, int xStart, int xStep, float[] z, int zStart, int n) {
    if (xStep != 0 && xStart == zStart) {
      return x;
    }
    if (xStep == 0 && n > 0) {
      Arrays.fill(z, zStart, zStart + n, x[xStart]);
    } else {
      System.arraycopy(x, xStart, z, zStart, n);
    }
    return z;
  }

  @Override
  public void copyRows(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(x, xStart + i * xStride, y, yStart + i * yStride, columns);
    }
  }

  @Override
  public void zipRows(
      BinaryFunction f,
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xRow,
      int xColumn,
      float[] y,
      int yStart,
      int yRow,
      int yColumn,
      float[] z,
      int zStart,
      int zStride) {
    for (int i = 0; i < rows; i++) {
      zip(
          f,
          x,
          xStart + i * xRow,
          xColumn,
          y,
          yStart + i * yRow,
          yColumn,
          z,
          zStart + i * zStride,
          columns);
    }
  }

  @Override
  public void multiplyAdd(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xRow,
      int xColumn,
      float[] y,
      int yStart,
      int yRow,
      int yColumn,
      float[] z,
      int zStart,
      int zRow,
      int zColumn,
      float[] to,
      int toStart,
      int toStride) {
    for (int i = 0; i < rows; i++) {
      int p = xStart + i * xRow;
      int q = yStart + i * yRow;
      int r = zStart + i * zRow;
      int s = toStart + i * toStride;
      for (int j = 0; j < columns; j++) {
        to[s + j] = Math.fma(x[p + j * xColumn], y[q + j * yColumn], z[r + j * zColumn]);
      }
    }
  }

  @Override
  public void rowSums(
      int rows, int columns, float[] x, int xStart, int xStride, float[] z, int zStart) {
    for (int i = 0; i < rows; i++) {
      z[zStart + i] = sum(x, xStart + i * xStride, columns);
    }
  }

  @Override
  public void rowDots(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride,
      float[] z,
      int zStart) {
    for (int i = 0; i < rows; i++) {
      z[zStart + i] = Dots.dot(x, xStart + i * xStride, y, yStart + i * yStride, columns);
    }
  }

  @Override
  public void columnDots(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride,
      float[] z,
      int zStart) {
    for (int i = 0; i < rows; i++) {
      int p = xStart + i * xStride;
      int q = yStart + i * yStride;
      for (int j = 0; j < columns; j++) {
        z[zStart + j] = Math.fma(x[p + j], y[q + j], z[zStart + j]);
      }
    }
  }

  @Override
  public void maximumRows(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      int tap,
      float[] y,
      int yStart,
      int yStride,
      int[] taps,
      int tapsStart) {
    for (int i = 0; i < rows; i++) {
      int p = xStart + i * xStride;
      int q = yStart + i * yStride;
      int r = tapsStart + i * yStride;
      for (int j = 0; j < columns; j++) {
        float v = x[p + j];
        if (v > y[q + j] || Float.isNaN(v)) {
          y[q + j] = v;
          taps[r + j] = tap;
        }
      }
    }
  }

  @Override
  public void chosenRows(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      int[] taps,
      int tapsStart,
      int tap,
      float[] y,
      int yStart,
      int yStride,
      boolean add) {
    for (int i = 0; i < rows; i++) {
      int p = xStart + i * xStride;
      int q = yStart + i * yStride;
      int r = tapsStart + i * xStride;
      for (int j = 0; j < columns; j++) {
        float part = taps[r + j] == tap ? x[p + j] : 0;
        y[q + j] = add ? y[q + j] + part : part;
      }
    }
  }

  @Override
  public void winogradInput(
      int squares,
      int channels,
      float[] x,
      int xStart,
      int xRow,
      float[] v,
      int vStart,
      int vStep) {
    for (int i = 0; i < squares; i++) {
      for (int q = 0; q < 4; q++) {
        int at = xStart + 2 * i * channels + (q == 0 || q == 2 ? q : 1) * channels;
        int other =
            xStart + 2 * i * channels + (q == 0 ? 2 : q == 3 ? 3 : q == 1 ? 2 : 1) * channels;
        float sign = q == 1 ? 1 : -1;
        int to = vStart + i * channels + q * vStep;
        for (int c = 0; c < channels; c++) {
          float e0 = x[at + c] + sign * x[other + c];
          float e1 = x[at + xRow + c] + sign * x[other + xRow + c];
          float e2 = x[at + 2 * xRow + c] + sign * x[other + 2 * xRow + c];
          float e3 = x[at + 3 * xRow + c] + sign * x[other + 3 * xRow + c];
          v[to + c] = e0 - e2;
          v[to + 4 * vStep + c] = e1 + e2;
          v[to + 8 * vStep + c] = e2 - e1;
          v[to + 12 * vStep + c] = e1 - e3;
        }
      }
    }
  }

  @Override
  public void winogradOutput(
      int squares,
      int channels,
      float[] m,
      int mStart,
      int mStep,
      float[] bias,
      int biasStart,
      float[] y,
      int yStart,
      int yRow) {
    for (int i = 0; i < squares; i++) {
      for (int q = 0; q < 2; q++) {
        int at = mStart + i * channels + q * mStep;
        float sign = q == 0 ? 1 : -1;
        int to = yStart + (2 * i + q) * channels;
        for (int c = 0; c < channels; c++) {
          float s0 = sum(m, at + c, mStep, sign);
          float s1 = sum(m, at + 4 * mStep + c, mStep, sign);
          float s2 = sum(m, at + 8 * mStep + c, mStep, sign);
          float s3 = sum(m, at + 12 * mStep + c, mStep, sign);
          float b = bias.length > 0 ? bias[biasStart + c] : -0f;
          y[to + c] = s0 + s1 + s2 + b;
          y[to + yRow + c] = s1 - s2 - s3 + b;
        }
      }
    }
  }

  /// Three neighbours, all added or the last two subtracted.
  private static float sum(float[] m, int at, int step, float sign) {
    return m[at] + sign * m[at + step] + sign * m[at + 2 * step];
  }

  @Override
  public void winogradOutputBack(
      int squares,
      int channels,
      float[] dy,
      int dyStart,
      int dyRow,
      float[] d,
      int dStart,
      int dStep) {
    for (int i = 0; i < squares; i++) {
      for (int q = 0; q < 4; q++) {
        int at = dyStart + 2 * i * channels;
        int to = dStart + i * channels + q * dStep;
        for (int c = 0; c < channels; c++) {
          float e0 = part(q, dy[at + c], dy[at + channels + c]);
          float e1 = part(q, dy[at + dyRow + c], dy[at + dyRow + channels + c]);
          d[to + c] = e0;
          d[to + 4 * dStep + c] = e0 + e1;
          d[to + 8 * dStep + c] = e0 - e1;
          d[to + 12 * dStep + c] = -e1;
        }
      }
    }
  }

  private static float part(int q, float left, float right) {
    return switch (q) {
      case 0 -> left;
      case 1 -> left + right;
      case 2 -> left - right;
      default -> -right;
    };
  }

  @Override
  public void lstmSlopes(
      int rows,
      int units,
      int first,
      float[] kept,
      int keptStart,
      float[] cells,
      int cellsStart,
      float[] state,
      int stateStart,
      float[] cell,
      int cellStart,
      float[] past,
      int pastStart,
      float[] slopes,
      int slopesStart) {
    for (int r = 0; r < rows; r++) {
      int at = keptStart + 5 * r * units;
      int to = slopesStart + 4 * r * units;
      int row = r * units;
      for (int j = first; j < units; j++) {
        float i = kept[at + j];
        float f = kept[at + units + j];
        float g = kept[at + 2 * units + j];
        float o = kept[at + 3 * units + j];
        float u = kept[at + 4 * units + j];
        float byState = state[stateStart + row + j] * o;
        float a = byState * u;
        float e = Math.fma(a, -u, cell[cellStart + row + j] + byState);
        float byInput = e * i;
        float b = byInput * g;
        float back = e * f;
        float c = back * cells[cellsStart + row + j];
        past[pastStart + row + j] = back;
        slopes[to + j] = withoutNegligible(Math.fma(b, -i, b));
        slopes[to + units + j] = withoutNegligible(Math.fma(c, -f, c));
        slopes[to + 2 * units + j] = withoutNegligible(Math.fma(b, -g, byInput));
        slopes[to + 3 * units + j] = withoutNegligible(Math.fma(a, -o, a));
      }
    }
  }

  private static float withoutNegligible(float x) {
    return Math.abs(x) < NEGLIGIBLE ? 0f : x;
  }
}

package dev.thalweg.kernels;

/// The kernels on `double[]`, as plain loops with the contracts of [Kernels]: F64 is for gradient
/// checking, scientific functions, and as the oracle of F32. Functions are those of
/// [Float64Functions].
public final class DoubleKernels {
  static final int BLOCK = ScalarKernels.BLOCK;
  private static final int TILE = 16;

  private DoubleKernels() {}

  /// The matrix product, as [Kernels#matmul] says.
  public static void matmul(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double[] a,
      int aStart,
      int aStride,
      double[] b,
      int bStart,
      int bStride,
      double[] c,
      int cStart,
      int cStride,
      boolean accumulate) {
    if (k > Kernels.CHAIN) {
      LongSums.matmul(
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
    DoubleMatmul.matmul(
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

  /// A function of each element, as [Kernels#map] says.
  public static void map(UnaryFunction f, double[] x, int xStart, double[] y, int yStart, int n) {
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
          y[yStart + i] = Math.sqrt(x[xStart + i]);
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
          y[yStart + i] = StrictMath.exp(x[xStart + i]);
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          y[yStart + i] = f.apply(x[xStart + i]);
        }
      }
    }
  }

  /// What a condition lets through, as [Kernels#gate] says.
  public static void gate(
      double[] g, int gStart, double[] x, int xStart, double[] z, int zStart, int n) {
    for (int i = 0; i < n; i++) {
      z[zStart + i] = g[gStart + i] > 0 ? x[xStart + i] : 0;
    }
  }

  /// The sum in the order that [Kernels#sum] says.
  public static double sum(double[] x, int xStart, int n) {
    double total = 0;
    for (int from = 0; from < n; from += BLOCK) {
      total += blockSum(x, xStart + from, Math.min(BLOCK, n - from));
    }
    return total;
  }

  private static double blockSum(double[] x, int start, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    double s8 = 0;
    double s9 = 0;
    double s10 = 0;
    double s11 = 0;
    double s12 = 0;
    double s13 = 0;
    double s14 = 0;
    double s15 = 0;
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
    double low = ((s0 + s8) + (s4 + s12)) + ((s2 + s10) + (s6 + s14));
    double high = ((s1 + s9) + (s5 + s13)) + ((s3 + s11) + (s7 + s15));
    return low + high;
  }

  /// Whether no square is NaN or infinite, counted as [ScalarKernels#areModerate] does.
  public static boolean areModerate(double[] x, int xStart, int n) {
    int end = xStart + n;
    int count = 0;
    for (int i = xStart; i < end; i++) {
      count += (int) (x[i] * x[i] * 0.0 + 1.0);
    }
    return count == n;
  }

  /// The largest element, as [Kernels#max] says.
  public static double max(double[] x, int xStart, int n) {
    double m = x[xStart];
    for (int i = xStart + 1; i < xStart + n; i++) {
      m = Math.max(m, x[i]);
    }
    return m;
  }

  /// The sum of each column, as [Kernels#columnSums] says.
  public static void columnSums(
      int rows, int columns, double[] x, int xStart, int xStride, double[] y, int yStart) {
    for (int i = 0; i < rows; i++) {
      int row = xStart + i * xStride;
      for (int j = 0; j < columns; j++) {
        y[yStart + j] += x[row + j];
      }
    }
  }

  /// The softmax of each row, as [Kernels#softmaxRows] says.
  public static void softmaxRows(
      int rows,
      int columns,
      double[] x,
      int xStart,
      int xStride,
      double[] y,
      int yStart,
      int yStride,
      double[] normalizers,
      int normalizersStart) {
    for (int i = 0; i < rows; i++) {
      int from = xStart + i * xStride;
      int to = yStart + i * yStride;
      double largest = max(x, from, columns);
      for (int j = 0; j < columns; j++) {
        y[to + j] = StrictMath.exp(x[from + j] - largest);
      }
      double total = sum(y, to, columns);
      double scale = 1 / total;
      for (int j = 0; j < columns; j++) {
        y[to + j] *= scale;
      }
      normalizers[normalizersStart + 2 * i] = largest;
      normalizers[normalizersStart + 2 * i + 1] = StrictMath.log(total);
    }
  }

  /// The same row again and again, as [Kernels#fillRows] says.
  public static void fillRows(
      int rows, int columns, double[] row, int rowStart, double[] y, int yStart, int yStride) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(row, rowStart, y, yStart + i * yStride, columns);
    }
  }

  /// The transpose, as [Kernels#transpose] says.
  public static void transpose(
      int rows,
      int columns,
      double[] x,
      int xStart,
      int xStride,
      double[] y,
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

  /// A function of pairs, as [Kernels#zip] says.
  public static void zip(
      BinaryFunction f,
      double[] x,
      int xStart,
      int xStep,
      double[] y,
      int yStart,
      int yStep,
      double[] z,
      int zStart,
      int n) {
    if (xStep == 0) {
      double a = n > 0 ? x[xStart] : 0;
      switch (f) {
        case ADD -> {
          for (int i = 0; i < n; i++) {
            z[zStart + i] = a + y[yStart + i * yStep];
          }
        }
        case SUBTRACT -> {
          for (int i = 0; i < n; i++) {
            z[zStart + i] = a - y[yStart + i * yStep];
          }
        }
        case MULTIPLY -> {
          for (int i = 0; i < n; i++) {
            z[zStart + i] = a * y[yStart + i * yStep];
          }
        }
        case DIVIDE -> {
          for (int i = 0; i < n; i++) {
            z[zStart + i] = a / y[yStart + i * yStep];
          }
        }
        case MAXIMUM -> {
          for (int i = 0; i < n; i++) {
            z[zStart + i] = Math.max(a, y[yStart + i * yStep]);
          }
        }
        case MINIMUM -> {
          for (int i = 0; i < n; i++) {
            z[zStart + i] = Math.min(a, y[yStart + i * yStep]);
          }
        }
      }
    } else if (yStep == 0) {
      double b = n > 0 ? y[yStart] : 0;
      switch (f) {
        case ADD -> {
          for (int i = 0; i < n; i++) {
            z[zStart + i] = x[xStart + i] + b;
          }
        }
        case SUBTRACT -> {
          for (int i = 0; i < n; i++) {
            z[zStart + i] = x[xStart + i] - b;
          }
        }
        case MULTIPLY -> {
          for (int i = 0; i < n; i++) {
            z[zStart + i] = x[xStart + i] * b;
          }
        }
        case DIVIDE -> {
          for (int i = 0; i < n; i++) {
            z[zStart + i] = x[xStart + i] / b;
          }
        }
        case MAXIMUM -> {
          for (int i = 0; i < n; i++) {
            z[zStart + i] = Math.max(x[xStart + i], b);
          }
        }
        case MINIMUM -> {
          for (int i = 0; i < n; i++) {
            z[zStart + i] = Math.min(x[xStart + i], b);
          }
        }
      }
    } else if (xStart == zStart && yStart == zStart) {
      int end = zStart + n;
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

  /// See the method of [Kernels] of the same name.
  public static void copyRows(
      int rows,
      int columns,
      double[] x,
      int xStart,
      int xStride,
      double[] y,
      int yStart,
      int yStride) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(x, xStart + i * xStride, y, yStart + i * yStride, columns);
    }
  }

  /// See the method of [Kernels] of the same name.
  public static void zipRows(
      BinaryFunction f,
      int rows,
      int columns,
      double[] x,
      int xStart,
      int xRow,
      int xColumn,
      double[] y,
      int yStart,
      int yRow,
      int yColumn,
      double[] z,
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

  /// See the method of [Kernels] of the same name.
  public static void multiplyAdd(
      int rows,
      int columns,
      double[] x,
      int xStart,
      int xRow,
      int xColumn,
      double[] y,
      int yStart,
      int yRow,
      int yColumn,
      double[] z,
      int zStart,
      int zRow,
      int zColumn,
      double[] to,
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

  /// See the method of [Kernels] of the same name.
  public static void rowSums(
      int rows, int columns, double[] x, int xStart, int xStride, double[] z, int zStart) {
    for (int i = 0; i < rows; i++) {
      z[zStart + i] = sum(x, xStart + i * xStride, columns);
    }
  }

  /// See the method of [Kernels] of the same name.
  public static void rowDots(
      int rows,
      int columns,
      double[] x,
      int xStart,
      int xStride,
      double[] y,
      int yStart,
      int yStride,
      double[] z,
      int zStart) {
    for (int i = 0; i < rows; i++) {
      z[zStart + i] = Dots.dot(x, xStart + i * xStride, y, yStart + i * yStride, columns);
    }
  }

  /// See the method of [Kernels] of the same name.
  public static void columnDots(
      int rows,
      int columns,
      double[] x,
      int xStart,
      int xStride,
      double[] y,
      int yStart,
      int yStride,
      double[] z,
      int zStart) {
    for (int i = 0; i < rows; i++) {
      int p = xStart + i * xStride;
      int q = yStart + i * yStride;
      for (int j = 0; j < columns; j++) {
        z[zStart + j] = Math.fma(x[p + j], y[q + j], z[zStart + j]);
      }
    }
  }
}

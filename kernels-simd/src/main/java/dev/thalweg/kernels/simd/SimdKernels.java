package dev.thalweg.kernels.simd;

import dev.thalweg.kernels.BinaryFunction;
import dev.thalweg.kernels.Kernels;
import dev.thalweg.kernels.LongSums;
import dev.thalweg.kernels.ScalarKernels;
import dev.thalweg.kernels.ScalarPanels;
import dev.thalweg.kernels.UnaryFunction;
import dev.thalweg.kernels.loop.FusedLoop;
import dev.thalweg.kernels.loop.LoopProgram;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The kernels on the Vector API, equal to [ScalarKernels] to the bit.
///
/// Ends of arrays that fill no vector go through a small array of the thread, so no kernel needs
/// masks. Where the JIT makes vector code of a plain loop by itself, the plain loop is used.
final class SimdKernels implements Kernels {
  /// Vectors from the first call on.
  static final SimdKernels EAGER = new SimdKernels(null);

  /// Scalar twins until the vector code is worth compiling and compiled.
  static final SimdKernels INSTANCE = new SimdKernels(new WarmUp(EAGER));

  private static final int L = Width.LANES;

  private static final int CHUNK = Loops.CHUNK;

  /// What a multiply-add becomes a sum, a difference or a product by.
  private static final float[] UNITS = {1, -1, -0f};

  /// What the scalar look at a short array costs, 25 ns, as numbers of a long one.
  private static final long SHORT_LOOK = 400;

  private final @Nullable WarmUp warmUp;

  private SimdKernels(@Nullable WarmUp warmUp) {
    this.warmUp = warmUp;
  }

  /// Whether the vector code of these groups is not yet worth calling, for so many elements or
  /// multiply-adds.
  boolean cold(long groups, long work) {
    return warmUp != null && !warmUp.ready(groups, work);
  }

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public int vectorBits() {
    return 32 * L;
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
    if (cold(WarmUp.product(transposeA, transposeB, n), (long) m * n * k)) {
      ScalarKernels.INSTANCE.matmul(
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
    SimdMatmul.matmul(
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
  public void expectMatmul(boolean transposeA, boolean transposeB, int n, long multiplyAdds) {
    if (warmUp != null) {
      warmUp.expect(WarmUp.product(transposeA, transposeB, n), multiplyAdds);
    }
  }

  @Override
  public void expectSum(long elements) {
    if (warmUp != null) {
      warmUp.expect(WarmUp.SUM, elements);
    }
  }

  @Override
  public void map(UnaryFunction f, float[] x, int xStart, float[] y, int yStart, int n) {
    if (!Loops.knows(f) || (xStart == yStart && plain(f)) || cold(WarmUp.map(f), n)) {
      ScalarKernels.INSTANCE.map(f, x, xStart, y, yStart, n);
      return;
    }
    float[][] scratch = Scratch.get();
    float[] e = scratch[Scratch.FIRST];
    int whole = n - n % L;
    for (int i = 0; i < whole; i += CHUNK) {
      Loops.map(f, x, xStart + i, y, yStart + i, Math.min(CHUNK, whole - i), e);
    }
    int rest = n - whole;
    if (rest > 0) {
      float[] edge = scratch[Scratch.EDGE];
      System.arraycopy(x, xStart + whole, edge, 0, rest);
      Loops.map(f, edge, 0, edge, 0, L, e);
      System.arraycopy(edge, 0, y, yStart + whole, rest);
    }
  }

  @Override
  public void gelu(
      float[] x, int xStart, float[] y, int yStart, float[] slopes, int slopesStart, int n) {
    int whole = cold(WarmUp.GELU_SLOPE, n) ? 0 : n - n % L;
    float[] e = Scratch.get()[Scratch.FIRST];
    for (int i = 0; i < whole; i += CHUNK) {
      int some = Math.min(CHUNK, whole - i);
      Loops.gelu(x, xStart + i, y, yStart + i, slopes, slopesStart + i, some, e);
    }
    if (whole < n) {
      ScalarKernels.INSTANCE.gelu(
          x, xStart + whole, y, yStart + whole, slopes, slopesStart + whole, n - whole);
    }
  }

  /// Whether the JIT vectorises the plain loop, given one index for both arrays.
  private static boolean plain(UnaryFunction f) {
    return switch (f) {
      case NEGATE, ABS, SQUARE, SQRT, RECIPROCAL, RELU -> true;
      default -> false;
    };
  }

  @Override
  public void gate(float[] g, int gStart, float[] x, int xStart, float[] z, int zStart, int n) {
    if (cold(WarmUp.GATE, n)) {
      ScalarKernels.INSTANCE.gate(g, gStart, x, xStart, z, zStart, n);
      return;
    }
    int whole = n - n % L;
    for (int i = 0; i < whole; i += CHUNK) {
      Loops.gate(g, gStart + i, x, xStart + i, z, zStart + i, Math.min(CHUNK, whole - i));
    }
    if (whole < n) {
      ScalarKernels.INSTANCE.gate(
          g, gStart + whole, x, xStart + whole, z, zStart + whole, n - whole);
    }
  }

  @Override
  public void withoutNegligible(float[] x, int xStart, float[] y, int yStart, int n) {
    int whole = cold(WarmUp.NEGLIGIBLE, n) ? 0 : n - n % L;
    for (int i = 0; i < whole; i += CHUNK) {
      Loops.withoutNegligible(x, xStart + i, y, yStart + i, Math.min(CHUNK, whole - i));
    }
    if (whole < n) {
      ScalarKernels.INSTANCE.withoutNegligible(x, xStart + whole, y, yStart + whole, n - whole);
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
    boolean same = (xStep == 0 || xStart == zStart) && (yStep == 0 || yStart == zStart);
    int whole = same || cold(WarmUp.zip(f), n) ? 0 : n - n % L;
    if (whole > 0) {
      float[][] scratch = Scratch.get();
      float[] left = x;
      int leftStart = xStart;
      if (xStep == 0) {
        left = scratch[Scratch.EDGE];
        leftStart = 0;
        java.util.Arrays.fill(left, x[xStart]);
      }
      float[] right = y;
      int rightStart = yStart;
      if (yStep == 0) {
        right = scratch[Scratch.TILE];
        rightStart = 0;
        java.util.Arrays.fill(right, 0, L, y[yStart]);
      }
      for (int i = 0; i < whole; i += CHUNK) {
        Loops.zip(
            f,
            left,
            leftStart + i * xStep,
            xStep,
            right,
            rightStart + i * yStep,
            yStep,
            z,
            zStart + i,
            Math.min(CHUNK, whole - i));
      }
    }
    if (whole < n) {
      ScalarKernels.INSTANCE.zip(
          f,
          x,
          xStart + whole * xStep,
          xStep,
          y,
          yStart + whole * yStep,
          yStep,
          z,
          zStart + whole,
          n - whole);
    }
  }

  @Override
  public float sum(float[] x, int xStart, int n) {
    if (cold(WarmUp.SUM, n)) {
      return ScalarKernels.INSTANCE.sum(x, xStart, n);
    }
    return Reductions.sum(x, xStart, n);
  }

  @Override
  public boolean areModerate(float[] x, int xStart, int n) {
    if (cold(WarmUp.FINITE, n)) {
      return ScalarKernels.INSTANCE.areModerate(x, xStart, n);
    }
    return Reductions.areModerate(x, xStart, n);
  }

  @Override
  public boolean areModerate(float[][] x, int[] sizes, int count) {
    return cold(WarmUp.FINITE, SHORT_LOOK * count)
        ? Kernels.super.areModerate(x, sizes, count)
        : Reductions.areModerate(x, sizes, count);
  }

  @Override
  public FusedLoop loop(FusedLoop plain, Supplier<LoopProgram> program) {
    return warmUp == null ? VectorLoop.eager(plain, program) : new VectorLoop(plain, program);
  }

  @Override
  public float max(float[] x, int xStart, int n) {
    if (cold(WarmUp.MAX, n)) {
      return ScalarKernels.INSTANCE.max(x, xStart, n);
    }
    return Reductions.max(x, xStart, n);
  }

  @Override
  public void columnSums(
      int rows, int columns, float[] x, int xStart, int xStride, float[] y, int yStart) {
    if (cold(WarmUp.COLUMN_SUMS, (long) rows * columns)) {
      ScalarKernels.INSTANCE.columnSums(rows, columns, x, xStart, xStride, y, yStart);
      return;
    }
    Reductions.columnSums(rows, columns, x, xStart, xStride, y, yStart);
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
    if (cold(WarmUp.SOFTMAX, (long) rows * columns)) {
      ScalarKernels.INSTANCE.softmaxRows(
          rows, columns, x, xStart, xStride, y, yStart, yStride, normalizers, normalizersStart);
      return;
    }
    if (columns <= 16) {
      Softmax.narrow(
          rows, columns, x, xStart, xStride, y, yStart, yStride, normalizers, normalizersStart);
    } else {
      Softmax.wide(
          rows, columns, x, xStart, xStride, y, yStart, yStride, normalizers, normalizersStart);
    }
  }

  @Override
  public void fillRows(
      int rows, int columns, float[] row, int rowStart, float[] y, int yStart, int yStride) {
    ScalarKernels.INSTANCE.fillRows(rows, columns, row, rowStart, y, yStart, yStride);
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
    if (cold(WarmUp.TRANSPOSE, (long) rows * columns)) {
      ScalarKernels.INSTANCE.transpose(rows, columns, x, xStart, xStride, y, yStart, yStride);
      return;
    }
    Transposition.all(rows, columns, x, xStart, xStride, y, yStart, yStride);
  }

  @Override
  public int panelColumns() {
    return SimdMatmul.PANEL * L;
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
    if (cold(WarmUp.PACKED, (long) n * k)) {
      ScalarPanels.pack(panelColumns(), transposeB, n, k, b, bStart, bStride, packed, packedStart);
      return;
    }
    PackedProducts.pack(transposeB, n, k, b, bStart, bStride, packed, packedStart);
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
    if (k > CHAIN) {
      LongSums.matmulPacked(
          this,
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
      return;
    }
    long groups = WarmUp.PACKED | WarmUp.product(transposeA, false, n);
    if (cold(groups, (long) m * n * k)) {
      ScalarPanels.matmul(
          panelColumns(),
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
      return;
    }
    PackedProducts.matmul(
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
  public void copyRows(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride) {
    if (cold(WarmUp.COPY_ROWS, (long) rows * columns)) {
      ScalarKernels.INSTANCE.copyRows(rows, columns, x, xStart, xStride, y, yStart, yStride);
      return;
    }
    RowLoops.copy(rows, columns, x, xStart, xStride, y, yStart, yStride);
  }

  /// Sums, differences and products are exactly a multiply-add with 1, −1 or −0; a number of each
  /// row is subtracted as it is.
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
    float[] one = UNITS;
    switch (f) {
      case ADD ->
          multiplyAdd(
              rows, columns, x, xStart, xRow, xColumn, one, 0, 0, 0, y, yStart, yRow, yColumn, z,
              zStart, zStride);
      case SUBTRACT -> {
        if (yColumn == 0 && xColumn != 0 && !cold(WarmUp.MULTIPLY_ADD, (long) rows * columns)) {
          RowLoops.less(rows, columns, x, xStart, xRow, y, yStart, yRow, z, zStart, zStride);
        } else {
          multiplyAdd(
              rows, columns, y, yStart, yRow, yColumn, one, 1, 0, 0, x, xStart, xRow, xColumn, z,
              zStart, zStride);
        }
      }
      case MULTIPLY ->
          multiplyAdd(
              rows, columns, x, xStart, xRow, xColumn, y, yStart, yRow, yColumn, one, 2, 0, 0, z,
              zStart, zStride);
      default -> {
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
    if (xColumn == 0 && yColumn != 0) {
      multiplyAdd(
          rows, columns, y, yStart, yRow, yColumn, x, xStart, xRow, xColumn, z, zStart, zRow,
          zColumn, to, toStart, toStride);
    } else if (xColumn == 0 || cold(WarmUp.MULTIPLY_ADD, (long) rows * columns)) {
      ScalarKernels.INSTANCE.multiplyAdd(
          rows, columns, x, xStart, xRow, xColumn, y, yStart, yRow, yColumn, z, zStart, zRow,
          zColumn, to, toStart, toStride);
    } else if (rows > 1
        && xRow == columns
        && yRow == yColumn * columns
        && zRow == zColumn * columns
        && toStride == columns) {
      multiplyAdd(
          1,
          rows * columns,
          x,
          xStart,
          0,
          1,
          y,
          yStart,
          0,
          yColumn,
          z,
          zStart,
          0,
          zColumn,
          to,
          toStart,
          0);
    } else if (yColumn != 0 && zColumn != 0) {
      RowLoops.vectors(
          rows, columns, x, xStart, xRow, y, yStart, yRow, z, zStart, zRow, to, toStart, toStride);
    } else if (zColumn != 0) {
      RowLoops.scaled(
          rows, columns, x, xStart, xRow, y, yStart, yRow, z, zStart, zRow, to, toStart, toStride);
    } else if (yColumn != 0) {
      RowLoops.shifted(
          rows, columns, x, xStart, xRow, y, yStart, yRow, z, zStart, zRow, to, toStart, toStride);
    } else {
      RowLoops.scaledAndShifted(
          rows, columns, x, xStart, xRow, y, yStart, yRow, z, zStart, zRow, to, toStart, toStride);
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
    if (cold(WarmUp.ROW_DOTS, (long) rows * columns)) {
      ScalarKernels.INSTANCE.rowDots(
          rows, columns, x, xStart, xStride, y, yStart, yStride, z, zStart);
      return;
    }
    for (int i = 0; i < rows; i++) {
      z[zStart + i] = Reductions.dot(x, xStart + i * xStride, y, yStart + i * yStride, columns);
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
    if (cold(WarmUp.COLUMN_DOTS, (long) rows * columns)) {
      ScalarKernels.INSTANCE.columnDots(
          rows, columns, x, xStart, xStride, y, yStart, yStride, z, zStart);
      return;
    }
    RowLoops.columnDots(rows, columns, x, xStart, xStride, y, yStart, yStride, z, zStart);
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
    int whole = cold(WarmUp.MAXIMUM_ROWS, (long) rows * columns) ? 0 : columns - columns % L;
    if (whole > 0) {
      RowLoops.maximum(rows, whole, x, xStart, xStride, tap, y, yStart, yStride, taps, tapsStart);
    }
    if (whole < columns) {
      ScalarKernels.INSTANCE.maximumRows(
          rows,
          columns - whole,
          x,
          xStart + whole,
          xStride,
          tap,
          y,
          yStart + whole,
          yStride,
          taps,
          tapsStart + whole);
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
    int whole = cold(WarmUp.CHOSEN_ROWS, (long) rows * columns) ? 0 : columns - columns % L;
    if (whole > 0) {
      RowLoops.chosen(
          rows, whole, x, xStart, xStride, taps, tapsStart, tap, y, yStart, yStride, add);
    }
    if (whole < columns) {
      ScalarKernels.INSTANCE.chosenRows(
          rows,
          columns - whole,
          x,
          xStart + whole,
          xStride,
          taps,
          tapsStart + whole,
          tap,
          y,
          yStart + whole,
          yStride,
          add);
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
    if (cold(WarmUp.SQUARES, 16L * squares * channels)) {
      ScalarKernels.INSTANCE.winogradInput(squares, channels, x, xStart, xRow, v, vStart, vStep);
      return;
    }
    Squares.input(squares, channels, x, xStart, xRow, v, vStart, vStep);
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
    if (cold(WarmUp.SQUARES, 16L * squares * channels)) {
      ScalarKernels.INSTANCE.winogradOutput(
          squares, channels, m, mStart, mStep, bias, biasStart, y, yStart, yRow);
      return;
    }
    Squares.output(squares, channels, m, mStart, mStep, bias, biasStart, y, yStart, yRow);
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
    if (cold(WarmUp.SQUARES, 16L * squares * channels)) {
      ScalarKernels.INSTANCE.winogradOutputBack(
          squares, channels, dy, dyStart, dyRow, d, dStart, dStep);
      return;
    }
    Squares.outputBack(squares, channels, dy, dyStart, dyRow, d, dStart, dStep);
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
    boolean cold = cold(WarmUp.LSTM_SLOPES, (long) rows * (units - first));
    int whole = cold ? first : units - (units - first) % L;
    if (first < whole) {
      RowLoops.lstmSlopes(
          rows,
          units,
          first,
          whole,
          kept,
          keptStart,
          cells,
          cellsStart,
          state,
          stateStart,
          cell,
          cellStart,
          past,
          pastStart,
          slopes,
          slopesStart);
    }
    if (whole < units) {
      ScalarKernels.INSTANCE.lstmSlopes(
          rows,
          units,
          whole,
          kept,
          keptStart,
          cells,
          cellsStart,
          state,
          stateStart,
          cell,
          cellStart,
          past,
          pastStart,
          slopes,
          slopesStart);
    }
  }
}

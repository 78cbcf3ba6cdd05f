package dev.thalweg.kernels;

import dev.thalweg.kernels.loop.FusedLoop;
import dev.thalweg.kernels.loop.LoopProgram;
import java.util.function.Supplier;

/// Single-threaded kernels on `float[]`, of one provider.
///
/// **Every provider gives the same bits**, at every vector width. That is why each method states
/// the order of its operations, and where it uses a fused multiply-add. Matrices are row-major:
/// element (i, j) of a matrix at `start` with `stride` floats from row to row is `x[start + i *
/// stride + j]`. Output and input arrays may be the same array at the same start, except where a
/// method says otherwise; other overlaps are undefined. Starts, sizes and strides are trusted
/// beyond the bounds checks of the JVM.
///
/// **Denormal numbers**, those below 1.2e-38, cost some processors a hundred times what others
/// cost, and a JVM can't have them flushed to 0. What training makes by itself is kept away from
/// them here: [#map] has no exponential below the normal numbers, and gradients lose what is
/// smaller than [#NEGLIGIBLE] in [#gate] and, before a product, by [#withoutNegligible]. Products
/// of what is left are normal numbers unless the other factor is below 1e-6. All else is IEEE 754:
/// what is given to a kernel is computed with as it is.
public interface Kernels {

  /// A gradient smaller than this is none.
  float NEGLIGIBLE = 1e-32f;

  /// The most multiply-adds that are one chain in a matrix product.
  int CHAIN = 4096;

  /// The provider's name: `scalar`, `simd`.
  String name();

  /// Bits of the vectors the kernels use; 0 for scalar code.
  int vectorBits();

  /// C = op(A) op(B), or C += op(A) op(B).
  ///
  /// Every element of C is one chain of fused multiply-adds in the order of the inner index p: c ←
  /// fma(op(A)(i, p), op(B)(p, j), c), p = 0 … k−1, begun at 0, or at the old element where
  /// `accumulate` is set. Where k is beyond [#CHAIN], each block of so many inner indices is a
  /// chain of its own, the first begun as above and the others at 0, and the sums of the blocks are
  /// added in order, in float: ((s₀ + s₁) + s₂) + …. So blocking, packing and the split between
  /// threads never change a bit. Rows of A may overlap: its stride may be less than its columns.
  ///
  /// @param transposeA whether A is stored k×m instead of m×k
  /// @param transposeB whether B is stored n×k instead of k×n
  /// @param m rows of C
  /// @param n columns of C
  /// @param k the inner size; 0 leaves C zero, or as it was where `accumulate` is set
  void matmul(
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
      boolean accumulate);

  /// Columns of a panel of a matrix that is packed.
  ///
  /// A packed matrix of `depth` rows is cut into panels of so many columns, one behind the other; a
  /// panel has all rows of its columns, dense, and the last is filled up: element (p, j) is at (j /
  /// w · depth + p) · w + j mod w. Packed once, a factor serves many products.
  int panelColumns();

  /// Packs op(B), of k rows and n columns, from `packedStart` on: ⌈n / w⌉ · w · k floats, zeros in
  /// the columns that fill up the last panel.
  void pack(
      boolean transposeB,
      int n,
      int k,
      float[] b,
      int bStart,
      int bStride,
      float[] packed,
      int packedStart);

  /// C = op(A) B, or C += op(A) B, as [#matmul], where B is packed.
  ///
  /// @param packedStart where the packed matrix begins, or p · [#panelColumns] further on, for its
  ///   rows from p on
  /// @param packedDepth the rows of the packed matrix, k or more
  void matmulPacked(
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
      boolean accumulate);

  /// Says that products of n columns will be asked for, of about so many multiply-adds altogether:
  /// what must be made ready for them can be made now. Changes no result.
  default void expectMatmul(boolean transposeA, boolean transposeB, int n, long multiplyAdds) {}

  /// Says that sums of about so many elements altogether will be asked for.
  ///
  /// @see #expectMatmul
  default void expectSum(long elements) {}

  /// A loop with the bits of a plain one, which may run in its place where it is faster.
  ///
  /// @param plain that serves meanwhile
  /// @param program what it was made of; asked for when it is needed, by any thread
  default FusedLoop loop(FusedLoop plain, Supplier<LoopProgram> program) {
    return plain;
  }

  /// y = f(x), element by element.
  void map(UnaryFunction f, float[] x, int xStart, float[] y, int yStart, int n);

  /// y = gelu x, and its slope Φ(x) + x φ(x), with Φ and φ of the normal distribution: of u = 1 +
  /// erf(x / √2) they are y = (½ x) u and ½ u + (φ(0) exp(−½ x x)) x.
  void gelu(float[] x, int xStart, float[] y, int yStart, float[] slopes, int slopesStart, int n);

  /// z = x where g > 0 and not |x| < [#NEGLIGIBLE], else +0 (also where g is NaN): the derivative
  /// of relu, applied.
  void gate(float[] g, int gStart, float[] x, int xStart, float[] z, int zStart, int n);

  /// y = x, but +0 where |x| < [#NEGLIGIBLE]: what a gradient is before it enters a product.
  void withoutNegligible(float[] x, int xStart, float[] y, int yStart, int n);

  /// The sum of n floats: 16 virtual lanes over blocks, then a fixed tree.
  ///
  /// Within a block of 4,096 elements lane l adds the elements l, l+16, l+32, … in this order,
  /// beginning at +0; the lanes are then added as a tree: l with l+8, l+4, l+2, l+1. The sums of
  /// the blocks are added in order, in double, and rounded once.
  float sum(float[] x, int xStart, int n);

  /// Whether none of n floats is NaN, infinite, or so large that its square is infinite. May be
  /// false where one is above 10¹⁰, since what is tried may be the sum of all squares.
  boolean areModerate(float[] x, int xStart, int n);

  /// The same of the first numbers of several arrays: short ones at less cost than one by one.
  ///
  /// @param count how many arrays
  default boolean areModerate(float[][] x, int[] sizes, int count) {
    boolean moderate = true;
    for (int i = 0; i < count; i++) {
      moderate &= areModerate(x[i], 0, sizes[i]);
    }
    return moderate;
  }

  /// The largest of n ≥ 1 floats, NaN if one is NaN.
  float max(float[] x, int xStart, int n);

  /// y(j) = y(j) + x(0, j) + x(1, j) + …, rows in order, for each column: one chain, whose error
  /// grows with the rows. [Engine#columnSums] cuts it.
  void columnSums(int rows, int columns, float[] x, int xStart, int xStride, float[] y, int yStart);

  /// Softmax of each row, and what its logarithm is made of.
  ///
  /// y(i, j) = exp(x(i, j) − max_i) · (1 / Σ_j exp(x(i, j) − max_i)), with the exponential of
  /// [#map] and the sum of [#sum]. The logarithm of softmax is (x(i, j) − max_i) − log Σ_j exp(x(i,
  /// j) − max_i), in this order: max_i + log Σ would lose the digits of what is small beside max_i.
  ///
  /// @param normalizers receives from `normalizersStart` on two values a row: max_i, and log Σ_j
  ///   exp(x(i, j) − max_i) by [Float32Functions#log]
  void softmaxRows(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride,
      float[] normalizers,
      int normalizersStart);

  /// z = f(x, y), element by element.
  ///
  /// @param xStep 1, or 0 to use the one element at `xStart` throughout
  /// @param yStep 1, or 0 to use the one element at `yStart` throughout
  void zip(
      BinaryFunction f,
      float[] x,
      int xStart,
      int xStep,
      float[] y,
      int yStart,
      int yStep,
      float[] z,
      int zStart,
      int n);

  /// Copies one row of `columns` floats into each row of y.
  void fillRows(
      int rows, int columns, float[] row, int rowStart, float[] y, int yStart, int yStride);

  /// y(j, i) = x(i, j), for x of `rows` × `columns`. The arrays must not overlap.
  void transpose(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride);

  /// y(i, j) = x(i, j). Rows of x may overlap, or be the same row where its stride is 0; x and y
  /// must not.
  void copyRows(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride);

  /// z(i, j) = f(x(i, j), y(i, j)), where x and y may be a row for all rows, a column for all
  /// columns, or one number: x(i, j) is `x[xStart + i * xRow + j * xColumn]`.
  ///
  /// @param xRow floats from row to row of x; 0 where all rows are the same
  /// @param xColumn 1, or 0 where all numbers of a row are the same
  /// @param yRow as xRow
  /// @param yColumn as xColumn
  void zipRows(
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
      int zStride);

  /// to(i, j) = fma(x(i, j), y(i, j), z(i, j)), where each of the three may be a row for all rows,
  /// a column for all columns, or one number, as in [#zipRows].
  void multiplyAdd(
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
      int toStride);

  /// z(i) = Σ_j x(i, j), each as [#sum].
  void rowSums(int rows, int columns, float[] x, int xStart, int xStride, float[] z, int zStart);

  /// z(i) = Σ_j x(i, j) y(i, j), in the order of [#sum], each lane a chain of fused multiply-adds.
  void rowDots(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride,
      float[] z,
      int zStart);

  /// z(j) = z(j) + x(0, j) y(0, j) + x(1, j) y(1, j) + …, rows in order, for each column: one chain
  /// of fused multiply-adds, whose error grows with the rows. [Rows#columnDots] cuts it.
  void columnDots(
      int rows,
      int columns,
      float[] x,
      int xStart,
      int xStride,
      float[] y,
      int yStart,
      int yStride,
      float[] z,
      int zStart);

  /// Where x(i, j) > y(i, j) or is NaN: y(i, j) = x(i, j), and taps(i, j) = tap. So of a number of
  /// calls the first maximum wins, and of NaNs the last, as in PyTorch.
  ///
  /// @param taps has the stride of y
  void maximumRows(
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
      int tapsStart);

  /// y(i, j) = x(i, j) where taps(i, j) = tap, else 0: what [#maximumRows] took goes back.
  ///
  /// @param taps has the stride of x
  /// @param add whether it is added to what y was
  void chosenRows(
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
      boolean add);

  /// The 16 numbers Bᵀ d B, each to a matrix of its own, of squares d of 4×4 pixels, two pixels
  /// from one to the next (Winograd's F(2×2, 3×3)), for each channel: along rows e(r, ·) = (d₀ −
  /// d₂, d₁ + d₂, d₂ − d₁, d₁ − d₃) of d(r, ·), then the same down the columns of e.
  ///
  /// @param channels floats a pixel, 16 or more
  /// @param xStart the first pixel of the first square
  /// @param xRow floats from row to row
  /// @param vStart row of the first square in the first matrix, whose rows have so many floats as
  ///   there are channels
  /// @param vStep floats from matrix to matrix
  void winogradInput(
      int squares, int channels, float[] x, int xStart, int xRow, float[] v, int vStart, int vStep);

  /// The 2×2 pixels Aᵀ m A + bias of squares m, whose 16 numbers are in matrices of their own:
  /// along rows s(r, ·) = ((m₀ + m₁) + m₂, (m₁ − m₂) − m₃) of m(r, ·), the same down the columns of
  /// s, and the bias.
  ///
  /// @param channels floats a pixel, 16 or more
  /// @param mStart row of the first square in the first matrix
  /// @param mStep floats from matrix to matrix
  /// @param bias a number for each channel; may be of length 0: no bias
  /// @param yRow floats from row to row of pixels
  void winogradOutput(
      int squares,
      int channels,
      float[] m,
      int mStart,
      int mStep,
      float[] bias,
      int biasStart,
      float[] y,
      int yStart,
      int yRow);

  /// The 16 numbers A dy Aᵀ, each to a matrix of its own, of squares dy of 2×2 pixels: along rows
  /// e(r, ·) = (dy₀, dy₀ + dy₁, dy₀ − dy₁, −dy₁) of dy(r, ·), then the same down the columns of e.
  ///
  /// @param channels floats a pixel, 16 or more
  /// @param dyRow floats from row to row of pixels
  /// @param dStart row of the first square in the first matrix
  /// @param dStep floats from matrix to matrix
  void winogradOutputBack(
      int squares,
      int channels,
      float[] dy,
      int dyStart,
      int dyRow,
      float[] d,
      int dStart,
      int dStep);

  /// The gradients by the sums of the gates of a step of an LSTM ([Recurrence]), from that by its
  /// state h, dh, and that by its cells, dc. With i, f, g, o and u = tanh(c') kept:
  ///
  /// ```
  /// q = dh o          a = q u    e = fma(a, −u, dc + q)    dO = fma(a, −o, a)
  /// q' = e i          b = q' g   dg = fma(b, −g, q')       di = fma(b, −i, b)
  /// dc' = e f         s = dc' c  df = fma(s, −f, s)
  /// ```
  ///
  /// and what is less than [#NEGLIGIBLE] of di, df, dg and do becomes 0.
  ///
  /// @param first of the units that are to be done; those before it are left as they are
  /// @param kept i, f, g, o and u of a row side by side
  /// @param cells c, before the step, a row of units each; so are the next three
  /// @param state dh
  /// @param cell dc
  /// @param past receives dc'; may be `cell`
  /// @param slopes receives di, df, dg and do of a row side by side
  void lstmSlopes(
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
      int slopesStart);
}

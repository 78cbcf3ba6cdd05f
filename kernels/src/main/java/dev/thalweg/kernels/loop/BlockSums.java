package dev.thalweg.kernels.loop;

import dev.thalweg.kernels.DoubleKernels;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Kernels;
import dev.thalweg.kernels.RangeTask;
import dev.thalweg.kernels.loop.LoopNode.Operation;
import dev.thalweg.kernels.loop.LoopProgram.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The sum, or the largest, of an expression over all elements of some arrays laid end to end, with
/// the same bits for any number of threads and any cut of the elements into pieces of one kind.
///
/// ```java
/// BlockSums squares = BlockSums.of(1, 0, LoopNode.of(Operation.MULTIPLY, g, g));
/// squares.add(new float[][] {weights}, 0, weights.length);
/// squares.add(new float[][] {bias}, 0, bias.length);
/// double norm = Math.sqrt(squares.sum(new double[0]));
/// ```
///
/// The pieces in the order added make one index space. It is cut into blocks of 4,096 indices,
/// wherever pieces begin or end. In each block the elements of F32 pieces are computed in F32 and
/// added by [Kernels#sum], those of F64 pieces in F64 and by [DoubleKernels#sum], each as a block
/// of 4,096 with 0 where there are none of the kind. The sums of the blocks are added in their
/// order, in double; a block of both kinds counts as its F32 sum plus its F64 sum. Elements that
/// are 0 ([#addZeros]) have their places, so that a sum with many of them has the bits of the sum
/// that reads them all.
///
/// For this, and for the largest, the elements of a block are copied to where they are in the
/// block: the JIT does not vectorise a loop over arrays from different starts.
///
/// An object is for one caller at a time. Once it has seen as many pieces and elements it makes no
/// array.
public final class BlockSums {
  /// What becomes of the values of all elements.
  public enum Fold {
    /// They are added.
    SUM,
    /// The largest is taken, or 0 where that is larger; NaN if one is NaN.
    LARGEST
  }

  private static final int BLOCK = 4096;

  /// Which kind of a block's numbers.
  private static final int FLOATS = 0;

  private static final int DOUBLES = 1;

  private static final float[][] NO_FLOATS = {};
  private static final double[][] NO_DOUBLES = {};

  /// Blocks that are worth a thread.
  private static final int GRAIN = 4;

  private final int[] read;
  private final int output;
  private final FusedLoop loop;
  private final Fold fold;
  private final float[] rounded;
  private final RangeTask task = this::blocks;

  /// What a thread works with: the elements of a block, where they are in it. Arrays, since a
  /// thread that outlives this class would keep it by an object of its own.
  private final ThreadLocal<float[][]> blockFloats;

  private final ThreadLocal<double[][]> blockDoubles;

  /// Whether there are floats in the block, and doubles.
  private final ThreadLocal<boolean[]> blockKinds = ThreadLocal.withInitial(() -> new boolean[2]);

  // piece i: elements froms[i] … of its arrays, at starts[i] … starts[i + 1] − 1 of the index space
  private boolean[] narrow = new boolean[4];
  private boolean[] empty = new boolean[4];
  private float[][][] floats = new float[4][][];
  private double[][][] doubles = new double[4][][];
  private int[] froms = new int[4];
  private long[] starts = new long[5];
  private int pieces;

  private double[] sums = new double[16];
  private double[] given = {};

  /// Adds up what a loop computes, or takes the largest of it.
  ///
  /// @param arrays how many arrays it has, the last for what it computes
  /// @param scalars how many numbers it takes
  /// @param read the arrays that it reads: [#read] of its program
  /// @param loop what stores the values in its last array, and nothing else
  /// @param fold what [#sum] does with the values
  public BlockSums(int arrays, int scalars, List<Integer> read, FusedLoop loop, Fold fold) {
    output = arrays - 1;
    this.read = new int[read.size()];
    for (int i = 0; i < this.read.length; i++) {
      this.read[i] = read.get(i);
    }
    this.loop = loop;
    this.fold = fold;
    rounded = new float[scalars];
    blockFloats = ThreadLocal.withInitial(() -> new float[arrays][BLOCK]);
    blockDoubles = ThreadLocal.withInitial(() -> new double[arrays][BLOCK]);
  }

  /// The arrays that a program reads, which must be one of a sum.
  ///
  /// @throws IllegalArgumentException if it is of another form than those of [#program]
  public static List<Integer> read(LoopProgram program) {
    int output = program.arrays() - 1;
    LoopListing listing = new LoopListing(program);
    boolean[] seen = new boolean[program.arrays()];
    for (int i = 0; i < listing.size(); i++) {
      if (listing.operation(i) == Operation.ARRAY) {
        seen[listing.index(i)] = true;
      }
    }
    if (listing.stores() != 1 || listing.storeArray(0) != output || seen[output]) {
      throw new IllegalArgumentException(
          "sum: expected a program that only stores to its last array, found another");
    }
    List<Integer> read = new ArrayList<>();
    for (int i = 0; i < output; i++) {
      if (seen[i]) {
        read.add(i);
      }
    }
    return List.copyOf(read);
  }

  /// Sums an expression.
  ///
  /// @param arrays how many arrays it is about
  /// @param scalars how many numbers it takes
  public static BlockSums of(int arrays, int scalars, LoopNode value) {
    LoopProgram program = program(arrays, scalars, value);
    return new BlockSums(
        program.arrays(), scalars, read(program), LoopCompiler.compile(program), Fold.SUM);
  }

  /// The program whose loop sums an expression: its arrays, and one more that receives the values.
  public static LoopProgram program(int arrays, int scalars, LoopNode value) {
    return new LoopProgram(arrays + 1, scalars, List.of(new Store(arrays, value)));
  }

  /// Adds elements `from` … `to − 1` of F32 arrays to the index space. The arrays are read by
  /// [#sum].
  ///
  /// @param arrays as many as the expression is about, or more
  public void add(float[][] arrays, int from, int to) {
    grow();
    floats[pieces] = arrays;
    narrow[pieces] = true;
    empty[pieces] = false;
    add(from, to);
  }

  /// Adds elements `from` … `to − 1` of F64 arrays to the index space. The arrays are read by
  /// [#sum].
  ///
  /// @param arrays as many as the expression is about, or more
  public void add(double[][] arrays, int from, int to) {
    grow();
    doubles[pieces] = arrays;
    narrow[pieces] = false;
    empty[pieces] = false;
    add(from, to);
  }

  /// Adds so many elements to the index space whose values are 0, without reading them.
  ///
  /// @param count 0 or more
  public void addZeros(int count) {
    grow();
    empty[pieces] = true;
    add(0, count);
  }

  private void add(int from, int to) {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          "sum: expected elements 0 ≤ from ≤ to, found " + from + " and " + to);
    }
    froms[pieces] = from;
    starts[pieces + 1] = starts[pieces] + (to - from);
    pieces++;
  }

  /// The sum, or the largest, over all pieces added; then there are none.
  ///
  /// @param scalars the numbers that the expression takes; rounded to float for F32 pieces
  public double sum(double[] scalars) {
    given = scalars;
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) scalars[i];
    }
    int blocks = Math.toIntExact((starts[pieces] + BLOCK - 1) / BLOCK);
    if (sums.length < blocks) {
      sums = new double[Math.max(blocks, 2 * sums.length)];
    }
    try {
      Engine.current().parallel(blocks, GRAIN, task);
    } finally {
      forget();
    }
    double total = 0;
    for (int i = 0; i < blocks; i++) {
      total = joined(total, sums[i]);
    }
    return total;
  }

  private double joined(double x, double y) {
    return fold == Fold.SUM ? x + y : Math.max(x, y);
  }

  private void forget() {
    Arrays.fill(floats, 0, pieces, NO_FLOATS);
    Arrays.fill(doubles, 0, pieces, NO_DOUBLES);
    pieces = 0;
  }

  private void grow() {
    if (pieces == froms.length) {
      int n = 2 * pieces;
      narrow = Arrays.copyOf(narrow, n);
      empty = Arrays.copyOf(empty, n);
      floats = Arrays.copyOf(floats, n);
      doubles = Arrays.copyOf(doubles, n);
      froms = Arrays.copyOf(froms, n);
      starts = Arrays.copyOf(starts, n + 1);
    }
  }

  private void blocks(int first, int last) {
    Kernels kernels = Engine.current().kernelsFor((long) (last - first) * BLOCK);
    boolean[] any = blockKinds.get();
    int piece = pieceAt((long) first * BLOCK);
    for (int block = first; block < last; block++) {
      piece = gather(block, piece, any);
      double sum = 0;
      if (any[FLOATS]) {
        float[] values = blockFloats.get()[output];
        sum = fold == Fold.SUM ? kernels.sum(values, 0, BLOCK) : kernels.max(values, 0, BLOCK);
      }
      if (any[DOUBLES]) {
        double[] values = blockDoubles.get()[output];
        sum =
            joined(
                sum,
                fold == Fold.SUM
                    ? DoubleKernels.sum(values, 0, BLOCK)
                    : DoubleKernels.max(values, 0, BLOCK));
      }
      sums[block] = sum;
    }
  }

  /// The last piece that begins at or before an index.
  private int pieceAt(long index) {
    int low = 0;
    int high = pieces - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (starts[middle] <= index) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /// Computes the elements of a block, from a piece on; says which piece the next one begins with.
  private int gather(int block, int first, boolean[] any) {
    long begin = (long) block * BLOCK;
    long end = Math.min(begin + BLOCK, starts[pieces]);
    any[FLOATS] = false;
    any[DOUBLES] = false;
    int piece = first;
    for (long index = begin; index < end; ) {
      while (starts[piece + 1] <= index) {
        piece++;
      }
      int at = (int) (index - begin);
      int n = (int) (Math.min(end, starts[piece + 1]) - index);
      int from = froms[piece] + (int) (index - starts[piece]);
      if (empty[piece]) {
        index += n;
        continue;
      }
      if (narrow[piece]) {
        compute(floats[piece], from, at, n, any[FLOATS]);
        any[FLOATS] = true;
      } else {
        compute(doubles[piece], from, at, n, any[DOUBLES]);
        any[DOUBLES] = true;
      }
      index += n;
    }
    return piece;
  }

  private void compute(float[][] arrays, int from, int at, int n, boolean begun) {
    float[][] mine = blockFloats.get();
    if (!begun && n < BLOCK) {
      Arrays.fill(mine[output], 0);
    }
    for (int i : read) {
      System.arraycopy(arrays[i], from, mine[i], at, n);
    }
    loop.run(mine, rounded, at, at + n);
  }

  private void compute(double[][] arrays, int from, int at, int n, boolean begun) {
    double[][] mine = blockDoubles.get();
    if (!begun && n < BLOCK) {
      Arrays.fill(mine[output], 0);
    }
    for (int i : read) {
      System.arraycopy(arrays[i], from, mine[i], at, n);
    }
    loop.run(mine, given, at, at + n);
  }
}

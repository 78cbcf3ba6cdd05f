package dev.thalweg.kernels.simd;

import dev.thalweg.kernels.BinaryFunction;
import dev.thalweg.kernels.Kernels;
import dev.thalweg.kernels.UnaryFunction;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/// Lets vector code be compiled before anybody waits for it.
///
/// Until the JIT has compiled it, code on the Vector API is a hundred times slower than plain
/// loops: each vector is an object. So a kernel that is asked for the first time is served by its
/// scalar twin, whose bits are the same. Once the twin has done as much work as the compilation
/// costs, which short programs never see, a daemon thread has the vector kernel compiled, and waits
/// until it is as fast as compiled code only can be. Where that never happens (an interpreter-only
/// JVM), the scalar one stays.
///
/// The compiler has a core's work to do then, often while a training runs. What the JIT counts is
/// calls, some 5,000 of a method, so nearly all calls have little to do ([#brief]): loops of four
/// rounds, not none, since the JIT takes a loop that calls seldom enter for one that does not
/// matter, and makes code of half the speed. With loops of 25 rounds 2 s of this thread's time went
/// into vectors that are objects while `small` of the benchmarks began, and another second of the
/// compiler's into the methods that make these.
final class WarmUp {
  // one bit for each group of kernels: products by form of A and vectors in a panel, …
  static final long PRODUCT = 1;
  static final long PRODUCT_TRANSPOSED_A = 1 << 3;
  static final long PRODUCT_TRANSPOSED_B = 1 << 6;
  static final long GATE = 1 << 7;
  static final long SUM = 1 << 8;
  static final long MAX = 1 << 9;
  static final long COLUMN_SUMS = 1 << 10;
  static final long SOFTMAX = 1 << 11;
  static final long TRANSPOSE = 1 << 12;
  static final long FINITE = 1 << 13;
  static final long NEGLIGIBLE = 1 << 14;

  /// What long trainings wait for: they come first.
  private static final long WIDE_PRODUCTS =
      PRODUCT << 2 | PRODUCT_TRANSPOSED_A << 2 | PRODUCT_TRANSPOSED_B;

  private static final int ZIPS = 15;
  private static final int MAPS = ZIPS + 8;

  private static final int L = Width.LANES;

  /// Columns of the widest panel.
  private static final int PANEL = SimdMatmul.PANEL * L;

  /// The groups that products need, by form and columns: a table, since tiny products feel every
  /// nanosecond.
  private static final long[][] PRODUCTS = {
    products(PRODUCT, 0),
    products(PRODUCT_TRANSPOSED_A, 0),
    products(PRODUCT, PRODUCT_TRANSPOSED_B),
    products(PRODUCT_TRANSPOSED_A, PRODUCT_TRANSPOSED_B)
  };

  /// What a group's scalar twin must have cost before vector code is compiled: 0.1 s, in 1/16 ns.
  static final long WORTH_WARMING = 1_600_000_000L;

  /// About what one element, or multiply-add, costs in the scalar twin of each group, in 1/16 ns.
  private static final int[] PRICES = prices();

  /// The part of that which one more group must have cost: the price is that of the first, which
  /// brings the Vector API into the compiler.
  private static final int ONE_MORE = 32;

  /// The compiler may have much else to do, and other programs the cores.
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  /// Groups become ready together as far as they are compiled within this time. With each of them
  /// all compiled code that called their scalar twins is compiled anew.
  private static final long TOGETHER_NANOS = 1_000_000_000L;

  /// Calls in a round that do little. Only those count that are made when the JIT has put its
  /// first, counting code in place, which takes long where it has much to do: so each round has
  /// some.
  private static final int BRIEF_CALLS = 200;

  /// Rounds before this thread leaves the core to the compiler.
  private static final int ROUNDS = 7;

  /// Calls in a round that do something: a handful, so that both values of a flag are seen, and
  /// what times them sees one that was not interrupted.
  private static final int CALLS = 3;

  /// The inner size of products that are run.
  private static final int DEPTH = 12;

  /// While the compiler works, this thread waits four times as long as a round took, and at least a
  /// millisecond: it takes no more than a fifth of a core, and sees at once what is ready.
  private static final int WAITS = 4;

  private static final long SHORTEST_WAIT_NANOS = 1_000_000;

  /// What a vector of elements may cost at most in code that counts as compiled, in ns: in products
  /// that is one instruction, in reductions one that waits for the one before, in transcendental
  /// functions some forty, in the others a handful. Each costs half a nanosecond there, and ten or
  /// more as long as vectors are objects.
  private static final int PRODUCT_NANOS = 2;

  private static final int REDUCTION_NANOS = 8;
  private static final int FEW_NANOS = 20;
  private static final int MANY_NANOS = 160;

  /// The price of the scalar work done for each group.
  private final AtomicLongArray spent = new AtomicLongArray(PRICES.length);

  private final AtomicLong asked = new AtomicLong();
  private final AtomicBoolean running = new AtomicBoolean();
  private volatile long ready;

  private final float[] a = filled();
  private final float[] b = filled();
  private final float[] c = new float[a.length];
  private final Kernels vector;

  /// @param vector kernels that always use vectors
  WarmUp(Kernels vector) {
    this.vector = vector;
  }

  static long zip(BinaryFunction f) {
    return 1L << (ZIPS + position(f));
  }

  static long map(UnaryFunction f) {
    return 1L << (MAPS + position(f));
  }

  /// The groups that a product of n columns needs.
  static long product(boolean transposeA, boolean transposeB, int n) {
    int form = (transposeA ? 1 : 0) + (transposeB ? 2 : 0);
    return PRODUCTS[form][n < PANEL ? n : PANEL + n % PANEL];
  }

  private static long[] products(long widest, long other) {
    long[] groups = new long[2 * PANEL];
    for (int n = 1; n < 2 * PANEL; n++) {
      int rest = n % PANEL / L;
      long widths = n >= PANEL ? SimdMatmul.PANEL : 0;
      widths |= rest & 2;
      widths |= (rest & 1) != 0 || n % L != 0 ? 1 : 0;
      groups[n] = (widths * widest) | other;
    }
    return groups;
  }

  private static int[] prices() {
    int[] prices = new int[MAPS + UnaryFunction.values().length];
    Arrays.fill(prices, 16);
    Arrays.fill(prices, 0, 7, 1);
    prices[Long.numberOfTrailingZeros(PRODUCT)] = 12; // the JIT makes no vectors of so few columns
    prices[Long.numberOfTrailingZeros(PRODUCT_TRANSPOSED_A)] = 12;
    prices[Long.numberOfTrailingZeros(SUM)] = 4;
    prices[Long.numberOfTrailingZeros(FINITE)] = 1;
    prices[Long.numberOfTrailingZeros(SOFTMAX)] = 160;
    for (UnaryFunction f : UnaryFunction.values()) {
      switch (f) {
        case EXP, LOG, LOG1P, TANH, SIGMOID, SOFTPLUS, ERF, GELU ->
            prices[MAPS + position(f)] = 160;
        default -> {}
      }
    }
    return prices;
  }

  /// Whether all these groups are ready; where not, has those made so that have come to cost
  /// enough.
  ///
  /// @param work elements, or multiply-adds, that the scalar twin does now if they are not
  boolean ready(long groups, long work) {
    long missing = groups & ~ready; // small enough for the JIT to inline wherever it is called
    if (missing != 0) {
      ask(missing, work);
    }
    return missing == 0;
  }

  /// Has these groups made now, where so much work of their scalar twins would have had them made.
  void expect(long groups, long work) {
    long worth = 0;
    for (long open = groups & ~ready & ~asked.get(); open != 0; open &= open - 1) {
      int bit = Long.numberOfTrailingZeros(open);
      if (work >= worth() / PRICES[bit]) {
        worth |= 1L << bit;
      }
    }
    want(worth);
  }

  private void ask(long missing, long work) {
    long worth = 0;
    for (long open = missing & ~asked.get(); open != 0; open &= open - 1) {
      int bit = Long.numberOfTrailingZeros(open);
      if (spent.addAndGet(bit, work * PRICES[bit]) >= worth()) {
        worth |= 1L << bit;
      }
    }
    want(worth);
  }

  private long worth() {
    return ready == 0 && asked.get() == 0 ? WORTH_WARMING : WORTH_WARMING / ONE_MORE;
  }

  private void want(long groups) {
    if (groups != 0) {
      asked.accumulateAndGet(groups, (x, y) -> x | y);
      start();
    }
  }

  private void start() {
    if (running.compareAndSet(false, true)) {
      Thread thread = new Thread(() -> untilClassesAreGone(this::work), "thalweg-warm-up");
      thread.setDaemon(true);
      try {
        thread.start();
      } catch (OutOfMemoryError noMoreThreads) {
        // What is not made ready beforehand is made when it is needed.
        running.set(false);
      }
    }
  }

  /// Does the work, or ends without a word where a server has closed the class loader that the
  /// library came from: then nobody asks again.
  static void untilClassesAreGone(Runnable work) {
    try {
      work.run();
    } catch (NoClassDefFoundError gone) {
      // nothing to say, nobody to say it to
    }
  }

  private void work() {
    long done = 0;
    long compiled = 0;
    long shown = System.nanoTime();
    try {
      for (long open = asked.get(); open != 0; ) {
        long wide = open & WIDE_PRODUCTS;
        long group = Long.lowestOneBit(wide != 0 ? wide : open);
        if (warm(group)) {
          compiled |= group;
        }
        done |= group;
        open = asked.get() & ~done;
        if (open == 0 || System.nanoTime() - shown > TOGETHER_NANOS) {
          long now = ready | compiled; // this thread is the only writer
          ready = now;
          shown = System.nanoTime();
        }
      }
    } finally {
      // what was asked for and given up stays asked for: nobody tries again
      asked.accumulateAndGet(done & ready, (x, y) -> x & ~y);
      running.set(false);
    }
    if ((asked.get() & ~done) != 0) {
      start();
    }
  }

  /// Has the vector kernel compiled; false if it never is.
  private boolean warm(long group) {
    int bit = Long.numberOfTrailingZeros(group);
    long begin = System.nanoTime();
    long now = begin;
    for (int round = 1; now - begin < PATIENCE_NANOS; round++) {
      if (compiled(group, limit(bit))) {
        return true;
      }
      for (int i = 0; i < BRIEF_CALLS; i++) {
        brief(group, (i & 1) == 0);
      }
      if (round > ROUNDS) {
        LockSupport.parkNanos(Math.max(SHORTEST_WAIT_NANOS, WAITS * (System.nanoTime() - now)));
      }
      now = System.nanoTime();
    }
    return false;
  }

  private static int limit(int bit) {
    if (bit < 6) {
      return PRODUCT_NANOS;
    }
    if (((SUM | MAX | FINITE | COLUMN_SUMS) >> bit & 1) != 0) {
      return REDUCTION_NANOS;
    }
    return PRICES[bit] >= 160 ? MANY_NANOS : FEW_NANOS;
  }

  /// Whether one call of a round was fast: others may have been interrupted.
  ///
  /// @param limit what a vector of elements may cost, in ns
  private boolean compiled(long group, long limit) {
    boolean fast = false;
    for (int i = 0; i < CALLS; i++) {
      long start = System.nanoTime();
      long elements = run(group);
      fast |= System.nanoTime() - start <= elements / L * limit;
    }
    return fast;
  }

  /// Calls the loops that the group consists of, with little to do.
  @SuppressWarnings("EnumOrdinal") // back from a bit of this class
  private void brief(long group, boolean add) {
    int bit = Long.numberOfTrailingZeros(group);
    if (bit < 6) {
      tiles(bit, 4, add);
    } else if (group == PRODUCT_TRANSPOSED_B || group == TRANSPOSE) {
      Transposition.rows(2 * L, a, 0, 2 * L, c, 0, L);
    } else if (group == GATE) {
      Loops.gate(a, 0, b, 0, c, 0, 4 * L);
    } else if (group == SUM) {
      c[0] = Reductions.sum(a, 0, 65);
    } else if (group == MAX) {
      c[0] = Reductions.max(a, 0, 8 * L);
    } else if (group == FINITE) {
      c[0] = Reductions.areModerate(a, 0, 16 * L) ? 1 : 0;
    } else if (group == NEGLIGIBLE) {
      Loops.withoutNegligible(a, 0, c, 0, 4 * L);
    } else if (group == COLUMN_SUMS) {
      Reductions.columnSums(4, 5 * L, a, 0, 5 * L, c, 0);
    } else if (group == SOFTMAX) {
      Softmax.narrow(4, 10, a, 0, 10, c, 0, 10, c, 512);
      Loops.shiftedExp(a, 0, 1, c, 0, 4 * L);
      Loops.scale(c, 0, 1, 4 * L);
    } else if (bit >= MAPS) {
      int n = 4 * L;
      Loops.map(UnaryFunction.values()[bit - MAPS], a, 0, c, 0, n, c, c);
    } else {
      Loops.zip(BinaryFunction.values()[bit - ZIPS], a, 0, 1, b, 0, 1, c, 0, 4 * L);
    }
  }

  /// Runs the vector kernel once or twice on something small; how many elements, or multiply-adds,
  /// that were.
  @SuppressWarnings("EnumOrdinal") // back from a bit of this class
  private long run(long group) {
    int bit = Long.numberOfTrailingZeros(group);
    int n = 256;
    if (bit < 6) {
      return tiles(bit, DEPTH, true) + tiles(bit, DEPTH, false);
    } else if (group == PRODUCT_TRANSPOSED_B || group == TRANSPOSE) {
      n = 4 * L * L;
      Transposition.rows(2 * L, a, 0, 2 * L, c, 0, 2 * L);
      Transposition.rows(2 * L, a, 2 * L * L, 2 * L, c, L, 2 * L);
    } else if (group == GATE) {
      vector.gate(a, 0, b, 0, c, 0, n);
    } else if (group == SUM) {
      n = 1024;
      c[0] = vector.sum(a, 0, n);
    } else if (group == MAX) {
      n = 1024;
      c[0] = vector.max(a, 0, n);
    } else if (group == FINITE) {
      n = 1024;
      c[0] = vector.areModerate(a, 0, n) ? 1 : 0;
    } else if (group == NEGLIGIBLE) {
      vector.withoutNegligible(a, 0, c, 0, n);
    } else if (group == COLUMN_SUMS) {
      n = 16 * (6 * L + 3);
      vector.columnSums(16, 6 * L + 3, a, 0, 6 * L + 3, c, 0);
    } else if (group == SOFTMAX) {
      n = 8 * 10 + 4 * 70;
      vector.softmaxRows(8, 10, a, 0, 10, c, 0, 10, c, 512);
      vector.softmaxRows(4, 70, a, 0, 70, c, 0, 70, c, 512);
    } else if (bit >= MAPS) {
      vector.map(UnaryFunction.values()[bit - MAPS], a, 0, c, 1, n);
    } else {
      vector.zip(BinaryFunction.values()[bit - ZIPS], a, 0, 1, b, 1, 1, c, 2, n);
    }
    return n;
  }

  /// Products of the tiles' sizes, by the tiles alone, since what is around them is plain code; how
  /// many multiply-adds that were.
  ///
  /// @param k the inner size
  /// @param add whether they are added to what is there
  private long tiles(int bit, int k, boolean add) {
    boolean transposed = bit >= 3;
    int vectors = 1 << bit % 3;
    Panels.pack(k, vectors, b, 0, vectors * L, c, 0);
    int rows =
        switch (vectors) {
          case 4 -> tiles4(transposed, k, add);
          case 2 -> tiles2(transposed, k, add);
          default -> tiles1(transposed, k, add);
        };
    return (long) rows * vectors * L * k;
  }

  // the heights of tiles that the rows of a batch of 32, 64 or 128 go through; others, for the last
  // rows, are compiled when they are called often

  private int tiles4(boolean transposed, int k, boolean add) {
    if (transposed) {
      TransposedTiles.tile6x4(k, a, 0, 6, b, 0, 4 * L, c, 0, 4 * L, add);
      TransposedTiles.tile4x4(k, a, 0, 4, b, 0, 4 * L, c, 0, 4 * L, add);
      TransposedTiles.tile2x4(k, a, 0, 2, b, 0, 4 * L, c, 0, 4 * L, add);
    } else {
      RowMajorTiles.tile6x4(k, a, 0, k, b, 0, 4 * L, c, 0, 4 * L, add);
      RowMajorTiles.tile4x4(k, a, 0, k, b, 0, 4 * L, c, 0, 4 * L, add);
      RowMajorTiles.tile2x4(k, a, 0, k, b, 0, 4 * L, c, 0, 4 * L, add);
    }
    return 6 + 4 + 2;
  }

  private int tiles2(boolean transposed, int k, boolean add) {
    int rows = 4 + 2;
    if (transposed) {
      if (!Width.FEW_REGISTERS) {
        TransposedTiles.tile12x2(k, a, 0, 12, b, 0, 2 * L, c, 0, 2 * L, add);
        TransposedTiles.tile6x2(k, a, 0, 6, b, 0, 2 * L, c, 0, 2 * L, add);
        rows += 12 + 6;
      }
      TransposedTiles.tile4x2(k, a, 0, 4, b, 0, 2 * L, c, 0, 2 * L, add);
      TransposedTiles.tile2x2(k, a, 0, 2, b, 0, 2 * L, c, 0, 2 * L, add);
    } else {
      if (!Width.FEW_REGISTERS) {
        RowMajorTiles.tile12x2(k, a, 0, k, b, 0, 2 * L, c, 0, 2 * L, add);
        rows += 12;
      }
      RowMajorTiles.tile6x2(k, a, 0, k, b, 0, 2 * L, c, 0, 2 * L, add);
      RowMajorTiles.tile4x2(k, a, 0, k, b, 0, 2 * L, c, 0, 2 * L, add);
      RowMajorTiles.tile2x2(k, a, 0, k, b, 0, 2 * L, c, 0, 2 * L, add);
      rows += 6;
    }
    return rows;
  }

  private int tiles1(boolean transposed, int k, boolean add) {
    if (Width.FEW_REGISTERS) {
      if (transposed) {
        TransposedTiles.tile12x1(k, a, 0, 12, b, 0, L, c, 0, L, add);
        TransposedTiles.tile4x1(k, a, 0, 4, b, 0, L, c, 0, L, add);
      } else {
        RowMajorTiles.tile12x1(k, a, 0, k, b, 0, L, c, 0, L, add);
        RowMajorTiles.tile4x1(k, a, 0, k, b, 0, L, c, 0, L, add);
      }
    } else if (transposed) {
      TransposedTiles.tile16x1(k, a, 0, 16, b, 0, L, c, 0, L, add);
    } else {
      RowMajorTiles.tile16x1(k, a, 0, k, b, 0, L, c, 0, L, add);
    }
    return 16;
  }

  @SuppressWarnings("EnumOrdinal") // a position among the bits of this class, never stored
  private static int position(Enum<?> f) {
    return f.ordinal();
  }

  private static float[] filled() {
    float[] x = new float[4096];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i * 7919 % 1000 + 1) / 500f;
    }
    return x;
  }
}

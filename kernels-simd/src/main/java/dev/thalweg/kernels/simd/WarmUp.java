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
/// costs, which short programs never see, a daemon thread runs the vector kernel on tiny inputs
/// until it is as fast as compiled code only can be. Where that never happens (an interpreter-only
/// JVM), the scalar one stays.
///
/// The compiler has a core's work to do then, often while a training runs, and each method that is
/// called often enough is work for it. So the thread calls little else than the kernels (their
/// scalar twins are not run for comparison), and once it has called them often enough it waits as
/// long as it runs.
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
  static final long PACKED = 1L << 48;
  static final long COPY_ROWS = 1L << 49;
  static final long MULTIPLY_ADD = 1L << 50;
  static final long ROW_DOTS = 1L << 51;
  static final long COLUMN_DOTS = 1L << 52;
  static final long MAXIMUM_ROWS = 1L << 53;
  static final long CHOSEN_ROWS = 1L << 54;
  static final long SQUARES = 1L << 55;
  static final long LSTM_SLOPES = 1L << 56;
  static final long GELU_SLOPE = 1L << 57;

  /// Bits from here on are those of matrices by rows.
  private static final int ROWS = 48;

  private static final int END = 58;

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

  private static final long PATIENCE_NANOS = 10_000_000_000L;

  /// Calls in a round, and rounds after which the JIT knows: it compiles what has been called 600
  /// times and gone round its loops 15,000 times.
  private static final int CALLS = 20;

  private static final int ROUNDS = 32;

  /// What a vector of elements may cost at most in code that counts as compiled, in ns: in products
  /// that is one instruction, in transcendental functions some forty, in the others a handful. Each
  /// costs half a nanosecond there, and ten or more as long as vectors are objects.
  private static final int PRODUCT_NANOS = 2;

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
  private final float[][] both = {a, b};
  private final int[] taps = new int[a.length];
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
    int[] prices = new int[END];
    Arrays.fill(prices, 16);
    prices[Long.numberOfTrailingZeros(COPY_ROWS)] = 4;
    Arrays.fill(prices, 0, 7, 1);
    prices[Long.numberOfTrailingZeros(PRODUCT)] = 12; // the JIT makes no vectors of so few columns
    prices[Long.numberOfTrailingZeros(PRODUCT_TRANSPOSED_A)] = 12;
    prices[Long.numberOfTrailingZeros(SUM)] = 4;
    prices[Long.numberOfTrailingZeros(FINITE)] = 1;
    prices[Long.numberOfTrailingZeros(SOFTMAX)] = 160;
    prices[Long.numberOfTrailingZeros(GELU_SLOPE)] = 240;
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
      if (work >= WORTH_WARMING / PRICES[bit]) {
        worth |= 1L << bit;
      }
    }
    want(worth);
  }

  private void ask(long missing, long work) {
    long worth = 0;
    for (long open = missing & ~asked.get(); open != 0; open &= open - 1) {
      int bit = Long.numberOfTrailingZeros(open);
      if (spent.addAndGet(bit, work * PRICES[bit]) >= WORTH_WARMING) {
        worth |= 1L << bit;
      }
    }
    want(worth);
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
    } catch (IllegalStateException e) {
      StackTraceElement[] from = e.getStackTrace();
      if (from.length == 0 || !from[0].getClassName().startsWith("java.util.zip.")) {
        throw e;
      }
      // the same, met while the archive of the classes was being closed
    }
  }

  private void work() {
    long done = 0;
    try {
      for (long open = asked.get(); open != 0; open = asked.get() & ~done) {
        long wide = open & WIDE_PRODUCTS;
        long group = Long.lowestOneBit(wide != 0 ? wide : open);
        if (warm(group)) {
          long now = ready | group; // this thread is the only writer
          ready = now;
        }
        done |= group;
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

  /// Runs the vector kernel until it is compiled; false if it never is.
  private boolean warm(long group) {
    long limit = limit(Long.numberOfTrailingZeros(group));
    long begin = System.nanoTime();
    long now = begin;
    for (int round = 1; now - begin < PATIENCE_NANOS; round++) {
      if (compiled(group, limit)) {
        return true;
      }
      if (round > ROUNDS) {
        LockSupport.parkNanos(System.nanoTime() - now);
      }
      now = System.nanoTime();
    }
    return false;
  }

  private static int limit(int bit) {
    return bit < 7 || bit == Long.numberOfTrailingZeros(PACKED)
        ? PRODUCT_NANOS
        : PRICES[bit] >= 160 ? MANY_NANOS : FEW_NANOS;
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

  /// Runs the vector kernel once or twice on something small; how many elements, or multiply-adds,
  /// that were.
  @SuppressWarnings("EnumOrdinal") // back from a bit of this class
  private long run(long group) {
    int bit = Long.numberOfTrailingZeros(group);
    if (bit < 6) {
      // the rows of a batch of 32, 64 or 128 go through tiles of these heights; others, for the
      // last
      // rows, are compiled when they are called often
      boolean transposed = bit >= 3;
      return switch (bit % 3) {
        case 2 ->
            product(transposed, false, 6 + 4, PANEL) + product(transposed, false, 6 + 2, PANEL);
        case 1 ->
            product(transposed, false, 12 + 6 + 2, 2 * L)
                + product(transposed, false, 12 + 4, 2 * L);
        default -> product(transposed, false, 16, L) + product(transposed, false, 16, L - 2);
      };
    }
    if (group == PRODUCT_TRANSPOSED_B) {
      return product(false, true, 6 + 2, PANEL);
    }
    int n = 256;
    if (group == GATE) {
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
      c[1] = vector.areModerate(both, new int[] {5 * L + 1, 5 * L + 1}, 2) ? 1 : 0;
    } else if (group == NEGLIGIBLE) {
      vector.withoutNegligible(a, 0, c, 0, n);
    } else if (group == COLUMN_SUMS) {
      n = 16 * (6 * L + 3);
      vector.columnSums(16, 6 * L + 3, a, 0, 6 * L + 3, c, 0);
    } else if (group == SOFTMAX) {
      n = 8 * 10 + 4 * 70;
      vector.softmaxRows(8, 10, a, 0, 10, c, 0, 10, c, 512);
      vector.softmaxRows(4, 70, a, 0, 70, c, 0, 70, c, 512);
    } else if (group == TRANSPOSE) {
      n = 4 * L * L;
      vector.transpose(2 * L, 2 * L, a, 0, 2 * L, c, 0, 2 * L);
    } else if (bit >= ROWS) {
      return rows(group);
    } else if (bit >= MAPS) {
      vector.map(UnaryFunction.values()[bit - MAPS], a, 0, c, 1, n);
    } else {
      vector.zip(BinaryFunction.values()[bit - ZIPS], a, 0, 1, b, 1, 1, c, 2, n);
    }
    return n;
  }

  /// The same, of matrices by rows: 8 rows of a width that has an end.
  private long rows(long group) {
    int columns = 6 * L + 3;
    int n = 8 * columns;
    if (group == PACKED) {
      vector.pack(false, PANEL, 32, a, 0, PANEL, b, 0);
      vector.matmulPacked(false, 6 + 4, PANEL, 32, a, 0, 32, b, 0, 32, c, 0, PANEL, true);
      return 10L * PANEL * 32;
    }
    if (group == COPY_ROWS) {
      vector.copyRows(8, columns, a, 0, columns, c, 0, columns);
      vector.copyRows(32, 2 * L, a, 0, 3 * L, c, 0, 2 * L);
      return n + 64L * L;
    }
    if (group == MULTIPLY_ADD) {
      int s = columns + 1;
      vector.multiplyAdd(8, columns, a, 0, s, 1, b, 0, s, 1, a, 0, s, 1, c, 0, s);
      vector.multiplyAdd(8, columns, a, 0, s, 1, b, 0, 1, 0, a, 0, s, 1, c, 0, s);
      vector.multiplyAdd(8, columns, a, 0, s, 1, b, 0, s, 1, a, 0, 1, 0, c, 0, s);
      vector.multiplyAdd(8, columns, a, 0, s, 1, b, 0, 1, 0, a, 0, 1, 0, c, 0, s);
      vector.zipRows(BinaryFunction.SUBTRACT, 8, columns, a, 0, s, 1, b, 0, 1, 0, c, 0, s);
      return 5L * n;
    }
    if (group == SQUARES) {
      int channels = 2 * L + 3;
      int step = 4 * channels;
      vector.winogradInput(4, channels, a, 0, 10 * channels, c, 0, step);
      vector.winogradOutput(4, channels, a, 0, step, b, 0, c, 0, 8 * channels);
      vector.winogradOutputBack(4, channels, a, 0, 8 * channels, c, 0, step);
      return 3L * 16 * step;
    }
    if (group == GELU_SLOPE) {
      vector.gelu(a, 0, c, 0, c, 512, 256);
      return 256;
    }
    if (group == LSTM_SLOPES) {
      vector.lstmSlopes(8, 2 * L, 0, a, 0, b, 0, a, 64, a, 32, c, 0, c, 1024);
      return 8L * 2 * L;
    }
    if (group == ROW_DOTS) {
      vector.rowDots(8, columns, a, 0, columns, b, 0, columns, c, 0);
    } else if (group == COLUMN_DOTS) {
      vector.columnDots(8, columns, a, 0, columns, b, 0, columns, c, 0);
    } else if (group == MAXIMUM_ROWS) {
      vector.maximumRows(8, columns, a, 0, columns, 1, c, 0, columns, taps, 0);
    } else {
      n *= 2;
      vector.chosenRows(8, columns, a, 0, columns, taps, 0, 1, c, 0, columns, true);
      vector.chosenRows(8, columns, a, 0, columns, taps, 0, 1, c, 0, columns, false);
    }
    return n;
  }

  /// A product of few terms to C, and one added to it; how many multiply-adds that were.
  private long product(boolean transposeA, boolean transposeB, int m, int n) {
    int k = 25;
    int aStride = transposeA ? m : k;
    int bStride = transposeB ? k : n;
    vector.matmul(transposeA, transposeB, m, n, k, a, 0, aStride, b, 0, bStride, c, 0, n, false);
    vector.matmul(transposeA, transposeB, m, n, k, a, 0, aStride, b, 0, bStride, c, 0, n, true);
    return 2L * m * n * k;
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

package dev.thalweg.kernels.simd;

import dev.thalweg.kernels.BinaryFunction;
import dev.thalweg.kernels.Kernels;
import dev.thalweg.kernels.ScalarKernels;
import dev.thalweg.kernels.UnaryFunction;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// Lets vector code be compiled before anybody waits for it.
///
/// Until the JIT has compiled it, code on the Vector API is a hundred times slower than plain
/// loops: each vector is an object. So a kernel that is asked for the first time is served by its
/// scalar twin, whose bits are the same. Once the twin has done as much work as the compilation
/// costs, which short programs never see, a daemon thread runs the vector kernel on tiny inputs
/// until it is no longer behind. Where that never happens (an interpreter-only JVM), the scalar one
/// stays.
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

  /// What long trainings wait for: they come first.
  private static final long WIDE_PRODUCTS =
      PRODUCT << 2 | PRODUCT_TRANSPOSED_A << 2 | PRODUCT_TRANSPOSED_B;

  private static final int ZIPS = 14;
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
  private static final int CALLS = 20;
  private static final int WINS = 3;

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
      Thread thread = new Thread(this::work, "thalweg-warm-up");
      thread.setDaemon(true);
      thread.start();
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

  /// Runs both twins until the vector one is not behind several times in a row.
  private boolean warm(long group) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    int wins = 0;
    while (System.nanoTime() < end) {
      long fast = time(vector, group);
      long plain = time(ScalarKernels.INSTANCE, group);
      wins = fast <= plain + plain / 2 ? wins + 1 : 0;
      if (wins == WINS) {
        return true;
      }
    }
    return false;
  }

  private long time(Kernels kernels, long group) {
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      run(kernels, group);
    }
    return System.nanoTime() - start;
  }

  @SuppressWarnings("EnumOrdinal") // back from a bit of this class
  private void run(Kernels kernels, long group) {
    int bit = Long.numberOfTrailingZeros(group);
    if (bit < 6) {
      // rows for tiles of every height
      int vectors = 1 << bit % 3;
      int m = vectors == 4 ? 13 : vectors == 2 ? 25 : 31;
      boolean transposed = bit >= 3;
      product(kernels, transposed, false, m, vectors * L, 25);
      if (vectors == 1) {
        product(kernels, transposed, false, m, L - 2, 25);
      }
    } else if (group == PRODUCT_TRANSPOSED_B) {
      product(kernels, false, true, 9, SimdMatmul.PANEL * L, 2 * L);
    } else if (group == GATE) {
      kernels.gate(a, 0, b, 0, c, 0, 256);
    } else if (group == SUM) {
      c[0] = kernels.sum(a, 0, 1024);
    } else if (group == MAX) {
      c[0] = kernels.max(a, 0, 1024);
    } else if (group == FINITE) {
      c[0] = kernels.isFinite(a, 0, 1024) ? 1 : 0;
    } else if (group == COLUMN_SUMS) {
      kernels.columnSums(16, 6 * L + 3, a, 0, 6 * L + 3, c, 0);
    } else if (group == SOFTMAX) {
      kernels.softmaxRows(8, 10, a, 0, 10, c, 0, 10, c, 256);
      kernels.softmaxRows(4, 70, a, 0, 70, c, 0, 70, c, 512);
    } else if (group == TRANSPOSE) {
      kernels.transpose(2 * L, 2 * L, a, 0, 2 * L, c, 0, 2 * L);
    } else if (bit >= MAPS) {
      kernels.map(UnaryFunction.values()[bit - MAPS], a, 0, c, 1, 256);
    } else {
      kernels.zip(BinaryFunction.values()[bit - ZIPS], a, 0, 1, b, 1, 1, c, 2, 256);
    }
  }

  private void product(
      Kernels kernels, boolean transposeA, boolean transposeB, int m, int n, int k) {
    kernels.matmul(
        transposeA,
        transposeB,
        m,
        n,
        k,
        a,
        0,
        transposeA ? m : k,
        b,
        0,
        transposeB ? k : n,
        c,
        0,
        n,
        true);
    kernels.matmul(
        transposeA,
        transposeB,
        m,
        n,
        k,
        a,
        0,
        transposeA ? m : k,
        b,
        0,
        transposeB ? k : n,
        c,
        0,
        n,
        false);
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

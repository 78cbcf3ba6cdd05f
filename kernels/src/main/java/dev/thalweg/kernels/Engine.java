package dev.thalweg.kernels;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The kernels of one provider and the threads that share their work: what all computing in Thalweg
/// goes through.
///
/// Each method is the method of [Kernels] of the same name, cut into slices for the threads where
/// the work is worth it. Neither provider nor number of threads ever changes a bit of a result. An
/// engine is a value without visible state and may be used by any number of threads at once: while
/// one caller has the workers, the others compute alone. A call from inside a task computes alone
/// too.
///
/// The engine in force is a scoped value:
///
/// ```java
/// double loss = Engine.of("auto", 2).call(() -> train(model));
/// ```
public final class Engine {
  private static final ScopedValue<Engine> CURRENT = ScopedValue.newInstance();

  /// Multiply-adds of a matrix product from which on threads are worth their trouble.
  private static final long SHARED_PRODUCT = 1 << 19;

  /// Floats of a second factor that kernels read in place rather than copy, about.
  private static final int SMALL_FACTOR = 1 << 14;

  /// Elements a thread should have at least of a function that costs a fraction of a nanosecond.
  private static final int SHARED_CHEAP = 1 << 14;

  /// Elements a thread should have at least of exp and its kin.
  private static final int SHARED_COSTLY = 1 << 12;

  /// What a thread should have to do at least, in nanoseconds.
  private static final double SHARED_NANOS = 4000;

  /// Slices that a thread gets where they may be uneven.
  private static final int UNEVEN = 4;

  /// Width of the strips of columns that matrices are cut into.
  private static final int STRIP = 64;

  /// Elements that are read once in less time than it takes to load and link vector kernels.
  private static final long WORTH_CHOOSING = 1L << 28;

  private final int threads;
  private final Workers workers;

  /// Chosen when first needed, in the standard engine; the same whoever chooses them.
  private @Nullable Kernels kernels;

  /// Elements read without them.
  private long spared;

  private Engine(@Nullable Kernels kernels, int threads) {
    this.kernels = kernels;
    this.threads = threads;
    workers = new Workers(this, threads);
  }

  private Engine(@Nullable Kernels kernels, int threads, Workers workers) {
    this.kernels = kernels;
    this.threads = threads;
    this.workers = workers;
  }

  /// The engine of this JVM: the provider that the system property `thalweg.provider` or else the
  /// environment variable `THALWEG_PROVIDER` names, else the best that runs here; a thread for each
  /// core. The provider is looked up once, when kernels are first needed; where vectors can't be
  /// used, one line of the log says why, and where the one that is named can't run, what needs
  /// kernels fails.
  public static Engine standard() {
    return Standard.ENGINE;
  }

  /// An engine of a provider, `auto`, `scalar` or `simd`, and a number of threads, the caller's
  /// included.
  ///
  /// @throws IllegalArgumentException if the provider isn't known, or `threads` < 1
  /// @throws IllegalStateException if the provider can't run here, with the reason
  public static Engine of(String provider, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected 1 or more, found " + threads);
    }
    return new Engine(Providers.choose(provider).kernels, threads);
  }

  /// An engine of these very kernels and a number of threads, the caller's included: for kernels
  /// that watch others at work.
  ///
  /// @throws IllegalArgumentException if `threads` < 1
  public static Engine of(Kernels kernels, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected 1 or more, found " + threads);
    }
    return new Engine(kernels, threads);
  }

  /// An engine of the same kernels and another number of threads, the caller's included.
  ///
  /// @throws IllegalArgumentException if `threads` < 1
  public Engine withThreads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected 1 or more, found " + threads);
    }
    return threads == this.threads ? this : new Engine(kernels, threads);
  }

  /// This engine with no more than so many of its threads: while one of the two has the workers,
  /// the other computes alone.
  ///
  /// @throws IllegalArgumentException if `threads` < 1
  public Engine withAtMost(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected 1 or more, found " + threads);
    }
    return threads >= this.threads ? this : new Engine(kernels, threads, workers);
  }

  /// Ends the threads that wait for work, as they end by themselves after a short time. When there
  /// is work again others begin, which takes some 0.1 ms.
  public void rest() {
    workers.rest();
  }

  /// The engine bound by [#call] or [#run] around the caller, or whose task it is running, else the
  /// [#standard] one.
  public static Engine current() {
    if (CURRENT.isBound()) {
      return CURRENT.get();
    }
    Engine mine = Workers.engineOfCurrentThread();
    return mine != null ? mine : standard();
  }

  /// Runs the body with this engine as the current one.
  public <R> R call(Supplier<? extends R> body) {
    return ScopedValue.where(CURRENT, this).call(body::get);
  }

  /// Runs the body with this engine as the current one.
  public void run(Runnable body) {
    ScopedValue.where(CURRENT, this).run(body);
  }

  /// The kernels, for one thread.
  ///
  /// @throws IllegalStateException if this is the [#standard] engine and its provider can't run
  ///   here
  public Kernels kernels() {
    Kernels known = kernels;
    if (known == null) {
      known = Standard.kernels();
      kernels = known;
    }
    return known;
  }

  /// The kernels to read so many elements once; the scalar ones while none have been chosen and it
  /// isn't worth it: a short program that only updates parameters never loads the others.
  public Kernels kernelsFor(long elements) {
    Kernels known = kernels;
    if (known != null) {
      return known;
    }
    long before = spared;
    spared = before + elements;
    return before > WORTH_CHOOSING ? kernels() : ScalarKernels.INSTANCE;
  }

  /// How many threads share the work, the caller's included.
  public int threads() {
    return threads;
  }

  /// The name of the kernels' provider: `scalar` or `simd`.
  public String provider() {
    return kernels().name();
  }

  /// As in `simd 512 bits, 2 threads`.
  @Override
  public String toString() {
    int bits = kernels().vectorBits();
    return kernels().name()
        + (bits > 0 ? " " + bits + " bits, " : ", ")
        + threads
        + (threads == 1 ? " thread" : " threads");
  }

  /// Runs the task over 0 … count − 1 in pieces [0, grain), [grain, 2 grain), …: the same pieces
  /// for any number of threads, so that a result per piece is reproducible. Every thread gets a run
  /// of neighbouring pieces. What a piece throws reaches the caller, once all threads are done.
  ///
  /// @throws IllegalArgumentException if `count` < 0 or `grain` < 1
  public void parallel(int count, int grain, RangeTask task) {
    if (count < 0 || grain < 1) {
      throw new IllegalArgumentException(
          "parallel: expected a count of 0 or more and a grain of 1 or more, found "
              + count
              + " and "
              + grain);
    }
    if (count <= grain) {
      if (count > 0) {
        task.run(0, count);
      }
      return;
    }
    workers.run(threads, count, grain, 1, new Pieces(grain, task));
  }

  /// Runs the task over 0 … items − 1, by as many threads as are worth it, in any cut: what it
  /// computes must not depend on where it is cut, nor on which thread computes what. What the task
  /// throws reaches the caller, once all threads are done.
  ///
  /// @param nanosPerItem about how long an item takes on one thread; some microseconds a thread
  ///   make threads worth their trouble
  public void share(int items, double nanosPerItem, RangeTask task) {
    share(items, nanosPerItem, 1, task);
  }

  /// As [#share], of items that take times of their own: there are more slices than threads, and
  /// whoever is done early takes another.
  public void shareUneven(int items, double nanosPerItem, RangeTask task) {
    share(items, nanosPerItem, UNEVEN, task);
  }

  private void share(int items, double nanosPerItem, int slicesPerThread, RangeTask task) {
    if (items <= 0) {
      return;
    }
    if (!isShared(items, nanosPerItem)) {
      task.run(0, items);
      return;
    }
    double most = items * nanosPerItem / SHARED_NANOS;
    int slices = (int) Math.min(most, (double) threads * slicesPerThread);
    workers.run(slices, items, 1, 1, task);
  }

  /// Whether [#share] would give others a part of so many items. Where it would not, a caller that
  /// makes no garbage does them itself, without a task.
  boolean isShared(int items, double nanosPerItem) {
    return threads > 1 && items * nanosPerItem / SHARED_NANOS >= 2;
  }

  /// A slice in pieces. No lambda, since linking one takes longer than the first step of a program.
  private record Pieces(int grain, RangeTask task) implements RangeTask {
    @Override
    public void run(int from, int to) {
      for (int i = from; i < to; ) {
        int end = to - i > grain ? i + grain : to;
        task.run(i, end);
        i = end;
      }
    }
  }

  /// Whether threads get columns of a product rather than rows. Rows leave hardly a cache line of C
  /// to two threads, columns spare each thread a copy of all of B, which matters where there are
  /// fewer rows than columns and B is copied at all.
  private boolean byColumns(boolean transposeB, int m, int n, int k) {
    boolean copied = transposeB || (long) n * k > SMALL_FACTOR;
    return copied && m < n && n >= STRIP * threads;
  }

  /// See [Kernels#expectMatmul].
  public void expectMatmul(boolean transposeA, boolean transposeB, int n, long multiplyAdds) {
    kernels().expectMatmul(transposeA, transposeB, n, multiplyAdds);
  }

  /// See [Kernels#expectSum].
  public void expectSum(long elements) {
    kernels().expectSum(elements);
  }

  /// See [Kernels#matmul].
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
    if (threads == 1 || (long) m * n * k < SHARED_PRODUCT) {
      kernels()
          .matmul(
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
    } else if (byColumns(transposeB, m, n, k)) {
      int bStep = transposeB ? bStride : 1;
      workers.run(
          threads,
          n,
          STRIP,
          STRIP,
          (from, to) ->
              kernels()
                  .matmul(
                      transposeA,
                      transposeB,
                      m,
                      to - from,
                      k,
                      a,
                      aStart,
                      aStride,
                      b,
                      bStart + from * bStep,
                      bStride,
                      c,
                      cStart + from,
                      cStride,
                      accumulate));
    } else {
      int aStep = transposeA ? 1 : aStride;
      workers.run(
          threads,
          m,
          4,
          4,
          (from, to) ->
              kernels()
                  .matmul(
                      transposeA,
                      transposeB,
                      to - from,
                      n,
                      k,
                      a,
                      aStart + from * aStep,
                      aStride,
                      b,
                      bStart,
                      bStride,
                      c,
                      cStart + from * cStride,
                      cStride,
                      accumulate));
    }
  }

  /// See [Kernels#map].
  public void map(UnaryFunction f, float[] x, int xStart, float[] y, int yStart, int n) {
    int least = f.isCostly() ? SHARED_COSTLY : SHARED_CHEAP;
    if (threads == 1 || n < 2 * least) {
      kernels().map(f, x, xStart, y, yStart, n);
      return;
    }
    workers.run(
        threads,
        n,
        STRIP,
        least,
        (from, to) -> kernels().map(f, x, xStart + from, y, yStart + from, to - from));
  }

  /// See [Kernels#gate].
  public void gate(float[] g, int gStart, float[] x, int xStart, float[] z, int zStart, int n) {
    if (threads == 1 || n < 2 * SHARED_CHEAP) {
      kernels().gate(g, gStart, x, xStart, z, zStart, n);
      return;
    }
    workers.run(
        threads,
        n,
        STRIP,
        SHARED_CHEAP,
        (from, to) ->
            kernels().gate(g, gStart + from, x, xStart + from, z, zStart + from, to - from));
  }

  /// See [Kernels#withoutNegligible].
  public void withoutNegligible(float[] x, int xStart, float[] y, int yStart, int n) {
    if (threads == 1 || n < 2 * SHARED_CHEAP) {
      kernels().withoutNegligible(x, xStart, y, yStart, n);
      return;
    }
    workers.run(
        threads,
        n,
        STRIP,
        SHARED_CHEAP,
        (from, to) -> kernels().withoutNegligible(x, xStart + from, y, yStart + from, to - from));
  }

  /// See [Kernels#zip].
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
    if (threads == 1 || n < 2 * SHARED_CHEAP) {
      kernels().zip(f, x, xStart, xStep, y, yStart, yStep, z, zStart, n);
      return;
    }
    workers.run(
        threads,
        n,
        STRIP,
        SHARED_CHEAP,
        (from, to) ->
            kernels()
                .zip(
                    f,
                    x,
                    xStart + from * xStep,
                    xStep,
                    y,
                    yStart + from * yStep,
                    yStep,
                    z,
                    zStart + from,
                    to - from));
  }

  /// See [Kernels#sum].
  public float sum(float[] x, int xStart, int n) {
    if (threads == 1 || n < 2 * SHARED_CHEAP) {
      return kernels().sum(x, xStart, n);
    }
    int blocks = (n + ScalarKernels.BLOCK - 1) / ScalarKernels.BLOCK;
    float[] partial = Partials.floats(blocks);
    workers.run(
        threads,
        n,
        ScalarKernels.BLOCK,
        SHARED_CHEAP,
        (from, to) -> {
          for (int i = from; i < to; i += ScalarKernels.BLOCK) {
            partial[i / ScalarKernels.BLOCK] =
                kernels().sum(x, xStart + i, Math.min(ScalarKernels.BLOCK, to - i));
          }
        });
    double total = 0;
    for (int i = 0; i < blocks; i++) {
      total += partial[i];
    }
    return (float) total;
  }

  /// See [Kernels#max].
  public float max(float[] x, int xStart, int n) {
    if (threads == 1 || n < 2 * SHARED_CHEAP) {
      return kernels().max(x, xStart, n);
    }
    int blocks = (n + ScalarKernels.BLOCK - 1) / ScalarKernels.BLOCK;
    float[] partial = Partials.floats(blocks);
    workers.run(
        threads,
        n,
        ScalarKernels.BLOCK,
        SHARED_CHEAP,
        (from, to) -> {
          for (int i = from; i < to; i += ScalarKernels.BLOCK) {
            partial[i / ScalarKernels.BLOCK] =
                kernels().max(x, xStart + i, Math.min(ScalarKernels.BLOCK, to - i));
          }
        });
    return kernels().max(partial, 0, blocks);
  }

  /// y(j) = y(j) + x(0, j) + x(1, j) + … for each column: up to 4,096 rows as [Kernels#columnSums]
  /// adds them; of more, each 256 rows so, from +0, and those sums in order, in double.
  public void columnSums(
      int rows, int columns, float[] x, int xStart, int xStride, float[] y, int yStart) {
    if (rows > ColumnSums.CHAIN) {
      ColumnSums.add(this, rows, columns, x, xStart, xStride, y, yStart);
      return;
    }
    if (threads == 1 || (long) rows * columns < 2 * SHARED_CHEAP || columns < 2 * STRIP) {
      kernels().columnSums(rows, columns, x, xStart, xStride, y, yStart);
      return;
    }
    workers.run(
        threads,
        columns,
        STRIP,
        STRIP,
        (from, to) ->
            kernels().columnSums(rows, to - from, x, xStart + from, xStride, y, yStart + from));
  }

  /// See [Kernels#softmaxRows].
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
    if (threads == 1 || (long) rows * columns < 2 * SHARED_COSTLY) {
      kernels()
          .softmaxRows(
              rows, columns, x, xStart, xStride, y, yStart, yStride, normalizers, normalizersStart);
      return;
    }
    workers.run(
        threads,
        rows,
        1,
        Math.ceilDiv(SHARED_COSTLY, columns),
        (from, to) ->
            kernels()
                .softmaxRows(
                    to - from,
                    columns,
                    x,
                    xStart + from * xStride,
                    xStride,
                    y,
                    yStart + from * yStride,
                    yStride,
                    normalizers,
                    normalizersStart + 2 * from));
  }

  /// See [Kernels#fillRows].
  public void fillRows(
      int rows, int columns, float[] row, int rowStart, float[] y, int yStart, int yStride) {
    if (threads == 1 || (long) rows * columns < 2 * SHARED_CHEAP) {
      kernels().fillRows(rows, columns, row, rowStart, y, yStart, yStride);
      return;
    }
    workers.run(
        threads,
        rows,
        1,
        Math.ceilDiv(SHARED_CHEAP, columns),
        (from, to) ->
            kernels()
                .fillRows(to - from, columns, row, rowStart, y, yStart + from * yStride, yStride));
  }

  /// y(j, i) = x(i, j) for a dense x of `rows` × `columns` and a dense y; the arrays must not
  /// overlap.
  public void transpose(int rows, int columns, float[] x, int xStart, float[] y, int yStart) {
    if (threads == 1 || (long) rows * columns < 2 * SHARED_CHEAP) {
      kernels().transpose(rows, columns, x, xStart, columns, y, yStart, rows);
      return;
    }
    workers.run(
        threads,
        columns,
        16,
        Math.ceilDiv(SHARED_CHEAP, rows),
        (from, to) ->
            kernels()
                .transpose(
                    rows, to - from, x, xStart + from, columns, y, yStart + from * rows, rows));
  }

  /// See [Kernels#matmul], in double.
  public void matmul(
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
    if (threads == 1 || (long) m * n * k < SHARED_PRODUCT) {
      DoubleKernels.matmul(
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
    } else if (byColumns(transposeB, m, n, k)) {
      int bStep = transposeB ? bStride : 1;
      workers.run(
          threads,
          n,
          STRIP,
          STRIP,
          (from, to) ->
              DoubleKernels.matmul(
                  transposeA,
                  transposeB,
                  m,
                  to - from,
                  k,
                  a,
                  aStart,
                  aStride,
                  b,
                  bStart + from * bStep,
                  bStride,
                  c,
                  cStart + from,
                  cStride,
                  accumulate));
    } else {
      int aStep = transposeA ? 1 : aStride;
      workers.run(
          threads,
          m,
          4,
          4,
          (from, to) ->
              DoubleKernels.matmul(
                  transposeA,
                  transposeB,
                  to - from,
                  n,
                  k,
                  a,
                  aStart + from * aStep,
                  aStride,
                  b,
                  bStart,
                  bStride,
                  c,
                  cStart + from * cStride,
                  cStride,
                  accumulate));
    }
  }

  /// See [Kernels#map], in double.
  public void map(UnaryFunction f, double[] x, int xStart, double[] y, int yStart, int n) {
    int least = f.isCostly() ? SHARED_COSTLY : SHARED_CHEAP;
    if (threads == 1 || n < 2 * least) {
      DoubleKernels.map(f, x, xStart, y, yStart, n);
      return;
    }
    workers.run(
        threads,
        n,
        STRIP,
        least,
        (from, to) -> DoubleKernels.map(f, x, xStart + from, y, yStart + from, to - from));
  }

  /// See [Kernels#gate], in double.
  public void gate(double[] g, int gStart, double[] x, int xStart, double[] z, int zStart, int n) {
    if (threads == 1 || n < 2 * SHARED_CHEAP) {
      DoubleKernels.gate(g, gStart, x, xStart, z, zStart, n);
      return;
    }
    workers.run(
        threads,
        n,
        STRIP,
        SHARED_CHEAP,
        (from, to) ->
            DoubleKernels.gate(g, gStart + from, x, xStart + from, z, zStart + from, to - from));
  }

  /// See [Kernels#zip], in double.
  public void zip(
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
    if (threads == 1 || n < 2 * SHARED_CHEAP) {
      DoubleKernels.zip(f, x, xStart, xStep, y, yStart, yStep, z, zStart, n);
      return;
    }
    workers.run(
        threads,
        n,
        STRIP,
        SHARED_CHEAP,
        (from, to) ->
            DoubleKernels.zip(
                f,
                x,
                xStart + from * xStep,
                xStep,
                y,
                yStart + from * yStep,
                yStep,
                z,
                zStart + from,
                to - from));
  }

  /// See [Kernels#sum], in double.
  public double sum(double[] x, int xStart, int n) {
    if (threads == 1 || n < 2 * SHARED_CHEAP) {
      return DoubleKernels.sum(x, xStart, n);
    }
    int blocks = (n + ScalarKernels.BLOCK - 1) / ScalarKernels.BLOCK;
    double[] partial = Partials.doubles(blocks);
    workers.run(
        threads,
        n,
        ScalarKernels.BLOCK,
        SHARED_CHEAP,
        (from, to) -> {
          for (int i = from; i < to; i += ScalarKernels.BLOCK) {
            partial[i / ScalarKernels.BLOCK] =
                DoubleKernels.sum(x, xStart + i, Math.min(ScalarKernels.BLOCK, to - i));
          }
        });
    double total = 0;
    for (int i = 0; i < blocks; i++) {
      total += partial[i];
    }
    return total;
  }

  /// See [Kernels#max], in double.
  public double max(double[] x, int xStart, int n) {
    if (threads == 1 || n < 2 * SHARED_CHEAP) {
      return DoubleKernels.max(x, xStart, n);
    }
    int blocks = (n + ScalarKernels.BLOCK - 1) / ScalarKernels.BLOCK;
    double[] partial = Partials.doubles(blocks);
    workers.run(
        threads,
        n,
        ScalarKernels.BLOCK,
        SHARED_CHEAP,
        (from, to) -> {
          for (int i = from; i < to; i += ScalarKernels.BLOCK) {
            partial[i / ScalarKernels.BLOCK] =
                DoubleKernels.max(x, xStart + i, Math.min(ScalarKernels.BLOCK, to - i));
          }
        });
    return DoubleKernels.max(partial, 0, blocks);
  }

  /// See [Kernels#columnSums], in double.
  public void columnSums(
      int rows, int columns, double[] x, int xStart, int xStride, double[] y, int yStart) {
    if (threads == 1 || (long) rows * columns < 2 * SHARED_CHEAP || columns < 2 * STRIP) {
      DoubleKernels.columnSums(rows, columns, x, xStart, xStride, y, yStart);
      return;
    }
    workers.run(
        threads,
        columns,
        STRIP,
        STRIP,
        (from, to) ->
            DoubleKernels.columnSums(rows, to - from, x, xStart + from, xStride, y, yStart + from));
  }

  /// See [Kernels#softmaxRows], in double.
  public void softmaxRows(
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
    if (threads == 1 || (long) rows * columns < 2 * SHARED_COSTLY) {
      DoubleKernels.softmaxRows(
          rows, columns, x, xStart, xStride, y, yStart, yStride, normalizers, normalizersStart);
      return;
    }
    workers.run(
        threads,
        rows,
        1,
        Math.ceilDiv(SHARED_COSTLY, columns),
        (from, to) ->
            DoubleKernels.softmaxRows(
                to - from,
                columns,
                x,
                xStart + from * xStride,
                xStride,
                y,
                yStart + from * yStride,
                yStride,
                normalizers,
                normalizersStart + 2 * from));
  }

  /// See [Kernels#fillRows], in double.
  public void fillRows(
      int rows, int columns, double[] row, int rowStart, double[] y, int yStart, int yStride) {
    if (threads == 1 || (long) rows * columns < 2 * SHARED_CHEAP) {
      DoubleKernels.fillRows(rows, columns, row, rowStart, y, yStart, yStride);
      return;
    }
    workers.run(
        threads,
        rows,
        1,
        Math.ceilDiv(SHARED_CHEAP, columns),
        (from, to) ->
            DoubleKernels.fillRows(
                to - from, columns, row, rowStart, y, yStart + from * yStride, yStride));
  }

  /// y(j, i) = x(i, j) for a dense x of `rows` × `columns` and a dense y; the arrays must not
  /// overlap.
  public void transpose(int rows, int columns, double[] x, int xStart, double[] y, int yStart) {
    if (threads == 1 || (long) rows * columns < 2 * SHARED_CHEAP) {
      DoubleKernels.transpose(rows, columns, x, xStart, columns, y, yStart, rows);
      return;
    }
    workers.run(
        threads,
        columns,
        16,
        Math.ceilDiv(SHARED_CHEAP, rows),
        (from, to) ->
            DoubleKernels.transpose(
                rows, to - from, x, xStart + from, columns, y, yStart + from * rows, rows));
  }

  /// See [Kernels#areModerate].
  public boolean areModerate(float[] x, int xStart, int n) {
    Kernels chosen = kernelsFor(n);
    if (threads == 1 || n < 2 * SHARED_CHEAP) {
      return chosen.areModerate(x, xStart, n);
    }
    return looked(new Look(chosen, x, xStart), n);
  }

  /// See [Kernels#areModerate], in double.
  public boolean areModerate(double[] x, int xStart, int n) {
    return (threads == 1 || n < 2 * SHARED_CHEAP)
        ? DoubleKernels.areModerate(x, xStart, n)
        : looked(new Look(ScalarKernels.INSTANCE, x, xStart), n);
  }

  private boolean looked(Look look, int n) {
    workers.run(threads, n, STRIP, SHARED_CHEAP, look);
    return !look.bad;
  }

  /// Looks for what is not finite; no lambda, as [Pieces].
  private static final class Look implements RangeTask {
    private final Kernels kernels;
    private final Object array;
    private final int start;

    /// Only ever set to true, and read when all are done.
    boolean bad;

    Look(Kernels kernels, Object array, int start) {
      this.kernels = kernels;
      this.array = array;
      this.start = start;
    }

    @Override
    public void run(int from, int to) {
      int n = to - from;
      if (!(array instanceof float[] x
          ? kernels.areModerate(x, start + from, n)
          : DoubleKernels.areModerate((double[]) array, start + from, n))) {
        bad = true;
      }
    }
  }

  /// The scratch of one thread for results per block: arrays, since a thread that outlives this
  /// class would keep it by an object of a class of its own.
  private static final class Partials {
    private static final ThreadLocal<float[]> FLOATS = ThreadLocal.withInitial(() -> new float[64]);
    private static final ThreadLocal<double[]> DOUBLES =
        ThreadLocal.withInitial(() -> new double[64]);

    static float[] floats(int n) {
      float[] known = FLOATS.get();
      if (known.length < n) {
        known = new float[Math.max(n, 2 * known.length)];
        FLOATS.set(known);
      }
      return known;
    }

    static double[] doubles(int n) {
      double[] known = DOUBLES.get();
      if (known.length < n) {
        known = new double[Math.max(n, 2 * known.length)];
        DOUBLES.set(known);
      }
      return known;
    }
  }

  /// Holds the standard engine once somebody asks for it.
  private static final class Standard {
    static final Engine ENGINE = new Engine(null, Runtime.getRuntime().availableProcessors());

    /// Chooses its kernels.
    static synchronized Kernels kernels() {
      Kernels known = ENGINE.kernels;
      if (known != null) {
        return known;
      }
      String name = System.getProperty("thalweg.provider", "");
      if (name.isBlank()) {
        String variable = System.getenv("THALWEG_PROVIDER");
        name = variable == null ? "" : variable;
      }
      Providers.Choice choice = Providers.choose(name.isBlank() ? Providers.AUTO : name);
      if (choice.kernels.vectorBits() == 0) {
        Logger logger = System.getLogger("dev.thalweg.kernels");
        logger.log(Level.INFO, "scalar kernels: " + choice.reason);
      }
      ENGINE.kernels = choice.kernels;
      return choice.kernels;
    }
  }
}

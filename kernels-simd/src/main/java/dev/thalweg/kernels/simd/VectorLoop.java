package dev.thalweg.kernels.simd;

import dev.thalweg.kernels.loop.FusedLoop;
import dev.thalweg.kernels.loop.LoopNode;
import dev.thalweg.kernels.loop.LoopProgram;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A loop that is vector code where that is faster: over short stretches, of which the JIT does a
/// quarter number by number, and over long ones where it makes no vectors of the loop, or poor
/// ones.
///
/// As with the kernels ([WarmUp]) the plain loop serves until it has done so much that vector code
/// is worth compiling, and a thread of its own has had it compiled. Then both are timed once over a
/// long stretch.
final class VectorLoop implements FusedLoop {
  /// Numbers, and [#CALL] a call, that the plain loop computes before: some 0.1 s.
  static final long WORTH_COMPILING = 200_000_000;

  private static final int CALL = 200;

  /// Numbers of a stretch that is short.
  private static final int SHORT = 1024;

  /// Numbers of the one on which both are timed.
  private static final int LONG = 4096;

  private static final int L = Width.LANES;

  private static final int CALLS = 20;
  private static final int ROUNDS = 60;
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private final FusedLoop plain;
  private final Supplier<LoopProgram> program;
  private final AtomicBoolean asked = new AtomicBoolean();

  /// What the plain loop has done; threads that miss a part of each other's do no harm.
  private long done;

  private volatile @Nullable Code code;

  /// Vector code: the loop where no scalar that something is chosen by is other than 0, and the one
  /// where all of them are.
  private static final class Code {
    private final int[] conditions;
    private final Timed none;
    private final Timed all;

    Code(int[] conditions, Timed none, Timed all) {
      this.conditions = conditions;
      this.none = none;
      this.all = all;
    }

    @Nullable Timed of(float[] scalars) {
      int others = 0;
      for (int i : conditions) {
        others += scalars[i] != 0 ? 1 : 0;
      }
      return others == 0 ? none : others == conditions.length ? all : null;
    }
  }

  /// @param always whether it is faster over long stretches, too
  private record Timed(FusedLoop loop, boolean always) {}

  VectorLoop(FusedLoop plain, Supplier<LoopProgram> program) {
    this.plain = plain;
    this.program = program;
  }

  /// The loop with vector code from the first call on, of all lengths.
  static FusedLoop eager(FusedLoop plain, Supplier<LoopProgram> program) {
    var loop = new VectorLoop(plain, program);
    loop.make(true);
    return loop;
  }

  /// Whether there is vector code by now.
  boolean isReady() {
    return code != null;
  }

  @Override
  public void run(float[][] arrays, float[] scalars, int from, int to) {
    Code known = code;
    Timed fast = known == null ? null : known.of(scalars);
    int whole = from + (to - from) / L * L;
    if (fast == null || from == whole || (to - from > SHORT && !fast.always)) {
      plain.run(arrays, scalars, from, to);
      if (known == null) {
        count(to - from);
      }
      return;
    }
    fast.loop.run(arrays, scalars, from, whole);
    if (whole < to) {
      plain.run(arrays, scalars, whole, to);
    }
  }

  @Override
  public void run(double[][] arrays, double[] scalars, int from, int to) {
    plain.run(arrays, scalars, from, to);
  }

  private void count(int numbers) {
    done += numbers + CALL;
    if (done > WORTH_COMPILING && asked.compareAndSet(false, true)) {
      Thread thread =
          new Thread(
              () -> WarmUp.untilClassesAreGone(() -> make(false)), "thalweg-warm-up-of-a-loop");
      thread.setDaemon(true);
      try {
        thread.start();
      } catch (OutOfMemoryError noMoreThreads) {
        // the plain loop goes on
      }
    }
  }

  /// @param eager whether to use it before it is compiled
  private void make(boolean eager) {
    LoopProgram of = program.get();
    if (!VectorLoopClass.fits(of)) {
      return;
    }
    var form = new VectorLoopClass(of, false);
    FusedLoop none = defined(form);
    int[] conditions = form.conditions().stream().mapToInt(Integer::intValue).toArray();
    FusedLoop all = conditions.length == 0 ? none : defined(new VectorLoopClass(of, true));
    if (none == null || all == null) {
      return;
    }
    if (eager) {
      code = new Code(conditions, new Timed(none, true), new Timed(all, true));
      return;
    }
    var trial = new Trial(of);
    Timed one = trial.warmed(none, plain);
    for (int condition : conditions) {
      trial.scalars[condition] = 1;
    }
    Timed other = conditions.length == 0 ? one : trial.warmed(all, plain);
    if (one != null && other != null) {
      code = new Code(conditions, one, other);
    }
  }

  private static @Nullable FusedLoop defined(VectorLoopClass form) {
    try {
      return (FusedLoop)
          MethodHandles.lookup()
              .defineHiddenClass(form.bytes(), true)
              .lookupClass()
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return null; // no classes can be made here
    }
  }

  /// Arrays to try loops on.
  private static final class Trial {
    final float[] scalars;
    private final float[][] arrays;
    private final long limit;

    Trial(LoopProgram program) {
      arrays = new float[program.arrays()][LONG];
      scalars = new float[program.scalars()];
      var seen = new IdentityHashMap<LoopNode, Boolean>();
      long one = 0;
      for (LoopProgram.Store store : program.stores()) {
        one += 4 + limit(store.value(), seen);
      }
      limit = one * (SHORT / L);
    }

    /// What a vector may cost in code that counts as compiled, in ns: where vectors are objects,
    /// most operations cost more.
    private static long limit(LoopNode node, IdentityHashMap<LoopNode, Boolean> seen) {
      if (seen.putIfAbsent(node, true) != null) {
        return 0;
      }
      long sum =
          switch (node.operation()) {
            case SCALAR, CONSTANT -> 0;
            case DIVIDE, SQRT -> 12;
            default -> 4;
          };
      for (LoopNode input : node.inputs()) {
        sum += limit(input, seen);
      }
      return sum;
    }

    /// Runs a loop until it is compiled; null if it never is.
    @Nullable Timed warmed(FusedLoop vectors, FusedLoop plain) {
      long begin = System.nanoTime();
      long now = begin;
      for (int round = 1; now - begin < PATIENCE_NANOS; round++) {
        if (nanos(vectors, SHORT) <= limit) {
          return new Timed(vectors, 8 * nanos(vectors, LONG) < 7 * nanos(plain, LONG));
        }
        if (round > ROUNDS) {
          LockSupport.parkNanos(System.nanoTime() - now);
        }
        now = System.nanoTime();
      }
      return null;
    }

    /// What a call takes, the fastest of some: others may have been interrupted.
    private long nanos(FusedLoop loop, int numbers) {
      long least = Long.MAX_VALUE;
      for (int i = 0; i < CALLS; i++) {
        for (float[] array : arrays) {
          Arrays.fill(array, 1);
        }
        long start = System.nanoTime();
        loop.run(arrays, scalars, 0, numbers);
        least = Math.min(least, System.nanoTime() - start);
      }
      return least;
    }
  }
}

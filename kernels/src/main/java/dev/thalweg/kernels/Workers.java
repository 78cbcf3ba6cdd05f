package dev.thalweg.kernels;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Threads that help a caller with the slices of one task at a time.
///
/// The caller publishes a task by writing the state: the number of the task, how many slices it has
/// and how many of them are taken. Whoever advances the last figure owns that slice; a task is over
/// only when all its slices are done, so that a slice's owner may read the plain fields. The caller
/// takes slices too, all of them where no helper shows up: helpers only ever add speed, and where
/// the system has no thread to give there are fewer. They are daemons, begin with the first task,
/// spin for a short time, then yield, then park, and end when idle.
final class Workers {
  private static final long SPIN_NANOS = 30_000;
  private static final long YIELD_NANOS = 300_000;
  private static final long IDLE_NANOS = 200_000_000;
  private static final long WAIT_NANOS = 100_000;
  private static final int SPINS = 64;

  /// Slices that the state has room for.
  private static final int MOST_SLICES = 1 << 15;

  /// Longs between two words: 128 bytes, as caches fetch lines in pairs.
  private static final int APART = 16;

  /// Index of the state. Bits 63…32: number of the task; 31…16: its slices; 15…0: slices taken.
  private static final int STATE = APART;

  /// Index of how many slices are not done.
  private static final int UNFINISHED = 2 * APART;

  /// Index of whether a caller has the workers: 1 or 0.
  private static final int BUSY = 3 * APART;

  private final Engine engine;
  private final boolean spin;

  /// What several threads write, each word in cache lines of its own: a line that one thread spins
  /// on costs the other some hundred nanoseconds for every write.
  private final AtomicLongArray words = new AtomicLongArray(4 * APART);

  private final AtomicReferenceArray<@Nullable Worker> helpers;
  private volatile boolean callerParked;

  private final int threads;

  /// How many helpers can be had.
  private volatile int limit;

  private final Consumer<Thread> starter;

  // of the current task; written before state, read by the owners of its slices
  private @Nullable RangeTask task;
  private @Nullable Thread caller;
  private int count;
  private int unit;
  private int slices;
  private @Nullable Throwable failure;

  /// @param asked how many threads there may be; far more than there are cores would wait for each
  ///   other and nothing else, so there are fewer
  Workers(Engine engine, int asked) {
    this(engine, asked, Thread::start);
  }

  /// @param starter what starts a thread, or has no more of them
  Workers(Engine engine, int asked, Consumer<Thread> starter) {
    this.engine = engine;
    this.starter = starter;
    threads = Math.min(asked, Math.max(64, 4 * Runtime.getRuntime().availableProcessors()));
    spin = threads <= Runtime.getRuntime().availableProcessors();
    helpers = new AtomicReferenceArray<>(Math.max(1, threads - 1));
    limit = threads - 1;
  }

  /// The engine whose worker the current thread is, if any.
  static @Nullable Engine engineOfCurrentThread() {
    return Thread.currentThread() instanceof Worker helper ? helper.engine() : null;
  }

  /// Ends the helpers that have nothing to do.
  void rest() {
    for (int i = 0; i < helpers.length(); i++) {
      Worker helper = helpers.get(i);
      if (helper != null) {
        helper.leaving = true;
        LockSupport.unpark(helper);
      }
    }
  }

  /// Runs the task over 0 … count − 1 in at most `most` slices, which may be more than there are
  /// threads, that begin at multiples of `unit` and have at least `least` indices, or here in one
  /// go where that makes one slice, where the workers are busy, or where the current thread is such
  /// a worker.
  void run(int most, int count, int unit, int least, RangeTask task) {
    int possible = (int) Math.min(Math.min(most, MOST_SLICES), count / (long) Math.max(1, least));
    int units = (int) ((count + (long) unit - 1) / unit);
    int n = Math.min(possible, units);
    if (n <= 1
        || threads == 1
        || Thread.currentThread() instanceof Worker
        || words.getPlain(BUSY) != 0
        || !words.compareAndSet(BUSY, 0, 1)) {
      if (count > 0) {
        task.run(0, count);
      }
      return;
    }
    Throwable thrown;
    try {
      thrown = runShared(count, unit, n, task);
    } finally {
      words.setRelease(BUSY, 0);
    }
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
  }

  private @Nullable Throwable runShared(int count, int unit, int n, RangeTask task) {
    this.task = task;
    this.caller = Thread.currentThread();
    this.count = count;
    this.unit = unit;
    this.slices = n;
    failure = null;
    words.setPlain(UNFINISHED, n);
    long number = (words.get(STATE) >>> 32) + 1;
    long mine = (number << 32) | ((long) n << 16) | 1;
    words.set(STATE, mine);
    wakeHelpers(n - 1);
    slice(0);
    for (int s = take(); s >= 0; s = take()) {
      slice(s);
    }
    awaitOthers();
    Throwable thrown = failure;
    this.task = null;
    this.caller = null;
    failure = null;
    return thrown;
  }

  /// The next slice of the current task, now the caller's own, or −1.
  private int take() {
    while (true) {
      long s = words.get(STATE);
      int taken = (int) s & 0xffff;
      if (taken >= ((int) s >>> 16)) {
        return -1;
      }
      if (words.compareAndSet(STATE, s, s + 1)) {
        return taken;
      }
    }
  }

  private boolean workWaits() {
    long s = words.get(STATE);
    return ((int) s & 0xffff) < ((int) s >>> 16);
  }

  private void slice(int s) {
    try {
      int units = (int) ((count + (long) unit - 1) / unit);
      long from = (long) units * s / slices * unit;
      long to = Math.min(count, (long) units * (s + 1) / slices * unit);
      RangeTask current = task;
      if (current != null && from < to) {
        current.run((int) from, (int) to);
      }
    } catch (Throwable t) {
      synchronized (this) {
        if (failure == null) {
          failure = t;
        }
      }
    } finally {
      Thread waiting = caller;
      if (words.decrementAndGet(UNFINISHED) == 0 && callerParked) {
        LockSupport.unpark(waiting);
      }
    }
  }

  private void awaitOthers() {
    if (words.get(UNFINISHED) == 0) {
      return;
    }
    long start = System.nanoTime();
    while (true) {
      for (int i = 0; i < SPINS; i++) {
        if (words.get(UNFINISHED) == 0) {
          return;
        }
        if (spin) {
          Thread.onSpinWait();
        }
      }
      long waited = System.nanoTime() - start;
      if (waited < SPIN_NANOS && spin) {
        continue;
      }
      if (waited < YIELD_NANOS) {
        giveWay();
        continue;
      }
      callerParked = true;
      if (words.get(UNFINISHED) != 0) {
        LockSupport.parkNanos(this, WAIT_NANOS);
      }
      callerParked = false;
    }
  }

  /// Lets another thread have the core, where one wants it: a matter of speed only.
  @SuppressWarnings("ThreadPriorityCheck")
  private static void giveWay() {
    Thread.yield();
  }

  private void wakeHelpers(int wanted) {
    for (int i = 0; i < Math.min(wanted, limit); i++) {
      Worker helper = helpers.get(i);
      if (helper == null) {
        start(i);
      } else if (helper.parked) {
        LockSupport.unpark(helper);
      }
    }
  }

  private synchronized void start(int i) {
    Worker helper = new Worker(i);
    helpers.set(i, helper);
    try {
      starter.accept(helper);
    } catch (OutOfMemoryError e) { // no thread to be had, which says nothing of the heap
      helpers.set(i, null);
      limit = i;
    }
  }

  private synchronized void leave(Worker helper) {
    helpers.compareAndSet(helper.index, helper, null);
  }

  /// A worker thread.
  private final class Worker extends Thread {
    final int index;
    volatile boolean parked;
    volatile boolean leaving;

    Worker(int index) {
      super(null, null, "thalweg-" + (index + 1), 0, false);
      this.index = index;
      setDaemon(true);
    }

    Engine engine() {
      return engine;
    }

    @Override
    public void run() {
      long idleSince = System.nanoTime();
      while (true) {
        int s = take();
        if (s >= 0) {
          slice(s);
          idleSince = System.nanoTime();
          continue;
        }
        long idle = System.nanoTime() - idleSince;
        if (leaving) {
          leave(this);
          return;
        }
        if (idle < SPIN_NANOS && spin) {
          for (int i = 0; i < SPINS && !workWaits(); i++) {
            Thread.onSpinWait();
          }
        } else if (idle < YIELD_NANOS) {
          giveWay();
        } else if (idle < IDLE_NANOS) {
          parked = true;
          if (!workWaits() && !leaving) {
            LockSupport.parkNanos(Workers.this, IDLE_NANOS);
          }
          parked = false;
        } else {
          leaving = true;
        }
      }
    }
  }
}

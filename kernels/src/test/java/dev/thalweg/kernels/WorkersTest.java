package dev.thalweg.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private static final long PATIENCE_MILLIS = 60_000;

  private final Set<Thread> seen = ConcurrentHashMap.newKeySet();

  /// A task that only ends when so many threads are at it.
  private RangeTask by(int threads) {
    CountDownLatch all = new CountDownLatch(threads);
    return (from, to) -> {
      seen.add(Thread.currentThread());
      all.countDown();
      try {
        all.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    };
  }

  @Test
  void restEndsWhoeverWaitsAndWorkBringsOthers() throws InterruptedException {
    Engine engine = Engine.of("scalar", 3);
    for (int round = 0; round < 2; round++) {
      seen.clear();
      engine.parallel(3, 1, by(3));
      seen.remove(Thread.currentThread());
      assertThat(seen).hasSize(2);
      engine.rest();
      for (Thread thread : seen) {
        thread.join(PATIENCE_MILLIS);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  @Test
  void anEngineOfFewerThreadsHasThoseOfTheOther() {
    Engine all = Engine.of("scalar", 4);
    all.parallel(4, 1, by(4));
    Engine fewer = all.withAtMost(2);
    assertThat(fewer.threads()).isEqualTo(2);
    assertThat(all.withAtMost(9)).isSameAs(all);
    AtomicInteger slices = new AtomicInteger();
    Set<Thread> known = Set.copyOf(seen);
    seen.clear();
    fewer.parallel(
        2,
        1,
        (from, to) -> {
          slices.incrementAndGet();
          seen.add(Thread.currentThread());
        });
    assertThat(slices).hasValue(2);
    assertThat(known).containsAll(seen);
    all.rest();
  }

  @Test
  void whereThereAreNoMoreThreadsTheOthersDoTheWork() {
    AtomicInteger asked = new AtomicInteger();
    Consumer<Thread> starter =
        thread -> {
          if (asked.incrementAndGet() == 2) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          thread.start();
        };
    Engine engine = Engine.of("scalar", 5);
    Workers workers = new Workers(engine, 5, starter);
    AtomicInteger done = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      workers.run(5, 100, 1, 1, (from, to) -> done.addAndGet(to - from));
    }
    assertThat(done).hasValue(300);
    assertThat(asked).hasValue(2);
    workers.rest();
  }
}

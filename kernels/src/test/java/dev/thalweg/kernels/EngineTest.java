package dev.thalweg.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 16})
  void everyIndexIsDoneOnceInPiecesThatDoNotDependOnTheThreads(int threads) {
    Engine engine = Engine.of("scalar", threads);
    for (int count : new int[] {0, 1, 9, 10, 11, 95, 1000}) {
      AtomicIntegerArray done = new AtomicIntegerArray(count);
      TreeMap<Integer, Integer> pieces = new TreeMap<>();
      engine.parallel(
          count,
          10,
          (from, to) -> {
            synchronized (pieces) {
              pieces.put(from, to);
            }
            for (int i = from; i < to; i++) {
              done.incrementAndGet(i);
            }
          });
      for (int i = 0; i < count; i++) {
        assertThat(done.get(i)).isEqualTo(1);
      }
      assertThat(pieces).hasSize((count + 9) / 10);
      pieces.forEach((from, to) -> assertThat(to).isEqualTo(Math.min(count, from + 10)));
    }
  }

  @Test
  void aThousandTasksInARowAllFinish() {
    Engine engine = Engine.of("scalar", 4);
    AtomicInteger total = new AtomicInteger();
    for (int i = 0; i < 1000; i++) {
      engine.parallel(8, 1, (from, to) -> total.addAndGet(to - from));
    }
    assertThat(total).hasValue(8000);
  }

  @Test
  void whatATaskThrowsReachesTheCallerAndTheEngineStaysUsable() {
    Engine engine = Engine.of("scalar", 3);
    for (int bad : new int[] {0, 5, 8}) {
      assertThatThrownBy(() ->
              engine.parallel(
                  9,
                  1,
                  (from, to) -> {
                    if (from == bad) {
                      throw new IllegalStateException("piece " + bad);
                    }
                  }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("piece " + bad);
    }
    AtomicInteger total = new AtomicInteger();
    engine.parallel(9, 1, (from, to) -> total.addAndGet(to - from));
    assertThat(total).hasValue(9);
  }

  @Test
  void callsFromInsideATaskRunWhereTheyAre() {
    Engine engine = Engine.of("scalar", 2);
    AtomicInteger total = new AtomicInteger();
    engine.parallel(
        4,
        1,
        (from, to) -> {
          Thread outer = Thread.currentThread();
          engine.parallel(
              10,
              1,
              (f, t) -> {
                assertThat(Thread.currentThread()).isSameAs(outer);
                total.addAndGet(t - f);
              });
        });
    assertThat(total).hasValue(40);
  }

  @Test
  void manyCallersMayShareAnEngine() throws InterruptedException {
    Engine engine = Engine.of("scalar", 2);
    AtomicInteger total = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int c = 0; c < 4; c++) {
      callers.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < 200; i++) {
                  engine.parallel(6, 1, (from, to) -> total.addAndGet(to - from));
                }
              }));
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(total).hasValue(4 * 200 * 6);
  }

  @Test
  void theBoundEngineIsTheCurrentOneAlsoInsideItsTasks() {
    Engine engine = Engine.of("scalar", 2);
    assertThat(engine.call(Engine::current)).isSameAs(engine);
    assertThat(Engine.current()).isSameAs(Engine.standard());
    engine.run(
        () -> engine.parallel(2, 1, (from, to) -> assertThat(Engine.current()).isSameAs(engine)));
  }

  @Test
  void wrongRequestsSayWhatIsWrong() {
    assertThatThrownBy(() -> Engine.of("smid", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown provider 'smid' (did you mean 'simd'?); known: auto, scalar, simd");
    assertThatThrownBy(() -> Engine.of("auto", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads: expected 1 or more, found 0");
    Engine engine = Engine.of("scalar", 1);
    assertThatThrownBy(() -> engine.parallel(3, 0, (from, to) -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withoutTheVectorModuleSimdIsRefusedWithTheReason() {
    assertThatThrownBy(() -> Engine.of("simd", 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("thalweg-kernels-simd is not on the class path");
  }
}

package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.Engine;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class PaceTest {
  private long now;

  /// Goes on for so many milliseconds in steps that take as many nanoseconds as the threads say;
  /// how many of them ran on each number of threads.
  private int[] go(Pace pace, int millis, IntToLongFunction nanos) {
    int[] steps = new int[9];
    for (long end = now + millis * 1_000_000L; now < end; ) {
      int threads = pace.engine().threads();
      steps[threads]++;
      now += nanos.applyAsLong(threads);
      pace.stepEnded(now);
    }
    return steps;
  }

  private static Pace pace(int threads) {
    return new Pace(Engine.of("scalar", threads), 0);
  }

  @Test
  void oneThreadIsUsedWhereTwoAreSlower() {
    Pace pace = pace(2);
    int[] steps = go(pace, 3000, threads -> threads == 2 ? 460_000 : 220_000);
    assertThat(steps[2]).isPositive();
    assertThat(steps[1]).isGreaterThan(15 * steps[2]);
    steps = go(pace, 3000, threads -> threads == 2 ? 460_000 : 220_000);
    assertThat(steps[2]).isPositive();
    assertThat(steps[1]).isGreaterThan(40 * steps[2]);
  }

  @Test
  void allThreadsAreUsedAtFirstAndWhereTheyAreFastest() {
    Pace pace = pace(4);
    assertThat(pace.engine().threads()).isEqualTo(4);
    int[] steps = go(pace, 3000, threads -> 800_000L / threads);
    assertThat(steps[4]).isGreaterThan(40 * steps[2]);
    assertThat(steps[2]).isPositive();
    assertThat(steps[1]).isZero();
  }

  @Test
  void twoThreadsComeBackWhenTheyAreFasterAgain() {
    Pace pace = pace(2);
    go(pace, 1000, threads -> threads == 2 ? 460_000 : 220_000);
    int[] steps = go(pace, 5000, threads -> threads == 2 ? 180_000 : 220_000);
    assertThat(steps[2]).isGreaterThan(9 * steps[1]);
  }

  @Test
  void theBestOfManyIsFoundByHalvesAndDoubles() {
    Pace pace = pace(8);
    go(pace, 3000, threads -> 100_000L * (Math.abs(threads - 2) + 1));
    int[] steps = go(pace, 3000, threads -> 100_000L * (Math.abs(threads - 2) + 1));
    assertThat(steps[2]).isGreaterThan(10 * (steps[1] + steps[4]));
    assertThat(steps[8]).isZero();
  }

  @Test
  void whatIsTheSameStaysAsItIs() {
    Pace pace = pace(2);
    int[] steps = go(pace, 3000, threads -> threads == 2 ? 101_000 : 100_000);
    assertThat(steps[2]).isGreaterThan(20 * steps[1]);
  }

  @Test
  void oneOutlierDecidesNothing() {
    IntToLongFunction nanos = threads -> threads == 2 ? 180_000 : 220_000;
    Pace dry = pace(2);
    go(dry, 1000, nanos);
    assertThat(dry.engine().threads()).isEqualTo(2);
    // The window of the number in use ends with the first step of another number after it.
    long from = now;
    while (dry.engine().threads() == 2) {
      go(dry, 1, nanos);
    }
    int steps = (int) ((now - from) / 180_000);
    now = 0;
    Pace pace = pace(2);
    go(pace, 1000, nanos);
    int[] count = new int[3];
    IntToLongFunction paused =
        threads ->
            nanos.applyAsLong(threads)
                + (++count[threads] == steps - 12 && threads == 2 ? 20_000_000 : 0);
    go(pace, 300, paused);
    assertThat(count[1]).as("steps of a whole trial").isGreaterThan(40);
    assertThat(pace.engine().threads()).isEqualTo(2);
  }

  @Test
  void longStepsAreNotTriedOut() {
    Pace pace = pace(2);
    int[] steps = go(pace, 10_000, threads -> threads == 2 ? 20_000_000 : 15_000_000);
    assertThat(steps[1]).isZero();
  }

  @Test
  void trialsOfLongerStepsAreRarer() {
    Pace pace = pace(2);
    int[] steps = go(pace, 20_000, threads -> threads == 2 ? 5_000_000 : 6_000_000);
    assertThat(steps[1]).isPositive();
    assertThat(steps[2]).isGreaterThan(30 * steps[1]);
  }

  @Test
  void oneThreadIsAllThereIs() {
    Pace pace = pace(1);
    int[] steps = go(pace, 3000, threads -> 100_000);
    assertThat(steps[1]).isEqualTo(30_000);
  }

  @Test
  void theTimeOfAnInterruptionIsNoStep() {
    Pace pace = pace(2);
    int[] steps = new int[3];
    for (int i = 0; i < 20_000; i++) {
      if (i % 100 == 0) {
        pace.interrupted();
        now += 50_000_000;
      }
      int threads = pace.engine().threads();
      steps[threads]++;
      now += threads == 2 ? 100_000 : 300_000;
      pace.stepEnded(now);
    }
    assertThat(steps[2]).isGreaterThan(steps[1]);
  }
}

package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static double at(String text, long step) {
    return Schedule.parse(text).at(step);
  }

  @Test
  void aCosineIncludesItsWarmupInItsLength() {
    String text = "cosine(1e-3, warmup=100, steps=1100)";
    assertThat(at(text, 0)).isZero();
    assertThat(at(text, 50)).isCloseTo(5e-4, within(1e-18));
    assertThat(at(text, 100)).isEqualTo(1e-3);
    assertThat(at(text, 600)).isCloseTo(5e-4, within(1e-18));
    assertThat(at(text, 1100)).isZero();
    assertThat(Schedule.parse(text)).hasToString("cosine(0.001, warmup=100, steps=1100)");
  }
}

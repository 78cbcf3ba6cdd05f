package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class GoldenTest {
  static final double TOLERANCE_F32 = 1e-5;

  @TestFactory
  List<DynamicTest> everyTextFollowsItsLibrary() {
    return GoldenCase.all().stream()
        .map(golden ->
            DynamicTest.dynamicTest(
                golden.trajectory() + ": " + golden.text(), () -> check(golden)))
        .toList();
  }

  private static boolean isRefused(GoldenCase golden) {
    return golden.text().contains("gradient_accumulation_steps=")
        || golden.text().contains("accumulator_dtype=");
  }

  private static void check(GoldenCase golden) {
    if (isRefused(golden)) {
      assertThatThrownBy(golden::optimizer).hasMessageContaining(" is not supported: ");
      return;
    }
    Optimizer optimizer = golden.optimizer();
    assertThat(golden.error(optimizer, optimizer.chain(), false))
        .as("F64, %s\n%s", golden.library(), optimizer.formula())
        .isLessThanOrEqualTo(golden.tolerance());
    assertThat(golden.error(optimizer, optimizer.chain(), true))
        .as("F32, %s\n%s", golden.library(), optimizer.formula())
        .isLessThanOrEqualTo(TOLERANCE_F32);
  }

  @Test
  void everyRuleIsThere() {
    List<String> tested =
        GoldenCase.all().stream()
            .filter(golden -> !isRefused(golden))
            .map(golden -> golden.optimizer().name())
            .distinct()
            .toList();
    for (Method method : Methods.all()) {
      if (method.family() != Family.STAGE) {
        assertThat(tested).contains(method.name());
      }
    }
  }
}

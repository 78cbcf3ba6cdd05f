package dev.thalweg.formula;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which loops may take an average as it is until a square overflows.
class LimitsTest {

  /// Whether the update's scalars say something else where nothing has overflowed.
  private static boolean asks(String program, double w) {
    UpdatePlan plan = UpdatePlan.of(Program.parse(program));
    double[][] scalars = new double[2][plan.scalars().scalars(0)];
    for (int i = 0; i < 2; i++) {
      ScalarPlan.State state = plan.scalars().state(new int[] {3});
      for (int h = 0; h < plan.hyperparameters().size(); h++) {
        state.set(h, w);
      }
      state.setStep(1);
      if (i == 0) {
        state.setOverflowed(false);
      }
      state.compute(0);
      state.scalars(0, 0, scalars[i]);
    }
    int different = 0;
    for (int i = 0; i < scalars[0].length; i++) {
      if (scalars[0][i] != scalars[1][i]) {
        different++;
        if (scalars[0][i] != 0) {
          return false; // bounded all the same
        }
      }
    }
    assertThat(different).as(Arrays.deepToString(scalars)).isLessThan(2);
    return different == 1;
  }

  @ParameterizedTest
  @CsvSource({
    "'v = lerp(v, g^2, w); p -= g / sqrt(v)', 0.5, true",
    "'v = v + (g * g - v) * w; p -= g / sqrt(v)', 0.5, true",
    "'v = lerp(v, g^2, 0.5); p -= w * g / sqrt(v)', 3, true",
    "'v = lerp(v, g^2, w); p -= g / sqrt(v)', 0, true",
    "'v = lerp(v, g^2, w); p -= g / sqrt(v)', 1, true",
    // no average
    "'v = lerp(v, g^2, w); p -= g / sqrt(v)', 1.5, false",
    "'v = lerp(v, g^2, w); p -= g / sqrt(v)', -0.5, false",
    "'v = lerp(v, g^2, 3); p -= w * g / sqrt(v)', 1, false",
    "'v = lerp(v, g^2, abs(p)); p -= w * g / sqrt(v)', 1, false",
    // not of the gradient as it was looked at
    "'g = g + w * p; v = lerp(v, g^2, 0.1); p -= g / sqrt(v)', 0.5, false",
    "'g = w * g; v = lerp(v, g^2, 0.1); p -= g / sqrt(v)', 0.5, false",
    "'v = lerp(v, g^4, w); p -= g / sqrt(v)', 0.5, false",
    "'v = lerp(v, p^2, w); p -= g / sqrt(v)', 0.5, false",
    // a slot that becomes something else
    "'v = lerp(v, g^2, w) * 8; p -= g / sqrt(v)', 0.5, false",
    "'u = lerp(v, g^2, w); v = v * u; p -= g / sqrt(u)', 0.5, false",
    "'u = lerp(8 * v, g^2, w); v = u; p -= g / sqrt(u)', 0.5, false",
    // an average of what may be negative is none of squares
    "'m = lerp(m, g, w); p -= m', 0.5, false",
  })
  void averagesOfSquaresAskIfOneHasOverflowed(String program, double w, boolean asks) {
    assertThat(asks(program, w)).isEqualTo(asks);
  }
}

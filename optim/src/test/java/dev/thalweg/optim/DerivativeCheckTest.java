package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.formula.Formula;
import java.util.Arrays;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DerivativeCheckTest {
  private static DerivativeCheck check(String formula, double at, double factor) {
    Formula f = Formula.parse(formula);
    return DerivativeCheck.of(
        f::value,
        x -> {
          double[] gradient = new double[1];
          f.gradient(x, gradient);
          gradient[0] *= factor;
          return gradient;
        },
        new double[] {at});
  }

  /// Steep, flat, close to a pole, far from 0, with a large constant, fast waves.
  @ParameterizedTest
  @CsvSource({
    "x^2, 3",
    "x^2, 1e-9",
    "x^2, 0",
    "x^3 - 7*x, 1e6",
    "log(x), 1e-4",
    "log(x), 1e-12",
    "1/x, 0.001",
    "exp(x), 30",
    "exp(-x^2), 1",
    "sin(100*x), 0.3",
    "sin(1000*x), 2",
    "sqrt(x), 1e-6",
    "1e8 + x^2, 2",
    "1e-12*x^2, 1",
    "tanh(50*x), 0.01",
    "abs(x), 0.5"
  })
  void aRightDerivativeAgreesAndAWrongOneDoesNot(String formula, double at) {
    DerivativeCheck right = check(formula, at, 1);
    assertThat(right.agrees()).as("%s", right).isTrue();
    if (at != 0) {
      assertThat(right.relativeError()).as("%s", right).isLessThan(1e-6);
      DerivativeCheck wrong = check(formula, at, 1.001);
      assertThat(wrong.agrees()).as("%s", wrong).isFalse();
    }
  }

  @Test
  void theMeasuredDerivativeIsGoodToThirteenDigits() {
    DerivativeCheck check = check("exp(x)", 1, 1);
    assertThat(check.measured()).isCloseTo(Math.E, within(1e-13));
    assertThat(check.uncertainty()).isLessThan(1e-12);
    // Without the powers of Richardson's rule it is 2e-12.
    DerivativeCheck log =
        DerivativeCheck.of(
            x -> StrictMath.log(x[0]), x -> new double[] {1 / x[0]}, new double[] {0.3});
    assertThat(log.uncertainty()).isLessThan(1e-12);
  }

  @Test
  void theWorstCoordinateIsNamedWithBothNumbers() {
    DerivativeCheck check =
        DerivativeCheck.of(
            x -> x[0] * x[0] + x[1] * x[2],
            x -> new double[] {2 * x[0] + 1e-3, x[2], -x[1]},
            new double[] {1, 2, 3});
    assertThat(check.worst()).isEqualTo(2);
    assertThat(check.given()).isEqualTo(-2);
    assertThat(check.measured()).isCloseTo(2, within(1e-10));
    assertThat(check)
        .hasToString(
            "the derivative by x[2] is given as -2, by differences it is 2; the worst of 3"
                + " coordinates");
  }

  @Test
  void ofManyCoordinatesSomeAreCompared() {
    int[] calls = {0};
    double[] x = new double[10_000];
    Arrays.fill(x, 1);
    DerivativeCheck check =
        DerivativeCheck.of(
            y -> {
              calls[0]++;
              return Arrays.stream(y).map(v -> v * v).sum();
            },
            y -> Arrays.stream(y).map(v -> 2 * v).toArray(),
            x,
            16);
    assertThat(check.checked()).isEqualTo(16);
    assertThat(check.size()).isEqualTo(10_000);
    assertThat(check.agrees()).isTrue();
    assertThat(calls[0]).isLessThan(16 * 50);
  }

  @Test
  void aFunctionThatIsNotTheSameEachTimeIsNotAccused() {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    DerivativeCheck check =
        DerivativeCheck.of(
            x -> random.nextDouble() * x[0], x -> new double[] {0.5}, new double[] {1});
    assertThat(check.agrees()).as("%s", check).isTrue();
  }

  @Test
  void aNotANumberDisagrees() {
    DerivativeCheck check =
        DerivativeCheck.of(x -> x[0], x -> new double[] {Double.NaN}, new double[] {1});
    assertThat(check.agrees()).isFalse();
  }

  @Test
  void whereThereIsNoValueNothingIsChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DerivativeCheck.of(x -> Math.log(x[0]), x -> x, new double[] {-1}))
        .withMessage("gradient: can't be checked where the value is NaN");
  }
}

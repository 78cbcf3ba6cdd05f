package dev.thalweg.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DerivativeTest {
  private static final List<String> XYZ = RandomExpressions.VARIABLES;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          5                      | 0
          y                      | 0
          x                      | 1
          (x-1)^2 + 100*(y-x^2)^2 | 2 * (x - 1) - 400 * x * (y - x^2)
          x * y - log(x)         | y - 1 / x
          x * log(x)             | log(x) + 1
          1 / x                  | -1 / x^2
          x^y                    | where(y == 0, 0, y * x^(y - 1))
          x^exp(y)               | exp(y) * x^(exp(y) - 1)
          exp(x)^y               | y * exp(x) * exp(x)^(y - 1)
          y^x                    | where(y == 0, 0, y^x * log(y))
          2^x                    | 2^x * log(2)
          sqrt(x)                | 1 / (2 * sqrt(x))
          sqrt(1 + x^2)          | x / sqrt(1 + x^2)
          x * exp(-x^2)          | exp(-x^2) - 2 * x^2 * exp(-x^2)
          sin(x) * cos(x)        | cos(x)^2 - sin(x)^2
          tan(x)                 | 1 + tan(x)^2
          asin(x) + acos(x)      | 0 / sqrt(1 - x^2)
          atan(x)                | 1 / (1 + x^2)
          sinh(x) + cosh(x)      | cosh(x) + sinh(x)
          tanh(x)                | 1 - tanh(x)^2
          log1p(x) + expm1(x)    | 1 / (1 + x) + exp(x)
          sigmoid(x)             | sigmoid(x) * (1 - sigmoid(x))
          softplus(x)            | sigmoid(x)
          erf(x)                 | 2 * exp(-x^2) / sqrt(pi)
          abs(x) + relu(x)       | sign(x) + step(x)
          sign(x) + floor(x)     | 0
          max(x, 0)              | where(x > 0, 1, 0)
          max(x, y)              | where(x < y, 0, where(x == y, 1 / 2, 1))
          sqrt(relu(x))          | where(x > 0, 1 / (2 * sqrt(relu(x))), 0)
          sqrt(abs(x))           | where(x != 0, sign(x) / (2 * sqrt(abs(x))), 0)
          x * abs(x)             | abs(x) + x * sign(x)
          log(abs(x))            | sign(x) / abs(x)
          x * relu(x)            | relu(x) + x * step(x)
          min(x, 1)              | where(x < 1, 1, 0)
          where(x > 0, log(x), 0) | where(x > 0, 1 / x, 0)
          where(x > y, x^2, y)   | where(x > y, 2 * x, 0)
          log10(x)               | 1 / (x * log(10))
          cbrt(x)                | 1 / (3 * abs(x)^(2 / 3))
          abs(x)^3 * sign(x)     | 3 * x^2
          """)
  void derivativesReadAsInABook(String text, String derivative) {
    assertThat(Expression.parse(text).derivative("x")).hasToString(derivative);
  }

  @ParameterizedTest
  @CsvSource({
    "abs(x), 0, 0",
    "relu(x), 0, 0",
    "'max(x, 0)', 0, 0",
    "'max(0, x)', 0, 0",
    "'clip(x, -1, 1)', 1, 0",
    "'clip(x, -1, 1)', 0.5, 1",
    "'max(x, 2 - x)', 1, 0",
    "'max(x, x^2)', 1, 1.5",
    "'where(x >= 0, sqrt(x), 0)', -1, 0",
    "0^x, 1, 0",
    "x^0, 0, 0",
    "3 * x^0 + x, 0, 1",
    "tanh(x), 30, 0",
    "softplus(x), 1000, 1",
    "cbrt(x), 0, Infinity",
    "cbrt(x), -1, 0.3333333333333333",
    "cbrt(x)^3, 2, 1",
    "abs(x)^2 * sign(x), 0, 0",
    "sqrt(relu(x)), -1, 0",
    "sqrt(relu(x) + relu(x - 1)), -1, 0",
    "'sqrt(max(x, 0))', -1, 0",
    "'sqrt(clip(x, 0, 1))', -3, 0",
    "sqrt(abs(x)), 0, 0",
  })
  void atKinksAndFarOut(String text, double x, double derivative) {
    assertThat(Expression.parse(text).derivative("x").evaluate(Map.of("x", x)))
        .isEqualTo(derivative);
  }

  @Test
  void atZeroToThePowerOfZero() {
    Expression power = Expression.parse("x^y");
    Map<String, Double> zero = Map.of("x", 0.0, "y", 0.0);
    assertThat(power.derivative("x").evaluate(zero)).isEqualTo(0);
    assertThat(power.derivative("y").evaluate(zero)).isEqualTo(0);
    assertThat(Expression.parse("sqrt(0^y)").derivative("y").evaluate(zero)).isEqualTo(0);
  }

  /// A factor is selected or isn't, whatever it is.
  @ParameterizedTest
  @CsvSource({
    "relu(x), -1, 0, 0",
    "relu(x), 1, 0, Infinity",
    "abs(x), 0, 0, 0",
    "abs(x), -2, 0, -Infinity",
    "'max(x, y)', -1, 0, 0",
    "'max(x, y)', 0, -1, Infinity",
    "'min(x, y)', 0, -1, 0",
    "'max(x, 0)', -1, 0, 0",
    "'where(x > 0, x, y)', -1, 0, 0",
    "'sqrt(max(x, y))', -1, 0, 0",
    "'sqrt(-min(x, y))', 1, 0, 0",
    "sign(x), 3, 0, 0",
    "x + relu(x), -1, 0, Infinity",
  })
  void aFactorThatIsInfiniteIsNotMultipliedByZero(String text, double x, double y, double product) {
    Expression g = Expression.variable("g");
    Expression derivative = Expression.parse(text).derivatives(List.of("x"), g).getFirst();
    Map<String, Double> at = Map.of("x", x, "y", y, "g", Double.POSITIVE_INFINITY);
    assertThat(derivative.evaluate(at)).isEqualTo(product);
  }

  @Test
  void twoInfinitiesShareTheDerivative() {
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(
            Expression.parse("max(x, y)")
                .derivative("x")
                .evaluate(Map.of("x", infinity, "y", infinity)))
        .isEqualTo(0.5);
  }

  @Test
  void aReductionHasNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Expression.parse("x + norm(x)").derivative("x"))
        .withMessage("norm runs over an array: it has no derivative by a single number");
    assertThat(Expression.parse("x + norm(g)").derivative("x")).hasToString("1");
  }

  /// Against central differences, extrapolated to step 0 with an estimate of their error.
  @Test
  void derivativesAreThoseOfDifferences() {
    int compared = 0;
    int undefined = 0;
    for (long seed = 0; seed < 12_000; seed++) {
      var random = new RandomExpressions(seed, false);
      Expression f = random.next(1 + (int) (seed % 4));
      Evaluator value = Evaluator.of(XYZ, f);
      for (String variable : f.variables()) {
        Evaluator derivative = Evaluator.of(XYZ, f.derivative(variable));
        double[] x = random.interiorPoint();
        double[] differences = differences(value, x, XYZ.indexOf(variable), 0.02);
        double other = differences(value, x, XYZ.indexOf(variable), 0.013)[0];
        double scale = 1 + Math.abs(differences[0]);
        boolean jump = Math.abs(other - differences[0]) > 1e-6 * scale;
        boolean noise = Rounded.of(f, XYZ, x).error() > 1e-10 * scale;
        if (differences[1] < 1e-7 * scale && !jump && !noise) {
          if (derivative.complaint(x).isPresent()) {
            undefined++; // (acos(y / y))' is 0 / 0
            continue;
          }
          compared++;
          assertThat(Math.abs(derivative.evaluate(x) - differences[0]))
              .as(
                  "seed %d: (%s)' by %s at %s: symbolic %s, differences %s",
                  seed,
                  f,
                  variable,
                  Arrays.toString(x),
                  derivative.evaluate(x),
                  Arrays.toString(differences))
              .isLessThan(1e-5 * scale);
        }
      }
    }
    assertThat(compared).isGreaterThan(6_000);
    assertThat(undefined).isLessThan(compared / 20);
  }

  @Test
  void theGradientIsTheDerivatives() {
    int compared = 0;
    for (long seed = 0; seed < 5_000; seed++) {
      var random = new RandomExpressions(seed, false);
      Expression f = random.next(1 + (int) (seed % 5));
      List<Expression> gradient = new Derivative(f).gradient(XYZ);
      for (int i = 0; i < XYZ.size(); i++) {
        Expression derivative = f.derivative(XYZ.get(i));
        double[] x = random.interiorPoint();
        Rounded below = Rounded.of(derivative, XYZ, x);
        Rounded above = Rounded.of(gradient.get(i), XYZ, x);
        double error = 4 * (below.error() + above.error());
        if (below.finiteThroughout()
            && above.finiteThroughout()
            && error < 1e-6 * (1 + Math.abs(below.value()))) {
          compared++;
          assertThat(Math.abs(above.value() - below.value()))
              .as(
                  "seed %d: %s by %s at %s: %s, from above %s",
                  seed, f, XYZ.get(i), Arrays.toString(x), derivative, gradient.get(i))
              .isLessThanOrEqualTo(error);
        }
      }
    }
    assertThat(compared).isGreaterThan(9_000);
  }

  /// Ridders' scheme: differences for shrinking steps, extrapolated as a polynomial in the square
  /// of the step; the best value and how far its neighbours are from it.
  private static double[] differences(Evaluator f, double[] x, int index, double step) {
    int steps = 8;
    double[][] table = new double[steps][steps];
    double h = step;
    double best = Double.NaN;
    double error = Double.POSITIVE_INFINITY;
    for (int i = 0; i < steps; i++) {
      table[i][0] = (at(f, x, index, h) - at(f, x, index, -h)) / (2 * h);
      double factor = 4;
      for (int j = 1; j <= i; j++) {
        table[i][j] = (factor * table[i][j - 1] - table[i - 1][j - 1]) / (factor - 1);
        factor *= 4;
        double apart =
            Math.max(
                Math.abs(table[i][j] - table[i][j - 1]),
                Math.abs(table[i][j] - table[i - 1][j - 1]));
        if (apart <= error) {
          error = apart;
          best = table[i][j];
        }
      }
      h /= 2;
    }
    return new double[] {best, error};
  }

  private static double at(Evaluator f, double[] x, int index, double step) {
    double[] moved = x.clone();
    moved[index] += step;
    return f.evaluate(moved);
  }
}

package dev.thalweg.formula;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimplifierTest {
  private static final List<String> XYZ = RandomExpressions.VARIABLES;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x * x                    | x^2
          x + x                    | 2 * x
          2 * x + y - x            | x + y
          --x                      | x
          -(x * y)                 | -x * y
          -(-x - y)                | x + y
          -x + y                   | y - x
          1 - x                    | 1 - x
          x - 2 + 3                | x + 1
          a / (1 / b)              | a * b
          a / (b / c)              | a * c / b
          x * 1 + 0                | x
          x * y - y * x            | 0
          (2 * x)^2 * 3            | 12 * x^2
          x / 2 * 4                | 2 * x
          x / 6 * 4                | 2 * x / 3
          (a + b) * 2 * (a + b)    | 2 * (a + b)^2
          x / x^2                  | 1 / x
          1/3 + 1/3                | 2 / 3
          2 * 3 + 0.5              | 6.5
          x^(1/3) * x^(1/3)        | x^(2 / 3)
          sqrt(4) * sqrt(2)        | 2 * sqrt(2)
          sqrt(2) * sqrt(2) * x    | 2 * x
          2 * pi * x / pi          | 2 * x
          exp(0) + log(1)          | 1
          sqrt(exp(x)^2)           | exp(x)
          exp(x) / sqrt(exp(x))    | sqrt(exp(x))
          sin(-2 * x)              | -sin(2 * x)
          cos(-x) + abs(-y)        | cos(x) + abs(y)
          abs(x)^2                 | x^2
          y - 3 * abs(2 * x) * abs(2 * x) | y - 12 * x^2
          where(step(x), y, 0)     | y * step(x)
          where(step(x), 1 / x, 0) | where(x > 0, 1 / x, 0)
          where(sign(x), y, 0)     | where(x != 0, y, 0)
          where(sign(x), y * sign(x), 0) | y * sign(x)
          abs(exp(x)) + relu(x^2)  | exp(x) + x^2
          max(x, x)                | x
          where(1 < 2, x, y)       | x
          where(x > 0, y, y)       | y
          where(a, where(a, x, y), z) | where(a, x, z)
          x^0                      | 1
          log(x)^0                 | 1
          """)
  void whatIsLikeIsCollected(String text, String simplified) {
    assertThat(Expression.parse(text).simplified()).hasToString(simplified);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x * 0                    | 0
          0 * exp(x) * sin(y)      | 0
          0 * log(x)               | 0 * log(x)
          0 / x                    | 0 / x
          0 / (1 + x^2)            | 0
          log(x) - log(x)          | 0 * log(x)
          x / x                    | x / x
          exp(x) / exp(x)          | 1
          x^3 / x^2                | x^2 / x
          sqrt(x)^2                | sqrt(x)^2
          sqrt(x) * sqrt(x)        | sqrt(x) * sqrt(x)
          sqrt(1 + x^2)^2          | 1 + x^2
          x * sqrt(x)              | x * sqrt(x)
          (x^2)^(1/2)              | sqrt(x^2)
          1 / 0                    | 1 / 0
          0 * (1 / 0)              | 0 / 0
          1e300^2                  | 1e300^2
          log(-1) * 0              | 0 * log(-1)
          1e308 + 1e308            | 1e308 + 1e308
          sum(3) + norm(2)         | sum(3) + norm(2)
          """)
  void nothingHidesThatThereIsNoValue(String text, String simplified) {
    assertThat(Expression.parse(text).simplified()).hasToString(simplified);
  }

  /// Where all parts have a finite value, so has the simplified formula, and it is the same up to
  /// rounding; where the formula has none, nor has some part of the simplified one.
  @Test
  void valueAndDomainAreKept() {
    int compared = 0;
    int undefined = 0;
    for (long seed = 0; seed < 20_000; seed++) {
      var random = new RandomExpressions(seed, false);
      Expression original = random.next(1 + (int) (seed % 5));
      Expression simplified = original.simplified();
      for (int i = 0; i < 4; i++) {
        double[] x = random.point();
        String what =
            "seed " + seed + ": " + original + " => " + simplified + " at " + Arrays.toString(x);
        Rounded before = Rounded.of(original, XYZ, x);
        Rounded after = Rounded.of(simplified, XYZ, x);
        if (before.largest() > 1e30 || (after.largest() > 1e30 && after.finiteThroughout())) {
          continue;
        }
        if (before.finiteThroughout()) {
          double error = 4 * (before.error() + after.error());
          if (error < 1e-6 * (1 + Math.abs(before.value()))) {
            compared++;
            assertThat(Math.abs(after.value() - before.value()))
                .as("%s: %s, %s", what, before, after)
                .isLessThanOrEqualTo(error);
          }
        } else if (!Double.isFinite(before.value())) {
          undefined++;
          assertThat(after.finiteThroughout()).as(what).isFalse();
        }
      }
    }
    assertThat(compared).isGreaterThan(20_000);
    assertThat(undefined).isGreaterThan(10_000);
  }

  @Test
  void graphsThatDoubleAtEachLevelStaySmall() {
    Expression x = Expression.variable("x");
    Expression y = x;
    for (int i = 0; i < 300; i++) {
      y =
          Expression.of(
              Operator.ADD,
              Expression.of(Operator.MULTIPLY, y, Expression.of(Operator.SIN, y)),
              Expression.of(Operator.DIVIDE, y, Expression.number(3)));
    }
    int nodes = Order.of(y).size();
    assertThat(Order.of(y.simplified()).size()).isLessThan(3 * nodes);
    assertThat(Order.of(y.derivative("x")).size()).isLessThan(12 * nodes);
  }

  @Test
  void sumsOfTwentyThousandTermsAreNoTrouble() {
    StringBuilder text = new StringBuilder("x");
    for (int i = 1; i < 20_000; i++) {
      text.append(" + sin(x + ").append(i).append(")");
    }
    Expression sum = Expression.parse(text.toString());
    assertThat(sum).hasToString(text.toString());
    assertThat(sum.simplified()).isEqualTo(sum);
    assertThat(sum.derivative("x").toString()).startsWith("1 + cos(x + 1) + cos(x + 2) + ");
  }
}

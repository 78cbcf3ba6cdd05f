package dev.thalweg.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {
  private static final List<String> XYZ = RandomExpressions.VARIABLES;

  @Test
  void valuesAreThoseOfTheExpressionToTheBit() {
    for (long seed = 0; seed < 3_000; seed++) {
      var random = new RandomExpressions(seed, true);
      Expression first = random.next(5);
      Expression second = random.next(5);
      double[] x = random.point();
      Map<String, Double> named = new HashMap<>();
      for (int i = 0; i < x.length; i++) {
        named.put(XYZ.get(i), x[i]);
      }
      double[] out = new double[2];
      Evaluator.of(XYZ, first, second).evaluate(x, out);
      assertThat(out)
          .as("seed %d: %s; %s", seed, first, second)
          .containsExactly(first.evaluate(named), second.evaluate(named));
    }
  }

  @Test
  void aCallAllocatesNothing() {
    // no sine and no power: the JDK's make an array, which only compiled code does without
    Evaluator f = Evaluator.of(List.of("x", "y"), Expression.parse("exp(x) * log(y) + erf(x)"));
    double[] x = {1.5, 2.5};
    double[] out = new double[1];
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    // the first round loads classes
    for (int round = 0; round < 3; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1000; i++) {
        f.evaluate(x, out);
        x[0] = f.evaluate(x) * 1e-3;
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).isLessThan(1000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x * log(y)                     | 2, -0.3 | log(y): y is -0.3
          x * log(y - x)                 | 2, 1    | log(y - x): y - x is -1
          1 / (x - 2) + log(y)           | 2, -1   | 1 / (x - 2): x - 2 is 0
          exp(x) + sqrt(y)               | 1000, -1 | exp(x): x is 1000
          x^y                            | -8, 0.5 | x^y: x is -8, y is 0.5
          exp(-1 / x)                    | 0, 0    | -1 / x: x is 0
          log(-1) + x                    | 1, 1    | log(-1) is NaN
          x + y                          | NaN, 1  | x is NaN
          where(x > 0, log(x), 0)        | -1, 0   |
          where(x > 0, log(x), 0) + log(x) | -1, 0 | log(x): x is -1
          x * y                          | 1, 1    |
          """)
  void aComplaintNamesTheFirstPartWithoutAValue(String text, String point, String complaint) {
    int comma = point.indexOf(',');
    double[] x = {
      Double.parseDouble(point.substring(0, comma)), Double.parseDouble(point.substring(comma + 1))
    };
    assertThat(Evaluator.of(List.of("x", "y"), Expression.parse(text)).complaint(x).orElse(null))
        .isEqualTo(complaint);
  }

  @Test
  void argumentsAreChecked() {
    Expression sum = Expression.parse("x + y");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Evaluator.of(List.of("x", "z"), sum))
        .withMessage("no value for 'y'; given: x, z");
    Evaluator f = Evaluator.of(List.of("y", "unused", "x"), sum);
    assertThat(f.evaluate(new double[] {1, 100, 2})).isEqualTo(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> f.evaluate(new double[2]))
        .withMessage("expected 3 values, found 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> f.evaluate(new double[3], new double[2]))
        .withMessage("expected room for 1 values, found 2");
  }
}

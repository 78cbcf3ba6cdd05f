package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.formula.Formula;
import dev.thalweg.optim.Curvature.Kind;
import dev.thalweg.optim.matrix.SymmetricEigen;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What second derivatives say of the point where a descent ends.
class CurvatureTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          (x-1)^2                    | 0    | sgd(0.1)   | MINIMUM
          1e12*(x-1)^2               | 1    | sgd(0.1)   | MINIMUM
          1e-3*(x-1)^2               | 0    | sgd(100)   | MINIMUM
          exp(x) - x                 | 2    | sgd(0.1)   | MINIMUM
          (x-1e6)^2                  | 0    | sgd(0.1)   | MINIMUM
          -(x^2)                     | 0    | sgd(0.1)   | MAXIMUM
          cos(x)                     | 0    | adam(0.1)  | MAXIMUM
          exp(-x)                    | 15   | sgd(1)     | FLAT
          exp(-x)                    | 25   | sgd(1)     | FLAT
          exp(-10*x)                 | 2    | sgd(1)     | FLAT
          1/(1 + x^2)                | 3000 | sgd(1)     | FLAT
          1/(1 + exp(-x))            | -30  | sgd(1)     | FLAT
          tanh(x)                    | -30  | sgd(1)     | FLAT
          x^4                        | 0.006| sgd(0.1)   | FLAT
          x^3                        | 0    | sgd(0.1)   | FLAT
          0*x                        | 3    | sgd(0.1)   | FLAT
          """)
  void ofOneVariable(String formula, double start, String optimizer, Kind kind) {
    var answer =
        Minimizer.of(Optimizer.parse(optimizer))
            .withTolerance(1e-6)
            .minimize(Formula.parse(formula), Map.of("x", start));
    assertThat(answer.converged()).as("%s", answer).isTrue();
    assertThat(answer.curvature().orElseThrow().kind()).as("%s", answer).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x^2 - y^2                      | 0 | 0 | SADDLE  | -2 | 2
          x*y                            | 0 | 0 | SADDLE  | -1 | 1
          -(x^2) - 3*y^2                 | 0 | 0 | MAXIMUM | -6 | -2
          x^2 + x*y + y^2                | 0 | 0 | MINIMUM | 1  | 3
          (x - y)^2                      | 1 | 1 | FLAT    | 0  | 4
          100*(y-x^2)^2 + (1-x)^2        | 1 | 1 | MINIMUM | 0.39936077 | 1001.60063923
          (x^2 - 1)^2 + y^2              | 0 | 0 | SADDLE  | -4 | 2
          """)
  void ofTwo(String formula, double x, double y, Kind kind, double least, double most) {
    var curvature = Curvature.of(Formula.parse(formula), new double[] {x, y}).orElseThrow();
    assertThat(curvature.kind()).isEqualTo(kind);
    assertThat(curvature.eigenvalues().get(0)).isCloseTo(least, within(1e-8));
    assertThat(curvature.eigenvalues().get(1)).isCloseTo(most, within(1e-8));
  }

  @Test
  void whatDidNotConvergeOrHasNoSecondDerivativeHasNone() {
    var f = Formula.parse("(x-1)^2");
    var minimizer = Minimizer.of(Optimizer.parse("sgd(0.1)"));
    assertThat(minimizer.withIterations(1).minimize(f, Map.of("x", 0.0)).curvature()).isEmpty();
    var byHand =
        minimizer.minimize(x -> x[0] * x[0], x -> new double[] {2 * x[0]}, new double[] {0});
    assertThat(byHand.converged()).isTrue();
    assertThat(byHand.curvature()).isEmpty();
    // The second derivative of |x|^1.5 is infinite at 0.
    assertThat(Curvature.of(Formula.parse("x^1.5"), new double[] {0})).isEmpty();
  }

  @Test
  void theSentenceOfAnAnswerNamesWhatIsNoMinimum() {
    var minimizer = Minimizer.of(Optimizer.parse("sgd(0.1)"));
    assertThat(minimizer.minimize(Formula.parse("x^2 - y^2"), Map.of("x", 0.0, "y", 0.0)))
        .asString()
        .endsWith(
            "; a saddle, the function falls in some direction: the second derivatives along the"
                + " main directions are -2 to 2");
    assertThat(minimizer.minimize(Formula.parse("(x-1)^2"), Map.of("x", 0.0)))
        .asString()
        .endsWith("is at most 1e-8");
  }

  @Test
  void eigenvaluesAndVectorsOfRandomMatricesGiveTheMatrixBack() {
    var random = new Random(20261128);
    for (var n : new int[] {1, 2, 3, 7, 16, 50}) {
      for (var scale : new double[] {1, 1e-200, 1e200}) {
        var a = new double[n][n];
        for (var i = 0; i < n; i++) {
          for (var j = 0; j <= i; j++) {
            a[i][j] = random.nextGaussian() * scale;
            a[j][i] = a[i][j];
          }
        }
        var eigen = SymmetricEigen.of(a);
        var values = eigen.values();
        assertThat(values).isSorted();
        for (var i = 0; i < n; i++) {
          for (var j = 0; j < n; j++) {
            var entry = 0.0;
            var inner = 0.0;
            for (var k = 0; k < n; k++) {
              entry += eigen.vectors()[i][k] * values[k] * eigen.vectors()[j][k];
              inner += eigen.vectors()[k][i] * eigen.vectors()[k][j];
            }
            assertThat(Math.abs(entry - a[i][j])).isLessThan(1e-13 * n * scale);
            assertThat(Math.abs(inner - (i == j ? 1 : 0))).isLessThan(1e-13 * n);
          }
        }
        var trace = 0.0;
        for (var i = 0; i < n; i++) {
          trace += a[i][i];
        }
        assertThat(Arrays.stream(values).sum()).isCloseTo(trace, within(1e-13 * n * n * scale));
      }
    }
  }

  @Test
  void theHessianIsThatOfDifferences() {
    var f = Formula.parse("exp(x*y) + sin(y*z)*x^2 + log(1 + z^2)*y");
    var at = new double[] {0.3, -0.7, 1.1};
    var hessian = f.hessian(at);
    for (var i = 0; i < 3; i++) {
      var up = at.clone();
      var down = at.clone();
      up[i] += 1e-5;
      down[i] -= 1e-5;
      var above = new double[3];
      var below = new double[3];
      f.gradient(up, above);
      f.gradient(down, below);
      for (var j = 0; j < 3; j++) {
        assertThat(hessian[i][j]).isCloseTo((above[j] - below[j]) / 2e-5, within(1e-8));
      }
    }
  }
}

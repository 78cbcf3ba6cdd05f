package dev.thalweg.optim;

import static dev.thalweg.optim.Optimizers.adam;
import static dev.thalweg.optim.Optimizers.momentum;
import static dev.thalweg.optim.Optimizers.sgd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.formula.Formula;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinimizerTest {
  private static Minimum minimize(Optimizer optimizer, String formula, Map<String, Double> start) {
    return Minimizer.of(optimizer).minimize(Formula.parse(formula), start);
  }

  @Test
  void aParabolaIsDescendedAsItsClosedFormSays() {
    var path = new ArrayList<PathPoint>();
    Minimum answer =
        Minimizer.of(sgd(0.1))
            .withObserver(path::add)
            .minimize(Formula.parse("(theta-5)^2"), Map.of("theta", 0.0));

    // theta_k = 5 (1 - 0.8^k), gradient -10 * 0.8^k: at most 1e-8 from k = 93 on.
    assertThat(answer.iterations()).isEqualTo(93);
    assertThat(answer.evaluations()).isEqualTo(94);
    assertThat(answer.converged()).isTrue();
    assertThat(answer.reason())
        .isEqualTo(new Ending.Converged(answer.gradientNorm(), 1e-8))
        .hasToString(
            "the gradient norm " + Schedule.constant(answer.gradientNorm()) + " is at most 1e-8");
    assertThat(answer.point("theta")).isCloseTo(5, within(1e-8));
    assertThat(answer.byName()).containsOnlyKeys("theta");
    assertThat(answer.value()).isCloseTo(0, within(1e-16));
    assertThat(answer.warnings()).isEmpty();
    assertThat(path).hasSize(94);
    for (PathPoint at : path) {
      double left = Math.pow(0.8, (double) at.iteration());
      assertThat(at.point()[0]).isCloseTo(5 * (1 - left), within(1e-14));
      assertThat(at.gradientNorm()).isCloseTo(10 * left, within(1e-13));
      assertThat(at.value()).isCloseTo(25 * left * left, within(1e-13));
    }
    assertThat(path.getLast()).isEqualTo(answer.path().getLast());
    assertThat(answer.path())
        .extracting(PathPoint::iteration)
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 20L, 50L, 93L);
  }

  @Test
  void thePathIsKeptWholeOnRequest() {
    Minimum answer =
        Minimizer.of(sgd(0.1))
            .withRecorded(Recorded.ALL)
            .withIterations(30)
            .minimize(Formula.parse("(theta-5)^2"), Map.of("theta", 0.0));
    assertThat(answer.path()).hasSize(31);
    assertThat(answer.reason())
        .isEqualTo(new Ending.Iterations(30))
        .hasToString("the limit of 30 iterations was reached");
    assertThat(answer.converged()).isFalse();
  }

  @Test
  void rosenbrocksValleyIsFollowedToItsEnd() {
    Minimum answer =
        Minimizer.of(momentum(5e-4, 0.97))
            .withIterations(20_000)
            .minimize(Formula.parse("100*(y-x^2)^2 + (1-x)^2"), Map.of("x", -1.2, "y", 1.0));
    assertThat(answer.converged()).as("%s", answer).isTrue();
    assertThat(answer.point("x")).isCloseTo(1, within(1e-7));
    assertThat(answer.point("y")).isCloseTo(1, within(1e-7));
    assertThat(answer.variables()).containsExactly("y", "x");
    assertThat(answer.point()).containsExactly(answer.point("y"), answer.point("x"));
  }

  @Test
  void aJavaFunctionGivesTheBitsOfItsFormula() {
    Formula formula = Formula.parse("(x-1)^2 + 10*(y+2)^2");
    Minimum byFormula = Minimizer.of(adam(0.1)).minimize(formula, Map.of("x", 3.0, "y", 0.5));
    double[] start = {3, 0.5};
    Minimum byFunction =
        Minimizer.of(adam(0.1))
            .minimize(
                formula::value,
                x -> {
                  double[] gradient = new double[2];
                  formula.gradient(x, gradient);
                  return gradient;
                },
                start);
    assertThat(byFunction.point()).containsExactly(byFormula.point());
    assertThat(byFunction.iterations()).isEqualTo(byFormula.iterations());
    assertThat(byFunction.variables()).containsExactly("x[0]", "x[1]");
    assertThat(byFunction.warnings()).isEmpty();
    assertThat(start).containsExactly(3, 0.5);
  }

  @Test
  void whatAFunctionDoesWithItsArgumentChangesNothing() {
    Minimum answer =
        Minimizer.of(sgd(0.25))
            .minimize(
                x -> {
                  double value = x[0] * x[0];
                  Arrays.fill(x, 7);
                  return value;
                },
                x -> {
                  x[0] *= 2;
                  return x;
                },
                new double[] {1});
    assertThat(answer.point()[0]).isCloseTo(0, within(1e-8));
    assertThat(answer.warnings()).isEmpty();
  }

  @Test
  void leavingTheDomainNamesTheStepAndThePart() {
    // The first step from 0.1 goes to 0.1 - 0.1 * (2 - 10) = 0.9, the next ones come to 1/2.
    assertThat(minimize(sgd(0.1), "2*theta - log(theta)", Map.of("theta", 0.1)).point("theta"))
        .isCloseTo(0.5, within(1e-8));
    // With the rate 2: 16.1, 12.22, 8.39, 4.63, 1.06, and then past 0.
    Minimum answer = minimize(sgd(2), "2*theta - log(theta)", Map.of("theta", 0.1));
    assertThat(answer.reason()).isInstanceOf(Ending.LeftDomain.class);
    assertThat(answer.reason().toString())
        .matches(
            "iteration 6 left the domain of the function: log\\(theta\\): theta is -1\\.05\\d+");
    assertThat(answer.iterations()).isEqualTo(6);
    assertThat(answer.point("theta")).isNegative();
    assertThat(answer.value()).isNaN();
    PathPoint before = answer.path().get(answer.path().size() - 2);
    assertThat(before.iteration()).isEqualTo(5);
    assertThat(before.point()[0]).isPositive();
    assertThat(before.value()).isFinite();
  }

  @Test
  void aStartOutsideTheDomainIsIterationZero() {
    Minimum answer = minimize(sgd(1), "x + sqrt(y)", Map.of("x", 0.0, "y", -4.0));
    assertThat(answer.reason()).isEqualTo(new Ending.LeftDomain(0, "sqrt(y): y is -4"));
    assertThat(answer.iterations()).isZero();
  }

  @Test
  void aPoleOfTheGradientAloneIsNamedToo() {
    Minimum answer = minimize(sgd(1), "sqrt(x)", Map.of("x", 0.0));
    assertThat(answer.reason())
        .isEqualTo(new Ending.LeftDomain(0, "the derivative by x is Infinity where x is 0"));
  }

  @Test
  void tooLargeARateDiverges() {
    Minimum answer = minimize(sgd(1.5), "(theta-5)^2", Map.of("theta", 0.0));
    assertThat(answer.reason()).isInstanceOf(Ending.Diverged.class);
    assertThat(answer.reason().toString()).startsWith("diverged at iteration 496: the value is ");
    Minimum quartic = minimize(sgd(1), "x^4 + y^2", Map.of("x", 3.0, "y", 1.0));
    assertThat(quartic.reason()).isInstanceOf(Ending.Diverged.class);
    // x^30 at 1e4 is 1e120, the next value more than a double holds, though x is only 1e13.
    Minimum steep = minimize(sgd(1e-105), "x^30", Map.of("x", 1e4));
    assertThat(steep.reason()).isInstanceOf(Ending.Diverged.class);
    assertThat(steep.value()).isInfinite();
    assertThat(Math.abs(steep.point("x"))).isLessThan(1e20);
    Minimum linear = minimize(sgd(1e300), "x", Map.of("x", 0.0));
    assertThat(linear.reason()).isEqualTo(new Ending.Diverged(2, "x is -2e300"));
  }

  @Test
  void stepsThatMoveNothingAreNoProgress() {
    Minimum answer = minimize(sgd(1e-20), "(theta-5)^2", Map.of("theta", 1.0));
    assertThat(answer.reason())
        .isEqualTo(new Ending.Stalled(1000, 1000))
        .hasToString("stalled at iteration 1000: the last 1000 steps moved nothing");
  }

  @Test
  void aNonFiniteValueOfAFunctionSaysWhere() {
    Minimum answer =
        Minimizer.of(sgd(1))
            .minimize(x -> Math.log(x[0]), x -> new double[] {1 / x[0]}, new double[] {0.5});
    assertThat(answer.reason()).isEqualTo(new Ending.LeftDomain(1, "the value at [-1.5] is NaN"));
  }

  @Test
  void aWrongGradientIsWarnedOf() {
    Minimum answer =
        Minimizer.of(sgd(0.1))
            .minimize(
                x -> x[0] * x[0] + x[1] * x[1] * x[1],
                x -> new double[] {2 * x[0], 2 * x[1] * x[1]},
                new double[] {3, 2});
    assertThat(answer.warnings())
        .containsExactly(
            "the derivative by x[1] is given as 8, by differences it is 12; the worst of 2"
                + " coordinates");
    assertThat(
            Minimizer.of(sgd(0.1))
                .withGradientChecked(false)
                .minimize(x -> x[0], x -> new double[] {2}, new double[] {3})
                .warnings())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x=1 | start: no value for y; variables: x, y",
        "x=1,y=2,z=3 | start: unknown variable 'z'; known: x, y",
        "x=1,y=NaN | start: y must be finite, found NaN",
        "x=Infinity,y=1 | start: x must be finite, found Infinity",
      })
  void aStartMustBeOneFiniteNumberAVariable(String start, String sentence) {
    Map<String, Double> values = new java.util.LinkedHashMap<>();
    for (String part : start.split(",", -1)) {
      String[] pair = part.split("=", -1);
      values.put(pair[0], Double.valueOf(pair[1]));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> minimize(sgd(0.1), "x^2 + y^2", values))
        .withMessage(sentence);
  }

  @Test
  void whatCannotBeMinimisedIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> minimize(sgd(0.1), "1 + 2", Map.of()))
        .withMessage("there is nothing to minimise: 1 + 2 has no variable");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Minimizer.of(sgd(0.1)).minimize(x -> 0, x -> x, new double[0]))
        .withMessage("start: expected at least one number, found none");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Minimizer.of(sgd(0.1)).minimize(x -> 0, x -> new double[3], new double[] {1, 2}))
        .withMessage("gradient: expected 2 numbers, one a coordinate, found 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Minimizer.of(sgd(0.1)).withTolerance(Double.NaN))
        .withMessage("tolerance must be at least 0, found NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Minimizer.of(sgd(0.1)).withIterations(-1))
        .withMessage("iterations must be at least 0, found -1");
    Minimum answer = minimize(sgd(0.1), "x^2", Map.of("x", 1.0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> answer.point("z"))
        .withMessage("no variable 'z'; variables: x");
  }

  @Test
  void aScaledLossIsScaledHere() {
    var formula = Formula.parse("x^2");
    var start = Map.of("x", 3.0);
    var scaled =
        Minimizer.of(Optimizer.parse("loss_scale(1024) | sgd(0.1)")).minimize(formula, start);
    var plain = Minimizer.of(Optimizer.parse("sgd(0.1)")).minimize(formula, start);
    assertThat(scaled.byName()).isEqualTo(plain.byName());
  }

  @Test
  void aPlateauSeesTheValues() {
    var formula = Formula.parse("abs(x)");
    var start = Map.of("x", 3.05);
    var constant = Minimizer.of(Optimizer.parse("sgd(0.1)")).withIterations(300);
    var falling =
        Minimizer.of(Optimizer.parse("plateau(patience=2) | sgd(0.1)")).withIterations(300);
    assertThat(constant.minimize(formula, start).value()).isGreaterThan(0.04);
    assertThat(falling.minimize(formula, start).value()).isLessThan(0.01);
  }

  @Test
  void privateStepsNeedExamples() {
    var minimizer = Minimizer.of(Optimizer.parse("dp | sgd(0.1)"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> minimizer.minimize(Formula.parse("x^2"), Map.of("x", 3.0)))
        .withMessageStartingWith("dp clips the gradient of each example, and a function has none");
  }

  @Test
  void aStartAtTheMinimumNeedsNoStep() {
    Minimum answer = minimize(adam(0.1), "(x-1)^2", Map.of("x", 1.0));
    assertThat(answer.iterations()).isZero();
    assertThat(answer.evaluations()).isEqualTo(1);
    assertThat(answer.converged()).isTrue();
  }

  /// On ½Σλᵢxᵢ² with λ from 1 to κ the distance from the minimum shrinks by this factor a step: the
  /// spectral radius of the method. The heavy ball has a double root there, hence kρᵏ: its slope is
  /// measured late.
  @ParameterizedTest
  @CsvSource({"10", "100", "1000"})
  void quadraticsConvergeAtTheRatesOfTheTheorems(double kappa) {
    double root = Math.sqrt(kappa);
    double descent = rate(sgd(2 / (kappa + 1)), kappa, 500, 1000);
    assertThat(descent).isCloseTo((kappa - 1) / (kappa + 1), within(1e-12));

    double beta = Math.pow((root - 1) / (root + 1), 2);
    double ball = rate(momentum(4 / Math.pow(root + 1, 2), beta), kappa, 500, 1000);
    double theory = (root - 1) / (root + 1);
    // (k ρ^k)' slope between 500 and 1000 steps: 2^(1/500) = 1.0014 above the asymptote
    assertThat(ball / theory).isBetween(1.0, 1.002);
  }

  private static double rate(Optimizer optimizer, double kappa, int from, int to) {
    double[] distance = new double[2];
    double[] eigenvalues = {1, Math.sqrt(kappa), kappa};
    Minimizer.of(optimizer)
        .withIterations(to)
        .withTolerance(0)
        .withObserver(at -> {
          if (at.iteration() == from || at.iteration() == to) {
            distance[at.iteration() == from ? 0 : 1] = Descent.norm(at.point());
          }
        })
        .minimize(
            x -> {
              double sum = 0;
              for (int i = 0; i < x.length; i++) {
                sum += 0.5 * eigenvalues[i] * x[i] * x[i];
              }
              return sum;
            },
            x -> {
              double[] gradient = new double[x.length];
              Arrays.setAll(gradient, i -> eigenvalues[i] * x[i]);
              return gradient;
            },
            new double[] {1, 1, 1});
    return Math.pow(distance[1] / distance[0], 1.0 / (to - from));
  }

  @Test
  void heavyBallWithTheQuadraticsParametersCyclesWhereItIsNotQuadratic() {
    // Lessard, Recht & Packard 2016: gradient 25x, x + 24, 25x - 24.
    var path = new ArrayList<PathPoint>();
    double beta = Math.pow((5.0 - 1) / (5 + 1), 2);
    Minimum answer =
        Minimizer.of(momentum(4.0 / 36, beta))
            .withObserver(path::add)
            .withIterations(3000)
            .minimize(
                x ->
                    x[0] < 1
                        ? 12.5 * x[0] * x[0]
                        : x[0] < 2
                            ? 0.5 * x[0] * x[0] + 24 * x[0] - 12
                            : 12.5 * x[0] * x[0] - 24 * x[0] + 36,
                x -> new double[] {x[0] < 1 ? 25 * x[0] : x[0] < 2 ? x[0] + 24 : 25 * x[0] - 24},
                new double[] {3.3});
    assertThat(answer.reason()).isEqualTo(new Ending.Iterations(3000));
    assertThat(answer.warnings()).isEmpty();
    List<Double> cycle =
        path.subList(2998, 3001).stream().map(at -> at.point()[0]).sorted().toList();
    assertThat(cycle.get(0)).isCloseTo(-1.80245, within(1e-5));
    assertThat(cycle.get(1)).isCloseTo(0.64653, within(1e-5));
    assertThat(cycle.get(2)).isCloseTo(2.11592, within(1e-5));
  }
}

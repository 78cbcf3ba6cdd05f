package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.formula.Formula;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Methods that search find what SciPy's of the same name find (`tools/golden/minima.py`), and ask
/// for the gradient about as often.
class MinimaGoldenTest {
  private static final Map<String, List<String>> OURS =
      Map.of(
          "CG",
          List.of(
              "conjugate_gradient",
              "conjugate_gradient(form=fletcher_reeves)",
              "conjugate_gradient(form=hager_zhang)"),
          "Newton-CG",
          List.of("newton_cg"),
          "L-BFGS-B",
          List.of("lbfgs", "lbfgs(search=backtracking)", "lbfgs(history=3)"),
          "lm",
          List.of("levenberg_marquardt", "gauss_newton"));

  /// Those that are tested here and follow no trajectory.
  static final Set<String> METHODS =
      Set.of("conjugate_gradient", "newton_cg", "lbfgs_b", "gauss_newton", "levenberg_marquardt");

  @TestFactory
  List<DynamicTest> minimaAreFound() throws IOException {
    var tests = new ArrayList<DynamicTest>();
    try (var in =
            Objects.requireNonNull(
                MinimaGoldenTest.class.getResourceAsStream("/golden/minima.tsv"));
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line : reader.lines().toList()) {
        String[] row = line.split("\t", -1);
        for (String optimizer : OURS.getOrDefault(row[0], List.of(row[0]))) {
          tests.add(
              DynamicTest.dynamicTest(optimizer + " on " + row[1], () -> check(optimizer, row)));
        }
      }
    }
    return tests;
  }

  private static void check(String optimizer, String[] row) {
    String[] names = row[2].split(" ", -1);
    String[] start = row[3].split(" ", -1);
    String[] expected = row[4].split(" ", -1);
    var from = new LinkedHashMap<String, Double>();
    for (int i = 0; i < names.length; i++) {
      from.put(names[i], Double.parseDouble(start[i]));
    }
    Minimum answer =
        Minimizer.of(Optimizer.parse(optimizer))
            .withIterations(2_000)
            .minimize(Formula.parse(row[1]), from);
    assertThat(answer.converged()).as("%s", answer).isTrue();
    for (int i = 0; i < names.length; i++) {
      assertThat(answer.point(names[i]))
          .as("%s", answer)
          .isCloseTo(Double.parseDouble(expected[i]), within(2e-3));
    }
    assertThat(answer.value()).isLessThanOrEqualTo(Double.parseDouble(row[5]) + 1e-11);
    assertThat(answer.evaluations())
        .as("SciPy's took %s", row[6])
        .isLessThanOrEqualTo(5 * Long.parseLong(row[6]) + 20);
  }

  @Test
  void whatIsNoSumOfSquaresIsRefused() {
    for (String formula :
        List.of("x^2 - y^2", "(x-1)^3 + y^2", "x*y", "exp(x) + y^2", "-x^2 + y^2")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() ->
              Minimizer.of(Optimizer.parse("lm"))
                  .minimize(
                      Formula.parse(formula),
                      Map.of("x", 1.0, "y", 1.0).entrySet().stream()
                          .filter(
                              entry -> Formula.parse(formula).variables().contains(entry.getKey()))
                          .collect(
                              java.util.stream.Collectors.toMap(
                                  Map.Entry::getKey, Map.Entry::getValue))))
          .withMessageStartingWith(
              "levenberg_marquardt is for sums of squares: expected one, as in (1-x)^2 +"
                  + " 100*(y-x^2)^2, found ");
    }
    double[] x = {1};
    var run = Optimizer.parse("gauss_newton").attach(Parameter.of("x", x));
    assertThat(run.asksForResiduals()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            run.step(into -> {
              into.getFirst().doubles()[0] = 2 * x[0];
              return x[0] * x[0];
            }))
        .withMessageContaining("gauss_newton is for sums of squares");
    assertThat(x).containsExactly(1);
  }

  /// All that a sum of squares may be written as.
  @Test
  void squaresAreSeenInAFormula() {
    for (String optimizer : List.of("levenberg_marquardt", "gauss_newton")) {
      Minimum answer =
          Minimizer.of(Optimizer.parse(optimizer))
              .minimize(
                  Formula.parse(
                      "3*(x-2)^2 + (y-x)*(y-x)/4 + (z+y)^4*2 + 7 + 0.5*((z-1)^2 + (x-y)^2)"),
                  Map.of("x", 1.0, "y", 5.0, "z", -1.0));
      Minimum other =
          Minimizer.of(Optimizer.parse("lbfgs"))
              .minimize(
                  Formula.parse(
                      "3*(x-2)^2 + (y-x)*(y-x)/4 + (z+y)^4*2 + 7 + 0.5*((z-1)^2 + (x-y)^2)"),
                  Map.of("x", 1.0, "y", 5.0, "z", -1.0));
      assertThat(answer.converged()).as("%s", answer).isTrue();
      assertThat(answer.value()).isCloseTo(other.value(), within(1e-10));
    }
  }

  @Test
  void residualsOfOnesOwn() {
    double[] t = {0, 1, 2, 3};
    double[] y = {2, 1.2, 0.8, 0.4};
    Minimum answer =
        Minimizer.of(Optimizer.parse("levenberg_marquardt"))
            .leastSquares(
                x -> {
                  double[] r = new double[4];
                  for (int i = 0; i < 4; i++) {
                    r[i] = x[0] * Math.exp(-x[1] * t[i]) - y[i];
                  }
                  return r;
                },
                x -> {
                  double[][] jacobian = new double[4][];
                  for (int i = 0; i < 4; i++) {
                    double e = Math.exp(-x[1] * t[i]);
                    jacobian[i] = new double[] {e, -x[0] * t[i] * e};
                  }
                  return jacobian;
                },
                new double[] {1, 0});
    assertThat(answer.converged()).as("%s", answer).isTrue();
    assertThat(answer.point()[0]).isCloseTo(2, within(0.05));
    assertThat(answer.iterations()).isLessThan(15);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Minimizer.of(Optimizer.parse("adam"))
                .leastSquares(x -> x, x -> new double[][] {{1, 2}}, new double[] {1}))
        .withMessage(
            "jacobian: expected 1 rows, one a residual, of 1 numbers each, found 1 rows of 2");
  }
}

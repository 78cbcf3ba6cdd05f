package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.thalweg.formula.Program;
import dev.thalweg.formula.UpdatePlan;
import dev.thalweg.kernels.Engine;
import dev.thalweg.optim.matrix.SymmetricEigen;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What holds for functions of whole arrays and the methods that call them.
class MatrixMethodsTest {
  private static final int STEPS = 4;
  private static final List<Optimizer> METHODS = EveryRule.ofMatrices();

  private static double[] numbers(long seed, int count) {
    return new SplittableRandom(seed).doubles(count, -1, 1).toArray();
  }

  /// The point after some steps on a matrix.
  private static double[] end(Optimizer optimizer, int rows, int columns) {
    double[] p = numbers(1, rows * columns);
    OptimizerRun run = optimizer.attach(Parameter.of("w", new int[] {rows, columns}, p));
    for (int t = 0; t < STEPS; t++) {
      double[] g = numbers(10 + t, rows * columns);
      run.step(List.of(Parameter.of("g", new int[] {rows, columns}, g)));
    }
    return p;
  }

  private static float[] floatEnd(Optimizer optimizer, int rows, int columns) {
    float[] p = floats(numbers(1, rows * columns));
    OptimizerRun run = optimizer.attach(Parameter.of("w", new int[] {rows, columns}, p));
    for (int t = 0; t < STEPS; t++) {
      float[] g = floats(numbers(10 + t, rows * columns));
      run.step(List.of(Parameter.of("g", new int[] {rows, columns}, g)));
    }
    return p;
  }

  private static float[] floats(double[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) x[i];
    }
    return y;
  }

  @Test
  void thereAreSome() {
    assertThat(METHODS).hasSizeGreaterThan(40);
  }

  @Test
  void threadsAndProvidersChangeNoBit() {
    // large enough that threads share products
    for (String text :
        List.of(
            "muon(0.02)",
            "muon(0.02, coefficients=polar_express, nesterov=false)",
            "optax.muon(0.02, preconditioning=aol)",
            "optax.muon(0.02, preconditioning=schatten, adaptive=true)")) {
      Optimizer optimizer = Optimizer.parse(text);
      float[] one = Engine.of("scalar", 1).call(() -> floatEnd(optimizer, 96, 130));
      assertThat(Engine.of("scalar", 3).call(() -> floatEnd(optimizer, 96, 130)))
          .as(optimizer.toString())
          .isEqualTo(one);
      assertThat(Engine.of("auto", 2).call(() -> floatEnd(optimizer, 96, 130)))
          .as(optimizer.toString())
          .isEqualTo(one);
    }
  }

  @Test
  void floatsAreNearDoubles() {
    for (Optimizer optimizer : METHODS) {
      if (optimizer.name().matches("shampoo|kl_shampoo|soap")) {
        continue; // roots and vectors of what has no full rank: MatrixGoldenTest has these
      }
      double[] exact = end(optimizer, 5, 7);
      float[] narrow = floatEnd(optimizer, 5, 7);
      for (int i = 0; i < exact.length; i++) {
        assertThat((double) narrow[i]).as(optimizer.toString()).isCloseTo(exact[i], within(1e-4));
      }
    }
  }

  @Test
  void savingAndRestoringAtAnyStepChangesNothing() {
    for (Optimizer optimizer : METHODS) {
      double[] p = numbers(1, 12);
      OptimizerRun run = optimizer.attach(Parameter.of("w", new int[] {3, 4}, p));
      for (int t = 0; t < STEPS; t++) {
        OptimizerState state = run.state();
        run = optimizer.attach(Parameter.of("w", new int[] {3, 4}, p));
        run.restore(OptimizerState.of(state.optimizer(), state.steps(), state.slots()));
        run.step(List.of(Parameter.of("g", new int[] {3, 4}, numbers(10 + t, 12))));
      }
      assertThat(p).as(optimizer.toString()).isEqualTo(end(optimizer, 3, 4));
    }
  }

  /// A kernel of a convolution is a matrix with a column for each filter.
  @Test
  void whatHasMoreDimensionsIsAMatrixOfItsLast() {
    Optimizer muon = Optimizer.parse("muon(0.02)");
    double[] p = numbers(1, 24);
    OptimizerRun run = muon.attach(Parameter.of("w", new int[] {3, 2, 4}, p));
    for (int t = 0; t < STEPS; t++) {
      run.step(List.of(Parameter.of("g", new int[] {3, 2, 4}, numbers(10 + t, 24))));
    }
    assertThat(p).isEqualTo(end(muon, 6, 4));
  }

  /// Newton and Schulz' steps are a polynomial of each singular value: the same recurrence on
  /// numbers is the oracle.
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          4; 6; 5; 3.4445, -4.775, 2.0315
          6; 4; 5; 3.4445, -4.775, 2.0315
          5; 5; 3; 3.4445, -4.775, 2.0315
          7; 3; 4; 1.5, -0.5, 0
          3; 7; 3; 4.0848, -6.8946, 2.927, 3.9505, -6.3029, 2.6377
          """)
  void stepsAreAPolynomialOfEachSingularValue(
      int rows, int columns, int steps, String coefficients) {
    double[] g = numbers(5, rows * columns);
    String rule = "rule('p = newton_schulz(g / norm(g), %d, %s)')".formatted(steps, coefficients);
    double[] u = new double[rows * columns];
    Optimizer.parse(rule)
        .attach(Parameter.of("w", new int[] {rows, columns}, u))
        .step(List.of(Parameter.of("g", new int[] {rows, columns}, g)));
    double norm = Math.sqrt(java.util.Arrays.stream(g).map(x -> x * x).sum());
    String[] texts = coefficients.split(", ", 0);
    double[] expected = singularValues(g, rows, columns);
    for (int i = 0; i < expected.length; i++) {
      double x = expected[i] / norm;
      for (int step = 0; step < steps; step++) {
        int at = Math.min(3 * step, texts.length - 3);
        double a = Double.parseDouble(texts[at]);
        double b = Double.parseDouble(texts[at + 1]);
        double c = Double.parseDouble(texts[at + 2]);
        x = a * x + b * x * x * x + c * x * x * x * x * x;
      }
      expected[i] = Math.abs(x);
    }
    java.util.Arrays.sort(expected);
    assertThat(singularValues(u, rows, columns)).containsExactly(expected, within(1e-12));
  }

  /// Smallest first.
  private static double[] singularValues(double[] x, int rows, int columns) {
    boolean tall = rows > columns;
    int n = Math.min(rows, columns);
    int inner = Math.max(rows, columns);
    double[][] gram = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < inner; k++) {
          gram[i][j] +=
              tall
                  ? x[k * columns + i] * x[k * columns + j]
                  : x[i * columns + k] * x[j * columns + k];
        }
      }
    }
    return java.util.Arrays.stream(SymmetricEigen.of(gram).values())
        .map(value -> Math.sqrt(Math.max(0, value)))
        .toArray();
  }

  @Test
  void theLargestSingularValueBecomesOneAtMost() {
    double[] g = numbers(7, 40);
    for (String function :
        List.of("spectral_normalized", "schatten_normalized", "almost_orthogonal")) {
      for (int rows : new int[] {5, 8}) {
        double[] u = new double[40];
        Optimizer.parse("rule('p = %s(g, 1e-12)')".formatted(function))
            .attach(Parameter.of("w", new int[] {rows, 40 / rows}, u))
            .step(List.of(Parameter.of("g", new int[] {rows, 40 / rows}, g)));
        double[] values = singularValues(u, rows, 40 / rows);
        double largest = values[values.length - 1];
        if (function.equals("spectral_normalized")) {
          assertThat(largest).isCloseTo(1, within(1e-9));
        } else {
          assertThat(largest).as(function).isBetween(0.5, 1 + 1e-12);
        }
      }
    }
  }

  /// Squares that are a product of rows and columns are what is kept of them.
  @Test
  void aProductOfRowsAndColumnsIsItsFactors() {
    double[] g = {1, 2, 3, 2, 4, 6};
    double[] u = new double[6];
    OptimizerRun run =
        Optimizer.parse("rule('p = factored(g^2, 1 / t, 0)')")
            .attach(Parameter.of("w", new int[] {2, 3}, u));
    run.step(List.of(Parameter.of("g", new int[] {2, 3}, g)));
    assertThat(u).containsExactly(new double[] {1, 4, 9, 4, 16, 36}, within(1e-14));
    run.step(List.of(Parameter.of("g", new int[] {2, 3}, new double[6])));
    assertThat(u).containsExactly(new double[] {0.5, 2, 4.5, 2, 8, 18}, within(1e-14));
    assertThat(run.state().slots()).containsOnlyKeys("w.factored.rows", "w.factored.columns");
  }

  @Test
  void ofMoreDimensionsTheLastTwoAreFactored() {
    double[] g = numbers(3, 24);
    double[] whole = new double[24];
    Optimizer rule = Optimizer.parse("rule('p = factored(g^2, 1, 0)')");
    rule.attach(Parameter.of("w", new int[] {2, 3, 4}, whole))
        .step(List.of(Parameter.of("g", new int[] {2, 3, 4}, g)));
    for (int half = 0; half < 2; half++) {
      double[] part = new double[12];
      double[] own = java.util.Arrays.copyOfRange(g, 12 * half, 12 * half + 12);
      rule.attach(Parameter.of("w", new int[] {3, 4}, part))
          .step(List.of(Parameter.of("g", new int[] {3, 4}, own)));
      assertThat(java.util.Arrays.copyOfRange(whole, 12 * half, 12 * half + 12)).isEqualTo(part);
    }
    double[] vector = new double[2];
    rule.attach(Parameter.of("w", vector)).step(new double[] {3, -2});
    assertThat(vector).containsExactly(9, 4);
  }

  /// What a cover keeps is at least the sum, and at most the largest sum of a row.
  @Test
  void aCoverIsAboveTheSum() {
    double[] kept = new double[24];
    double[] sum = new double[24];
    OptimizerRun run =
        Optimizer.parse("rule('p = cover(g^2, 1)')")
            .attach(Parameter.of("w", new int[] {2, 3, 4}, kept));
    for (int t = 0; t < STEPS; t++) {
      double[] g = numbers(20 + t, 24);
      run.step(List.of(Parameter.of("g", new int[] {2, 3, 4}, g)));
      for (int i = 0; i < 24; i++) {
        sum[i] += g[i] * g[i];
        assertThat(kept[i]).isGreaterThanOrEqualTo(sum[i] - 1e-12);
      }
    }
    assertThat(kept).isNotEqualTo(sum);
    double[] vector = new double[2];
    OptimizerRun exact =
        Optimizer.parse("rule('p = cover(g^2, 1)')").attach(Parameter.of("w", vector));
    exact.step(new double[] {3, -2});
    exact.step(new double[] {1, 1});
    assertThat(vector).containsExactly(10, 5);
  }

  @Test
  void aFunctionOfArraysMayStandAnywhereInAFormula() {
    UpdatePlan plan =
        UpdatePlan.of(
            Program.parse(
                "p -= lr * newton_schulz(newton_schulz(g, 1, 1, 0, 0), 1, 1, 0, 0) / norm(g)"));
    assertThat(plan.passes()).hasSize(2);
    assertThat(plan.passes().get(1).depth()).isEqualTo(2);
    double[] p = {1, 2, 3, 4};
    Optimizer.parse("rule('p -= 0.5 * newton_schulz(g, 2, 1, 0, 0) + p * rows - columns * p')")
        .attach(Parameter.of("w", new int[] {2, 2}, p))
        .step(List.of(Parameter.of("g", new int[] {2, 2}, new double[] {1, 1, 2, 2})));
    assertThat(p).containsExactly(0.5, 1.5, 2, 3);
  }

  @Test
  void aSumMayStandUponAFunctionOfArraysAndItUponASum() {
    double[] p = new double[4];
    Optimizer.parse("rule('u = newton_schulz(g / max_norm(g), 1, 1, 0, 0); p -= u / sum(u)')")
        .attach(Parameter.of("w", new int[] {2, 2}, p))
        .step(List.of(Parameter.of("g", new int[] {2, 2}, new double[] {1, 3, 2, 4})));
    assertThat(p).containsExactly(new double[] {-0.1, -0.3, -0.2, -0.4}, within(1e-15));
  }

  @Test
  void noStepMakesAnArrayOnceWarm() {
    Parameter gradient = Parameter.of("g", new int[] {6, 4}, numbers(1, 24));
    OptimizerRun run =
        Optimizer.parse("muon(0.02)").attach(Parameter.of("w", new int[] {6, 4}, numbers(2, 24)));
    for (int t = 0; t < 20_000; t++) {
      run.step(List.of(gradient));
    }
    var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    for (int t = 0; t < 1_000; t++) {
      run.step(List.of(gradient));
    }
    long each = (thread.getCurrentThreadAllocatedBytes() - before) / 1_000;
    assertThat(each).as("bytes a step").isLessThan(1_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          p = newton_schulz(g, 5)              | newton_schulz: expected 5, or each 3 more, arguments, found 2
          p = newton_schulz(g, 5, 1, 2, 3, 4)  | newton_schulz: expected 5, or each 3 more, arguments, found 6
          p = newton_schulz(g, g, 1, 2, 3)     | newton_schulz: expected a number after its first argument, found an array, g
          p = newton_shulz(g, 5, 1, 2, 3)      | did you mean 'newton_schulz'
          rows = 5; p = rows * g               | rows is a size of the parameter, not to be assigned
          """)
  void aWrongCallIsSaid(String rule, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizer.parse("rule('" + rule + "')"))
        .withMessageContaining(sentence);
  }

  @Test
  void stepsOfAPolynomialAreWhole() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizer.parse("muon(ns_steps=2.5)"))
        .withMessageContaining("muon: ns_steps must be a whole number, found 2.5");
  }

  /// Each step turns a matrix by the same angle, and what is no matrix goes as without the stage.
  @Test
  void onTheHyperballMatricesKeepTheirNormAndVectorsAreFree() {
    double[] w = {3, 1, -2, 0.5, 1, 4};
    double[] b = {1, 2};
    double[] free = {1, 2};
    var run =
        Optimizer.parse("hyperball | adam(0.25)")
            .attach(Parameter.of("w", new int[] {2, 3}, w), Parameter.of("b", b));
    var bare = Optimizer.parse("adam(0.25)").attach(Parameter.of("b", free));
    double norm = Math.sqrt(dot(w, w));
    for (int t = 0; t < 9; t++) {
      double[] before = w.clone();
      double[] g = {1, -2, t, 3, 0.5, -t};
      run.step(
          List.of(Parameter.of("w", new int[] {2, 3}, g), Parameter.of("b", new double[] {t, -1})));
      bare.step(new double[] {t, -1});
      assertThat(Math.sqrt(dot(w, w))).isCloseTo(norm, within(1e-12));
      assertThat(b).containsExactly(free);
      assertThat(dot(w, before) / norm / norm).isLessThan(1).isGreaterThan(0.95);
    }
    assertThat(run.state().slots()).containsKeys("w.radius", "w.m", "b.m");
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}

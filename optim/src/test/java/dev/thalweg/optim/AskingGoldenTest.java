package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.kernels.Values;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Methods that ask for gradients or values, against executed references (`tools/golden/asks.py`).
class AskingGoldenTest {
  private static final double[] VECTOR = {1.5, -0.7, 0.2, 0.9, -1.1};

  @SuppressWarnings("ArrayRecordComponent") // read only, never compared
  private record Point(int step, double[] vector, double[] matrix) {}

  private record Case(String name, String text, List<Point> points) {}

  private static List<Case> cases() throws IOException {
    var cases = new ArrayList<Case>();
    try (var in =
            Objects.requireNonNull(AskingGoldenTest.class.getResourceAsStream("/golden/asks.tsv"));
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line : reader.lines().toList()) {
        String[] row = line.split("\t", -1);
        if (row[0].equals("case")) {
          cases.add(new Case(row[1], row[4], new ArrayList<>()));
        } else {
          cases
              .getLast()
              .points
              .add(new Point(Integer.parseInt(row[2]), numbers(row[3]), numbers(row[4])));
        }
      }
    }
    return cases;
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  /// The function of the references, whose parameters are these.
  static final class Landscape implements GradientFunction {
    final double[] v = VECTOR.clone();
    final double[] m = new double[12];
    int asked;
    int drawn;

    Landscape() {
      Arrays.setAll(m, k -> -1.4 + 3.1 * k / 11);
    }

    List<Parameter> parameters() {
      return List.of(Parameter.of("v", v), Parameter.of("m", new int[] {3, 4}, m));
    }

    @Override
    public double gradient(List<Values> into) {
      asked++;
      double ofV = Arrays.stream(v).sum();
      double ofM = Arrays.stream(m).sum();
      double value = ofV * ofM / 10;
      for (int i = 0; i < v.length; i++) {
        double off = v[i] - 0.3 * i;
        value += (i + 1) / 5.0 * off * off;
        into.getFirst().doubles()[i] = 2 * (i + 1) / 5.0 * off + ofM / 10;
      }
      for (int k = 0; k < m.length; k++) {
        double off = m[k] * m[k] - 1;
        value += off * off / 4;
        into.getLast().doubles()[k] = m[k] * off + ofV / 10;
      }
      return value;
    }

    /// What the references have instead of gradients against drawn answers, of six answers.
    @Override
    public boolean sampled(List<Values> into) {
      for (int i = 0; i < 17; i++) {
        double p = i < 5 ? v[i] : m[i - 5];
        double[] out = into.get(i < 5 ? 0 : 1).doubles();
        out[i < 5 ? i : i - 5] = Math.sqrt(6) * (p * Math.cos(drawn + i) + 0.2);
      }
      drawn++;
      return true;
    }
  }

  /// max|p − p_ref| over all points, as all numbers are about 1.
  private static double error(Case golden, Optimizer optimizer, Chain chain) {
    var landscape = new Landscape();
    var run = new OptimizerRun(optimizer, chain, landscape.parameters());
    double worst = 0;
    int done = 0;
    for (Point point : golden.points) {
      for (; done < point.step; done++) {
        run.step(landscape);
      }
      worst = Math.max(worst, difference(point.vector, landscape.v));
      worst = Math.max(worst, difference(point.matrix, landscape.m));
    }
    return worst;
  }

  private static double difference(double[] expected, double[] found) {
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      double off = Math.abs(found[i] - expected[i]);
      worst = Math.max(worst, Double.isNaN(off) ? Double.POSITIVE_INFINITY : off);
    }
    return worst;
  }

  @TestFactory
  List<DynamicTest> everyReferenceIsMet() throws IOException {
    var tests = new ArrayList<DynamicTest>();
    for (Case golden : cases()) {
      Optimizer optimizer = Optimizer.parse(golden.text);
      tests.add(
          DynamicTest.dynamicTest(
              golden.name + ": " + golden.text,
              () -> assertThat(error(golden, optimizer, optimizer.chain())).isLessThan(1e-10)));
    }
    return tests;
  }

  @Test
  void everyMethodThatAsksIsThere() throws IOException {
    var tested = new TreeSet<String>();
    for (Case golden : cases()) {
      Optimizer.parse(golden.text).stages().stream()
          .map(Stage::method)
          .filter(EveryRule::asks)
          .forEach(method -> tested.add(method.name()));
    }
    assertThat(tested)
        .containsExactlyInAnyOrderElementsOf(
            Methods.all().stream()
                .filter(EveryRule::asks)
                .filter(method -> !EveryRule.isController(method)) // ControllersTest has these
                .map(Method::name)
                .filter(name -> !MinimaGoldenTest.METHODS.contains(name))
                .toList());
  }

  /// A fault in the formula is seen by a case. The formula stands as a rule of a user's own, which
  /// may ask as well.
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          sam-sgd   ; p + rho                ; p - rho
          sam-sgd   ; rho * g                ; rho^2 * g
          sam-sgd   ; global_norm(g)         ; norm(g)
          sam-sgd   ; global_norm(g)         ; global_norm(g)^2
          sam-sgd   ; p = start              ; start = p
          sam-sgd   ; g = gradient(p)        ; x = g
          asam-sgd  ; abs(p)^2               ; abs(p)
          asam-sgd  ; abs(p) * g             ; g
          asam-sgd  ; global_norm            ; norm
          gsam-a    ; g - alpha              ; g + alpha
          gsam-a    ; first - share          ; first + share
          gsam-a    ; share * g              ; share * first
          gsam-a    ; first = g              ; first = p
          gsam-a    ; global_sum(first * g)  ; global_sum(first * first)
          gsam-b    ; global_norm(g)^2       ; global_norm(g)
          polyak-a  ; value - bound          ; value + bound
          polyak-a  ; min(rate, lr)          ; rate
          accelerated-a ; value > last       ; value < last
          accelerated-a ; last = value       ; last = value + 1
          accelerated-b ; theta - 1          ; theta
          accelerated-b ; x = next           ; x = p
          polyak-b  ; + epsilon              ; - epsilon
          polyak-sgd-b  ; squared = global_norm(g)^2 ; squared = global_norm(g)
          polyak-sgd-b  ; g = lr * g         ; g = g
          adahessian-a  ; (z * g)^2          ; (z * first)^2
          adahessian-a  ; (first - m)        ; (g - m)
          adahessian-b  ; hessian_power / 2  ; hessian_power
          sophia-a      ; z * g - h          ; g - h
          sophia-a      ; t - 1 == every     ; t == every
          sophia-b      ; gamma * h          ; h / gamma * 0.3
          sophia-g-a    ; g^2 - h            ; g - h
          sophia-g-a    ; t - 1 == every     ; t == every
          sophia-g-a    ; first - m          ; g - m
          sophia-g-b    ; gamma * h          ; gamma * h^2
          momo-a        ; where(t > 1, beta, 0) ; beta
          momo-a        ; global_sum(g * p)  ; global_sum(m * p)
          momo-b        ; 2 * (1 + lr        ; 3 * (1 + lr
          momo-c        ; tau * squared / 2  ; tau * squared
          momo-adam-b   ; value              ; value + 1
          """)
  void faultsAreFound(String name, String right, String wrong) throws IOException {
    Case golden = cases().stream().filter(one -> one.name.equals(name)).findFirst().orElseThrow();
    Optimizer known = Optimizer.parse(golden.text);
    String formula = known.formula().toString();
    assertThat(formula).contains(right);
    Optimizer same = own(formula, known);
    assertThat(error(golden, same, same.chain())).isLessThan(1e-10);
    Optimizer faulty = own(formula.replace(right, wrong), known);
    assertThat(error(golden, faulty, faulty.chain())).isGreaterThan(1e-6);
  }

  private static Optimizer own(String formula, Optimizer values) {
    Optimizer own = Optimizers.rule(formula);
    for (var value : values.hyperparameters().entrySet()) {
      if (formula.contains(value.getKey())) {
        own = own.with(value.getKey(), value.getValue());
      }
    }
    return own;
  }

  /// Below its bound Optax' step goes up, which its variant `sps_plus` does not: at x = 1 of x² / 2
  /// the gap to 2 is −1.5 and the square of the gradient 1.
  @Test
  void optaxPolyakStepClimbsBelowItsBound() {
    for (String variant : List.of("sps", "sps_plus")) {
      double[] x = {1};
      Optimizer.parse("optax.polyak_sgd(f_min=2, variant=%s)".formatted(variant))
          .attach(Parameter.of("x", x))
          .step(into -> {
            into.getFirst().doubles()[0] = x[0];
            return x[0] * x[0] / 2;
          });
      assertThat(x[0]).as(variant).isEqualTo(variant.equals("sps") ? 2.5 : 1);
    }
  }

  /// With a bound that is the least value, Polyak's step finds the least point of a quadratic.
  @Test
  void polyakKnowsTheValueWhereItStands() {
    double[] x = {4, -3};
    var run = Optimizer.parse("polyak(lr=10)").attach(Parameter.of("x", x));
    for (int i = 0; i < 60; i++) {
      double before = x[0] * x[0] + x[1] * x[1] / 2;
      double said =
          run.step(into -> {
            into.getFirst().doubles()[0] = 2 * x[0];
            into.getFirst().doubles()[1] = x[1];
            return x[0] * x[0] + x[1] * x[1] / 2;
          });
      assertThat(said).isEqualTo(before);
    }
    assertThat(x[0] * x[0] + x[1] * x[1]).isLessThan(1e-12);
  }

  /// Only what Optax would take is understood.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "True",
        "3",
        "optax.scale_by_zoom_linesearch(3, initial_guess_strategy='keeep')",
        "optax.scale_by_zoom_linesearch(3, tol=0.1)",
        "optax.scale_by_backtracking_linesearch(3)",
      })
  void anotherSearchOfOptaxIsRefused(String search) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizer.parse("optax.lbfgs(linesearch=" + search + ")"))
        .withMessageContaining("linesearch");
  }
}

package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.kernels.Values;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a run is told between steps, or keeps beside its rule: rates that wait for a plateau,
/// scaled losses, layers that begin later, private steps. Against executed PyTorch and Keras
/// (`tools/golden/controllers.py`).
class ControllersTest {

  private static List<String[]> lines(String kind) throws IOException {
    try (var in =
            Objects.requireNonNull(
                ControllersTest.class.getResourceAsStream("/golden/controllers.tsv"));
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .map(line -> line.split("\t", -1))
          .filter(line -> line[0].equals(kind))
          .toList();
    }
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.replace("inf", "Infinity").replace("nan", "NaN").split(" ", -1))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  private static double rate(OptimizerRun run) {
    return run.hyperparameters().getOrDefault("lr", Double.NaN);
  }

  private static void assertSame(OptimizerRun run, OptimizerRun other, String what) {
    run.state()
        .slots()
        .forEach((name, values) ->
            assertThat(Objects.requireNonNull(other.state().slots().get(name)).doubles())
                .as("%s: %s", what, name)
                .containsExactly(values.doubles()));
  }

  /// Each figure changes the rate as it does there; a run that goes on from a state half way has
  /// the same state to the bit.
  @Test
  void ratesFallAsPlateausOfPyTorchAndKerasHaveThem() throws IOException {
    assertThat(lines("plateau")).hasSizeGreaterThan(20);
    for (String[] line : lines("plateau")) {
      Optimizer optimizer = Optimizer.parse(line[1]);
      double tolerance = Double.parseDouble(line[2]);
      double[] losses = numbers(line[3]);
      double[] scores = numbers(line[4]);
      double[] rates = numbers(line[5]);
      var run = optimizer.attach(Parameter.of("x", new double[1]));
      var again = optimizer.attach(Parameter.of("x", new double[1]));
      for (int i = 0; i < rates.length; i++) {
        run.observe(losses[i], scores[i]);
        assertThat(rate(run) / rates[i])
            .as("%s, figure %d", line[1], i)
            .isCloseTo(1, within(tolerance));
        if (i == 27) {
          again.restore(run.state());
        } else if (i > 27) {
          again.observe(losses[i], scores[i]);
        }
      }
      assertSame(run, again, line[1]);
      assertThat(rates[rates.length - 1]).as(line[1]).isLessThan(0.5);
    }
  }

  /// One cycle of the rate, and the momentum that goes against it.
  @Test
  void ratesAndMomentaOfOneCycleAreThoseOfPyTorch() throws IOException {
    assertThat(lines("cycle")).hasSizeGreaterThan(5);
    for (String[] line : lines("cycle")) {
      var run =
          Optimizer.parse("momentum(lr=%s, momentum=%s)".formatted(line[2], line[3]))
              .attach(Parameter.of("x", new double[1]));
      double[] rates = numbers(line[4]);
      double[] momenta = numbers(line[5]);
      for (int t = 0; t < rates.length; t++) {
        assertThat(rate(run)).as("%s, step %d", line[2], t).isCloseTo(rates[t], within(1e-12));
        assertThat(run.hyperparameters().get("momentum"))
            .as("%s, step %d", line[3], t)
            .isCloseTo(momenta[t], within(1e-12));
        run.step(new double[1]);
      }
    }
  }

  @Test
  void theRateThatFellMovesTheParametersAndThoseOfGroups() {
    double[] a = {0};
    double[] b = {0};
    var run =
        Optimizer.parse("plateau(factor=0.5, patience=0) | sgd(lr=0.2) for 'b': lr=0.1")
            .attach(Parameter.of("a", a), Parameter.of("b", b));
    run.observe(1, Double.NaN);
    run.observe(2, Double.NaN);
    run.step(List.of(Parameter.of("a", new double[] {1}), Parameter.of("b", new double[] {1})));
    assertThat(a[0]).isEqualTo(-0.1);
    assertThat(b[0]).isEqualTo(-0.05);
  }

  @Test
  void scaledLossesGoAsThoseOfPyTorchAndKeras() throws IOException {
    assertThat(lines("scale")).hasSizeGreaterThan(5);
    for (String[] line : lines("scale")) {
      Optimizer optimizer = Optimizer.parse(line[1]);
      double[] x = numbers(line[3]);
      double[] gradients = numbers(line[4]);
      double[] points = numbers(line[5]);
      double[] scales = numbers(line[6]);
      var run = optimizer.attach(Parameter.of("x", x));
      double[] other = numbers(line[3]);
      var again = optimizer.attach(Parameter.of("x", other));
      for (int t = 0; t < scales.length; t++) {
        double[] g = Arrays.copyOfRange(gradients, 3 * t, 3 * t + 3);
        run.step(g);
        for (int i = 0; i < 3; i++) {
          assertThat(x[i])
              .as("%s, step %d", line[1], t)
              .isCloseTo(points[3 * t + i], within(Double.parseDouble(line[2])));
        }
        assertThat(run.lossScale()).as("%s, step %d", line[1], t).isEqualTo(scales[t]);
        if (t == 10) {
          again.restore(run.state());
          System.arraycopy(x, 0, other, 0, 3);
        } else if (t > 10) {
          again.step(g);
          assertThat(other).containsExactly(x);
        }
      }
      assertThat(run.skipped()).isEqualTo(4);
      assertThat(again.skipped()).isEqualTo(4);
      assertThat(run.steps()).isEqualTo(scales.length - 4);
    }
  }

  /// Of a function that is asked the gradient is multiplied and divided, with the same result.
  @Test
  void aFunctionThatIsAskedIsScaledByTheRun() {
    float[] x = {3, -2};
    float[] bare = {3, -2};
    var run =
        Optimizer.parse("loss_scale(init_scale=3e38) | sgd(0.1)").attach(Parameter.of("x", x));
    var other = Optimizer.parse("sgd(0.1)").attach(Parameter.of("x", bare));
    for (int t = 0; t < 5; t++) {
      run.step((List<Values> into) -> {
        into.getFirst().floats()[0] = 2 * x[0];
        into.getFirst().floats()[1] = 2 * x[1];
        return x[0] * x[0] + x[1] * x[1];
      });
    }
    for (int t = 0; t < 2; t++) { // 6 · 3e38 overflows, and so do a half and a quarter of it
      other.step(new float[] {2 * bare[0], 2 * bare[1]});
    }
    assertThat(run.skipped()).isEqualTo(3);
    assertThat(x).containsExactly(bare, within(1e-6f));
  }

  @Test
  void ratesFallByLayer() {
    double[][] w = {{0}, {0}, {0}, {0}};
    var run =
        Optimizer.parse("layer_decay(0.5) | sgd(1)")
            .attach(
                Parameter.of("1.weight", w[0]),
                Parameter.of("1.bias", w[1]),
                Parameter.of("3.weight", w[2]),
                Parameter.of("5.weight", w[3]));
    run.step(run.parameters().stream().map(p -> Parameter.of("g", new double[] {1})).toList());
    assertThat(w).isDeepEqualTo(new double[][] {{-0.25}, {-0.25}, {-0.5}, {-1}});
  }

  /// A layer that begins later goes as one that is attached then.
  @Test
  void layersBeginOneAfterTheOther() {
    double[][] w = {{0}, {0}, {0}};
    double[] alone = {0};
    var run =
        Optimizer.parse("unfreeze(every=3) | adam(0.1)")
            .attach(
                Parameter.of("1.weight", w[0]),
                Parameter.of("3.weight", w[1]),
                Parameter.of("5.weight", w[2]));
    var late = Optimizer.parse("adam(0.1)").attach(Parameter.of("w", alone));
    for (int t = 0; t < 9; t++) {
      double g = 1 + t % 4;
      if (t >= 3) {
        late.step(new double[] {g});
      }
      run.step(run.parameters().stream().map(p -> Parameter.of("g", new double[] {g})).toList());
      assertThat(w[1]).as("step %d", t).containsExactly(alone);
      assertThat(w[0][0] != 0).as("step %d", t).isEqualTo(t >= 6);
      assertThat(w[2][0]).isNotZero();
    }
  }

  /// Gradients of examples, the first of which is longer than the limit: {3, 4} becomes a fifth.
  @Test
  void privateStepsClipEachExampleAndAddSeededNoise() {
    double[] clean = {0, 0};
    Optimizer.parse("dp(clip=1, noise=0) | sgd(1)")
        .attach(Parameter.of("x", clean))
        .step(new Examples());
    assertThat(clean[0]).isCloseTo(-(0.6 + 0.3) / 2, within(1e-15));
    assertThat(clean[1]).isCloseTo(-(0.8 - 0.4) / 2, within(1e-15));
    double squares = 0;
    double[] x = {0, 0};
    double[] same = {0, 0};
    var run = Optimizer.parse("dp(clip=1, noise=3) | sgd(1)").attach(Parameter.of("x", x));
    var again = Optimizer.parse("dp(clip=1, noise=3) | sgd(1)").attach(Parameter.of("x", same));
    int steps = 2000;
    for (int t = 0; t < steps; t++) {
      double before = x[0];
      run.step(new Examples());
      again.step(new Examples());
      double noise = before - x[0] + clean[0];
      squares += noise * noise;
    }
    assertThat(same).containsExactly(x);
    assertThat(Math.sqrt(squares / steps)).isCloseTo(3.0 / 2, within(0.08)); // 3.4 errors of it
  }

  private static final class Examples implements ExampleGradients {
    @Override
    public int count() {
      return 2;
    }

    @Override
    public void gradient(int example, List<Values> into) {
      into.getFirst().doubles()[0] = example == 0 ? 3 : 0.3;
      into.getFirst().doubles()[1] = example == 0 ? 4 : -0.4;
    }
  }

  private static double[] path(String text, double[] gradients, String start, int examples) {
    double[] x = numbers(start);
    var run = Optimizer.parse(text).attach(Parameter.of("x", x));
    int each = 3 * examples;
    double[] path = new double[3 * (gradients.length / each)];
    for (int t = 0; t < gradients.length / each; t++) {
      int from = each * t;
      if (run.privacy().isPresent()) {
        run.step(
            new ExampleGradients() {
              @Override
              public int count() {
                return examples;
              }

              @Override
              public void gradient(int example, List<Values> into) {
                System.arraycopy(gradients, from + 3 * example, into.getFirst().doubles(), 0, 3);
              }
            });
      } else {
        run.step(Arrays.copyOfRange(gradients, from, from + each));
      }
      System.arraycopy(x, 0, path, 3 * t, 3);
    }
    return path;
  }

  /// What Optax does about gradients that are not finite, and its private steps with these draws.
  @ParameterizedTest
  @CsvSource({"finite, 1, 5", "private, 4, 4"})
  void stepsGoAsThoseOfOptax(String kind, int examples, int cases) throws IOException {
    assertThat(lines(kind)).hasSize(cases);
    for (String[] line : lines(kind)) {
      double[] found = path(line[1], numbers(line[4]), line[3], examples);
      double[] expected = numbers(line[5]);
      assertThat(found).hasSameSizeAs(expected);
      for (int i = 0; i < found.length; i++) {
        if (Double.compare(found[i], expected[i]) != 0) {
          assertThat(found[i])
              .as("%s, number %d", line[1], i)
              .isCloseTo(expected[i], within(Double.parseDouble(line[2])));
        }
      }
    }
  }

  /// A run that goes on knows how many were skipped in a row.
  @Test
  void errorsInARowAreAPartOfTheState() {
    double[] x = {1};
    double[] y = {1};
    var optimizer = Optimizer.parse("optax.apply_if_finite(optax.sgd(0.1), 2)");
    var run = optimizer.attach(Parameter.of("x", x));
    run.step(new double[] {Double.NaN});
    run.step(new double[] {Double.NaN});
    assertThat(x[0]).isEqualTo(1);
    assertThat(run.skipped()).isEqualTo(2);
    var again = optimizer.attach(Parameter.of("x", y));
    again.restore(run.state());
    again.step(new double[] {Double.NaN});
    assertThat(y[0]).isNaN();
  }

  @Test
  void privateStepsAreMadeByExamplesOnly() {
    var run = Optimizer.parse("dp | sgd(1)").attach(Parameter.of("x", new double[2]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run.step(new double[2]))
        .withMessage(
            "dp asks for the gradient of each example: expected step(examples), found gradients of"
                + " more than one");
    var plain = Optimizer.parse("sgd(1)").attach(Parameter.of("x", new double[2]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plain.step(new Examples()))
        .withMessage(
            "sgd takes the gradient of a batch: expected dp before it, found no such stage");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          plateau | lbfgs; optimizer: plateau is for rules with a rate lr, found lbfgs
          layer_decay | newton_cg; optimizer: layer_decay is for rules with a rate lr, found newton_cg
          unfreeze | lbfgs; optimizer: unfreeze is for rules with a rate lr, found lbfgs
          loss_scale | sam | sgd(0.1); optimizer: loss_scale is told gradients of a scaled loss, and sam asks for some itself: expected one of them, found both
          dp | accumulate | sgd(0.1); optimizer: dp takes the gradients of single examples, and accumulate other ones: expected one of them, found both
          """)
  void whatDoesNotGoTogetherIsRefused(String text, String sentence) {
    Optimizer optimizer = Optimizer.parse(text);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer.attach(Parameter.of("x", new double[1])))
        .withMessage(sentence);
  }
}

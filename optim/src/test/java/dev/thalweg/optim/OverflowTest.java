package dev.thalweg.optim;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What rules do where a square is beyond the largest number, and where nothing is divided by
/// nothing.
class OverflowTest {

  private static float[] path32(String optimizer, float... gradients) {
    float[] weight = {1};
    OptimizerRun run = Optimizer.parse(optimizer).attach(Parameter.of("w", weight));
    float[] path = new float[gradients.length];
    for (int i = 0; i < gradients.length; i++) {
      run.step(new float[] {gradients[i]});
      path[i] = weight[0];
    }
    return path;
  }

  private static double[] path64(String optimizer, double... gradients) {
    double[] weight = {1};
    OptimizerRun run = Optimizer.parse(optimizer).attach(Parameter.of("w", weight));
    double[] path = new double[gradients.length];
    for (int i = 0; i < gradients.length; i++) {
      run.step(new double[] {gradients[i]});
      path[i] = weight[0];
    }
    return path;
  }

  /// The average of squares is infinite from the first step on, and what is divided by its root
  /// nothing.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "adam(0.1)",
        "adam(0.1, epsilon_place=inside)",
        "adam(0.1, epsilon_place=hat)",
        "adam(0.1, bias_correction=none)",
        "adam(0.1, epsilon=0)",
        "adamw(0.1, weight_decay=0)",
        "keras.Adam(0.1)",
        "keras.Adam(0.1, amsgrad=true)",
        "optax.adam(0.1)",
        "optax.amsgrad(0.1)",
        "adagrad(0.1)",
        "rmsprop(0.1)",
        "rmsprop(0.1, centered=true)",
        "keras.RMSprop(0.1, centered=true)",
        "optax.rmsprop(0.1, centered=true, bias_correction=true)",
        "rule('m = lerp(m, g, 0.1); v = lerp(v, g^2, 0.001); p -= 0.1 * m / sqrt(v)')",
      })
  void aSquareThatOverflowsStopsTheNumberAndMakesNoNaN(String optimizer) {
    assertThat(path32(optimizer, 2e19f, 1, 1)).containsExactly(1, 1, 1);
    assertThat(path32(optimizer, 3e38f, -3e38f, 3e38f, 1)).containsExactly(1, 1, 1, 1);
    assertThat(path64(optimizer, 2e160, 1, 1)).containsExactly(1, 1, 1);
    assertThat(path64(optimizer, 1.5e308, -1.5e308, 1)).containsExactly(1, 1, 1);
  }

  /// Differences of gradients, corrected averages and sums that float has no number for: as in
  /// double, or no step where the average of squares is infinite.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "adam(0.1)",
        "keras.Adam(0.1)",
        "torch.Adam(0.1, amsgrad=true)",
        "torch.RMSprop(0.1, centered=true)",
        "optax.adam(0.1, nesterov=true)",
        "optax.adamw(0.1, nesterov=true)",
        "adam(0.1, beta2=0)",
        "torch.Adam(0.1, betas=(0.9, 0))",
        "optax.adam(0.1, b2=0)",
        "momentum(0.1, nesterov=true)",
        "sgd(0.1, weight_decay=0.1)",
      })
  void whatOverflowsOnTheWayMakesNoNaN(String optimizer) {
    for (float[] gradients :
        new float[][] {
          {3.1e38f, -3.1e38f, 3.1e38f, -3.1e38f, 1, 1},
          {-3.1e38f, -3.1e38f, -3.1e38f, 3.1e38f, 3.1e38f, 1},
          {3.4e38f, 3.4e38f, 3.4e38f, 1, 1, 1},
          {2e19f, 1, 1, 0, 1, 1},
        }) {
      for (float weight : path32(optimizer, gradients)) {
        assertThat(weight).isNotNaN();
      }
    }
  }

  /// Optax 0.2.8 and PyTorch 2.15.0 give NaN in float32; in double they give this.
  @Test
  void whatDoubleCanSayIsSaidInFloat() {
    assertThat(path32("optax.adam(0.1, nesterov=true)", 3e38f)[0])
        .isEqualTo((float) path64("optax.adam(0.1, nesterov=true)", 3e38f)[0]);
    assertThat(path32("momentum(0.1, nesterov=true)", 3.4e38f, -3.4e38f)[1])
        .isCloseTo(
            (float) path64("momentum(0.1, nesterov=true)", 3.4e38f, -3.4e38f)[1], within(1e31f));
  }

  /// A decay of 0 remembers nothing: of 1e10 nothing is left at the next gradient.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "adam(0.1, beta1=0, beta2=0)",
        "keras.Adam(0.1, beta_1=0, beta_2=0)",
        "torch.Adam(0.1, betas=(0, 0))",
        "optax.adam(0.1, b1=0, b2=0)",
      })
  void withoutMemoryEachStepIsOfTheRate(String optimizer) {
    float[] path = path32(optimizer, 1e10f, 1, 3e38f, 1);
    for (int i : new int[] {0, 1, 3}) {
      assertThat(path[i]).isCloseTo(i == 0 ? 0.9f : path[i - 1] - 0.1f, within(1e-6f));
    }
  }

  /// The variance of what does not vary is 0, not less.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rmsprop(1e-9, centered=true)",
        "torch.RMSprop(1e-9, centered=true)",
        "keras.RMSprop(1e-9, centered=true)",
        "optax.rmsprop(1e-9, centered=true, bias_correction=true)",
        "optax.rmsprop(1e-9, centered=true, eps_in_sqrt=false)",
      })
  void aGradientThatStaysHasNoNegativeVariance(String optimizer) {
    for (float gradient : new float[] {0.3f, 10, 1234.5f, 1e10f}) {
      float[] gradients = new float[2_000];
      Arrays.fill(gradients, gradient);
      assertThat(path32(optimizer, gradients)[1_999]).isNotNaN();
    }
  }

  /// Of 1e-30 the square is 0 in float, and of the largest floats the sum infinite.
  @Test
  void sumsAreOfDoubleWhereFloatHasNone() {
    String unit = "rule('p -= g / norm(g)')";
    assertThat(path32(unit, 1e-30f)[0]).isEqualTo(0);
    float[] weights = {1, 1, 1, 1};
    Optimizer.parse("rule('p -= mean(g) / 1e38')")
        .attach(Parameter.of("w", weights))
        .step(new float[] {3e38f, 3e38f, 3e38f, 3e38f});
    assertThat(weights[0]).isCloseTo(-2, within(1e-6f));
  }

  /// The loop is another one until a square overflows; where nobody looks it never is.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "adam(0.1)",
        "adamw(0.1, weight_decay=0)",
        "torch.Adam(0.1, amsgrad=true)",
        "keras.RMSprop(0.1, momentum=0.9)",
        "rmsprop(0.1, centered=true)",
        "optax.adam(0.1)",
        "clip_norm(1) | adam(0.1)",
        "rule('v = lerp(v, g^2, w); p -= g / (sqrt(v) + 1)', w=0.5)",
        "rule('v = v + w * (g * g - v); p -= g / (sqrt(v) + 1)', w=1)",
      })
  void oneThatOverflowsChangesNoBitOfAnother(String optimizer) {
    Optimizer checked = Optimizer.parse(optimizer);
    boolean alone = !optimizer.contains("clip_norm");
    for (Optimizer each : List.of(checked, checked.onNonFinite(NonFinite.UNCHECKED))) {
      for (int n : new int[] {3, 1_100}) { // looked at by itself, and by an engine
        float[] some = new float[n];
        float[] same = new float[n];
        OptimizerRun one = each.attach(Parameter.of("w", some));
        OptimizerRun other = checked.attach(Parameter.of("w", same));
        for (int step = 0; step < 40; step++) {
          float[] gradient = new float[n];
          for (int i = 0; i < n; i++) {
            gradient[i] = (float) Math.sin(i + 7.0 * step);
          }
          other.step(gradient);
          gradient[1] = alone && step == 20 ? 3e38f : gradient[1];
          one.step(gradient);
        }
        assertThat(some[0]).isFinite().isEqualTo(same[0]);
        assertThat(some[1]).isFinite();
        assertThat(some[n - 1]).isEqualTo(same[n - 1]);
      }
    }
  }

  @Test
  void whatHasOverflowedIsKnownFromTheState() {
    Optimizer adam = Optimizer.parse("adam(0.1)");
    float[] weight = {1};
    OptimizerRun run = adam.attach(Parameter.of("w", weight));
    run.step(new float[] {2e19f});
    OptimizerRun later = adam.attach(Parameter.of("w", weight));
    later.restore(run.state());
    later.step(new float[] {1});
    later.step(new float[] {1});
    assertThat(weight).containsExactly(1);
    OptimizerRun begun =
        Optimizer.parse("keras.Adagrad(0.1, initial_accumulator_value=1e300)")
            .attach(Parameter.of("w", weight));
    begun.step(new float[] {1});
    assertThat(weight).containsExactly(1);
  }

  /// PyTorch 2.15.0 in float32, by `tools/golden/overflow.py`.
  @ParameterizedTest
  @CsvSource({
    "'torch.Adam(0.1)', 1e20, 0.9000000, 0.8329942, 0.7811985",
    "'torch.Adam(0.1)', 3e38, 1, 1, 1",
    "'torch.RMSprop(0.1, centered=true)', 1e20, -0.0050378, -0.0050378, -0.0050378",
    "'torch.RMSprop(0.1, centered=true)', 5e20, 1, 1, 1",
    "'torch.RMSprop(0.1, centered=true)', 3e21, 1, 1, 1",
    "'torch.RMSprop(0.1, centered=true)', 3e38, 1, 1, 1",
    "'torch.RMSprop(0.1, centered=true, momentum=0.9)', 1e20, -0.0050379, -0.9095719, -1.7236526",
    "'torch.RMSprop(0.1, centered=true, momentum=0.9)', 1e25, 1, 1, 1",
    "'torch.RMSprop(0.1)', 5e20, 1, 1, 1",
  })
  void torchsOverflowWhereItsOwnDo(
      String optimizer, float gradient, float first, float second, float third) {
    float[] path = path32(optimizer, gradient, 1, 1);
    assertThat(path[0]).isCloseTo(first, within(1e-6f));
    assertThat(path[1]).isCloseTo(second, within(1e-6f));
    assertThat(path[2]).isCloseTo(third, within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "adam(0.1, epsilon=0)",
        "adam(0.1, epsilon=0, epsilon_place=inside)",
        "adam(0.1, epsilon=0, epsilon_place=hat)",
        "adamw(0.1, epsilon=0, weight_decay=0)",
        "adagrad(0.1, epsilon=0)",
        "rmsprop(0.1, epsilon=0)",
        "rmsprop(0.1, epsilon=0, centered=true, momentum=0.9)",
        "torch.Adam(0.1, eps=0)",
        "torch.Adam(0.1, eps=0, amsgrad=true)",
        "torch.AdamW(0.1, eps=0, weight_decay=0)",
        "torch.Adagrad(0.1, eps=0)",
        "torch.RMSprop(0.1, eps=0)",
        "torch.RMSprop(0.1, eps=0, centered=true)",
        "keras.Adam(0.1, epsilon=0)",
        "keras.RMSprop(0.1, epsilon=0, centered=true)",
        "keras.Adagrad(0.1, epsilon=0, initial_accumulator_value=0)",
        "optax.adam(0.1, eps=0)",
        "optax.adamw(0.1, eps=0, weight_decay=0)",
        "optax.amsgrad(0.1, eps=0)",
        "optax.rmsprop(0.1, eps=0)",
        "optax.rmsprop(0.1, eps=0, eps_in_sqrt=false)",
        "optax.adagrad(0.1, eps=0, initial_accumulator_value=0)",
        "optax.scale_by_adam(eps=0) | optax.scale_by_learning_rate(0.1)",
        "optax.scale_by_rms(eps=0) | optax.scale_by_learning_rate(0.1)",
      })
  void withoutEpsilonAGradientOfZeroIsNoStep(String optimizer) {
    assertThat(path64(optimizer, 0, 0)).containsExactly(1, 1);
    assertThat(path32(optimizer, 0, 0)).containsExactly(1, 1);
    assertThat(path64(optimizer, 0, 0, 2)[2]).isFinite();
    if (!optimizer.contains("centered")) {
      assertThat(path64(optimizer, 2)[0]).isLessThan(1); // and one that is not 0 is one
    }
  }

  /// Every method that has an ε, which may be 0, with 0 for it.
  static Stream<String> withoutEpsilon() {
    Stream<String> byDefault =
        Methods.all().stream()
            .flatMap(method ->
                method.arguments().stream()
                    .filter(argument -> argument.name().matches("eps(ilon)?(_root|_sqrt)?"))
                    .filter(argument -> argument.complaint(method.name(), 0).isEmpty())
                    .map(argument ->
                        method.arguments().stream()
                            .filter(other -> other.kind() == Hyperparameter.Kind.NUMBER)
                            .filter(other -> other.defaultValue() instanceof Setting.None)
                            .map(other -> other.name() + "=0.1, ")
                            .collect(joining("", method.name() + "(", argument.name() + "=0)"))))
            .map(text -> isWhole(text) ? text : text + " | sgd(0.1)")
            .filter(text -> isWhole(text) && !Optimizer.parse(text).chain().asks());
    return Stream.concat(
        byDefault,
        Stream.of(
            "adamax(epsilon=0, epsilon_place=inside)",
            "optax.muon(0.1, eps=0, preconditioning=spectral)",
            "optax.adafactor(0.1, eps=0, factored=False)"));
  }

  private static boolean isWhole(String text) {
    try {
      return !Optimizer.parse(text).formula().text().isEmpty();
    } catch (IllegalArgumentException stage) {
      return false;
    }
  }

  @Test
  void thereAreManyMethodsThatHaveAnEpsilon() {
    assertThat(withoutEpsilon()).hasSizeGreaterThan(80);
  }

  @ParameterizedTest
  @MethodSource("withoutEpsilon")
  void noMethodDividesNothingByNothing(String optimizer) {
    for (int[] shape : new int[][] {{2, 2}, {4}}) {
      if (shape.length == 2 || !optimizer.matches("(\\w+\\.)?(Muon|scale_by_muon)\\(.*")) {
        float[] weights = {1, -2, 3, 0.5f};
        var run = Optimizer.parse(optimizer).attach(Parameter.of("w", shape, weights));
        run.step(new float[4]);
        run.step(new float[] {0, 1, -2, 0});
        run.step(new float[4]);
        for (float weight : weights) {
          assertThat(weight).isFinite();
        }
      }
    }
  }

  /// The exact form: shorter than the limit by no more than rounding.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "clip_norm(1)",
        "clip_norm(1, scope=tensor)",
        "optax.clip_by_global_norm(1)",
        "keras",
        "torch.clip_grad_norm_(1)",
        "optax.clip_by_block_rms(0.5773502691896258)"
      })
  void aNormWhoseSquareOverflowsClips(String clip) {
    String optimizer =
        clip.equals("keras") ? "keras.SGD(1, clipnorm=1)" : clip + " | optax.scale(-1)";
    for (double size : new double[] {1e200, 1e160, 3e307, 1}) {
      double[] weights = {0, 0, 0};
      Optimizer.parse(optimizer)
          .attach(Parameter.of("w", weights))
          .step(new double[] {3 * size, 0, -4 * size});
      assertThat(weights[0]).isCloseTo(-0.6, within(1e-6));
      assertThat(weights[2]).isCloseTo(0.8, within(1e-6));
    }
    for (float size : new float[] {1e30f, 8e37f, 1e19f, 1}) {
      float[] weights = {0, 0, 0};
      Optimizer.parse(optimizer)
          .attach(Parameter.of("w", weights))
          .step(new float[] {3 * size, 0, -4 * size});
      assertThat(weights[0]).isCloseTo(-0.6f, within(1e-6f));
      assertThat(weights[2]).isCloseTo(0.8f, within(1e-6f));
    }
  }

  @Test
  void theNormOfSeveralTensorsIsScaledToo() {
    double[] a = {0};
    double[] b = {0};
    Optimizer.parse("clip_norm(1) | optax.scale(-1)")
        .attach(List.of(Parameter.of("a", a), Parameter.of("b", b)))
        .step(
            List.of(
                Parameter.of("a", new double[] {3e200}), Parameter.of("b", new double[] {4e200})));
    assertThat(a[0]).isCloseTo(-0.6, within(1e-12));
    assertThat(b[0]).isCloseTo(-0.8, within(1e-12));
  }
}

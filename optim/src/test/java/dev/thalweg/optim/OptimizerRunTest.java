package dev.thalweg.optim;

import static dev.thalweg.optim.Optimizers.adam;
import static dev.thalweg.optim.Optimizers.adamw;
import static dev.thalweg.optim.Optimizers.momentum;
import static dev.thalweg.optim.Optimizers.sgd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptimizerRunTest {
  private final float[] weights = {1, 2, 3, 4, 5, 6};
  private final double[] bias = {0.5, -0.5};
  private final Parameter first = Parameter.of("layer.weight", new int[] {2, 3}, weights);
  private final Parameter second = Parameter.of("layer.bias", bias);

  @Test
  void aStepMovesTheArraysThemselves() {
    var run = sgd(0.5).attach(first, second);

    run.step(
        List.of(
            Parameter.of("g", new int[] {2, 3}, new float[] {2, 0, 0, 0, 0, -2}),
            Parameter.of("g", new int[] {2}, new double[] {1, 1})));

    assertThat(weights).containsExactly(0, 2, 3, 4, 5, 7);
    assertThat(bias).containsExactly(0, -1);
    assertThat(run.steps()).isEqualTo(1);
  }

  @Test
  void oneParameterTakesAPlainArray() {
    var run = sgd(1).attach(first);
    run.step(new float[] {1, 1, 1, 1, 1, 1});
    assertThat(weights).containsExactly(0, 1, 2, 3, 4, 5);

    var doubles = sgd(1).attach(second);
    doubles.step(new double[] {1, 1});
    assertThat(bias).containsExactly(-0.5, -1.5);
  }

  @Test
  void gradientsMayBeParametersAndLongerArrays() {
    float[] longer = {1, 1, 1, 1, 1, 1, 99, 99};
    Values pooled =
        new Values() {
          @Override
          public DType dtype() {
            return DType.F32;
          }

          @Override
          public int[] dimensions() {
            return new int[] {2, 3};
          }

          @Override
          public int size() {
            return 6;
          }

          @Override
          public float[] floats() {
            return longer;
          }

          @Override
          public double[] doubles() {
            throw new IllegalStateException();
          }
        };
    sgd(1).attach(first).step(List.of(Parameter.of("g", pooled)));

    assertThat(weights).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void aGradientThatDoesNotFitChangesNothing() {
    var run = momentum(0.1).attach(first, second);
    Parameter fits = Parameter.of("g", new int[] {2, 3}, new float[] {1, 1, 1, 1, 1, 1});

    assertThatThrownBy(() -> run.step(List.of(fits)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("momentum: expected 2 gradients, one a parameter, found 1");
    assertThatThrownBy(
            () -> run.step(List.of(fits, Parameter.of("g", new int[] {3}, new double[3]))))
        .hasMessage("momentum: gradient of layer.bias: expected shape [2], found shape [3]");
    assertThatThrownBy(
            () -> run.step(List.of(fits, Parameter.of("g", new int[] {2}, new float[2]))))
        .hasMessage("momentum: gradient of layer.bias: expected F64, found F32");
    assertThatThrownBy(() ->
            run.step(
                List.of(
                    Parameter.of("g", new int[] {3, 2}, new float[6]),
                    Parameter.of("g", new int[] {2}, new double[2]))))
        .hasMessage(
            "momentum: gradient of layer.weight: expected shape [2, 3], found shape [3, 2]");
    assertThatThrownBy(() -> run.step(new float[6]))
        .hasMessage("momentum: expected 2 gradients, one a parameter, found one array");

    var alone = momentum(0.1).attach(first);
    assertThatThrownBy(() -> alone.step(new float[5]))
        .hasMessage("momentum: gradient of layer.weight: expected 6 numbers, found 5");
    assertThatThrownBy(() -> alone.step(new double[6]))
        .hasMessage("momentum: gradient of layer.weight: expected F32, found F64");

    assertThat(run.steps()).isZero();
    assertThat(weights).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(run.slot("v", first).floats()).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void aScheduleOfAnyFunctionIsCheckedAsItGoes(double bad) {
    double[] weight = {1};
    Parameter parameter = Parameter.of("w", weight);
    OptimizerRun run =
        momentum(0.1)
            .withLearningRate(Schedule.of("mine", step -> step == 1 ? bad : 0.1))
            .attach(parameter);
    run.step(new double[] {1});
    double moved = weight[0];
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run.step(new double[] {1}))
        .withMessage("momentum: lr must lie in (0, ∞), found " + bad + " in of(mine), at step 1");
    assertThat(weight[0]).isEqualTo(moved);
    assertThat(run.steps()).isOne();
    assertThat(run.slot("v", parameter).doubles()).containsExactly(1);
  }

  @Test
  void theComplaintAboutAScheduleNamesItsStageAndTheEndOfARangeIsNone() {
    OptimizerRun run =
        Optimizer.parse("clip_value(5) | clip_value(1) | sgd(0.1)")
            .with("limit", Schedule.of("mine", step -> step - 1.0))
            .withLearningRate(Schedule.of("rate", step -> 0))
            .attach(Parameter.of("w", new double[] {1}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run.step(new double[] {1}))
        .withMessage("clip_value: limit must lie in (0, ∞), found -1.0 in of(mine), at step 0");
  }

  @Test
  void parametersMustBeDistinct() {
    assertThatThrownBy(() -> sgd(1).attach(first, Parameter.of("layer.weight", new float[1])))
        .hasMessage("sgd: two parameters have the name layer.weight");
    assertThatThrownBy(() -> sgd(1).attach(first, Parameter.of("tied", weights)))
        .hasMessage("sgd: parameters layer.weight and tied share one array");
    assertThatThrownBy(() -> sgd(1).attach()).hasMessage("sgd: expected a parameter, found none");
    assertThatThrownBy(() -> Parameter.of(" ", new float[1]))
        .hasMessage("a parameter must have a name, found ' '");
    assertThatThrownBy(() -> Parameter.of("w", new int[] {2, 2}, new float[3]))
        .hasMessage("w: shape [2, 2] does not hold the 3 numbers of the array");
    assertThatThrownBy(() -> Parameter.of("w", new int[] {-1, -3}, new float[3]))
        .hasMessage("w: dimensions must not be negative, found [-1, -3]");
    assertThatThrownBy(() -> Parameter.of("w", new int[] {1 << 16, 1 << 16}, new float[0]))
        .hasMessageStartingWith("w: shape [65536, 65536] does not hold the 0 numbers");
  }

  @Test
  void emptyParametersAndScalarsAreWelcome() {
    double[] scalar = {2};
    var run =
        adam(1)
            .attach(
                Parameter.of("none", new float[0]),
                Parameter.of("scalar", new int[0], scalar),
                Parameter.of("nothing", new int[] {3, 0}, new double[0]));
    run.step(
        List.of(
            Parameter.of("g", new int[] {0}, new float[0]),
            Parameter.of("g", new int[0], new double[] {1}),
            Parameter.of("g", new int[] {3, 0}, new double[0])));

    assertThat(scalar[0]).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-7));
  }

  @Test
  void twoRunsShareNothing() {
    Optimizer optimizer = adam(0.1);
    double[] p = {1};
    double[] q = {1};
    var one = optimizer.attach(Parameter.of("p", p));
    var two = optimizer.attach(Parameter.of("p", q));
    for (int i = 0; i < 5; i++) {
      one.step(new double[] {1});
    }
    two.step(new double[] {1});

    assertThat(one.steps()).isEqualTo(5);
    assertThat(two.steps()).isEqualTo(1);
    assertThat(q[0]).isCloseTo(0.9, org.assertj.core.api.Assertions.within(1e-8));
    assertThat(two.slot("m", two.parameters().getFirst()).doubles()[0])
        .isCloseTo(0.1, org.assertj.core.api.Assertions.within(1e-15));
  }

  @Test
  void statesAreEqualByTheirBits() {
    double[] weight = {1, -0.0};
    Parameter parameter = Parameter.of("w", weight);
    var run = adam(0.1).attach(parameter);
    run.step(new double[] {1, -0.0});
    OptimizerState state = run.state();
    assertThat(run.state()).isEqualTo(state).hasSameHashCodeAs(state);
    Map<String, Values> slots = new LinkedHashMap<>(state.slots());
    slots.put("w.m", Parameter.of("m", new double[] {0.1, 0}).values());
    assertThat(
            new OptimizerState(
                state.optimizer(), 1, state.hyperparameters(), new LinkedHashMap<>(slots)))
        .isNotEqualTo(state);
    run.step(new double[] {1, 0});
    assertThat(run.state()).isNotEqualTo(state);
    run.restore(state);
    assertThat(run.state()).isEqualTo(state);
  }

  @Test
  void slotsAreReadByNameAsCopies() {
    var run = adam(0.1).attach(first, second);
    assertThat(run.slots()).containsExactly("m", "v");
    assertThat(run.slot("m", first).dimensions()).containsExactly(2, 3);
    assertThat(run.slot("v", second).dtype()).isEqualTo(DType.F64);
    run.slot("m", second).doubles()[0] = 7;
    assertThat(run.slot("m", second).doubles()[0]).isZero();

    assertThatThrownBy(() -> run.slot("w", first)).hasMessage("adam: unknown slot w; known: m, v");
    assertThatThrownBy(() -> run.slot("m", Parameter.of("layer.weight", new float[6])))
        .hasMessage("adam: parameter layer.weight is not one of this run");
  }

  @Test
  void restoringAtAnyStepChangesNothing() {
    for (String text :
        List.of(
            "sgd(0.1)",
            "momentum(0.1)",
            "adam(0.1)",
            "adamw(0.1)",
            "accumulate(every=3) | adam(0.1)")) {
      for (int at = 0; at <= 6; at++) {
        float[] straight = {1, -2, 3};
        float[] resumed = straight.clone();
        var run = Optimizer.parse(text).attach(Parameter.of("p", straight));
        var before = Optimizer.parse(text).attach(Parameter.of("p", resumed));
        for (int t = 0; t < at; t++) {
          run.step(gradient(t));
          before.step(gradient(t));
        }
        OptimizerState state = before.state();
        before.step(gradient(99));
        System.arraycopy(straight, 0, resumed, 0, 3);
        var after = Optimizer.parse(text).attach(Parameter.of("p", resumed));
        after.restore(OptimizerState.of(state.optimizer(), state.steps(), state.slots()));
        for (int t = at; t < 8; t++) {
          run.step(gradient(t));
          after.step(gradient(t));
        }

        assertThat(resumed).as("%s at %d", text, at).containsExactly(straight);
        assertThat(after.steps()).isEqualTo(text.startsWith("accumulate") ? 2 : 8);
      }
    }
  }

  @Test
  void gradientsAreNotAddedUpForAMethodThatAsks() {
    for (String asking : List.of("sam", "polyak", "adahessian")) {
      String rest = asking.equals("sam") ? "sam(sgd(0.1))" : asking;
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Optimizer.parse("accumulate(every=2) | " + rest).attach(second))
          .withMessage(
              "optimizer: accumulate adds up gradients of several batches, and %s asks for more of"
                  + " one: expected one of them, found both",
              asking);
    }
  }

  @Test
  void stepsThatAreSkippedAreCounted() {
    var run = Optimizer.parse("finite(policy=skip) | sgd(1)").attach(second);
    assertThat(run.skipped()).isZero();
    run.step(new double[] {Double.NaN, 1});
    run.step(new double[] {1, 1});
    run.step(new double[] {1, Double.NEGATIVE_INFINITY});
    assertThat(run.skipped()).isEqualTo(2);
    assertThat(run.steps()).isEqualTo(1);
    assertThat(bias).containsExactly(-0.5, -1.5);
  }

  private static float[] gradient(int t) {
    return new float[] {(float) Math.sin(t), (float) Math.cos(3 * t), 1e-8f * t};
  }

  @Test
  void aForeignStateIsRefused() {
    var run = adamw(0.1).attach(second);
    run.step(new double[] {1, 2});
    OptimizerState state = run.state();
    assertThat(state.slots().keySet()).containsExactly("layer.bias.m", "layer.bias.v");
    assertThat(state)
        .hasToString("adamw(lr=0.1) after 1 steps, slots [layer.bias.m, layer.bias.v]");

    assertRefused(
        adam(0.1).attach(second),
        state,
        "optimizer state belongs to adamw(lr=0.1), this run is adam(lr=0.1)");
    assertRefused(
        adamw(0.1).attach(Parameter.of("other", new double[2])),
        state,
        "optimizer state has no slot other.m");
    assertRefused(
        adamw(0.1).attach(Parameter.of("layer.bias", new double[3])),
        state,
        "optimizer state: slot layer.bias.m: expected F64[3], found F64[2]");
    assertRefused(
        adamw(0.1).attach(Parameter.of("layer.bias", new float[2])),
        state,
        "optimizer state: slot layer.bias.m: expected F32[2], found F64[2]");
    Map<String, Values> more = new LinkedHashMap<>(state.slots());
    more.put("x.m", ArrayValues.of("x", new int[0], new float[1]));
    assertRefused(
        adamw(0.1).attach(second),
        OptimizerState.of(state.optimizer(), 1, more),
        "optimizer state has a slot that is not of this run: x.m");
    assertThatThrownBy(() -> OptimizerState.of("sgd(lr=1)", -1, Map.of()))
        .hasMessage("optimizer state: steps must not be negative, found -1");
  }

  private static void assertRefused(OptimizerRun run, OptimizerState state, String message) {
    assertThatThrownBy(() -> run.restore(state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThat(run.steps()).isZero();
  }

  @Test
  void everythingPrintsWhatAPersonWantsToSee() {
    assertThat(first).hasToString("layer.weight F32[2, 3]");
    assertThat(adamw(1e-3).attach(first, second))
        .hasToString("adamw(lr=0.001) after 0 steps on layer.weight F32[2, 3], layer.bias F64[2]");
    assertThat(ArrayValues.of("w", new int[] {7}, new float[] {1, 2, 3, 4, 5, 6, 7}))
        .hasToString("F32[7] 1.0 2.0 3.0 4.0 5.0 6.0 …");
  }

  @Test
  void aBadNumberIsFoundInAGradientOfAnySize() {
    for (int n : new int[] {1, 1024, 1025, 40_000}) {
      float[] p = new float[n];
      double[] q = new double[n];
      var narrow = Optimizers.sgd(1e-38).attach(Parameter.of("p", p));
      var wide = Optimizers.sgd(1e-300).attach(Parameter.of("q", q));
      float[] g = new float[n];
      double[] h = new double[n];
      java.util.Arrays.fill(g, Float.MAX_VALUE);
      java.util.Arrays.fill(h, -Double.MAX_VALUE);
      narrow.step(g);
      wide.step(h);
      float[] before = p.clone();
      g[n - 1] = Float.NaN;
      h[n - 1] = Double.NEGATIVE_INFINITY;
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> narrow.step(g))
          .isInstanceOf(NonFiniteGradientException.class)
          .hasMessageContaining("the gradient of p has NaN at element " + (n - 1));
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> wide.step(h))
          .isInstanceOf(NonFiniteGradientException.class)
          .hasMessageContaining("the gradient of q has minus infinity at element " + (n - 1));
      assertThat(p).isEqualTo(before);
    }
  }

  @Test
  void aBadNumberIsFoundAmongManyShortGradients() {
    int count = 60; // more numbers than are looked at one gradient after the other
    for (int bad = 0; bad < count; bad++) {
      var parameters = new java.util.ArrayList<Parameter>();
      var gradients = new java.util.ArrayList<Parameter>();
      for (int i = 0; i < count; i++) {
        int n = i % 7 == 6 ? 2000 : 1 + 3 * i;
        parameters.add(
            i % 5 == 4
                ? Parameter.of("w" + i, new double[n])
                : Parameter.of("w" + i, new float[n]));
        gradients.add(
            i % 5 == 4 ? Parameter.of("g", new double[n]) : Parameter.of("g", new float[n]));
      }
      OptimizerRun run = Optimizers.sgd(0.5).attach(parameters);
      run.step(gradients);
      Parameter one = gradients.get(bad);
      int last = one.size() - 1;
      if (bad % 5 == 4) {
        one.values().doubles()[last] = Double.NaN;
      } else {
        one.values().floats()[last] = Float.NaN;
      }
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> run.step(gradients))
          .isInstanceOf(NonFiniteGradientException.class)
          .hasMessageContaining("the gradient of w%d has NaN at element %d", bad, last);
    }
  }

  private static Optimizer counting(String beginning) {
    return Optimizers.rule(
            "init n = %s; n = n + 1; s = s + sum(g); p -= start * 0 + n * g + s"
                .formatted(beginning))
        .with("start", 3);
  }

  @Test
  void aSlotOfOneNumberBeginsWhereTheMethodSays() {
    var run = counting("start").attach(second);
    run.step(new double[] {1, -1});
    assertThat(bias).containsExactly(0.5 - 4, -0.5 + 4);
    run.step(new double[] {1, -1});
    assertThat(bias).containsExactly(0.5 - 4 - 5, -0.5 + 4 + 5);
  }

  @Test
  void aSlotOfOneNumberCannotBeginAsTheParameter() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> counting("p").attach(second))
        .withMessage("rule: slot n is one number, and can't begin as the array p");
  }

  @Test
  void aSlotMayBeginAsAnyFormulaOfTheParameterAndHyperparameters() {
    double[] p = {1, 2};
    var run =
        Optimizers.rule("init z = 2 * p + start; z = z + g; p = z")
            .with("start", 3)
            .attach(Parameter.of("p", p));
    run.step(new double[] {0, 0.5});
    assertThat(p).containsExactly(5, 7.5);
  }
}

package dev.thalweg.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.optim.DerivativeCheck;
import dev.thalweg.optim.Description;
import dev.thalweg.optim.Ending;
import dev.thalweg.optim.Family;
import dev.thalweg.optim.Minimum;
import dev.thalweg.optim.MomentumForm;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.Optimizers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesTest {

  @Test
  void digitsByHandLearnsToRead() {
    List<String> lines = new ArrayList<>();
    double accuracy = DigitsByHand.train(5, lines::add);
    assertThat(accuracy).isGreaterThan(0.93);
    assertThat(lines).hasSize(5);
    assertThat(lines.getFirst()).matches("epoch  1  loss \\d\\.\\d{4}");
  }

  @Test
  void irisInMemoryPredictsFromWhatItSaved(@TempDir Path place) {
    Path folder = place.resolve("model");
    IrisInMemory.Result result = IrisInMemory.run(folder);
    assertThat(result.evaluation().accuracy()).isGreaterThanOrEqualTo(0.9);
    assertThat(result.species()).isEqualTo("setosa");
    assertThat(result.probability()).isBetween(0.9, 1.0);
    assertThat(folder.resolve("weights.safetensors")).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd(0.02)", "momentum(0.01)", "adam(0.05)"})
  void yourOwnArraysFindsTheLine(String text) {
    double[] line = YourOwnArrays.fit(Optimizer.parse(text), 2000);
    assertThat(line[0]).as("slope").isCloseTo(3, within(1e-3));
    assertThat(line[1]).as("intercept").isCloseTo(-2, within(1e-2));
  }

  @Test
  void theFormsOfMomentumTakeOnePathUntilTheRateChanges() {
    Map<String, MomentumForms.Row> rows = new LinkedHashMap<>();
    for (MomentumForms.Row row : MomentumForms.table()) {
      rows.put(row.form() + (rows.containsKey(row.form().toString()) ? " nesterov" : ""), row);
    }
    assertThat(rows).hasSize(10);
    rows.forEach((name, row) -> {
      assertThat(row.answer().converged()).as(name).isTrue();
      assertThat(row.answer().point("theta")).as(name).isCloseTo(5, within(1e-8));
      boolean nesterov = name.endsWith("nesterov");
      // β = 0.9, a tenth of the rate: the roots' size is √0.9 a step, with the look ahead √0.72
      assertThat(row.answer().iterations())
          .as(name)
          .isBetween(nesterov ? 110L : 300L, nesterov ? 130L : 340L);
      MomentumForms.Row first = requireNonNull(rows.get(nesterov ? "TRACE nesterov" : "TRACE"));
      assertThat(row.answer().iterations()).as(name).isEqualTo(first.answer().iterations());
      MomentumForm form = row.form();
      boolean keepsRates = form == MomentumForm.VELOCITY || form == MomentumForm.HEAVY_BALL;
      if (keepsRates) {
        assertThat(Math.abs(row.fallen() - first.fallen())).as(name).isGreaterThan(0.01);
      } else {
        assertThat(row.fallen()).as(name).isCloseTo(first.fallen(), within(1e-12));
      }
    });
  }

  @Test
  void theSumOfSquaresShrinksByTwoHundredthsAStep() {
    double[] start = {1.5, -0.25};
    List<double[]> path = SumOfSquares.path(start);
    assertThat(path).hasSize(1001);
    for (int step = 0; step < path.size(); step++) {
      double left = Math.pow(0.98, step);
      assertThat(path.get(step)).hasSize(2);
      assertThat(path.get(step)[0]).isCloseTo(1.5 * left, within(1e-12));
      assertThat(path.get(step)[1]).isCloseTo(-0.25 * left, within(1e-12));
    }
    assertThat(path.getLast()[0]).isCloseTo(1.5 * 1.6829673e-9, within(1e-15));
    assertThat(SumOfSquares.start()).hasSize(2).doesNotContain(0);
  }

  @ParameterizedTest
  @FieldSource("dev.thalweg.examples.EveryMethod#OPTIMIZERS")
  void everyMethodFindsFiveToEightDigits(String optimizer) {
    Minimum answer = EveryMethod.minimize(optimizer);
    assertThat(answer.converged()).as("%s", answer).isTrue();
    assertThat(answer.point("theta")).isCloseTo(5, within(1e-8));
    assertThat(answer.iterations()).isLessThan(1500);
  }

  @Test
  void everyMethodIsEveryRuleOfTheTable() {
    List<String> rules =
        Optimizers.all().stream()
            .filter(method -> method.family() != Family.STAGE)
            .filter(method -> method.family() != Family.MATRIX) // a number is no matrix
            .filter(method -> !method.name().equals("sophia_g")) // draws answers from a model
            .filter(method -> !method.name().equals("optax.dpsgd")) // clips those of examples
            .map(Description::name)
            .toList();
    assertThat(EveryMethod.OPTIMIZERS.stream().map(text -> Optimizer.parse(text).name()))
        .containsExactlyElementsOf(rules);
  }

  @Test
  void thePrintedGradientOfTheFiveMethodsIsNotTheDerivative() {
    DerivativeCheck check = FiveMethods.check();
    assertThat(check.agrees()).isFalse();
    assertThat(check.given()).isCloseTo(2 / (0.3 + Math.exp(-0.3)) - 1, within(1e-12));
    assertThat(check.measured()).isCloseTo(2 - 1 / 0.3, within(1e-8));

    Minimum misled = FiveMethods.misled();
    assertThat(misled.warnings()).containsExactly(check.toString());
    assertThat(misled.reason()).isInstanceOf(Ending.LeftDomain.class);
    assertThat(misled.iterations()).isEqualTo(4);
    double end = FiveMethods.unnoticed();
    assertThat(end).isCloseTo(-1.146193220620583, within(1e-9));
    assertThat(end + Math.exp(-end)).isCloseTo(2, within(1e-9));
  }

  @Test
  void theFiveMethodsDoWhatTheyDo() {
    assertThat(FiveMethods.tutorial().keySet())
        .containsExactly("gradient descent", "momentum", "AdaGrad", "RMSProp");
    Map<String, FiveMethods.Outcome> tutorial = new LinkedHashMap<>();
    FiveMethods.tutorial().forEach((name, text) -> tutorial.put(name, FiveMethods.outcome(text)));
    assertThat(counts(tutorial.get("gradient descent"))).containsExactly(100, 0, 0, 0);
    assertThat(counts(tutorial.get("momentum"))).containsExactly(89, 0, 1, 10);
    assertThat(counts(tutorial.get("AdaGrad"))).containsExactly(97, 0, 3, 0);
    assertThat(counts(tutorial.get("RMSProp"))).containsExactly(20, 80, 0, 0);
    assertThat(requireNonNull(tutorial.get("momentum")).example())
        .contains("left the domain of the function");

    assertThat(FiveMethods.working()).hasSameSizeAs(FiveMethods.tutorial());
    FiveMethods.working()
        .forEach((name, text) ->
            assertThat(counts(FiveMethods.outcome(text))).as(name).containsExactly(100, 0, 0, 0));
  }

  private static List<Integer> counts(FiveMethods.@Nullable Outcome outcome) {
    return outcome == null
        ? List.of()
        : List.of(outcome.arrived(), outcome.cycling(), outcome.under(), outcome.left());
  }

  @Test
  void withAnotherXAtEachStepTheMinimumIsTwo() {
    double constant = spread(FiveMethods.stochastic(FiveMethods.TUTORIAL_SGD));
    double falling = spread(FiveMethods.stochastic(FiveMethods.WORKING_SGD));
    assertThat(falling).isLessThan(0.08).isLessThan(constant / 2);
    assertThat(
            Arrays.stream(FiveMethods.stochastic(FiveMethods.WORKING_SGD)).average().orElseThrow())
        .isCloseTo(2, within(0.02));
  }

  /// The root mean square of the distances from 2.
  private static double spread(double[] ends) {
    return Math.sqrt(Arrays.stream(ends).map(x -> (x - 2) * (x - 2)).average().orElseThrow());
  }

  @Test
  void aRateThatFallsGetsCloserThanAnyConstantOne() {
    Map<String, Double> off = new LinkedHashMap<>();
    LearningRateDecay.RATES.forEach(rate -> off.put(rate, LearningRateDecay.off(rate, 2000)));
    double best = requireNonNull(off.get("inverse_time(0.5, 0.05)"));
    for (String constant : List.of("0.5", "0.05", "0.005")) {
      assertThat(off.get(constant)).as(constant).isGreaterThan(1.3 * best);
    }
    assertThat(off.get("exponential(0.5, 0.9)")).as("too early").isGreaterThan(5 * best);
    assertThat(off.get("cosine(0.5, steps=2000)")).isLessThan(requireNonNull(off.get("0.05")));
    assertThat(LearningRateDecay.off("0.5", 100)).isLessThan(LearningRateDecay.off("0.005", 100));
  }
}

package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where averaged methods are evaluated, and what methods that find their rate do while there is no
/// gradient.
class EvaluationTest {
  private static final double[] GRADIENTS = {1, 0.5, -1, 2, -0.25, 3};

  private static double evaluated(OptimizerRun run, double[] p) {
    double[] seen = new double[1];
    run.atEvaluation(() -> seen[0] = p[0]);
    return seen[0];
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void theAverageIsTheMeanOfThePointsSinceTheStart(int start) {
    double[] p = {3};
    OptimizerRun run =
        Optimizer.parse("asgd(0.1, start=" + start + ")").attach(Parameter.of("p", p));
    double sum = 0;
    for (int t = 1; t <= GRADIENTS.length; t++) {
      run.step(new double[] {GRADIENTS[t - 1]});
      sum = t <= Math.max(1, start) ? 0 : sum;
      sum += t >= Math.max(1, start + 1) ? p[0] : 0;
      double expected = t <= start + 1 ? p[0] : sum / (t - start);
      assertThat(evaluated(run, p)).as("step %d", t).isCloseTo(expected, within(1e-14));
    }
  }

  /// The recurrence of PyTorch's documentation, its share that of the step before.
  @ParameterizedTest
  @CsvSource({"0", "2"})
  void theAverageOfTorchBeginsAfterItsStart(double t0) {
    double[] p = {3};
    OptimizerRun run =
        Optimizer.parse("torch.ASGD(0.1, lambd=0, alpha=0, t0=" + t0 + ")")
            .attach(Parameter.of("p", p));
    double average = 0;
    double share = 1;
    for (int t = 1; t <= GRADIENTS.length; t++) {
      run.step(new double[] {GRADIENTS[t - 1]});
      average = share == 1 ? p[0] : average + share * (p[0] - average);
      share = 1 / Math.max(1, t - t0);
      assertThat(evaluated(run, p)).as("step %d", t).isCloseTo(average, within(1e-14));
    }
    assertThat(average).isNotCloseTo(p[0], within(1e-3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prodigy",
        "dadapt_sgd",
        "dadapt_adam",
        "dowg",
        "cocob",
        "schedule_free_radam(silent_sgd_phase=false, lr=0.01)",
        "schedule_free_radam",
        "yellowfin",
        "adgd",
        "adgd_accelerated",
        "adaptive_heavy_ball",
        "sgd_hd",
        "adam_hd",
        "mars",
        "shampoo",
        "shampoo(grafting=sgd)",
        "soap(weight_decay=0)",
        "kl_shampoo"
      })
  void whileAllGradientsAreZeroNothingMoves(String text) {
    double[] p = {3, -1, 2, 0.5};
    OptimizerRun run = Optimizer.parse(text).attach(Parameter.of("p", new int[] {2, 2}, p));
    double[] start = p.clone();
    for (int t = 0; t < 3; t++) {
      run.step(java.util.List.of(Parameter.of("g", new int[] {2, 2}, new double[4])));
      assertThat(p).as("step %d", t).isEqualTo(start);
    }
    for (int t = 0; t < 12; t++) {
      run.step(
          java.util.List.of(Parameter.of("g", new int[] {2, 2}, new double[] {1 + t, 2, -1, 0.5})));
    }
    for (double x : p) {
      assertThat(x).isFinite();
    }
    assertThat(p).isNotEqualTo(start);
  }
}

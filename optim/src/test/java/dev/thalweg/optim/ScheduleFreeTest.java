package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where schedule-free methods are evaluated, and what they do at a rate of 0.
class ScheduleFreeTest {
  private static final double[][] GRADIENTS = {{1, -2}, {0.5, 1}, {-1, 3}, {2, 0.25}};

  /// With equal weights the averaged point is the mean of all z, which descends by itself.
  @Test
  void theAverageIsTheMeanOfTheDescent() {
    double[] y = {3, 4};
    double[] z = y.clone();
    double[] mean = new double[2];
    OptimizerRun run =
        Optimizer.parse("schedule_free_sgd(0.1, momentum=0.8)").attach(Parameter.of("w", y));
    for (int t = 0; t < GRADIENTS.length; t++) {
      run.step(GRADIENTS[t]);
      for (int i = 0; i < 2; i++) {
        z[i] -= 0.1 * GRADIENTS[t][i];
        mean[i] += (z[i] - mean[i]) / (t + 1);
        assertThat(y[i]).isCloseTo(0.2 * z[i] + 0.8 * mean[i], within(1e-14));
      }
      double[] before = y.clone();
      double[] seen = new double[2];
      run.atEvaluation(() -> System.arraycopy(y, 0, seen, 0, 2));
      assertThat(seen).containsExactly(mean, within(1e-14));
      assertThat(y).isEqualTo(before);
    }
    run.finish();
    assertThat(y).containsExactly(mean, within(1e-14));
    assertThatIllegalStateException()
        .isThrownBy(() -> run.step(GRADIENTS[0]))
        .withMessage("schedule_free_sgd: the run was finished, and makes no step");
  }

  @Test
  void floatsAreEvaluatedTooAndWhatIsInAnotherGroupIsNot() {
    float[] y = {3, 4};
    float[] other = {1};
    OptimizerRun run =
        Optimizer.parse("schedule_free_adamw(0.1) for 'b': sgd(0.1)")
            .attach(Parameter.of("a", y), Parameter.of("b", other));
    float[] gradient = {1, -2};
    for (int t = 0; t < 3; t++) {
      run.step(java.util.List.of(Parameter.of("a", gradient), Parameter.of("b", new float[] {1})));
    }
    float[] before = y.clone();
    float[] z = run.slot("z", run.parameters().getFirst()).floats().clone();
    run.finish();
    for (int i = 0; i < 2; i++) {
      assertThat(y[i]).isCloseTo((before[i] - 0.1f * z[i]) / 0.9f, within(1e-6f));
      assertThat(y[i]).isNotEqualTo(before[i]);
    }
    assertThat(other[0]).isCloseTo(0.7f, within(1e-6f));
  }

  @Test
  void otherMethodsAreEvaluatedWhereTheyAre() {
    double[] p = {1};
    OptimizerRun run = Optimizers.sgd(0.5).attach(Parameter.of("w", p));
    run.step(new double[] {1});
    run.atEvaluation(() -> assertThat(p).containsExactly(0.5));
    run.finish();
    assertThat(p).containsExactly(0.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"schedule_free_sgd", "schedule_free_adamw"})
  void aRateThatBeginsAtNothingMovesNothing(String rule) {
    double[] y = {3, 4};
    OptimizerRun run =
        Optimizer.parse(rule + "(linear(0, 0.1, steps=2))").attach(Parameter.of("w", y));
    run.step(GRADIENTS[0]);
    assertThat(y).containsExactly(3, 4);
    run.step(GRADIENTS[1]);
    assertThat(y[0]).isLessThan(3);
  }
}

package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.optim.GoldenTrajectories.Trajectory;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldenTrajectoriesTest {
  static final double TOLERANCE_F64 = 1e-12;
  static final double TOLERANCE_F32 = 1e-5;

  @TestFactory
  List<DynamicTest> everyOptimizerFollowsOptaxInDoubleAndInFloat() {
    return GoldenTrajectories.read().stream()
        .map(trajectory ->
            DynamicTest.dynamicTest(
                trajectory.sequence() + " " + trajectory.optimizer(), () -> check(trajectory)))
        .toList();
  }

  private static void check(Trajectory trajectory) {
    Optimizer optimizer = Optimizer.parse(trajectory.optimizer());
    assertThat(trajectory.points()).hasSize(1 + 64);
    assertThat(trajectory.error(trajectory.pointsOf(optimizer, UpdateRule.of(optimizer))))
        .as("F64")
        .isLessThanOrEqualTo(TOLERANCE_F64);
    assertThat(trajectory.error(trajectory.singlePointsOf(optimizer)))
        .as("F32")
        .isLessThanOrEqualTo(TOLERANCE_F32);
  }

  @Test
  void everyOptimizerIsThere() {
    assertThat(GoldenTrajectories.read().stream().map(t -> Optimizer.parse(t.optimizer()).name()))
        .containsAll(Optimizers.names());
  }

  /// From a scalar program of its own, and executed in PyTorch 2.15.0 and Optax 0.2.8, which agree
  /// to all digits printed.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          momentum(lr=0.1, momentum=0.9)   | 0.99        | 0.9809         | 0.937654141
          adam(lr=0.01)                    | 0.990000001 | 0.990228625395 | 0.985358843621
          adamw(lr=0.01,weight_decay=0.01) | 0.989900001 | 0.98993028919  | 0.984566803661
          """)
  void aScalarPathIsThatOfPyTorch(String text, double first, double third, double eighth) {
    double[] p = {1};
    var run = Optimizer.parse(text).attach(Parameter.of("p", p));
    double[] path = new double[9];
    double[] gradients = {.1, -.2, .3, .05, -.4, .25, .15, -.1};
    for (int t = 1; t <= 8; t++) {
      run.step(new double[] {gradients[t - 1]});
      path[t] = p[0];
    }
    assertThat(path[1]).isCloseTo(first, within(5.1e-13));
    assertThat(path[3]).isCloseTo(third, within(5.1e-13));
    assertThat(path[8]).isCloseTo(eighth, within(5.1e-13));
  }

  /// A golden test is worth what it refuses.
  @TestFactory
  List<DynamicTest> aWrongRuleIsFound() {
    return WrongRule.all().stream()
        .map(wrong -> DynamicTest.dynamicTest(wrong.toString(), () -> checkFound(wrong)))
        .toList();
  }

  private static void checkFound(WrongRule wrong) {
    var trajectories =
        GoldenTrajectories.read().stream()
            .filter(t -> Optimizer.parse(t.optimizer()).name().equals(wrong.optimizer()))
            .toList();
    assertThat(trajectories).hasSizeGreaterThanOrEqualTo(6);
    double right = 0;
    double found = 0;
    for (Trajectory trajectory : trajectories) {
      Optimizer optimizer = Optimizer.parse(trajectory.optimizer());
      right =
          Math.max(right, trajectory.error(trajectory.pointsOf(optimizer, wrong.right(optimizer))));
      found =
          Math.max(found, trajectory.error(trajectory.pointsOf(optimizer, wrong.wrong(optimizer))));
    }
    assertThat(right).as("without the mutation").isLessThanOrEqualTo(TOLERANCE_F64);
    assertThat(found).as("with the mutation").isGreaterThan(1000 * TOLERANCE_F64);
  }
}

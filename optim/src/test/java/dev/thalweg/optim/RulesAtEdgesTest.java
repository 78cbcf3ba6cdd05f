package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// What the trajectories of executed libraries do not come to: tensors and gradients of zeros.
class RulesAtEdgesTest {
  @Test
  void lambMovesATensorOfZerosByTheStepItself() {
    double[] p = {0, 0};
    var run =
        Optimizer.parse("lamb(lr=0.5, epsilon=1, weight_decay=0)").attach(Parameter.of("p", p));
    run.step(new double[] {1, 3});
    assertThat(p).containsExactly(new double[] {-0.25, -0.375}, within(1e-12));
  }

  @Test
  void lambStaysWhereThereIsNoGradient() {
    double[] p = {0.25, 2};
    var run = Optimizer.parse("lamb(lr=0.5, weight_decay=0)").attach(Parameter.of("p", p));
    run.step(new double[] {0, 0});
    assertThat(p).containsExactly(0.25, 2);
  }

  @Test
  void lambTakesTheRatioOfANormBelowOne() {
    double[] p = {0.5};
    var run =
        Optimizer.parse("lamb(lr=0.5, epsilon=0, weight_decay=0)").attach(Parameter.of("p", p));
    run.step(new double[] {3});
    assertThat(p).containsExactly(0.25);
  }
}

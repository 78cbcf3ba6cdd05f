package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which of the formulas that are called momentum are the same, and under what: all pairs.
///
/// Compared are whole paths, each with the gradients of one function at its own points. Equal are
/// two whose paths differ by rounding; apart are two that end farther from each other than a
/// hundredth of the way.
class MomentumFormsTest {
  private static final double RATE = 0.05;
  private static final double MOMENTUM = 0.8;
  private static final double GRADIENT_RATE = 0.5;
  private static final int STEPS = 60;

  /// Falls and rises.
  private static final Schedule CHANGING =
      Schedule.of("changing", t -> RATE * (1 + 0.9 * Math.sin(0.4 * t)));

  private static final Schedule CHANGING_MOMENTUM =
      Schedule.of("changing", t -> MOMENTUM * (1 - 0.5 * Math.sin(0.3 * t) * Math.sin(0.3 * t)));

  @Test
  void underConstantRatesAllFormsAreOne() {
    for (boolean nesterov : new boolean[] {false, true}) {
      assertGroups(
          List.of(Set.of(MomentumForm.values())),
          nesterov,
          form -> constant(form, nesterov).withLearningRate(rate(form)));
    }
  }

  /// Trace, averaged and two rates scale the whole buffer by the rate of the moment, velocity and
  /// heavy ball each gradient by that of its own step.
  @Test
  void whereTheRateChangesTheyPartInTwo() {
    for (boolean nesterov : new boolean[] {false, true}) {
      assertGroups(
          List.of(
              Set.of(MomentumForm.TRACE, MomentumForm.AVERAGED, MomentumForm.TWO_RATES),
              Set.of(MomentumForm.VELOCITY, MomentumForm.HEAVY_BALL)),
          nesterov,
          form -> constant(form, nesterov).withLearningRate(CHANGING.times(rate(form) / RATE)));
    }
  }

  /// What is new counts (1 − β) in the average, and so with β.
  @Test
  void whereTheMomentumChangesTheAverageParts() {
    assertGroups(
        List.of(
            Set.of(
                MomentumForm.TRACE,
                MomentumForm.TWO_RATES,
                MomentumForm.VELOCITY,
                MomentumForm.HEAVY_BALL),
            Set.of(MomentumForm.AVERAGED)),
        false,
        form ->
            constant(form, false).withLearningRate(rate(form)).with("momentum", CHANGING_MOMENTUM));
  }

  /// The heavy ball's look ahead has gone as far as β said then; the others' goes by the next one.
  @Test
  void whereTheMomentumChangesSoDoesTheHeavyBallThatLooksAhead() {
    assertGroups(
        List.of(
            Set.of(MomentumForm.TRACE, MomentumForm.TWO_RATES, MomentumForm.VELOCITY),
            Set.of(MomentumForm.AVERAGED),
            Set.of(MomentumForm.HEAVY_BALL)),
        true,
        form ->
            constant(form, true).withLearningRate(rate(form)).with("momentum", CHANGING_MOMENTUM));
  }

  @Test
  void aFormIsNeverItsNesterov() {
    for (MomentumForm form : MomentumForm.values()) {
      assertApart(
          form.toString(),
          path(constant(form, false).withLearningRate(rate(form))),
          path(constant(form, true).withLearningRate(rate(form))));
    }
  }

  @Test
  void twoRatesWithTheInnerOneChangingAreTheVelocity() {
    for (boolean nesterov : new boolean[] {false, true}) {
      Optimizer two =
          constant(MomentumForm.TWO_RATES, nesterov)
              .withLearningRate(0.5)
              .with("gradient_rate", CHANGING.times(2));
      Optimizer velocity = constant(MomentumForm.VELOCITY, nesterov).withLearningRate(CHANGING);
      assertSame("nesterov " + nesterov, path(two), path(velocity));
    }
  }

  /// m / (1 − βᵗ) = (1 − β) / (1 − βᵗ) · (the trace).
  @Test
  void theCorrectedAverageIsTheTraceWithARateThatFallsToItsOwn() {
    Optimizer averaged =
        constant(MomentumForm.AVERAGED, false).with("debias", true).withLearningRate(RATE);
    Schedule falling =
        Schedule.of(
            "falling", t -> RATE * (1 - MOMENTUM) / (1 - Math.pow(MOMENTUM, (double) t + 1)));
    Optimizer trace = constant(MomentumForm.TRACE, false).withLearningRate(falling);
    assertSame("debias", path(averaged), path(trace));
  }

  /// PyTorch's buffer begins as the whole first gradient.
  @Test
  void dampeningByTheMomentumIsNotTheAverage() {
    Optimizer dampened = Optimizer.parse("torch.SGD(lr=0.25, momentum=0.8, dampening=0.8)");
    Optimizer averaged = constant(MomentumForm.AVERAGED, false).withLearningRate(0.25);
    assertApart("dampening", path(dampened), path(averaged));
  }

  private interface Forms {
    Optimizer of(MomentumForm form);
  }

  /// Equal within a group, apart between groups.
  private static void assertGroups(
      List<Set<MomentumForm>> groups, boolean nesterov, Forms optimizers) {
    for (MomentumForm one : MomentumForm.values()) {
      for (MomentumForm other : MomentumForm.values()) {
        if (one.compareTo(other) < 0) {
          String pair = "%s and %s, nesterov %s".formatted(one, other, nesterov);
          List<double[]> first = path(optimizers.of(one));
          List<double[]> second = path(optimizers.of(other));
          if (groups.stream().anyMatch(group -> group.contains(one) && group.contains(other))) {
            assertSame(pair, first, second);
          } else {
            assertApart(pair, first, second);
          }
        }
      }
    }
  }

  private static void assertSame(String what, List<double[]> one, List<double[]> other) {
    for (int t = 0; t < one.size(); t++) {
      assertThat(other.get(t))
          .as("%s, step %d", what, t)
          .containsExactly(one.get(t), within(1e-13));
    }
  }

  private static void assertApart(String what, List<double[]> one, List<double[]> other) {
    double apart = 0;
    for (int t = 0; t < one.size(); t++) {
      for (int i = 0; i < one.get(t).length; i++) {
        apart = Math.max(apart, Math.abs(one.get(t)[i] - other.get(t)[i]));
      }
    }
    assertThat(apart).as(what).isGreaterThan(0.01);
  }

  private static Optimizer constant(MomentumForm form, boolean nesterov) {
    Optimizer optimizer = Optimizers.momentum(RATE, MOMENTUM, form).withNesterov(nesterov);
    return form == MomentumForm.TWO_RATES
        ? optimizer.with("gradient_rate", GRADIENT_RATE)
        : optimizer;
  }

  /// The rate with which a form takes the others' path.
  private static double rate(MomentumForm form) {
    return switch (form) {
      case TRACE, VELOCITY, HEAVY_BALL -> RATE;
      case AVERAGED -> RATE / (1 - MOMENTUM);
      case TWO_RATES -> RATE / GRADIENT_RATE;
    };
  }

  /// Down (x − 1)² + 2(y + x/2)² + sin z.
  private static List<double[]> path(Optimizer optimizer) {
    double[] p = {2, -1, 0.5};
    var run = optimizer.attach(Parameter.of("p", p));
    var path = new ArrayList<double[]>();
    for (int t = 0; t < STEPS; t++) {
      double inner = p[1] + p[0] / 2;
      run.step(new double[] {2 * (p[0] - 1) + 2 * inner, 4 * inner, Math.cos(p[2])});
      path.add(p.clone());
    }
    return path;
  }
}

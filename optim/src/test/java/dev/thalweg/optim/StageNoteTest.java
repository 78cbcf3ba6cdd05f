package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageNoteTest {

  private static final double[] G = {2, -1, 0, 0.5};

  private static Parameter weights() {
    return Parameter.of("w", new double[] {3, 4, 12, -84});
  }

  private static Parameter gradient(double... numbers) {
    return Parameter.of("g", numbers);
  }

  private static double only(OptimizerRun run, double... gradient) {
    List<StageNote> notes = run.notes(List.of(gradient(gradient)));
    assertThat(notes).hasSize(1);
    return notes.getFirst().values().firstEntry().getValue();
  }

  /// ‖θ‖ = 85, of Adam's first direction each number but the third is a sign: √3.
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "lamb(lr=0.1, weight_decay=0, epsilon=1e-12); trust ratio; 49.0747",
        "keras.Lamb(learning_rate=0.1, epsilon=1e-12); trust ratio; 49.0747",
        "keras.Lamb(learning_rate=0.1, epsilon=1e-12, weight_decay=0.01); trust ratio; 49.0257",
        "lookahead(k=2) | lamb(lr=0.1, weight_decay=0, epsilon=1e-12); trust ratio; 49.0747",
        "clip_value(1) | lars(trust_coefficient=0.01, weight_decay=0); trust ratio; 0.566667",
        "fromage(lr=0.1); trust ratio; 37.0970",
        "cautious | sgd(0.1); share that moves; 0.75",
        "decay(0.1) | cautious | sgd(0.1); share that moves; 0.75",
        "stable_adamw(lr=0.1); clipped to; 1",
        "adafactor(lr=0.1, threshold=0.5); clipped to; 0.577350",
      })
  void ofTheFirstStep(String optimizer, String what, double expected) {
    Parameter w = weights();
    OptimizerRun run = Optimizer.parse(optimizer).attach(w);
    List<StageNote> notes = run.notes(List.of(gradient(G)));
    assertThat(notes).hasSize(1);
    assertThat(notes.getFirst().what()).isEqualTo(what);
    assertThat(notes.getFirst().values().get("w")).isCloseTo(expected, within(1e-4));
    assertThat(w.values().doubles()).containsExactly(3, 4, 12, -84);
    assertThat(run.steps()).isZero();
  }

  /// By hand: m = 0.9 m + g turns against the gradient in the first number.
  @Test
  void laterStepsSeeTheStateOfThoseBefore() {
    OptimizerRun run = Optimizer.parse("cautious | momentum(0.1, momentum=0.9)").attach(weights());
    run.step(List.of(gradient(G)));
    assertThat(only(run, -0.1, -1, 0, 0.5)).isEqualTo(0.5);
    assertThat(run.notes(List.of(gradient(G))).getFirst().toString())
        .isEqualTo("cautious: share that moves 0.7500 (w)");
  }

  /// What is told of a step is what the step does: its length is rate × ratio × ‖u‖, and ‖u‖ that
  /// of Adam's own.
  @Test
  void theTrustRatioIsTheOneThatTheStepHas() {
    Parameter one = weights();
    Parameter other = weights();
    Parameter adam = weights();
    OptimizerRun asked = Optimizer.parse("lamb(0.01, weight_decay=0)").attach(one);
    OptimizerRun plain = Optimizer.parse("lamb(0.01, weight_decay=0)").attach(other);
    OptimizerRun direction = Optimizer.parse("adam(1, epsilon=1e-6)").attach(adam);
    for (int step = 1; step <= 4; step++) {
      double[] g = {2.0 / step, -1, 0.1 * step, 0.5 - step};
      double[] before = one.values().doubles().clone();
      double[] adamBefore = adam.values().doubles().clone();
      double ratio = only(asked, g);
      asked.step(List.of(gradient(g)));
      plain.step(List.of(gradient(g)));
      direction.step(List.of(gradient(g)));
      double moved = length(before, one.values().doubles());
      double free = length(adamBefore, adam.values().doubles());
      assertThat(moved).isCloseTo(0.01 * ratio * free, within(1e-9));
    }
    assertThat(one.values().doubles()).containsExactly(other.values().doubles());
  }

  private static double length(double[] before, double... after) {
    double squares = 0;
    for (int i = 0; i < after.length; i++) {
      squares += Math.pow(after[i] - before[i], 2);
    }
    return Math.sqrt(squares);
  }

  /// Groups are told by themselves, behind what is clipped for all together.
  @Test
  void groupsHaveTheirOwn() {
    Parameter matrix = Parameter.of("m", new int[] {2, 2}, new double[] {3, 4, 12, -84});
    Parameter vector = Parameter.of("v", new double[] {1, 1});
    OptimizerRun run =
        Optimizer.parse(
                "clip_norm(1) | lars(trust_coefficient=0.01, weight_decay=0) for rank<2:"
                    + " trust_coefficient=0.1")
            .attach(matrix, vector);
    List<StageNote> notes =
        run.notes(
            List.of(
                Parameter.of("g", new int[] {2, 2}, new double[] {3, 0, 0, 0}), gradient(4, 0)));
    assertThat(notes).hasSize(2);
    // Clipped by all, 5, to 0.6 and 0.8.
    assertThat(notes.getFirst().values().get("m")).isCloseTo(0.01 * 85 / 0.6, within(1e-6));
    assertThat(notes.getLast().values().get("v")).isCloseTo(0.1 * Math.sqrt(2) / 0.8, within(1e-6));
  }

  @Test
  void mostTellNothing() {
    for (String optimizer : List.of("adamw(1e-3)", "clip_norm(1) | sgd(0.1)", "sam | lamb(0.1)")) {
      OptimizerRun run = Optimizer.parse(optimizer).attach(weights());
      assertThat(run.hasNotes()).as(optimizer).isFalse();
      assertThat(run.notes(List.of(gradient(G)))).isEmpty();
    }
  }
}

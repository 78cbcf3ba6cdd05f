package dev.thalweg.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanOutlineTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "p -= lr * g",
        "m = lerp(m, g, 1 - beta1); v = lerp(v, g^2, 1 - beta2);"
            + "p -= lr * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + 1e-8)",
        "g = g * limit / max(global_norm(g), limit); p -= lr * g",
        "n = 0.9 * n + 0.1 * norm(g); k = k + 1; p -= lr * g / (n + mean(p) + 0.25) / k",
        "p -= lr * g / (global_max_norm(g) + max_norm(p))",
        "a = global_mean(g) / global_sum(p); p -= a * g * sum(g - a)"
      })
  void whatIsWrittenIsReadAndComputesTheSame(String text) {
    PlanOutline outline = UpdatePlan.of(Program.parse(text)).outline();
    PlanOutline read = PlanOutline.parse(outline.toString());

    assertThat(read).hasToString(outline.toString());
    assertThat(read.hyperparameters()).isEqualTo(outline.hyperparameters());
    assertThat(read.elementSlots()).isEqualTo(outline.elementSlots());
    assertThat(read.sums()).isEqualTo(outline.sums());
    assertThat(scalars(read)).isEqualTo(scalars(outline));
  }

  /// The scalars of all loops after two steps over three tensors.
  private static List<Double> scalars(PlanOutline outline) {
    ScalarPlan plan = outline.scalars();
    ScalarPlan.State state = plan.state(new int[] {3}, new int[] {5}, new int[] {7});
    for (int step = 1; step <= 2; step++) {
      state.setStep(step);
      for (int h = 0; h < outline.hyperparameters().size(); h++) {
        state.set(h, 0.1 * (h + 1));
      }
      for (int depth = 0; depth <= plan.deepest(); depth++) {
        for (PlanOutline.Sum sum : outline.sums()) {
          if (sum.depth() == depth && sum.global()) {
            state.result(sum.result(), 2);
          } else if (sum.depth() == depth) {
            for (int tensor = 0; tensor < 3; tensor++) {
              state.result(sum.result(), tensor, tensor + 0.5);
            }
          }
        }
        state.compute(depth);
      }
      state.keepSlots();
    }
    var all = new java.util.ArrayList<Double>();
    for (int loop = 0; loop <= outline.sums().size(); loop++) {
      for (int tensor = 0; tensor < 3; tensor++) {
        double[] some = new double[plan.scalars(loop)];
        state.scalars(loop, tensor, some);
        for (double one : some) {
          all.add(one);
        }
      }
    }
    return all;
  }

  @Test
  void anotherTextIsRefused() {
    String text = UpdatePlan.of(Program.parse("p -= lr * g")).outline().toString();
    for (String bad : List.of("", "1 ", text.substring(0, text.length() - 5), "x " + text)) {
      assertThatThrownBy(() -> PlanOutline.parse(bad)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> PlanOutline.parse(text.replace("STEP", "STEEP")))
        .hasMessage("plan: no level STEEP");
    assertThatThrownBy(() -> PlanOutline.parse(text.replace("VARIABLE", "VARIOUS")))
        .hasMessage("plan: no operation VARIOUS");
  }
}

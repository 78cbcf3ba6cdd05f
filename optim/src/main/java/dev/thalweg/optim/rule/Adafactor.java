package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.formula.Range;
import dev.thalweg.optim.Family;
import java.util.Map;

/// Adafactor: the squares of a matrix' gradients as the product of what their rows and columns are
/// on average, steps in proportion to the weights, clipped. Shazeer & Stern 2018, arXiv 1804.04235,
/// algorithms 4 and 5. The rate is the largest; it is 1/√t where that is smaller.
public final class Adafactor implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "adafactor",
            Family.MATRIX,
            "squares of gradients by row and column, steps in proportion to the weights",
            "Shazeer & Stern 2018, arXiv 1804.04235")
        .taking(
            number("lr", 1e-2, POSITIVE, "the paper"),
            number(
                "beta2_decay",
                -0.8,
                new Range(Double.NEGATIVE_INFINITY, false, 0, true),
                "the paper: 1 − β₂ is t to it"),
            number("epsilon1", 1e-30, POSITIVE, "the paper"),
            number("epsilon2", 1e-3, NOT_NEGATIVE, "the paper"),
            number("threshold", 1, POSITIVE, "the paper: d"),
            number("weight_decay", 0, NOT_NEGATIVE, "the paper: none"),
            flag("relative_step", true))
        .as(
            Library.KERAS,
            "Adafactor",
            "learning_rate=0.001, beta_2_decay:beta2_decay=-0.8, epsilon_1:epsilon1=1e-30,"
                + " epsilon_2:epsilon2=1e-3, clip_threshold:threshold=1.0, relative_step, …");
  }

  @Override
  public String formula(Settings s) {
    return "size = max(epsilon2, rms(p)) * "
        + (s.flag("relative_step") ? "min(lr, 1 / sqrt(t))\n" : "lr\n")
        + (s.has("weight_decay") ? Settings.DECOUPLED : "")
        + "v = factored(g^2 + epsilon1, t^beta2_decay, 0)\n"
        + "u = g / sqrt(v)\n"
        + "p -= size * u / max(1, rms(u) / threshold)";
  }

  @Override
  public Map<String, String> told() {
    return Map.of("clipped to", "1 / max(1, rms(u) / threshold)");
  }
}

package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import java.util.Map;

/// LARS: layer-wise rates ‖θ‖/(‖g‖ + λ‖θ‖). You, Gitman & Ginsburg 2017, arXiv 1708.03888,
/// algorithm 1; with `clip` LARC, whose rate of a tensor is at most `lr`. The rate stands outside
/// the buffer.
public final class Lars implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "lars",
            Family.MOMENTUM,
            "momentum with a rate for each tensor, by the size of its weights",
            "You, Gitman & Ginsburg 2017, arXiv 1708.03888")
        .taking(
            number("lr", 1.0, POSITIVE, "timm"),
            number("momentum", 0.9, FRACTION, "the paper"),
            number("weight_decay", 1e-4, NOT_NEGATIVE, "the paper"),
            number("trust_coefficient", 1e-3, POSITIVE, "the paper"),
            number("epsilon", 1e-8, NOT_NEGATIVE, "timm"),
            flag("nesterov", false),
            flag("clip", false));
  }

  @Override
  public String formula(Settings s) {
    String trust = "trust_coefficient * norm(p) / (norm(g) + weight_decay * norm(p) + epsilon)";
    if (s.flag("clip")) {
      trust = "min(" + trust + " / lr, 1)";
    }
    return "trust = where(norm(p) * norm(g) > 0, "
        + trust
        + ", 1)\nv = momentum * v + (g + weight_decay * p) * trust\np -= lr * "
        + (s.flag("nesterov") ? "((g + weight_decay * p) * trust + momentum * v)" : "v");
  }

  @Override
  public Map<String, String> told() {
    return Map.of("trust ratio", "trust");
  }
}

package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.choice;
import static dev.thalweg.optim.rule.Arguments.count;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.Orthogonalizer;
import java.util.Optional;

/// AdaMuon: Muon of signs over the root of the average of its squares, as long as AdamW's steps.
/// Si, Zhang & Shen 2025, arXiv 2507.11005, algorithm 1. `adamuon(1e-3) for rank<2: adamw(1e-3)`.
public final class AdaMuon implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "adamuon",
            Family.MATRIX,
            "Muon with a rate for each number",
            "Si, Zhang & Shen 2025, arXiv 2507.11005")
        .taking(
            number("lr", 1e-3, POSITIVE, "the paper"),
            number("momentum", 0.95, FRACTION, "the paper"),
            flag("nesterov", true),
            number("weight_decay", 0, NOT_NEGATIVE, "off"),
            choice("coefficients", Orthogonalizer.JORDAN),
            count("ns_steps", 5, 0, "the paper"),
            number("epsilon", 1e-8, POSITIVE, "the paper"));
  }

  @Override
  public String formula(Settings s) {
    return "m = momentum * m + g\nu = "
        + (s.flag("nesterov") ? "sign(g + momentum * m)\n" : "sign(m)\n")
        + s.choice("coefficients", Orthogonalizer.class).line()
        + """
        v = momentum * v + (1 - momentum) * u^2
        w = u / (sqrt(v) + epsilon)
        """
        + (s.has("weight_decay") ? Settings.DECOUPLED : "")
        + "p -= 0.2 * lr * sqrt(rows * columns) / (norm(w) + epsilon) * w";
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return s.notWhole("ns_steps");
  }
}

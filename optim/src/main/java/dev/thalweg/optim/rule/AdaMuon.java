package dev.thalweg.optim.rule;

import dev.thalweg.optim.Orthogonalizer;
import java.util.Optional;

/// AdaMuon: Muon of signs over the root of the average of its squares, as long as AdamW's steps.
/// Si, Zhang & Shen 2025, arXiv 2507.11005, algorithm 1. `adamuon(1e-3) for rank<2: adamw(1e-3)`.
public final class AdaMuon implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        adamuon (MATRIX): Muon with a rate for each number
        Si, Zhang & Shen 2025, arXiv 2507.11005
        lr = 0.001 in (0, ∞): the paper
        momentum = 0.95 in [0, 1): the paper
        nesterov = true
        weight_decay = 0 in [0, ∞): off
        coefficients = ~
        ns_steps = fixed 5 in [0, ∞): the paper
        epsilon = 1e-8 in (0, ∞): the paper
        """,
        Orthogonalizer.JORDAN);
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

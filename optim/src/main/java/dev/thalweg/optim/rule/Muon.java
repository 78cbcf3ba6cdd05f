package dev.thalweg.optim.rule;

import dev.thalweg.optim.MatrixScale;
import dev.thalweg.optim.Orthogonalizer;
import java.util.Optional;

/// Muon: the average of the gradients, made nearly orthogonal. Jordan et al. 2024,
/// kellerjordan.github.io/posts/muon. A method for matrices, and for kernels of convolutions, which
/// are matrices with a column for each filter: `muon(0.02) for rank<2: adamw(3e-4)`.
public final class Muon implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        muon (MATRIX): along an average of gradients whose singular values are made 1, nearly
        Jordan et al. 2024, kellerjordan.github.io/posts/muon
        lr = 0.02 in (0, ∞): the author
        momentum = 0.95 in [0, 1): the author
        nesterov = true
        weight_decay = 0 in [0, ∞): the author
        coefficients = ~
        ns_steps = fixed 5 in [0, ∞): the author
        scale = ~
        epsilon = 1e-7 in (0, ∞): the author
        """,
        Orthogonalizer.JORDAN,
        MatrixScale.JORDAN);
  }

  @Override
  public String formula(Settings s) {
    return "m = lerp(m, g, 1 - momentum)\n"
        + "u = "
        + (s.flag("nesterov") ? "lerp(g, m, momentum)" : "m")
        + "\n"
        + s.choice("coefficients", Orthogonalizer.class).line()
        + (s.has("weight_decay") ? Settings.DECOUPLED : "")
        + "p -= lr * "
        + s.choice("scale", MatrixScale.class).text()
        + " * u";
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return s.notWhole("ns_steps");
  }
}

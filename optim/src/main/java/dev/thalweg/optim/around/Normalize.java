package dev.thalweg.optim.around;

import dev.thalweg.optim.ClipScope;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// The gradient over its norm: only its direction is left. Where it is 0 it stays so.
public final class Normalize implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        normalize (STAGE): the gradient over its norm
        Hazan, Levy & Shalev-Shwartz 2015, arXiv 1507.02030
        scope = ~
        epsilon = 0 in [0, ∞): off
        = optax.normalize()
        """,
        ClipScope.GLOBAL);
  }

  @Override
  public String formula(Settings s) {
    String norm =
        s.choice("scope", ClipScope.class) == ClipScope.GLOBAL ? "global_norm(g)" : "norm(g)";
    return "g = " + s.over("epsilon", "g", norm, "(" + norm + " + epsilon)", norm);
  }
}

package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// The gradient over its norm: only its direction is left. Where it is 0 it stays so.
public final class Normalize implements CardedRule {
  @Override
  public String card() {
    return """
    normalize (STAGE): the gradient over its norm
    Hazan, Levy & Shalev-Shwartz 2015, arXiv 1507.02030
    scope = global of global, tensor
    epsilon = 0 in [0, ∞): off
    = optax.normalize()
    """;
  }

  @Override
  public String formula(Settings s) {
    String norm = s.is("scope", "global") ? "global_norm(g)" : "norm(g)";
    return "g = " + s.over("epsilon", "g", norm, "(" + norm + " + epsilon)", norm);
  }
}

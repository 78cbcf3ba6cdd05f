package dev.thalweg.optim.around;

import dev.thalweg.optim.ClipForm;
import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// The gradients, shortened where their norm is above a limit. Pascanu, Mikolov & Bengio 2013.
public final class ClipNorm implements CardedRule {
  @Override
  public String card() {
    return """
    clip_norm (STAGE): the gradient made shorter where its norm is above a limit
    Pascanu, Mikolov & Bengio 2013, arXiv 1211.5063
    also clip_global_norm
    limit = 1 in (0, ∞): this library's choice
    scope = global of global, tensor
    form = exact of exact, torch
    = optax.clip_by_global_norm(max_norm:limit)
    """;
  }

  @Override
  public String formula(Settings s) {
    return lines(s.is("scope", "global"), s.choice("form", ClipForm.class));
  }

  /// The gradient, shortened where the norm is above `limit`.
  public static String lines(boolean global, ClipForm form) {
    String norm = global ? "global_norm(g)" : "norm(g)";
    return form == ClipForm.EXACT
        ? "g = g * limit / max(" + norm + ", limit)"
        : "g = g * min(limit / (" + norm + " + 1e-6), 1)";
  }
}

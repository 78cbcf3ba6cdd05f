package dev.thalweg.optim.around;

import dev.thalweg.optim.Parameter;
import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// Hyperball: each matrix keeps the Frobenius norm R that it began with, and each step of what is
/// within has the norm lr · R, lr being the rate of the rule within: W ← R · n(W + lr · R · n(u)),
/// n(x) = x / ‖x‖, u the move of what is within, whose own length counts no more. Wen et al. 2026,
/// arXiv 2606.16899: MuonH is `hyperball | muon(0.02)`, AdamH `hyperball | adamw(lr=0.01,
/// weight_decay=0)`; with decay the move has a part of it.
///
/// Parameters that are no matrices are moved as by what is within alone. A matrix of zeros stays
/// one.
public final class Hyperball implements CardedRule {
  @Override
  public String card() {
    return """
    hyperball (STAGE): matrices keep their norm, and steps are a fixed part of it
    Wen et al. 2026, arXiv 2606.16899
    epsilon = 1e-8 in (0, ∞): emerging-optimizers: the least norm that is divided by
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    radius = where(t > 1, radius, norm(p))
    start = p
    …
    ahead = start + lr * radius * move / max(norm(move), epsilon)
    p = ahead * radius / max(norm(ahead), epsilon)\
    """;
  }

  @Override
  public String formula(Settings s, Parameter parameter) {
    return parameter.dimensions().length < 2 ? "…\np = p" : formula(s);
  }
}

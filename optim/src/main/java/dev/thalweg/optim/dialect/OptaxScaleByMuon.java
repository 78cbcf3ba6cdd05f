package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `optax.contrib.scale_by_muon`: the direction of [OptaxMuon], for matrices only.
public final class OptaxScaleByMuon implements CardedRule {
  @Override
  public String card() {
    return """
    optax.scale_by_muon (STAGE): the direction of muon, for matrices
    ns_coeffs:a:b:c = (3.4445, -4.775, 2.0315)
    ns_steps = whole 5 in [0, ∞)
    beta = 0.95 in [0, 1)
    eps = 1e-8 in [0, ∞)
    mu_dtype
    *
    nesterov = true
    adaptive = false
    preconditioning = frobenius of frobenius, aol, schatten, spectral
    weight_dimension_numbers = refused none: matrices have their inputs in rows here
    """;
  }

  @Override
  public String formula(Settings s) {
    return OptaxMuon.direction(s, "ns_steps, a, b, c") + "g = u";
  }
}

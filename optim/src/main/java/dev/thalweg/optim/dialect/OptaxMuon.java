package dev.thalweg.optim.dialect;

import dev.thalweg.optim.Parameter;
import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Orthogonalizer;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// `optax.contrib.muon`, as Optax computes it: parameters that are no matrices are moved by Adam.
public final class OptaxMuon implements CardedRule {
  @Override
  public String card() {
    return """
    optax.muon (MATRIX): matrices by Muon, all else by Optax' AdamW
    learning_rate:lr in [0, ∞)
    ns_coeffs = standard of standard, dion
    ns_steps = whole 5 in [0, ∞)
    beta = 0.95 in [0, 1)
    eps = 1e-8 in [0, ∞)
    weight_decay = 0
    weight_decay_mask
    mu_dtype
    *
    nesterov = true
    adaptive = false
    preconditioning = frobenius of frobenius, aol, schatten, spectral
    adam_b1 = 0.9 in [0, 1)
    adam_b2 = 0.999 in [0, 1)
    adam_eps_root = 0 in [0, ∞)
    adam_weight_decay = 0
    adam_learning_rate = none in [0, ∞)
    muon_weight_dimension_numbers = refused none: matrices have their inputs in rows here
    consistent_rms = none in [0, ∞)
    """;
  }

  @Override
  public String formula(Settings s) {
    String coefficients =
        s.choose("ns_coeffs", "ns_steps, " + Orthogonalizer.JORDAN, "5, " + Orthogonalizer.YOU);
    return direction(s, coefficients)
        + "u = u * "
        + (s.isGiven("consistent_rms")
            ? "sqrt(max(rows, columns)) * consistent_rms\n"
            : "sqrt(max(1, columns / rows))\n")
        + (s.has("weight_decay") ? "p -= lr * (u + weight_decay * p)" : "p -= lr * u");
  }

  /// The average of the gradients `w`, and made nearly orthogonal `u`.
  static String direction(Settings s, String coefficients) {
    return "m = beta * m + (1 - beta) * g\n"
        + (s.flag("nesterov")
            ? "w = beta * m / (1 - beta^(t + 1)) + (1 - beta) * g / (1 - beta^t)\n"
            : "w = m / (1 - beta^t)\n")
        + "u = w\nu = "
        + s.choose(
            "preconditioning",
            s.over("eps", "u", "norm(u)", "(norm(u) + eps)", "norm(u)"),
            "almost_orthogonal(u, 1e-8)",
            "schatten_normalized(u, 1e-8)",
            "spectral_normalized(u, eps)")
        + "\nu = newton_schulz(u, "
        + coefficients
        + ")\n"
        + (s.flag("adaptive") ? "u = sum(w * u) * u\n" : "");
  }

  @Override
  public String formula(Settings s, Parameter parameter) {
    return parameter.dimensions().length == 2 ? formula(s) : adam(s);
  }

  private static String adam(Settings s) {
    String mean =
        s.flag("nesterov")
            ? "(adam_b1 * m / (1 - adam_b1^(t + 1)) + (1 - adam_b1) * g / (1 - adam_b1^t))"
            : "m / (1 - adam_b1^t)";
    String square = "v / (1 - adam_b2^t)" + (s.has("adam_eps_root") ? " + adam_eps_root" : "");
    String step =
        s.over("eps", mean, square, "(sqrt(" + square + ") + eps)", "sqrt(" + square + ")");
    return "m = adam_b1 * m + (1 - adam_b1) * g\n"
        + "v = adam_b2 * v + (1 - adam_b2) * g^2\n"
        + "p -= "
        + (s.isGiven("adam_learning_rate") ? "adam_learning_rate" : "lr")
        + " * "
        + (s.has("adam_weight_decay") ? "(" + step + " + adam_weight_decay * p)" : step);
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return s.is("ns_coeffs", "dion") && s.fixed("ns_steps") < 5
        ? Optional.of("dion takes 5 steps, found ns_steps=" + s.fixed("ns_steps"))
        : Optional.empty();
  }
}

package dev.thalweg.optim.dialect;

import dev.thalweg.optim.Parameter;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// `optax.contrib.muon`, as Optax computes it: parameters that are no matrices are moved by Adam.
public final class OptaxMuon implements Rule {
  /// The set of coefficients: Optax takes them as numbers too.
  enum Coefficients {
    STANDARD("ns_steps, 3.4445, -4.775, 2.0315"),
    /// Five steps, whatever `ns_steps` says.
    DION(
        "5, 4.0848, -6.8946, 2.927, 3.9505, -6.3029, 2.6377, 3.7418, -5.5913, 2.3037, 2.8769,"
            + " -3.1427, 1.2046, 2.8366, -3.0525, 1.2012");

    private final String text;

    Coefficients(String text) {
      this.text = text;
    }
  }

  /// What is done before the first step.
  enum Preconditioning {
    FROBENIUS,
    AOL,
    SCHATTEN,
    SPECTRAL;

    private String of(Settings s) {
      return switch (this) {
        case FROBENIUS -> s.over("eps", "u", "norm(u)", "(norm(u) + eps)", "norm(u)");
        case AOL -> "almost_orthogonal(u, 1e-8)";
        case SCHATTEN -> "schatten_normalized(u, 1e-8)";
        case SPECTRAL -> "spectral_normalized(u, eps)";
      };
    }
  }

  @Override
  public Card card() {
    return Card.of(
        """
        optax.muon (MATRIX): matrices by Muon, all else by Optax' AdamW
        learning_rate:lr in [0, ∞)
        ns_coeffs = ~
        ns_steps = fixed 5 in [0, ∞)
        beta = 0.95 in [0, 1)
        eps = 1e-8 in [0, ∞)
        weight_decay = 0
        weight_decay_mask
        mu_dtype
        *
        nesterov = true
        adaptive = false
        preconditioning = ~
        adam_b1 = 0.9 in [0, 1)
        adam_b2 = 0.999 in [0, 1)
        adam_eps_root = 0 in [0, ∞)
        adam_weight_decay = 0
        adam_learning_rate = none in [0, ∞)
        muon_weight_dimension_numbers = refused none: matrices have their inputs in rows here
        consistent_rms = none in [0, ∞)
        """,
        Coefficients.STANDARD,
        Preconditioning.FROBENIUS);
  }

  @Override
  public String formula(Settings s) {
    return "m = beta * m + (1 - beta) * g\n"
        + (s.flag("nesterov")
            ? "w = beta * m / (1 - beta^(t + 1)) + (1 - beta) * g / (1 - beta^t)\n"
            : "w = m / (1 - beta^t)\n")
        + "u = w\nu = "
        + s.choice("preconditioning", Preconditioning.class).of(s)
        + "\nu = newton_schulz(u, "
        + s.choice("ns_coeffs", Coefficients.class).text
        + ")\n"
        + (s.flag("adaptive") ? "u = sum(w * u) * u\n" : "")
        + "u = u * "
        + (s.isGiven("consistent_rms")
            ? "sqrt(max(rows, columns)) * consistent_rms\n"
            : "sqrt(max(1, columns / rows))\n")
        + (s.has("weight_decay") ? "p -= lr * (u + weight_decay * p)" : "p -= lr * u");
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
    if (s.choice("ns_coeffs", Coefficients.class) == Coefficients.DION && s.fixed("ns_steps") < 5) {
      return Optional.of("dion takes 5 steps, found ns_steps=" + s.fixed("ns_steps"));
    }
    return s.notWhole("ns_steps");
  }
}

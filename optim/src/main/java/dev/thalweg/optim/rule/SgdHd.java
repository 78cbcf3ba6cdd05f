package dev.thalweg.optim.rule;

import java.util.Optional;

/// Hypergradient descent of the rate, and of momentum where `momentum_hyper_lr` is given: both go
/// against the gradient of the loss by themselves, g · (the last direction) and g · (the velocity
/// before it) times the rate. Baydin et al. 2018, arXiv 1703.04782, algorithms 1 and 2; the second
/// is the same derivative by μ. The rate begins at `lr`, and a schedule has no later say.
public final class SgdHd implements CardedRule {
  @Override
  public String card() {
    return """
    sgd_hd (RATE_FREE): momentum whose rate descends along its own gradient
    Baydin et al. 2018, arXiv 1703.04782
    lr = 0.01 in (0, ∞): the rate at the start; the authors' examples
    momentum = 0 in [0, 1): the paper; at the start
    hyper_lr = 1e-6 in [0, ∞): the authors
    momentum_hyper_lr = 0 in [0, ∞): off
    nesterov = false
    """;
  }

  @Override
  public String formula(Settings s) {
    boolean learned = s.has("momentum_hyper_lr");
    String mass = learned ? "mass" : "momentum";
    boolean momentum = learned || s.has("momentum");
    return "init rate = lr\n"
        + (learned
            ? """
            init mass = momentum
            mass = clip(mass + momentum_hyper_lr * rate * global_sum(g * old), 0, 0.999)
            old = v
            """
            : "")
        + "rate = rate + hyper_lr * global_sum(g * u)\n"
        + (momentum ? "v = " + mass + " * v + g\n" : "")
        + (!momentum ? "u = g\n" : s.flag("nesterov") ? "u = g + " + mass + " * v\n" : "u = v\n")
        + "p -= rate * u";
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return s.flag("nesterov") && !s.has("momentum") && !s.has("momentum_hyper_lr")
        ? Optional.of("nesterov needs a momentum")
        : Optional.empty();
  }
}

package dev.thalweg.optim.rule;

import java.util.Optional;

/// Schedule-Free AdamW: AdamW whose average takes the place of momentum and schedule. Defazio et
/// al. 2024, arXiv 2405.15682, algorithm 1 over Adam, with the authors' weights.
public final class ScheduleFreeAdamW implements CardedRule {
  @Override
  public String card() {
    return """
    schedule_free_adamw (RATE_FREE): AdamW with an average of its points in the place of momentum and schedule
    Defazio et al. 2024, arXiv 2405.15682
    lr = 0.0025 in (0, ∞): the authors
    beta1 = 0.9 in (0, 1): the authors
    beta2 = 0.999 in [0, 1): the authors
    epsilon = 1e-8 in [0, ∞): the authors
    weight_decay = 0 in [0, ∞): the authors
    warmup_steps = whole 0 in [0, ∞): the authors
    r = 0 in [0, ∞): the authors: weights of the average grow as t^r
    weight_lr_power = 2 in [0, ∞): the authors
    """;
  }

  @Override
  public String formula(Settings s) {
    return ScheduleFree.warmed(s)
        + ScheduleFree.share(s)
        + "v = beta2 * v + (1 - beta2) * g^2\nu = "
        + s.overRootBeside("epsilon", "g", "v / (1 - beta2^t)")
        + (s.has("weight_decay") ? " + weight_decay * p\n" : "\n")
        + ScheduleFree.steps("beta1");
  }

  @Override
  public Optional<String> evaluation(Settings s) {
    return Optional.of(ScheduleFree.average("beta1"));
  }
}

package dev.thalweg.optim.rule;

import java.util.Optional;

/// Schedule-Free RAdam: rectified Adam whose average takes the place of momentum and schedule.
/// Defazio et al. 2024, arXiv 2405.15682, over Liu et al. 2020, arXiv 1908.03265, as the authors
/// have it: while the average of squares is too young, nothing moves, or plain gradients do.
public final class ScheduleFreeRadam implements CardedRule {
  @Override
  public String card() {
    return """
    schedule_free_radam (RATE_FREE): rectified Adam with an average of its points in the place of momentum and schedule
    Defazio et al. 2024, arXiv 2405.15682
    lr = 0.0025 in (0, ∞): the authors
    beta1 = 0.9 in (0, 1): the authors
    beta2 = 0.999 in [0, 1): the authors
    epsilon = 1e-8 in [0, ∞): the authors
    weight_decay = 0 in [0, ∞): the authors
    silent_sgd_phase = true
    r = 0 in [0, ∞): the authors: weights of the average grow as t^r
    weight_lr_power = 2 in [0, ∞): the authors
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    longest = 2 / (1 - beta2) - 1
    length = longest - 2 * t * beta2^t / (1 - beta2^t)
    trust = sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length))
    """
        + "rate = lr * where(length > 4, trust, "
        + (s.flag("silent_sgd_phase") ? "0" : "1")
        + ")\n"
        + ScheduleFree.share(s)
        + "v = beta2 * v + (1 - beta2) * g^2\nu = where(length > 4, "
        + s.overRootBeside("epsilon", "g", "v / (1 - beta2^t)")
        + ", g)"
        + (s.has("weight_decay") ? " + weight_decay * p\n" : "\n")
        + ScheduleFree.steps("beta1");
  }

  @Override
  public Optional<String> evaluation(Settings s) {
    return Optional.of(ScheduleFree.average("beta1"));
  }
}

package dev.thalweg.optim.rule;

import java.util.Optional;

/// Schedule-Free SGD: gradient descent whose average takes the place of a schedule. Defazio et al.
/// 2024, arXiv 2405.15682, algorithm 1, with the authors' weights.
public final class ScheduleFreeSgd implements CardedRule {
  @Override
  public String card() {
    return """
    schedule_free_sgd (RATE_FREE): gradient descent with an average of its points in the place of a schedule
    Defazio et al. 2024, arXiv 2405.15682
    lr = 1 in (0, ∞): the authors
    momentum = 0.9 in (0, 1): the authors
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
        + (s.has("weight_decay") ? "u = g + weight_decay * p\n" : "u = g\n")
        + ScheduleFree.steps("momentum");
  }

  @Override
  public Optional<String> evaluation(Settings s) {
    return Optional.of(ScheduleFree.average("momentum"));
  }
}

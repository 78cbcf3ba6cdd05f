package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// Stochastic weight averaging: from a step on the mean of the weights, each so many steps, is
/// where the method is evaluated and saved; its way is that of what is within. Izmailov et al.
/// 2018, arXiv 1803.05407. What layers keep besides weights, such as statistics of batches, is that
/// of the last step.
public final class Swa implements CardedRule {
  @Override
  public String card() {
    return """
    swa (STAGE): evaluated at the mean of the weights from a step on
    Izmailov et al. 2018, arXiv 1803.05407
    start = whole 1 in [1, ∞): the first step: of all
    every = whole 1 in [1, ∞): each step; the paper's is an epoch
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    init average = p
    …
    n = floor((t - start) / every)
    due = t - start == every * n
    average = where(t <= start, p, where(due, lerp(average, p, 1 / (n + 1)), average))\
    """;
  }

  @Override
  public Optional<String> evaluation(Settings s) {
    return Optional.of("average");
  }
}

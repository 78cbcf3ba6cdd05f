package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// Schedule-free around any rule: what is within moves z, the parameter is y, between z and the
/// average x of the z, where the method is evaluated. Defazio et al. 2024, arXiv 2405.15682,
/// algorithm 1: y = (1 − β) z + β x, x ← (1 − c) x + c z, c = w / Σw with w the power of the
/// largest rate so far. What is within should have no momentum of its own.
public final class ScheduleFreeAround implements CardedRule {
  @Override
  public String card() {
    return """
    schedule_free (STAGE): an average of the points in the place of momentum and schedule
    Defazio et al. 2024, arXiv 2405.15682
    beta = 0.9 in (0, 1): the authors
    weight_lr_power = 2 in [0, ∞): the authors
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    init z = p
    x = lerp(p, z, 1 - 1 / beta)
    …
    z += move
    largest = max(largest, lr)
    weight = largest^weight_lr_power
    total += weight
    x = lerp(x, z, where(total > 0, weight / total, 0))
    p = lerp(z, x, beta)\
    """;
  }

  @Override
  public Optional<String> evaluation(Settings s) {
    return Optional.of("lerp(p, z, 1 - 1 / beta)");
  }
}

package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// `optax.apply_every`: updates are added up, and their sum goes on at every k-th step; the stages
/// before it take part in every step.
public final class OptaxApplyEvery implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        optax.apply_every (STAGE): the sum of so many updates at once
        k = fixed 1 in [1, ∞)
        """);
  }

  @Override
  public String formula(Settings s) {
    return """
    total = where(k * floor((t - 1) / k) == t - 1, 0, total) + g
    g = where(k * floor(t / k) == t, total, 0)\
    """;
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return s.notWhole("k");
  }
}

package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `optax.rprop`, which makes the step of the gradient before (google-deepmind/optax pull request
/// 1725): the first one moves nothing. The rate is the first size of a step.
public final class OptaxRprop implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        optax.rprop (ADAPTIVE): steps that grow while the sign of the gradient stays, one too late
        learning_rate:lr in (0, ∞)
        eta_minus = 0.5 in [0, ∞)
        eta_plus = 1.2 in (0, ∞)
        min_step_size:smallest = 1e-6 in (0, ∞)
        max_step_size:largest = 50 in (0, ∞)
        = optax.scale_by_rprop(learning_rate, eta_minus=0.5, eta_plus=1.2, min_step_size=1e-6, max_step_size=50) where direction
        """);
  }

  @Override
  public String formula(Settings s) {
    return """
    init size = lr
    same = g * before
    size = where(same == 0, size, clip(size * where(same > 0, eta_plus, eta_minus), smallest, largest))
    next = where(same < 0, 0, size * sign(g))
    p -= where(same < 0, 0, before)
    before = next\
    """;
  }
}

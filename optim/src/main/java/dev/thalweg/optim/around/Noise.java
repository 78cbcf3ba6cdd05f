package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// Normal noise on the gradient, whose variance falls: η / t^γ, t from 1. Neelakantan et al. 2015,
/// arXiv 1511.06807. The noise is a function of `seed`, the step and the place of a number among
/// all that are laid end to end.
public final class Noise implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        noise (STAGE): normal noise on the gradient that fades
        Neelakantan et al. 2015, arXiv 1511.06807
        eta = 0.01 in [0, ∞): the paper tries 0.01, 0.3 and 1
        gamma = 0.55 in [0, ∞): the paper
        seed = fixed 0 in [0, ∞): any
        = optax.add_noise(eta:eta=0.01, gamma:gamma=0.55, key:seed=0, *, seed!)
        """);
  }

  @Override
  public String formula(Settings s) {
    return "g += sqrt(eta / t^gamma) * gaussian(p, seed, t)";
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return s.notWhole("seed");
  }
}

package dev.thalweg.optim.rule;

import dev.thalweg.optim.MomentumForm;
import java.util.Optional;

/// [Momentum] with the gradient taken ahead. Nesterov 1983; Sutskever et al. 2013.
public final class Nesterov implements CardedRule {
  @Override
  public String card() {
    return """
    nesterov (MOMENTUM): momentum with the gradient taken ahead
    Nesterov 1983; Sutskever et al. 2013
    also nag
    lr = 0.01 in (0, ∞): this library's choice
    momentum = 0.9 in [0, 1): Krizhevsky et al. 2012; common practice
    form = trace of trace, velocity, averaged, two_rates, heavy_ball
    gradient_rate = 1 in (0, ∞): form two_rates only: its inner rate
    weight_decay = 0 in [0, ∞): the papers': none
    decay = coupled of coupled, decoupled, constant, proximal
    """;
  }

  @Override
  public String formula(Settings s) {
    return Momentum.isHeavyBallBesideDecay(s)
        ? Momentum.heavyBallBesideDecay(s, true)
        : s.decayed(s.choice("form", MomentumForm.class).lines(true));
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return Momentum.gradientRateConflict(s);
  }
}

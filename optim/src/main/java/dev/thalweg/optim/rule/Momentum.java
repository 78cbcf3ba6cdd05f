package dev.thalweg.optim.rule;

import dev.thalweg.optim.DecayForm;
import dev.thalweg.optim.MomentumForm;
import java.util.Optional;

/// Descent along a fading sum of past gradients, in each of the forms of that name
/// ([MomentumForm]). Polyak 1964; Nesterov 1983; Sutskever et al. 2013.
public final class Momentum implements CardedRule {
  private static final String BEGINNING = "init before = p\n";

  @Override
  public String card() {
    return """
    momentum (MOMENTUM): along a fading sum of past gradients, in each of the forms of that name
    Polyak 1964; Nesterov 1983; Sutskever et al. 2013
    lr = 0.01 in (0, ∞): this library's choice
    momentum = 0.9 in [0, 1): Krizhevsky et al. 2012; common practice
    form = trace of trace, velocity, averaged, two_rates, heavy_ball
    nesterov = false
    gradient_rate = 1 in (0, ∞): form two_rates only: its inner rate
    debias = false
    weight_decay = 0 in [0, ∞): the papers': none
    decay = coupled of coupled, decoupled, constant, proximal
    """;
  }

  @Override
  public String formula(Settings s) {
    return isHeavyBallBesideDecay(s)
        ? heavyBallBesideDecay(s, s.flag("nesterov"))
        : s.decayed(lines(s));
  }

  @Override
  public Optional<String> conflict(Settings s) {
    if (s.flag("debias") && s.choice("form", MomentumForm.class) != MomentumForm.AVERAGED) {
      return Optional.of("debias needs form=averaged");
    }
    return gradientRateConflict(s);
  }

  static boolean isHeavyBallBesideDecay(Settings s) {
    DecayForm decay = s.choice("decay", DecayForm.class);
    return s.has("weight_decay")
        && s.choice("form", MomentumForm.class) == MomentumForm.HEAVY_BALL
        && (decay == DecayForm.DECOUPLED || decay == DecayForm.CONSTANT);
  }

  /// The velocity is how far the rule has moved; where the decay stands beside the rule, what it
  /// moves is no part of that.
  static String heavyBallBesideDecay(Settings s, boolean nesterov) {
    String decay =
        s.choice("decay", DecayForm.class) == DecayForm.DECOUPLED
            ? Settings.DECOUPLED
            : Settings.CONSTANT;
    return BEGINNING
        + (nesterov
            ? "v = p - lr * g - before\n" + decay + "before = p - lr * g\np = before + momentum * v"
            : "v = p - before\n" + decay + "before = p\np += momentum * v - lr * g");
  }

  private static String lines(Settings s) {
    MomentumForm form = s.choice("form", MomentumForm.class);
    String lines = form.lines(s.flag("nesterov"));
    return form == MomentumForm.AVERAGED && s.flag("debias")
        ? lines + " / (1 - momentum^t)"
        : lines;
  }

  static Optional<String> gradientRateConflict(Settings s) {
    if (!s.is("gradient_rate", 1)
        && s.choice("form", MomentumForm.class) != MomentumForm.TWO_RATES) {
      return Optional.of("gradient_rate needs form=two_rates");
    }
    return Optional.empty();
  }
}

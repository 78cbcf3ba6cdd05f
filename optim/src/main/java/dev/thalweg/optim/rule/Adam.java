package dev.thalweg.optim.rule;

import dev.thalweg.optim.BiasCorrection;
import dev.thalweg.optim.EpsilonPlace;

/// The average of the gradients over the root of that of their squares. Kingma & Ba 2015, arXiv
/// 1412.6980, algorithm 1.
public final class Adam implements CardedRule {
  @Override
  public String card() {
    return """
    adam (ADAM): along the average of the gradients, divided by the root of that of their squares
    Kingma & Ba 2015, arXiv 1412.6980
    lr = 0.001 in (0, ∞): Kingma & Ba 2015, algorithm 1
    beta1 = 0.9 in [0, 1): Kingma & Ba 2015, algorithm 1
    beta2 = 0.999 in [0, 1): Kingma & Ba 2015, algorithm 1
    epsilon = 1e-8 in [0, ∞): Kingma & Ba 2015, algorithm 1
    epsilon_place = outside of outside, inside, hat
    bias_correction = both of both, first, second, none
    weight_decay = 0 in [0, ∞): the papers': none
    decay = coupled of coupled, decoupled, constant, proximal
    """;
  }

  @Override
  public String formula(Settings s) {
    return s.decayed(moments(s) + "p -= lr * " + step(s));
  }

  /// Both averages: `m`, `v`.
  static String moments(Settings s) {
    return s.average("m", "g", "beta1", "beta1", 0) + s.average("v", "g^2", "beta2", "beta2", 0);
  }

  /// m̂/(√v̂ + ε) in the place of ε and with the corrections that are set.
  static String step(Settings s) {
    BiasCorrection corrected = s.choice("bias_correction", BiasCorrection.class);
    String mean = corrected.ofFirst() ? "(m / (1 - beta1^t))" : "m";
    String square = corrected.ofSecond() ? "v / (1 - beta2^t)" : "v";
    if (s.choice("epsilon_place", EpsilonPlace.class) != EpsilonPlace.HAT) {
      return s.overRoot(mean, square);
    }
    String hat = s.overRoot(mean, "v");
    return corrected.ofSecond() ? "sqrt(1 - beta2^t) * " + hat : hat;
  }
}

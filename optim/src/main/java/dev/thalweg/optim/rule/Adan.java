package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.choice;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.DecayForm;
import dev.thalweg.optim.Family;
import dev.thalweg.optim.Setting;
import java.util.Optional;

/// Adan: averages of the gradient, of its change, and of the square of their look ahead. Xie et al.
/// 2022, arXiv 2208.06677, algorithm 1; β is the retained share, as in the authors' code. Its decay
/// is the proximal one.
public final class Adan implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "adan",
            Family.ADAM,
            "Adam with an average of the gradient's changes",
            "Xie et al. 2022, arXiv 2208.06677")
        .taking(
            number("lr", 1e-3, POSITIVE, "the paper"),
            number("beta1", 0.98, FRACTION, "the paper, as retained shares"),
            number("beta2", 0.92, FRACTION, "the paper"),
            number("beta3", 0.99, FRACTION, "the paper"),
            number("epsilon", 1e-8, NOT_NEGATIVE, "the paper"),
            number("weight_decay", 0, NOT_NEGATIVE, "the authors"),
            choice("decay", DecayForm.PROXIMAL));
  }

  @Override
  public String formula(Settings s) {
    return s.decayed(
        """
        change = where(t > 1, g - before, 0)
        before = g
        m = beta1 * m + (1 - beta1) * g
        d = beta2 * d + (1 - beta2) * change
        v = beta3 * v + (1 - beta3) * (g + beta2 * change)^2
        root = sqrt(v / (1 - beta3^t)) + epsilon
        p -= lr * (m / (1 - beta1^t) + beta2 * d / (1 - beta2^t)) / root\
        """);
  }

  @Override
  public Optional<String> conflict(Settings s) {
    DecayForm decay = s.choice("decay", DecayForm.class);
    return decay == DecayForm.PROXIMAL || decay == DecayForm.DECOUPLED
        ? Optional.empty()
        : Optional.of("decay must be proximal or decoupled, found " + new Setting.Choice(decay));
  }
}

package dev.thalweg.optim.around;

import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.optim.rule.Arguments.choice;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.DecayForm;
import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// The decay of the weights, in each of its forms ([DecayForm]).
public final class Decay implements Rule {
  @Override
  public Card card() {
    return Card.of("decay", Family.STAGE, "weights towards 0", "Loshchilov & Hutter 2019")
        .alias("weight_decay")
        .taking(
            number("weight_decay", 0.01, NOT_NEGATIVE, "PyTorch's AdamW"),
            choice("form", DecayForm.DECOUPLED));
  }

  @Override
  public String formula(Settings s) {
    return switch (s.choice("form", DecayForm.class)) {
      case COUPLED -> "g += weight_decay * p";
      case DECOUPLED -> "p -= lr * weight_decay * p";
      case CONSTANT -> "p -= weight_decay * p";
      case PROXIMAL -> "p /= 1 + lr * weight_decay";
    };
  }
}

package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.named;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// `keras.optimizers.Adam`, as Keras computes it.
public final class KerasAdam implements Rule {
  @Override
  public Card card() {
    return Card.of(Library.KERAS, "Adam", Family.ADAM, "Adam, ε beside the uncorrected root")
        .taking(
            KerasCalls.arguments(
                named(number("learning_rate", 1e-3, NOT_NEGATIVE, KerasCalls.DEFAULT), "lr"),
                named(number("beta_1", 0.9, FRACTION, KerasCalls.DEFAULT), "beta1"),
                named(number("beta_2", 0.999, FRACTION, KerasCalls.DEFAULT), "beta2"),
                number("epsilon", 1e-7, NOT_NEGATIVE, KerasCalls.DEFAULT),
                flag("amsgrad", false)));
  }

  @Override
  public String formula(Settings s) {
    return KerasCalls.around(s, lines(s));
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return KerasCalls.conflict(s);
  }

  static String lines(Settings s) {
    String lines =
        KerasCalls.before(s)
            + s.average("m", "g", "beta_1", "beta1", 0)
            + s.average("v", "g^2", "beta_2", "beta2", 0);
    String square = "v";
    if (s.flag("amsgrad")) {
      lines += "largest = max(largest, v)\n";
      square = "largest";
    }
    return lines
        + "p -= lr * sqrt(1 - beta2^t) / (1 - beta1^t) * "
        + s.overRootBeside("epsilon", "m", square);
  }
}

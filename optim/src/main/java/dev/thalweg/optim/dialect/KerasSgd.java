package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.PART;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.named;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// `keras.optimizers.SGD`, as Keras computes it.
public final class KerasSgd implements Rule {
  @Override
  public Card card() {
    return Card.of(
            Library.KERAS, "SGD", Family.MOMENTUM, "descent, with the rate inside the buffer")
        .taking(
            KerasCalls.arguments(
                named(number("learning_rate", 0.01, NOT_NEGATIVE, KerasCalls.DEFAULT), "lr"),
                number("momentum", 0, PART, KerasCalls.DEFAULT),
                flag("nesterov", false)));
  }

  @Override
  public String formula(Settings s) {
    return KerasCalls.around(
        s,
        KerasCalls.before(s)
            + (s.has("momentum")
                ? "v = momentum * v - lr * g\np += "
                    + (s.flag("nesterov") ? "momentum * v - lr * g" : "v")
                : "p -= lr * g"));
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return KerasCalls.conflict(s);
  }
}

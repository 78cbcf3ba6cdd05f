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

/// `keras.optimizers.RMSprop`, as Keras computes it.
public final class KerasRmsprop implements Rule {
  @Override
  public Card card() {
    return Card.of(
            Library.KERAS,
            "RMSprop",
            Family.ADAPTIVE,
            "RMSProp, ε inside the root, the rate inside the buffer")
        .taking(
            KerasCalls.arguments(
                named(number("learning_rate", 1e-3, NOT_NEGATIVE, KerasCalls.DEFAULT), "lr"),
                number("rho", 0.9, PART, KerasCalls.DEFAULT),
                number("momentum", 0, PART, KerasCalls.DEFAULT),
                number("epsilon", 1e-7, NOT_NEGATIVE, KerasCalls.DEFAULT),
                flag("centered", false)));
  }

  @Override
  public String formula(Settings s) {
    String lines = KerasCalls.before(s) + "v = rho * v + (1 - rho) * g^2\n";
    String square = "v";
    if (s.flag("centered")) {
      lines += "a = rho * a + (1 - rho) * g\n";
      square = "max(v - a^2, 0)";
    }
    String step = "lr * " + s.overRootWithin("epsilon", "g", square);
    return KerasCalls.around(
        s,
        s.has("momentum")
            ? lines + "b = momentum * b + " + step + "\np -= b"
            : lines + "p -= " + step);
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return KerasCalls.conflict(s);
  }
}

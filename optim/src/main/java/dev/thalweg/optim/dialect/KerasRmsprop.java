package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// `keras.optimizers.RMSprop`, as Keras computes it.
public final class KerasRmsprop implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        keras.RMSprop (ADAPTIVE): RMSProp, ε inside the root, the rate inside the buffer
        learning_rate:lr = 0.001 in [0, ∞)
        rho = 0.9 in [0, 1]
        momentum = 0 in [0, 1]
        epsilon = 1e-7 in [0, ∞)
        centered = false
        weight_decay = none in [0, ∞)
        …
        """);
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

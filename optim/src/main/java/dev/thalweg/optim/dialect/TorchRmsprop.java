package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.ignored;
import static dev.thalweg.optim.rule.Arguments.named;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `torch.RMSprop`, as PyTorch computes it.
public final class TorchRmsprop implements Rule {
  @Override
  public Card card() {
    return Card.of(
            Library.TORCH,
            "RMSprop",
            Family.ADAPTIVE,
            "RMSProp, ε outside the root, the rate outside the buffer")
        .taking(
            number("lr", 1e-2, NOT_NEGATIVE, TorchCalls.DEFAULT),
            number("alpha", 0.99, NOT_NEGATIVE, TorchCalls.DEFAULT),
            named(number("eps", 1e-8, NOT_NEGATIVE, TorchCalls.DEFAULT), "epsilon"),
            number("weight_decay", 0, NOT_NEGATIVE, TorchCalls.DEFAULT),
            number("momentum", 0, NOT_NEGATIVE, TorchCalls.DEFAULT),
            flag("centered", false),
            ignored("capturable"),
            ignored("foreach"),
            flag("maximize", false),
            TorchCalls.differentiable());
  }

  @Override
  public String formula(Settings s) {
    String lines = TorchCalls.before(s) + "v = alpha * v + (1 - alpha) * g * g\n";
    String square = "v";
    if (s.flag("centered")) {
      lines += s.average("a", "g", "alpha", "alpha", 0);
      square = "max(v - a^2, 0)";
    }
    String step = s.overRootBeside("eps", "g", square);
    return s.has("momentum")
        ? lines + "b = momentum * b + " + step + "\np -= lr * b"
        : lines + "p -= lr * " + step;
  }
}

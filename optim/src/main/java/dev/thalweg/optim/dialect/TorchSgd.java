package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.ANY;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.ignored;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// `torch.SGD`, as PyTorch computes it.
public final class TorchSgd implements Rule {
  @Override
  public Card card() {
    return Card.of(
            Library.TORCH,
            "SGD",
            Family.MOMENTUM,
            "descent, with a buffer whose first value is the gradient")
        .taking(
            number("lr", 1e-3, NOT_NEGATIVE, TorchCalls.DEFAULT),
            number("momentum", 0, NOT_NEGATIVE, TorchCalls.DEFAULT),
            number("dampening", 0, ANY, TorchCalls.DEFAULT),
            number("weight_decay", 0, NOT_NEGATIVE, TorchCalls.DEFAULT),
            flag("nesterov", false),
            flag("maximize", false),
            ignored("foreach"),
            TorchCalls.differentiable(),
            ignored("fused"))
        .byNameFrom("maximize");
  }

  @Override
  public String formula(Settings s) {
    if (!s.has("momentum")) {
      return TorchCalls.before(s) + "p -= lr * g";
    }
    String weight = s.has("dampening") ? "where(t > 1, 1 - dampening, 1) * g" : "g";
    return TorchCalls.before(s)
        + "b = momentum * b + "
        + weight
        + "\np -= lr * "
        + (s.flag("nesterov") ? "(g + momentum * b)" : "b");
  }

  @Override
  public Optional<String> conflict(Settings s) {
    return s.flag("nesterov") && (!s.has("momentum") || s.has("dampening"))
        ? Optional.of("nesterov needs a momentum and no dampening")
        : Optional.empty();
  }
}

package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// `torch.SGD`, as PyTorch computes it.
public final class TorchSgd implements CardedRule {
  @Override
  public String card() {
    return """
    torch.SGD (MOMENTUM): descent, with a buffer whose first value is the gradient
    lr = 0.001 in [0, ∞)
    momentum = 0 in [0, ∞)
    dampening = 0
    weight_decay = 0 in [0, ∞)
    nesterov = false
    *
    maximize = false
    foreach
    differentiable
    fused
    """;
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

package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// `torch.ASGD`, as PyTorch computes it: a falling rate, that of the update before, and the mean of
/// the points as a slot that PyTorch keeps and does not use; here the method is evaluated there.
public final class TorchAsgd implements CardedRule {
  @Override
  public String card() {
    return """
    torch.ASGD (DESCENT): gradient descent with a falling rate and the mean of its points
    lr = 0.01 in [0, ∞)
    lambd = 1e-4 in [0, ∞)
    alpha = 0.75 in [0, ∞)
    t0 = 1000000 in [0, ∞)
    weight_decay = 0 in [0, ∞)
    foreach
    maximize = false
    differentiable
    capturable
    """;
  }

  @Override
  public String formula(Settings s) {
    return "init rate = lr\ninit share = 1\n"
        + TorchCalls.before(s)
        + """
        p *= 1 - lambd * rate
        p -= rate * g
        average = where(share == 1, p, average + share * (p - average))
        rate = lr / (1 + lambd * lr * t)^alpha
        share = 1 / max(1, t - t0)\
        """;
  }

  @Override
  public Optional<String> evaluation(Settings s) {
    return Optional.of("average");
  }
}

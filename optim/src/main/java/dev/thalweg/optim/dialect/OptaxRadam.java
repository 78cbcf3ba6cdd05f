package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `optax.radam`: the rectification from a length of just the threshold on, PyTorch's and the
/// paper's above it.
public final class OptaxRadam implements CardedRule {
  @Override
  public String card() {
    return """
    optax.radam (ADAM): Adam, its adaptive rate rectified while the averages are young
    learning_rate:lr in [0, ∞)
    b1:beta1 = 0.9 in [0, 1)
    b2:beta2 = 0.999 in [0, 1)
    eps:epsilon = 1e-8 in [0, ∞)
    eps_root = 0 in [0, ∞)
    threshold = 5 in (0, ∞)
    *
    nesterov = false
    = optax.scale_by_radam(b1=0.9, b2=0.999, eps=1e-8, eps_root=0, threshold=5, *, nesterov=false) where direction
    """;
  }

  @Override
  public String formula(Settings s) {
    String mean =
        s.flag("nesterov")
            ? "(beta1 * m / (1 - beta1^(t + 1)) + (1 - beta1) * g / (1 - beta1^t))"
            : "m / (1 - beta1^t)";
    String square = "v / (1 - beta2^t)" + (s.has("eps_root") ? " + eps_root" : "");
    return OptaxCalls.moments()
        + """
        longest = 2 / (1 - beta2) - 1
        length = longest - 2 * t * beta2^t / (1 - beta2^t)
        trust = sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length))
        """
        + "middle = "
        + mean
        + "\np -= lr * where(length >= threshold, trust * "
        + s.overRootBeside("eps", "middle", square)
        + ", middle)";
  }
}

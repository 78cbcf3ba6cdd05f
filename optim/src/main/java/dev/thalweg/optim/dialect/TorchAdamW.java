package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `torch.AdamW`, as PyTorch computes it.
public final class TorchAdamW implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        torch.AdamW (ADAM): Adam with decoupled decay
        lr = 0.001 in [0, ∞)
        betas:beta1:beta2 = (0.9, 0.999) in [0, 1)
        eps:epsilon = 1e-8 in [0, ∞)
        weight_decay = 0.01 in [0, ∞)
        amsgrad = false
        *
        maximize = false
        foreach
        capturable
        differentiable
        fused
        """);
  }

  @Override
  public String formula(Settings s) {
    return TorchAdam.lines(s, true);
  }
}

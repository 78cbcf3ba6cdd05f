package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `optax.amsgrad`, as Optax computes it.
public final class OptaxAmsgrad implements CardedRule {
  @Override
  public String card() {
    return """
    optax.amsgrad (ADAM): AMSGrad, the largest of the corrected averages
    learning_rate:lr in [0, ∞)
    b1:beta1 = 0.9 in [0, 1)
    b2:beta2 = 0.999 in [0, 1)
    eps:epsilon = 1e-8 in [0, ∞)
    eps_root = 0 in [0, ∞)
    mu_dtype
    bias_correction_mu = true
    bias_correction_nu = true
    = optax.scale_by_amsgrad(b1=0.9, b2=0.999, eps=1e-8, eps_root=0, mu_dtype, bias_correction_mu=true, bias_correction_nu=true) where direction
    """;
  }

  @Override
  public String formula(Settings s) {
    return OptaxCalls.moments()
        + "largest = max(largest, "
        + (s.flag("bias_correction_nu") ? "v / (1 - beta2^t)" : "v")
        + ")\np -= lr * "
        + s.overRootBeside(
            "eps", s.flag("bias_correction_mu") ? "m / (1 - beta1^t)" : "m", "largest + eps_root");
  }
}

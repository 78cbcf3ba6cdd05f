package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `torch.Adam`, as PyTorch computes it.
public final class TorchAdam implements CardedRule {
  @Override
  public String card() {
    return """
    torch.Adam (ADAM): Adam, its decay coupled unless it is said to be decoupled
    lr = 0.001 in [0, ∞)
    betas:beta1:beta2 = (0.9, 0.999) in [0, 1)
    eps:epsilon = 1e-8 in [0, ∞)
    weight_decay = 0 in [0, ∞)
    amsgrad = false
    *
    foreach
    maximize = false
    capturable
    differentiable
    fused
    decoupled_weight_decay = false
    = torch.AdamW(lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, amsgrad=false, *, maximize, foreach, capturable, differentiable, fused) where decoupled_weight_decay=true
    """;
  }

  @Override
  public String formula(Settings s) {
    return lines(s, s.flag("decoupled_weight_decay"));
  }

  static String lines(Settings s, boolean decoupled) {
    String lines = s.flag("maximize") ? "g = -g\n" : "";
    if (s.has("weight_decay")) {
      lines += decoupled ? Settings.DECOUPLED : "g += weight_decay * p\n";
    }
    lines += s.average("m", "g", "betas", "beta1", 0) + "v = beta2 * v + (1 - beta2) * g * g\n";
    String square = "v";
    if (s.flag("amsgrad")) {
      lines += "largest = max(largest, v)\n";
      square = "largest";
    }
    String root = "sqrt(" + square + ") / sqrt(1 - beta2^t)";
    return lines
        + "p -= lr / (1 - beta1^t) * "
        + s.over("eps", "m", square, "(" + root + " + epsilon)", "(" + root + ")");
  }
}

package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `torch.nn.utils.clip_grad_norm_`, as PyTorch computes it.
public final class TorchClipNorm implements CardedRule {
  @Override
  public String card() {
    return """
    torch.clip_grad_norm_ (STAGE): the gradients shortened to a common norm
    of PyTorch 2.15.0, torch.nn.utils
    max_norm:limit = 1 in (0, ∞): PyTorch has none
    norm_type = fixed 2 in (0, ∞]
    error_if_nonfinite
    foreach
    """;
  }

  @Override
  public String formula(Settings s) {
    return "g = g * min(limit / (" + norm(s) + " + 1e-6), 1)";
  }

  /// The norm of all gradients of the order `norm_type`.
  private static String norm(Settings s) {
    double order = s.fixed("norm_type");
    if (order == Double.POSITIVE_INFINITY) {
      return "global_max_norm(g)";
    }
    if (order == 2) {
      return "global_norm(g)";
    }
    return order == 1 ? "global_sum(abs(g))" : "global_sum(abs(g)^norm_type)^(1 / norm_type)";
  }
}

package dev.thalweg.optim.dialect;

import dev.thalweg.optim.Parameter;
import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.Arrays;

/// `torch.optim.Muon`, as PyTorch computes it, but for its rounding: PyTorch makes the matrix
/// orthogonal in bfloat16, with three digits. Like PyTorch's it moves matrices only, and its scale
/// takes a matrix for one that has its outputs in rows.
public final class TorchMuon implements CardedRule {
  @Override
  public String card() {
    return """
    torch.Muon (MATRIX): momentum with singular values that are nearly 1
    lr = 0.001 in [0, ∞)
    weight_decay = 0.1 in [0, ∞)
    momentum = 0.95 in [0, ∞)
    nesterov = true
    ns_coefficients:a:b:c = (3.4445, -4.775, 2.0315)
    eps = 1e-7 in [0, ∞)
    ns_steps = whole 5 in [0, ∞)
    adjust_lr_fn = none of none, original, match_rms_adamw, spectral_unclamped
    """;
  }

  @Override
  public String formula(Settings s) {
    return "m = lerp(m, g, 1 - momentum)\n"
        + "u = "
        + (s.flag("nesterov") ? "lerp(g, m, momentum)" : "m")
        + "\n"
        + "u = newton_schulz("
        + s.over("eps", "u", "norm(u)", "max(norm(u), eps)", "norm(u)")
        + ", ns_steps, a, b, c)\n"
        + (s.has("weight_decay") ? Settings.DECOUPLED : "")
        + "p -= lr * "
        + s.choose(
            "adjust_lr_fn",
            "sqrt(max(1, rows / columns))",
            "sqrt(max(1, rows / columns))",
            "0.2 * sqrt(max(rows, columns))",
            "sqrt(rows / columns)")
        + " * u";
  }

  @Override
  public String formula(Settings s, Parameter parameter) {
    int[] shape = parameter.dimensions();
    if (shape.length != 2) {
      throw new IllegalArgumentException(
          "torch.Muon moves matrices only, and parameter %s has shape %s: give such ones another, as in 'torch.Muon(lr=0.02) for rank<2: torch.AdamW(lr=0.001)'"
              .formatted(parameter.name(), Arrays.toString(shape)));
    }
    return formula(s);
  }
}

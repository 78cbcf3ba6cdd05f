package dev.thalweg.optim.dialect;

import dev.thalweg.kernels.DType;
import dev.thalweg.optim.Parameter;
import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;

/// `torch.optim.Adafactor`, as PyTorch computes it. Where `eps` is `(None, …)`, its first number is
/// the spacing of numbers at 1, as in PyTorch: 2⁻⁵² in F64, 2⁻²³ in F32. Here 0 stands for `None`.
public final class TorchAdafactor implements CardedRule {
  @Override
  public String card() {
    return """
    torch.Adafactor (MATRIX): squares of gradients by row and column, steps in proportion to the weights
    lr = 0.01 in [0, ∞)
    beta2_decay = -0.8 in (-∞, 0]
    eps:eps1:eps2 = (0, 0.001) in [0, ∞): PyTorch's default; 0 stands for None
    d = 1 in [1, ∞)
    weight_decay = 0 in [0, ∞)
    *
    foreach
    maximize = false
    """;
  }

  @Override
  public String formula(Settings s) {
    return lines(s, Math.ulp(1.0));
  }

  @Override
  public String formula(Settings s, Parameter parameter) {
    return parameter.dtype() == DType.F32 ? lines(s, Math.ulp(1.0f)) : formula(s);
  }

  private static String lines(Settings s, double spacing) {
    String least = "where(eps1 > 0, eps1, " + spacing + ")";
    return (s.flag("maximize") ? "g = -g\n" : "")
        + "least = "
        + least
        + "\nsize = max(eps2, rms(p)) * min(lr, 1 / sqrt(t))\n"
        + (s.has("weight_decay") ? Settings.DECOUPLED : "")
        + """
        v = factored(g^2, t^beta2_decay, least)
        u = g / sqrt(max(v, least^2))
        p -= size * u / max(1, rms(u) / d)\
        """;
  }
}

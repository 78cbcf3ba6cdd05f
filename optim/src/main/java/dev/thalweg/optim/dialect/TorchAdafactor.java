package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.ignored;
import static dev.thalweg.optim.rule.Arguments.number;
import static dev.thalweg.optim.rule.Arguments.tuple;

import dev.thalweg.formula.Range;
import dev.thalweg.kernels.DType;
import dev.thalweg.optim.Family;
import dev.thalweg.optim.Parameter;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;
import java.util.List;

/// `torch.optim.Adafactor`, as PyTorch computes it. Where `eps` is `(None, …)`, its first number is
/// the spacing of numbers at 1, as in PyTorch: 2⁻⁵² in F64, 2⁻²³ in F32. Here 0 stands for `None`.
public final class TorchAdafactor implements Rule {
  @Override
  public Card card() {
    return Card.of(
            Library.TORCH,
            "Adafactor",
            Family.MATRIX,
            "squares of gradients by row and column, steps in proportion to the weights")
        .taking(
            number("lr", 1e-2, NOT_NEGATIVE, TorchCalls.DEFAULT),
            number(
                "beta2_decay",
                -0.8,
                new Range(Double.NEGATIVE_INFINITY, false, 0, true),
                TorchCalls.DEFAULT),
            tuple(
                "eps",
                List.of("eps1", "eps2"),
                List.of(0.0, 1e-3),
                NOT_NEGATIVE,
                "PyTorch's default; 0 stands for None"),
            number("d", 1, new Range(1, true, Double.POSITIVE_INFINITY, false), TorchCalls.DEFAULT),
            number("weight_decay", 0, NOT_NEGATIVE, TorchCalls.DEFAULT),
            ignored("foreach"),
            flag("maximize", false))
        .byNameFrom("foreach");
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

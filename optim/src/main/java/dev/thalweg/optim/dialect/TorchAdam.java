package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.ignored;
import static dev.thalweg.optim.rule.Arguments.named;
import static dev.thalweg.optim.rule.Arguments.number;
import static dev.thalweg.optim.rule.Arguments.tuple;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;
import java.util.List;

/// `torch.Adam`, as PyTorch computes it.
public final class TorchAdam implements Rule {
  @Override
  public Card card() {
    return Card.of(
            Library.TORCH,
            "Adam",
            Family.ADAM,
            "Adam, its decay coupled unless it is said to be decoupled")
        .taking(
            number("lr", 1e-3, NOT_NEGATIVE, TorchCalls.DEFAULT),
            tuple(
                "betas",
                List.of("beta1", "beta2"),
                List.of(0.9, 0.999),
                FRACTION,
                TorchCalls.DEFAULT),
            named(number("eps", 1e-8, NOT_NEGATIVE, TorchCalls.DEFAULT), "epsilon"),
            number("weight_decay", 0, NOT_NEGATIVE, TorchCalls.DEFAULT),
            flag("amsgrad", false),
            ignored("foreach"),
            flag("maximize", false),
            ignored("capturable"),
            TorchCalls.differentiable(),
            ignored("fused"),
            flag("decoupled_weight_decay", false))
        .byNameFrom("foreach");
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

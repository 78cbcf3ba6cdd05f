package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.optim.rule.Arguments.fixed;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.ignored;
import static dev.thalweg.optim.rule.Arguments.named;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// `torch.Adagrad`, as PyTorch computes it.
public final class TorchAdagrad implements Rule {
  @Override
  public Card card() {
    return Card.of(
            Library.TORCH,
            "Adagrad",
            Family.ADAPTIVE,
            "AdaGrad, ε outside the root, the rate falling too")
        .taking(
            number("lr", 1e-2, NOT_NEGATIVE, TorchCalls.DEFAULT),
            number("lr_decay", 0, NOT_NEGATIVE, TorchCalls.DEFAULT),
            number("weight_decay", 0, NOT_NEGATIVE, TorchCalls.DEFAULT),
            fixed("initial_accumulator_value", 0, NOT_NEGATIVE, TorchCalls.DEFAULT),
            named(number("eps", 1e-10, NOT_NEGATIVE, TorchCalls.DEFAULT), "epsilon"),
            ignored("foreach"),
            flag("maximize", false),
            TorchCalls.differentiable(),
            ignored("fused"))
        .byNameFrom("maximize");
  }

  @Override
  public String formula(Settings s) {
    return "init s = initial_accumulator_value\n"
        + TorchCalls.before(s)
        + "s = s + g^2\np -= lr"
        + (s.has("lr_decay") ? " / (1 + (t - 1) * lr_decay)" : "")
        + " * "
        + s.overRootBeside("eps", "g", "s");
  }
}

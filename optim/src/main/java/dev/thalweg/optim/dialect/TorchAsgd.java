package dev.thalweg.optim.dialect;

import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.ignored;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Library;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;
import java.util.Optional;

/// `torch.ASGD`, as PyTorch computes it: a falling rate, that of the update before, and the mean of
/// the points as a slot that PyTorch keeps and does not use; here the method is evaluated there.
public final class TorchAsgd implements Rule {
  @Override
  public Card card() {
    return Card.of(
            Library.TORCH,
            "ASGD",
            Family.DESCENT,
            "gradient descent with a falling rate and the mean of its points")
        .taking(
            number("lr", 1e-2, NOT_NEGATIVE, TorchCalls.DEFAULT),
            number("lambd", 1e-4, NOT_NEGATIVE, TorchCalls.DEFAULT),
            number("alpha", 0.75, NOT_NEGATIVE, TorchCalls.DEFAULT),
            number("t0", 1e6, NOT_NEGATIVE, TorchCalls.DEFAULT),
            number("weight_decay", 0, NOT_NEGATIVE, TorchCalls.DEFAULT),
            ignored("foreach"),
            flag("maximize", false),
            TorchCalls.differentiable(),
            ignored("capturable"));
  }

  @Override
  public String formula(Settings s) {
    return "init rate = lr\ninit share = 1\n"
        + TorchCalls.before(s)
        + """
        p *= 1 - lambd * rate
        p -= rate * g
        average = where(share == 1, p, average + share * (p - average))
        rate = lr / (1 + lambd * lr * t)^alpha
        share = 1 / max(1, t - t0)\
        """;
  }

  @Override
  public Optional<String> evaluation(Settings s) {
    return Optional.of("average");
  }
}

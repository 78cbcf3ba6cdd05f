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

/// `torch.AdamW`, as PyTorch computes it.
public final class TorchAdamW implements Rule {
  @Override
  public Card card() {
    return Card.of(Library.TORCH, "AdamW", Family.ADAM, "Adam with decoupled decay")
        .taking(
            number("lr", 1e-3, NOT_NEGATIVE, TorchCalls.DEFAULT),
            tuple(
                "betas",
                List.of("beta1", "beta2"),
                List.of(0.9, 0.999),
                FRACTION,
                TorchCalls.DEFAULT),
            named(number("eps", 1e-8, NOT_NEGATIVE, TorchCalls.DEFAULT), "epsilon"),
            number("weight_decay", 1e-2, NOT_NEGATIVE, TorchCalls.DEFAULT),
            flag("amsgrad", false),
            flag("maximize", false),
            ignored("foreach"),
            ignored("capturable"),
            TorchCalls.differentiable(),
            ignored("fused"))
        .byNameFrom("maximize");
  }

  @Override
  public String formula(Settings s) {
    return TorchAdam.lines(s, true);
  }
}

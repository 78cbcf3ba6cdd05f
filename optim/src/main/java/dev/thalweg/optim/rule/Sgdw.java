package dev.thalweg.optim.rule;

import static dev.thalweg.formula.Range.FRACTION;
import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.flag;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;

/// Momentum with decoupled decay. Loshchilov & Hutter 2019, arXiv 1711.05101, algorithm 1, the rate
/// outside the buffer as in PyTorch.
public final class Sgdw implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "sgdw",
            Family.MOMENTUM,
            "momentum, with the decay of the weights beside it",
            "Loshchilov & Hutter 2019, arXiv 1711.05101")
        .taking(
            number("lr", 0.01, POSITIVE, "this library's choice"),
            number("momentum", 0.9, FRACTION, "the paper"),
            number("weight_decay", 1e-4, NOT_NEGATIVE, "timm"),
            flag("nesterov", false));
  }

  @Override
  public String formula(Settings s) {
    return (s.has("weight_decay") ? Settings.DECOUPLED : "")
        + "v = momentum * v + g\np -= lr * "
        + (s.flag("nesterov") ? "(g + momentum * v)" : "v");
  }
}

package dev.thalweg.optim.around;

import static dev.thalweg.formula.Range.POSITIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// Each number of the gradients into [−limit, limit].
public final class ClipValue implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "clip_value",
            Family.STAGE,
            "each number of the gradient into a range",
            "common practice")
        .taking(number("limit", 1, POSITIVE, "this library's choice"));
  }

  @Override
  public String formula(Settings s) {
    return "g = clip(g, -limit, limit)";
  }
}

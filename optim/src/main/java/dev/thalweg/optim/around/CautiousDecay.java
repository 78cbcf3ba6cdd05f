package dev.thalweg.optim.around;

import static dev.thalweg.formula.Range.NOT_NEGATIVE;
import static dev.thalweg.optim.rule.Arguments.number;

import dev.thalweg.optim.Family;
import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// The cautious variant of decay: only weights that what is within moves towards 0 as well decay.
/// Chen et al. 2025, arXiv 2510.12402. The rate is that of the rule within.
public final class CautiousDecay implements Rule {
  @Override
  public Card card() {
    return Card.of(
            "cautious_decay",
            Family.STAGE,
            "decay of those weights only that move towards 0 anyway",
            "Chen et al. 2025, arXiv 2510.12402")
        .taking(number("weight_decay", 0.01, NOT_NEGATIVE, "as AdamW's in PyTorch"));
  }

  @Override
  public String formula(Settings s) {
    return """
    start = p
    …
    p -= where(move * start <= 0, lr * weight_decay * start, 0)\
    """;
  }
}

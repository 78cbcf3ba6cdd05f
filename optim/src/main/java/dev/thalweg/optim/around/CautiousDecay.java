package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// The cautious variant of decay: only weights that what is within moves towards 0 as well decay.
/// Chen et al. 2025, arXiv 2510.12402. The rate is that of the rule within.
public final class CautiousDecay implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        cautious_decay (STAGE): decay of those weights only that move towards 0 anyway
        Chen et al. 2025, arXiv 2510.12402
        weight_decay = 0.01 in [0, ∞): as AdamW's in PyTorch
        """);
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

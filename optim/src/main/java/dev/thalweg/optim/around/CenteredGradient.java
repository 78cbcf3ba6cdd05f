package dev.thalweg.optim.around;

import dev.thalweg.optim.rule.Card;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;

/// Centralised gradients: of each matrix the mean over what goes into one output is taken away.
/// Yong et al. 2020, arXiv 2004.01461.
public final class CenteredGradient implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        centered (STAGE): the gradient without its mean over the inputs of each output
        Yong et al. 2020, arXiv 2004.01461
        """);
  }

  @Override
  public String formula(Settings s) {
    return "g = centered(g, 0)";
  }
}

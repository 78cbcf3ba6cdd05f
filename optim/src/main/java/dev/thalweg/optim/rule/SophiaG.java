package dev.thalweg.optim.rule;

/// Sophia-G: the average of the gradients over that of the diagonal of the Gauss–Newton matrix,
/// each number of the step clipped. Liu et al. 2023, arXiv 2305.14342, algorithm 3 with algorithm 2
/// (Gauss–Newton–Bartlett): every so many steps, at the first one, too, answers are drawn from what
/// the model says, and n ĝ ∘ ĝ is the estimate, ĝ being the gradient of the mean loss against n of
/// them. It costs a gradient.
///
/// Which losses answers can be drawn from is their own matter
/// ([dev.thalweg.optim.GradientFunction]). The authors' `sophia.py` has the same step with n beside
/// γ and 1e-15 added to the denominator instead of a bound; it makes its first estimate at the end
/// of an interval.
public final class SophiaG implements CardedRule {
  @Override
  public String card() {
    return """
    sophia_g (SECOND_ORDER): the gradients' average over the Gauss-Newton diagonal of drawn answers, each number of a step clipped
    Liu et al. 2023, arXiv 2305.14342
    lr = 0.0001 in (0, ∞): the authors
    beta1 = 0.96 in [0, 1): the paper
    beta2 = 0.99 in [0, 1): the paper
    gamma = 0.05 in (0, ∞): the paper, for Sophia-G
    epsilon = 1e-12 in (0, ∞): the paper
    weight_decay = 0.1 in [0, ∞): the authors
    every = whole 10 in [1, ∞): the paper
    """;
  }

  @Override
  public String formula(Settings s) {
    return Sophia.DUE + "g = where(due, 1, 0)\ng = sampled(g)\n" + Sophia.step(s, "g^2");
  }
}

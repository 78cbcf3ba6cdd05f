package dev.thalweg.optim.rule;

import java.util.Optional;

/// Averaged gradient descent: the mean of the points since `start` is where the method is
/// evaluated, the steps are those of gradient descent. Polyak & Juditsky 1992, SIAM J. Control
/// Optim. 30; Ruppert 1988. `torch.ASGD` has the falling rate of Xu 2011, arXiv 1107.2490, besides:
/// another method.
public final class Asgd implements CardedRule {
  @Override
  public String card() {
    return """
    asgd (DESCENT): gradient descent, evaluated at the mean of its points
    Polyak & Juditsky 1992; Ruppert 1988
    also averaged_sgd
    lr = 0.01 in (0, ∞): PyTorch
    start = whole 0 in [0, ∞): the papers: from the beginning
    """;
  }

  @Override
  public String formula(Settings s) {
    return """
    p -= lr * g
    average = average + (p - average) / max(1, t - start)\
    """;
  }

  @Override
  public Optional<String> evaluation(Settings s) {
    return Optional.of("average");
  }
}

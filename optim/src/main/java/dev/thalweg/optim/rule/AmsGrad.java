package dev.thalweg.optim.rule;

import dev.thalweg.optim.LargestSquare;

/// AMSGrad: Adam that divides by the root of the largest average of squares so far, so that no rate
/// grows again. Reddi, Kale & Kumar 2018, arXiv 1904.09237, algorithm 2, whose averages begin at 0
/// and are not corrected; how others correct them is `largest`.
public final class AmsGrad implements Rule {
  @Override
  public Card card() {
    return Card.of(
        """
        amsgrad (ADAM): Adam whose rates never grow: by the largest squares so far
        Reddi, Kale & Kumar 2018, arXiv 1904.09237
        lr = 0.001 in (0, ∞): Kingma & Ba 2015
        beta1 = 0.9 in [0, 1): the paper
        beta2 = 0.999 in [0, 1): Kingma & Ba 2015; the paper tries 0.99 and 0.999
        epsilon = 1e-8 in [0, ∞): Kingma & Ba 2015; the paper has none
        largest = ~
        """,
        LargestSquare.UNCORRECTED);
  }

  @Override
  public String formula(Settings s) {
    LargestSquare form = s.choice("largest", LargestSquare.class);
    boolean corrected = form != LargestSquare.UNCORRECTED;
    return Adam.moments(s)
        + "largest = max(largest, "
        + (form == LargestSquare.CORRECTED ? "v / (1 - beta2^t)" : "v")
        + ")\np -= lr * "
        + s.overRootBeside(
            "epsilon",
            corrected ? "(m / (1 - beta1^t))" : "m",
            form == LargestSquare.THEN_CORRECTED ? "largest / (1 - beta2^t)" : "largest");
  }
}

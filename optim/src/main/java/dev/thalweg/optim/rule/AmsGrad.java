package dev.thalweg.optim.rule;

/// AMSGrad: Adam that divides by the root of the largest average of squares so far, so that no rate
/// grows again. Reddi, Kale & Kumar 2018, arXiv 1904.09237, algorithm 2, whose averages begin at 0
/// and are not corrected. `largest=then_corrected`, PyTorch's and Keras', corrects the largest
/// average as Adam's; `corrected`, Optax', keeps the largest of the corrected ones.
public final class AmsGrad implements CardedRule {
  @Override
  public String card() {
    return """
    amsgrad (ADAM): Adam whose rates never grow: by the largest squares so far
    Reddi, Kale & Kumar 2018, arXiv 1904.09237
    lr = 0.001 in (0, ∞): Kingma & Ba 2015
    beta1 = 0.9 in [0, 1): the paper
    beta2 = 0.999 in [0, 1): Kingma & Ba 2015; the paper tries 0.99 and 0.999
    epsilon = 1e-8 in [0, ∞): Kingma & Ba 2015; the paper has none
    largest = uncorrected of uncorrected, then_corrected, corrected
    """;
  }

  @Override
  public String formula(Settings s) {
    return Adam.moments(s)
        + "largest = max(largest, "
        + (s.is("largest", "corrected") ? "v / (1 - beta2^t)" : "v")
        + ")\np -= lr * "
        + s.overRootBeside(
            "epsilon",
            s.is("largest", "uncorrected") ? "m" : "(m / (1 - beta1^t))",
            s.is("largest", "then_corrected") ? "largest / (1 - beta2^t)" : "largest");
  }
}

package dev.thalweg.optim.rule;

/// AdaHessian: Adam whose squares are those of the Hessian's diagonal, as Hutchinson's estimate
/// with one draw of signs has it: D = z ∘ Hz. Yao et al. 2021, arXiv 2006.00719, algorithm 1, with
/// the decay beside the rule. A step takes the gradient and a product with the Hessian.
///
/// The draws are a function of `seed`, the step and the place of a number among all that are laid
/// end to end. The average over the spatial places of a kernel is not taken.
public final class AdaHessian implements CardedRule {
  /// The product of the Hessian with signs: in `g`, the signs in `z`, the gradient in `first`.
  static final String PRODUCT =
      "first = g\nz = sign(gaussian(p, seed, t))\ng = z\ng = hessian(g)\n";

  @Override
  public String card() {
    return """
    adahessian (SECOND_ORDER): Adam with the squares of the Hessian's diagonal, drawn by random signs
    Yao et al. 2021, arXiv 2006.00719
    lr = 0.1 in (0, ∞): timm
    beta1 = 0.9 in [0, 1): the paper
    beta2 = 0.999 in [0, 1): the paper
    epsilon = 1e-8 in [0, ∞): timm
    weight_decay = 0 in [0, ∞): off
    hessian_power = 1 in [0, 1]: the paper
    seed = whole 0 in [0, ∞): any
    """;
  }

  @Override
  public String formula(Settings s) {
    return PRODUCT
        + s.average("m", "first", "beta1", "beta1", 0)
        + s.average("v", "(z * g)^2", "beta2", "beta2", 0)
        + (s.has("weight_decay") ? Settings.DECOUPLED : "")
        + "p -= lr / (1 - beta1^t) * "
        + (s.is("hessian_power", 1)
            ? s.overRootBeside("epsilon", "m", "v / (1 - beta2^t)")
            : s.over(
                "epsilon",
                "m",
                "v",
                "((v / (1 - beta2^t))^(hessian_power / 2) + epsilon)",
                "(v / (1 - beta2^t))^(hessian_power / 2)"));
  }
}

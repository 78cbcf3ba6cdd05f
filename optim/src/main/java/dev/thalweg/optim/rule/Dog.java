package dev.thalweg.optim.rule;

/// DoG: the rate is the distance that was gone over the root of all squares of gradients. Ivgi,
/// Hinder & Carmon 2023, arXiv 2302.12022, with LDoG, the same for each tensor by itself. The
/// authors average the weights besides.
public final class Dog implements CardedRule {
  @Override
  public String card() {
    return """
    dog (RATE_FREE): the rate is the distance from the start over the root of all squares of gradients
    Ivgi, Hinder & Carmon 2023, arXiv 2302.12022
    lr = 1 in (0, ∞): the paper: c
    radius = 1e-6 in (0, ∞): the authors: the first distance over 1 + ‖θ‖
    weight_decay = 0 in [0, ∞): the authors
    epsilon = 1e-8 in [0, ∞): the authors
    layer_wise = false
    """;
  }

  @Override
  public String formula(Settings s) {
    String norm = s.flag("layer_wise") ? "norm" : "global_norm";
    return (s.has("weight_decay") ? "init start = p\ng += weight_decay * p\n" : "init start = p\n")
        + """
        distance = max(where(t > 1, distance, radius * (1 + NORM(p))), NORM(p - start))
        total = total + NORM(g)^2
        p -= \
        """
            .replace("NORM", norm)
        + s.overRootWithin("epsilon", "lr * distance", "total")
        + " * g";
  }
}

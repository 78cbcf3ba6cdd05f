package dev.thalweg.optim.rule;

/// DoWG: the rate is the square of the distance that was gone over the root of the squares of
/// gradients, weighted by it. Khaled, Mishchenko & Jin 2023, arXiv 2305.16284, algorithm 1, with
/// the authors' ε, which is the first squared distance, too, where none is given.
public final class Dowg implements CardedRule {
  @Override
  public String card() {
    return """
    dowg (RATE_FREE): DoG, its squares of gradients weighted by the distance at their time
    Khaled, Mishchenko & Jin 2023, arXiv 2305.16284
    lr = 1 in (0, ∞): the paper
    squared_radius = none in (0, ∞)
    epsilon = 1e-4 in (0, ∞): the authors
    weight_decay = 0 in [0, ∞): off
    = optax.dowg(learning_rate=1.0, init_estim_sq_dist:squared_radius=None, eps=0.0001, weight_decay=0, mask)
    """;
  }

  @Override
  public String formula(Settings s) {
    return "init start = p\n"
        + (s.isGiven("squared_radius") ? "init far = squared_radius\n" : "init far = epsilon\n")
        + (s.has("weight_decay") ? "g += weight_decay * p\n" : "")
        + """
        far = max(far, global_sum((p - start)^2))
        total = total + far * global_sum(g^2)
        p -= lr * far / (sqrt(total) + epsilon) * g\
        """;
  }
}

package dev.thalweg.optim.rule;

/// Scion: the step is the matrix of a norm's ball that is furthest against an average of gradients:
/// of the spectral norm for hidden matrices, √(columns / rows) U Vᵀ, and of the largest number,
/// sign, for what a one-hot vector enters or classes leave (`norm=sign`). With `constrained` the
/// point itself stays in a ball of that radius. Pethick et al. 2025, arXiv 2502.07529, algorithms 1
/// and 2. `scion(1e-3, radius=50) for 'head.*': norm=sign`; vectors take `norm=sign`.
public final class Scion implements CardedRule {
  @Override
  public String card() {
    return """
    scion (MATRIX): steps to the furthest point of a norm's ball
    Pethick et al. 2025, arXiv 2502.07529
    lr = 0.001 in (0, ∞): the authors
    momentum = 0.9 in [0, 1): the authors: 1 − α, α = 0.1
    radius = 50 in (0, ∞): the authors
    constrained = false
    norm = spectral of spectral, sign
    ns_steps = whole 5 in [0, ∞): the authors
    epsilon = 1e-7 in (0, ∞): Jordan et al. 2024
    """;
  }

  @Override
  public String formula(Settings s) {
    return "m = lerp(m, g, 1 - momentum)\nu = m\n"
        + (s.is("norm", "spectral")
            ? Orthogonalizer.line() + "u = sqrt(columns / rows) * u\n"
            : "u = sign(u) / rows\n")
        + (s.flag("constrained") ? "p *= 1 - lr\n" : "")
        + "p -= lr * radius * u";
  }
}

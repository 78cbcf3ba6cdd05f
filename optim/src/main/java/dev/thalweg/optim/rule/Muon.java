package dev.thalweg.optim.rule;

/// Muon: the average of the gradients, made nearly orthogonal. Jordan et al. 2024,
/// kellerjordan.github.io/posts/muon. A method for matrices, and for kernels of convolutions, which
/// are matrices with a column for each filter: `muon(0.02) for rank<2: adamw(3e-4)`.
///
/// How long a step is by the shape of the matrix: `scale=jordan`, √max(1, columns / rows), Jordan
/// 2024, as a matrix takes rows in, and gives columns out; `rms`, 0.2 √max(rows, columns), Liu et
/// al. 2025, the root mean square of AdamW's steps; `spectral`, √(columns / rows), Bernstein 2025,
/// Pethick et al. 2025; `unit`, 1.
public final class Muon implements CardedRule {
  @Override
  public String card() {
    return """
    muon (MATRIX): along an average of gradients whose singular values are made 1, nearly
    Jordan et al. 2024, kellerjordan.github.io/posts/muon
    lr = 0.02 in (0, ∞): the author
    momentum = 0.95 in [0, 1): the author
    nesterov = true
    weight_decay = 0 in [0, ∞): the author
    coefficients = jordan of jordan, you, polar_express
    ns_steps = whole 5 in [0, ∞): the author
    scale = jordan of jordan, rms, spectral, unit
    epsilon = 1e-7 in (0, ∞): the author
    """;
  }

  @Override
  public String formula(Settings s) {
    return "m = lerp(m, g, 1 - momentum)\n"
        + "u = "
        + (s.flag("nesterov") ? "lerp(g, m, momentum)" : "m")
        + "\n"
        + Orthogonalizer.line(s)
        + (s.has("weight_decay") ? Settings.DECOUPLED : "")
        + "p -= lr * "
        + s.choose(
            "scale",
            "sqrt(max(1, columns / rows))",
            "0.2 * sqrt(max(rows, columns))",
            "sqrt(columns / rows)",
            "1")
        + " * u";
  }
}

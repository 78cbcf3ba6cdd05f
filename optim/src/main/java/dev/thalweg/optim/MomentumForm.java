package dev.thalweg.optim;

/// The formulas that share the name momentum. β: `momentum`, α: `lr`, η: `gradient_rate`, g: the
/// gradient at the point that the run holds.
///
/// Under constant rates they differ by a factor of the rate at most: trace with α is velocity with
/// α, heavy ball with α, averaged with α/(1 − β), and two rates with ε = α/η. Under a schedule
/// trace, averaged and two rates scale the whole buffer by the rate of the step, velocity and heavy
/// ball keep each gradient at the rate of its own step.
///
/// With `nesterov` the gradient is meant to be taken ahead. The run then holds the point ahead, so
/// that the gradient handed in is the one at that point, and the formula moves from there; that is
/// what the libraries compute too.
public enum MomentumForm {
  /// v ← βv + g, θ ← θ − αv; Nesterov: θ ← θ − α(g + βv). PyTorch, Optax, TensorFlow 1.
  TRACE("v = momentum * v + g\np -= lr * v", "v = momentum * v + g\np -= lr * (g + momentum * v)"),
  /// v ← βv − αg, θ ← θ + v; Nesterov: θ ← θ + βv − αg. Keras, Sutskever et al. 2013.
  VELOCITY(
      "v = momentum * v - lr * g\np += v", "v = momentum * v - lr * g\np += momentum * v - lr * g"),
  /// v ← βv + (1 − β)g, θ ← θ − αv; Nesterov: θ ← θ − α(βv + (1 − β)g), which is quasi-hyperbolic
  /// momentum with ν = β (Ma & Yarats 2019, arXiv 1810.06801).
  AVERAGED(
      "v = momentum * v + (1 - momentum) * g\np -= lr * v",
      "v = momentum * v + (1 - momentum) * g\np -= lr * (momentum * v + (1 - momentum) * g)"),
  /// v ← βv + ηg, θ ← θ − αv; Nesterov: θ ← θ − α(βv + ηg).
  TWO_RATES(
      "v = momentum * v + gradient_rate * g\np -= lr * v",
      "v = momentum * v + gradient_rate * g\np -= lr * (momentum * v + gradient_rate * g)"),
  /// θ ← θ − αg + β(θ − θ₋), θ₋ the point before (Polyak 1964). Nesterov: the same step, followed
  /// by the look ahead: the run holds y = θ + β(θ − θ₋), and θ ← y − αg (Nesterov 1983).
  ///
  /// `weight_decay` beside the rule is left out of θ − θ₋, which so remains the velocity. What
  /// other stages of a chain do to θ is in it.
  HEAVY_BALL(
      """
      init before = p
      next = p - lr * g + momentum * (p - before)
      before = p
      p = next\
      """,
      """
      init before = p
      next = p - lr * g
      p = next + momentum * (next - before)
      before = next\
      """);

  private final String lines;
  private final String nesterov;

  MomentumForm(String lines, String nesterov) {
    this.lines = lines;
    this.nesterov = nesterov;
  }

  /// The formula, with the gradient taken ahead or not.
  public String lines(boolean isNesterov) {
    return isNesterov ? nesterov : lines;
  }
}

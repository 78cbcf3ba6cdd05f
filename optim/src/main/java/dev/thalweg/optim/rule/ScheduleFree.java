package dev.thalweg.optim.rule;

/// What the schedule-free methods share. Defazio et al. 2024, arXiv 2405.15682: gradients are taken
/// at y, between the averaged point x and the point z of the method without average; y is the
/// parameter.
final class ScheduleFree {
  private ScheduleFree() {}

  /// The rate of this update.
  static String warmed(Settings s) {
    return s.has("warmup_steps") ? "rate = lr * min(t / warmup_steps, 1)\n" : "rate = lr\n";
  }

  /// The share c that z has in the average from this update on, by `rate`.
  static String share(Settings s) {
    String weight = s.has("r") ? "t^r * largest^weight_lr_power" : "largest^weight_lr_power";
    return "init z = p\nlargest = max(largest, rate)\nweight = "
        + weight
        + "\ntotal += weight\nc = where(total > 0, weight / total, 0)\n";
  }

  /// The steps of y and z along `u`.
  static String steps(String momentum) {
    return "p = lerp(p, z, c) + rate * (" + momentum + " * (1 - c) - 1) * u\nz -= rate * u";
  }

  /// The averaged point x: where the method is evaluated.
  static String average(String momentum) {
    return "lerp(p, z, 1 - 1 / " + momentum + ")";
  }
}

package dev.thalweg.optim;

/// The way from one value to another: from 1 at s = 0 to 0 at s = 1.
public enum Curve {
  /// 1 − s
  LINEAR,

  /// (1 + cos πs) / 2
  COSINE,

  /// 1 − √s: fast at first. Hägele et al., "Scaling laws and compute-optimal training beyond fixed
  /// training durations", 2024, arXiv 2405.18392.
  SQRT;

  /// How much of the way is left.
  ///
  /// @param s in [0, 1]
  double remaining(double s) {
    return switch (this) {
      case LINEAR -> 1 - s;
      case COSINE -> s >= 1 ? 0 : 0.5 * (1 + StrictMath.cos(Math.PI * s));
      case SQRT -> 1 - Math.sqrt(s);
    };
  }

  /// The value between two others; both ends exact.
  final double between(double from, double to, double s) {
    return s <= 0 ? from : s >= 1 ? to : to + (from - to) * remaining(s);
  }
}

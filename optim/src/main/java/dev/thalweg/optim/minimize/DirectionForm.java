package dev.thalweg.optim.minimize;

/// How much of the direction before is in the next one of [ConjugateGradient]: β, with y what the
/// gradient changed by and d the direction before.
public enum DirectionForm {
  /// β = ‖g‖² / ‖g before‖². Fletcher & Reeves 1964.
  FLETCHER_REEVES,
  /// β = max(gᵀy / ‖g before‖², 0): PR+. Polak & Ribière 1969; Powell 1984.
  POLAK_RIBIERE,
  /// β = (y − 2d‖y‖² / dᵀy)ᵀg / dᵀy, at least −1 / (‖d‖ min(0.01, ‖g before‖)). Hager & Zhang 2005.
  HAGER_ZHANG;

  /// β
  ///
  /// @param gradient g
  /// @param last the gradient before
  /// @param d the direction before
  double share(double[] gradient, double[] last, double[] d) {
    double[] y = Vectors.along(gradient, -1, last);
    double lastSquare = Vectors.dot(last, last);
    return switch (this) {
      case FLETCHER_REEVES -> Vectors.dot(gradient, gradient) / lastSquare;
      case POLAK_RIBIERE -> Math.max(Vectors.dot(gradient, y) / lastSquare, 0);
      case HAGER_ZHANG -> {
        double along = Vectors.dot(d, y);
        double beta =
            (Vectors.dot(y, gradient) - 2 * Vectors.dot(y, y) / along * Vectors.dot(d, gradient))
                / along;
        double least = -1 / (Math.sqrt(Vectors.dot(d, d)) * Math.min(0.01, Math.sqrt(lastSquare)));
        yield Double.isFinite(beta) ? Math.max(beta, least) : 0;
      }
    };
  }
}

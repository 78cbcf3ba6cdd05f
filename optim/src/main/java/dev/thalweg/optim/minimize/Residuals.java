package dev.thalweg.optim.minimize;

/// Numbers whose squares add up to what is minimised.
public interface Residuals {
  /// r(x)
  double[] values(double[] x);

  /// ∂rᵢ/∂xⱼ, a row for each residual.
  double[][] jacobian(double[] x);
}

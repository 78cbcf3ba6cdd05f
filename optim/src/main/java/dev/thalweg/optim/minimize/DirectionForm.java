package dev.thalweg.optim.minimize;

/// How much of the direction before is in the next one of [ConjugateGradient]: β, with y what the
/// gradient changed by and d the direction before.
public enum DirectionForm {
  /// β = ‖g‖² / ‖g before‖². Fletcher & Reeves 1964.
  FLETCHER_REEVES,
  /// β = max(gᵀy / ‖g before‖², 0): PR+. Polak & Ribière 1969; Powell 1984.
  POLAK_RIBIERE,
  /// β = (y − 2d‖y‖² / dᵀy)ᵀg / dᵀy, at least −1 / (‖d‖ min(0.01, ‖g before‖)). Hager & Zhang 2005.
  HAGER_ZHANG
}

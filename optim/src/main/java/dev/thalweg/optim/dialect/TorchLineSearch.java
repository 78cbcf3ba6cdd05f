package dev.thalweg.optim.dialect;

/// The searches that `torch.optim.LBFGS` has.
public enum TorchLineSearch {
  /// A step of the length `lr` along each direction.
  NONE,
  /// Until the conditions of Wolfe hold.
  STRONG_WOLFE
}

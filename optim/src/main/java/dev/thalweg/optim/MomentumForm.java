package dev.thalweg.optim;

/// What "momentum" means: the same name stands for different recursions in papers and libraries.
public enum MomentumForm {
  /// v ← βv + g, θ ← θ − αv: the rate outside the buffer, so that a change of the rate acts on the
  /// whole past at once. PyTorch's `SGD` (dampening 0) and Optax's `sgd`.
  TRACE
}

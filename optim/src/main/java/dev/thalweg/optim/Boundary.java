package dev.thalweg.optim;

/// Which step is the first to have the value after a boundary: libraries differ by one.
public enum Boundary {
  /// The step with the boundary's number, counted from 0: after as many updates the value has
  /// changed. PyTorch's `MultiStepLR`, Optax's `piecewise_constant_schedule`.
  AT,

  /// The step after it, so that a boundary of 100 gives 101 updates to the value before it. Keras'
  /// `PiecewiseConstantDecay` (`step <= boundary`).
  AFTER
}

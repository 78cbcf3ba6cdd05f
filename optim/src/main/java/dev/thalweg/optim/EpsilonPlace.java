package dev.thalweg.optim;

/// Where ε stands beside the root that it keeps from 0.
public enum EpsilonPlace {
  /// √v + ε. Adam: √(v/(1 − β₂ᵗ)) + ε, algorithm 1 of its paper; PyTorch.
  OUTSIDE,
  /// √(v + ε). Adam: √(v/(1 − β₂ᵗ) + ε), Optax' `eps_root`; Keras' AdaGrad and RMSProp.
  INSIDE,
  /// Adam alone: m · √(1 − β₂ᵗ)/(1 − β₁ᵗ) / (√v + ε), ε̂ of the last lines of the paper's section
  /// 2: a larger ε in the first steps. Keras, TensorFlow 1, PyTorch's `SparseAdam`.
  HAT
}

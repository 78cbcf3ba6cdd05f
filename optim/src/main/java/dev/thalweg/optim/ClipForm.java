package dev.thalweg.optim;

/// How a gradient whose norm n is above the limit c is made shorter.
public enum ClipForm {
  /// g · c/n where n > c, untouched otherwise: the norm is c afterwards. Optax, Keras.
  EXACT,
  /// g · min(c/(n + 1e-6), 1), PyTorch's `clip_grad_norm_`: a gradient of just this norm shrinks a
  /// little.
  TORCH
}

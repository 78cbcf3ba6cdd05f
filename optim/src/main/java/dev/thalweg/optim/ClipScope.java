package dev.thalweg.optim;

/// Of what a norm is taken.
public enum ClipScope {
  /// Of the gradients of all parameters together.
  GLOBAL,
  /// Of each parameter's gradient by itself.
  TENSOR
}

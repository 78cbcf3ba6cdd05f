package dev.thalweg.optim;

/// How much better a figure has to be than the best one before.
public enum Better {
  /// By a part of that.
  REL,
  /// By a number.
  ABS
}

package dev.thalweg.optim.rule;

/// A stage that is told the gradients of a loss times a number, which it finds by itself.
public interface LossScaling extends RunStage {
  /// What it does.
  ///
  /// @param initial the number at first
  /// @param growth by what it grows after so many steps whose gradients were finite
  /// @param backoff what it is multiplied by where one was not
  /// @param interval so many steps
  record Terms(double initial, double growth, double backoff, long interval) {}

  /// What these settings say.
  Terms terms(Settings settings);
}

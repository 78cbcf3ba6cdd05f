package dev.thalweg.optim.rule;

import dev.thalweg.optim.NonFinite;

/// A stage that says what happens at a gradient with a NaN or an infinity.
public interface NonFinitePolicy extends RunStage {
  /// What these settings say.
  NonFinite policy(Settings settings);

  /// How many gradients in a row may be skipped; the next one is taken as it is.
  default long mostInRow(Settings settings) {
    return Long.MAX_VALUE;
  }
}

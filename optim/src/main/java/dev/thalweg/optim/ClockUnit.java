package dev.thalweg.optim;

/// What a [ClockSchedule] counts.
public enum ClockUnit {
  /// Epochs, of so many updates.
  EPOCHS,
  /// Samples, so many an update.
  SAMPLES,
  /// Tokens, so many an update.
  TOKENS
}

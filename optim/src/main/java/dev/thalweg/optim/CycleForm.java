package dev.thalweg.optim;

/// How high the cycles of a [CyclicSchedule] are.
public enum CycleForm {
  /// All the same.
  TRIANGULAR,
  /// Each half of the one before.
  TRIANGULAR2,
  /// By γ to the step.
  EXP_RANGE
}

package dev.thalweg.optim;

/// How high the cycles of a [CyclicSchedule] are.
public enum CycleForm {
  /// All the same.
  TRIANGULAR,
  /// Each half of the one before.
  TRIANGULAR2,
  /// By γ to the step.
  EXP_RANGE;

  /// What the height is multiplied by.
  ///
  /// @param length how many steps a cycle has
  double scale(long step, long length, double gamma) {
    return switch (this) {
      case TRIANGULAR -> 1;
      case TRIANGULAR2 -> Math.scalb(1.0, -(int) Math.min(2_000, step / length));
      case EXP_RANGE -> StrictMath.pow(gamma, (double) step);
    };
  }
}

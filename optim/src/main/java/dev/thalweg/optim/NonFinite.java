package dev.thalweg.optim;

/// What a step does with a gradient that has a NaN or an infinity.
public enum NonFinite {
  /// Nothing moves; the step throws and names the parameter and the element.
  FAIL,
  /// Nothing moves and the step is not counted.
  SKIP,
  /// Such entries count as 0.
  ZERO,
  /// Nobody looks: for callers who have looked already. The NaN goes into parameters and slots, and
  /// stays there.
  UNCHECKED
}

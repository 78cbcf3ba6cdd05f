package dev.thalweg.optim;

/// What a step does with a gradient that has a NaN or an infinity.
///
/// To leave everything untouched, the gradient has to be read before the first number moves: once
/// more than [#UNCHECKED] does. For `adamw` on 10,000,000 parameters of F32, beyond every cache,
/// that is a fifth of the step (0.81 ns a parameter against 0.67, one thread of an AMD EPYC of
/// family 25; `tools/bench/run RuleLoops 1`). The trainer looks for itself, to name what diverged,
/// and attaches its optimizer unchecked.
public enum NonFinite {
  /// Nothing moves; the step throws and names the parameter and the element.
  FAIL,
  /// Nothing moves and the step is not counted.
  SKIP,
  /// Such entries count as 0.
  ZERO,
  /// Each NaN counts as 0; an infinity goes into parameters and slots.
  ZERO_NANS,
  /// Nobody looks: for callers who have looked already. The NaN goes into parameters and slots, and
  /// stays there. Nor is a step repeated in double where float has no number for it: where
  /// gradients are 10¹⁹ and more, differences of them may be a NaN.
  UNCHECKED
}

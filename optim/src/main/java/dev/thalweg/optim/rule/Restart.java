package dev.thalweg.optim.rule;

/// When an accelerated method forgets its momentum. O'Donoghue & Candès 2015.
public enum Restart {
  /// Never: the sequence of Nesterov 1983.
  NONE,
  /// Where the step goes against the gradient.
  GRADIENT,
  /// Where the value has risen.
  FUNCTION
}

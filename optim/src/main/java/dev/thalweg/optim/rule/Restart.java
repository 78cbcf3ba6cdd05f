package dev.thalweg.optim.rule;

/// When an accelerated method forgets its momentum. O'Donoghue & Candès 2015.
public enum Restart {
  /// Never: the sequence of Nesterov 1983.
  NONE,
  /// Where the step goes against the gradient.
  GRADIENT,
  /// Where the value has risen.
  FUNCTION;

  /// The lines that forget, each with its end.
  String lines() {
    return switch (this) {
      case NONE -> "";
      case GRADIENT -> "theta = where(global_sum(g * (next - x)) > 0, 1, theta)\n";
      case FUNCTION -> "theta = where((t > 1) * (value > last), 1, theta)\nlast = value\n";
    };
  }
}

package dev.thalweg.optim.minimize;

/// How far along a direction a step goes.
public enum LineSearch {
  /// Until both conditions of Wolfe hold: the value has fallen by c₁ of what the slope promised,
  /// and the slope is at most c₂ of what it was, in magnitude. By brackets and cubic interpolation,
  /// as PyTorch's, which is that of minFunc (Schmidt 2005), after Nocedal & Wright 2006, algorithms
  /// 3.5 and 3.6.
  STRONG_WOLFE,
  /// Halved until the value has fallen by c₁ of what the slope promised. Armijo 1966.
  BACKTRACKING
}

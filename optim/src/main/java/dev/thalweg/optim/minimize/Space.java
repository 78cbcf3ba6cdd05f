package dev.thalweg.optim.minimize;

/// What a [Search] moves in: a function of one vector, all parameters of a run laid end to end, in
/// double whatever they are.
public interface Space {
  /// How many numbers there are.
  int size();

  /// The point where the step began: a copy.
  double[] start();

  /// The value there.
  double value();

  /// The gradient there: a copy.
  double[] gradient();

  /// Moves to a point and looks.
  ///
  /// @param at the point; afterwards what the parameters can hold of it
  /// @param gradient receives the gradient
  /// @return the value; infinity where it, or the gradient, is not finite
  double evaluate(double[] at, double[] gradient);

  /// Moves to a point, where nobody looks.
  ///
  /// @param at the point; afterwards what the parameters can hold of it
  void moveTo(double[] at);

  /// What the function is the sum of squares of.
  ///
  /// @throws IllegalArgumentException if that is not known
  Residuals residuals();

  /// A hyperparameter as it is in this step.
  double number(String name);
}

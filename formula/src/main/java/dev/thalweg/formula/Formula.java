package dev.thalweg.formula;

import dev.thalweg.kernels.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A function of named numbers, with its derivatives: what is minimised.
///
/// ```java
/// var f = Formula.parse("(x-1)^2 + 100*(y-x^2)^2");
/// f.variables();                          // x, y
/// f.value(new double[] {-1, 1});          // 4
/// f.derivative("y").toString();           // 200 * (y - x^2)
/// ```
///
/// Not for several threads at once: each parses its own.
public final class Formula {
  private final Expression expression;
  private final List<String> variables;
  private final Evaluator value;
  private final Evaluator gradient;

  private Formula(Expression expression) {
    this.expression = expression;
    this.variables = expression.variables();
    this.value = Evaluator.of(variables, expression);
    this.gradient = Evaluator.of(variables, new Derivative(expression).gradient(variables));
  }

  /// Reads a function.
  ///
  /// @throws SyntaxException if the text is no formula, a caret under the offending character
  public static Formula parse(String text) {
    Expression expression = Expression.parse(text);
    Operator reduction = reduction(expression);
    if (reduction != null) {
      throw new SyntaxException(about(reduction), text, Names.find(text, reduction.text()));
    }
    return new Formula(expression);
  }

  /// The function that an expression is.
  ///
  /// @throws IllegalArgumentException if it has a reduction
  public static Formula of(Expression expression) {
    Operator reduction = reduction(expression);
    if (reduction != null) {
      throw new IllegalArgumentException(about(reduction));
    }
    return new Formula(expression);
  }

  private static @Nullable Operator reduction(Expression expression) {
    for (Expression node : Order.of(expression)) {
      if (node.operation().isReduction()) {
        return node.operation();
      }
    }
    return null;
  }

  private static String about(Operator reduction) {
    return reduction.text() + " runs over an array, and a function to minimise has none";
  }

  /// The names of the numbers that it depends on, in order of first appearance: the order of all
  /// arrays here.
  public List<String> variables() {
    return variables;
  }

  /// The formula itself.
  public Expression expression() {
    return expression;
  }

  /// f(x); NaN or infinite where it is not defined.
  ///
  /// @param x one number for each of [#variables]
  public double value(double[] x) {
    return value.evaluate(x);
  }

  /// f(x).
  ///
  /// @throws IllegalArgumentException if a variable has no value
  public double value(Map<String, Double> x) {
    return expression.evaluate(x);
  }

  /// ∇f(x), symbolic.
  ///
  /// @param x one number for each of [#variables]
  /// @param out the partial derivatives, in the same order
  public void gradient(double[] x, double[] out) {
    gradient.evaluate(x, out);
  }

  /// ∂f/∂x, simplified.
  ///
  /// @throws IllegalArgumentException if there is no such variable
  public Expression derivative(String variable) {
    check(variable);
    return expression.derivative(variable);
  }

  private void check(String variable) {
    if (!variables.contains(variable)) {
      throw new IllegalArgumentException(Nearest.sentence("variable", variable, variables));
    }
  }

  /// ∂²f/∂x∂y, simplified.
  ///
  /// @throws IllegalArgumentException if there is no such variable
  public Expression derivative(String x, String y) {
    check(x);
    check(y);
    return expression.derivative(x).derivative(y);
  }

  /// The Hessian at x: ∂²f/∂xᵢ∂xⱼ, symbolic. It is derived anew in each call, n derivatives of each
  /// of the n partial ones at once, so it is for a few points of functions of a few variables.
  ///
  /// @param x one number for each of [#variables]
  /// @return symmetric, in their order; NaN or infinite where it is not defined
  public double[][] hessian(double[] x) {
    int n = variables.size();
    double[][] hessian = new double[n][n];
    List<Expression> first = new Derivative(expression).gradient(variables);
    for (int i = 0; i < n; i++) {
      List<Expression> second = new Derivative(first.get(i)).gradient(variables);
      Evaluator.of(variables, second).evaluate(x, hessian[i]);
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        // The same number but for rounding.
        hessian[i][j] = hessian[j][i];
      }
    }
    return hessian;
  }

  /// Where f(x) first leaves its domain: `log(theta): theta is -0.3`. Empty if nowhere.
  public Optional<String> complaint(double[] x) {
    return value.complaint(x);
  }

  /// Where the gradient first leaves its domain: of `sqrt(x)` at 0. Empty if nowhere.
  public Optional<String> gradientComplaint(double[] x) {
    return gradient.complaint(x);
  }

  /// The canonical text.
  @Override
  public String toString() {
    return expression.toString();
  }

  /// The formula in LaTeX's mathematics.
  public String latex() {
    return expression.latex();
  }
}

package dev.thalweg.optim;

import dev.thalweg.formula.Expression;
import dev.thalweg.formula.Formula;
import dev.thalweg.formula.Operator;
import dev.thalweg.optim.minimize.Residuals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A formula that is a sum of squares, each times a number that is not negative: the numbers that
/// are squared.
final class Squares implements Residuals {
  private final List<String> variables;
  private final List<Expression> residuals;

  /// By residual, then variable.
  private final List<List<Expression>> derivatives = new ArrayList<>();

  private Squares(List<String> variables, List<Expression> residuals) {
    this.variables = variables;
    this.residuals = residuals;
    for (Expression residual : residuals) {
      var row = new ArrayList<Expression>();
      for (String variable : variables) {
        row.add(residual.derivative(variable));
      }
      derivatives.add(row);
    }
  }

  /// What the formula squares; none where it is no sum of squares.
  static Optional<Residuals> of(Formula formula) {
    var residuals = new ArrayList<Expression>();
    return split(formula.expression(), 1, residuals)
        ? Optional.of(new Squares(formula.variables(), residuals))
        : Optional.empty();
  }

  /// Whether it is a sum of squares, whose roots are added.
  ///
  /// @param factor what it is multiplied by
  private static boolean split(Expression sum, double factor, List<Expression> residuals) {
    return switch (sum.operation()) {
      case ADD -> split(sum.input(0), factor, residuals) && split(sum.input(1), factor, residuals);
      case NUMBER ->
          sum.value() >= 0 && add(Expression.number(Math.sqrt(sum.value())), factor, residuals);
      case POWER ->
          sum.input(1).operation() == Operator.NUMBER
              && sum.input(1).value() > 0
              && sum.input(1).value() % 2 == 0
              && add(power(sum.input(0), sum.input(1).value() / 2), factor, residuals);
      case MULTIPLY -> {
        Expression first = sum.input(0);
        Expression second = sum.input(1);
        yield first.equals(second)
            ? add(first, factor, residuals)
            : isFactor(first)
                ? split(second, factor * first.value(), residuals)
                : isFactor(second) && split(first, factor * second.value(), residuals);
      }
      case DIVIDE ->
          isFactor(sum.input(1))
              && sum.input(1).value() > 0
              && split(sum.input(0), factor / sum.input(1).value(), residuals);
      default -> false;
    };
  }

  private static boolean isFactor(Expression expression) {
    return expression.operation() == Operator.NUMBER && expression.value() >= 0;
  }

  private static Expression power(Expression base, double exponent) {
    return exponent == 1 ? base : Expression.of(Operator.POWER, base, Expression.number(exponent));
  }

  private static boolean add(Expression root, double factor, List<Expression> residuals) {
    residuals.add(
        factor == 1
            ? root
            : Expression.of(Operator.MULTIPLY, Expression.number(Math.sqrt(factor)), root));
    return true;
  }

  private Map<String, Double> named(double[] x) {
    var values = new HashMap<String, Double>();
    for (int i = 0; i < x.length; i++) {
      values.put(variables.get(i), x[i]);
    }
    return values;
  }

  @Override
  public double[] values(double[] x) {
    Map<String, Double> named = named(x);
    double[] values = new double[residuals.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = residuals.get(i).evaluate(named);
    }
    return values;
  }

  @Override
  public double[][] jacobian(double[] x) {
    Map<String, Double> named = named(x);
    double[][] jacobian = new double[residuals.size()][x.length];
    for (int i = 0; i < jacobian.length; i++) {
      for (int j = 0; j < x.length; j++) {
        jacobian[i][j] = derivatives.get(i).get(j).evaluate(named);
      }
    }
    return jacobian;
  }
}

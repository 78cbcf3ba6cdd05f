package dev.thalweg.formula;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/// Formulas prepared for being evaluated often, in double: what they share is computed once, and no
/// call allocates. The values are those of [Expression#evaluate], to the bit.
///
/// Not for several threads at once: each takes its own.
public final class Evaluator {
  private final List<String> variables;
  private final Operation[] operations;
  private final int[] first;
  private final int[] second;
  private final int[] third;
  private final double[] values;
  private final int[] variable;
  private final int[] results;

  private Evaluator(List<String> variables, List<Expression> expressions) {
    this.variables = List.copyOf(variables);
    List<Expression> nodes = Order.of(expressions);
    int n = nodes.size();
    operations = new Operation[n];
    first = new int[n];
    second = new int[n];
    third = new int[n];
    values = new double[n];
    variable = new int[n];
    results = new int[expressions.size()];
    IdentityHashMap<Expression, Integer> places = new IdentityHashMap<>();
    for (int i = 0; i < n; i++) {
      Expression node = nodes.get(i);
      places.put(node, i);
      operations[i] = node.operation();
      if (node.operation() == Operation.NUMBER) {
        values[i] = node.value();
      } else if (node.operation() == Operation.VARIABLE) {
        variable[i] = this.variables.indexOf(node.name());
        if (variable[i] < 0) {
          throw new IllegalArgumentException(
              "no value for '" + node.name() + "'; given: " + String.join(", ", this.variables));
        }
      }
      int arity = node.inputs().size();
      first[i] = arity > 0 ? places.getOrDefault(node.input(0), 0) : 0;
      second[i] = arity > 1 ? places.getOrDefault(node.input(1), 0) : 0;
      third[i] = arity > 2 ? places.getOrDefault(node.input(2), 0) : 0;
    }
    for (int i = 0; i < results.length; i++) {
      results[i] = places.getOrDefault(expressions.get(i), 0);
    }
  }

  /// Prepares formulas.
  ///
  /// @param variables the names whose values each call brings, in this order; more than needed do
  ///   no harm
  /// @throws IllegalArgumentException if a formula has a variable that is not among them
  public static Evaluator of(List<String> variables, Expression... expressions) {
    return new Evaluator(variables, List.of(expressions));
  }

  /// As [#of(List, Expression...)].
  public static Evaluator of(List<String> variables, List<Expression> expressions) {
    return new Evaluator(variables, expressions);
  }

  /// The names whose values each call brings.
  public List<String> variables() {
    return variables;
  }

  /// The value of the first formula.
  ///
  /// @throws IllegalArgumentException if there are not as many numbers as variables
  public double evaluate(double[] x) {
    run(x);
    return values[results[0]];
  }

  /// The values of all formulas.
  ///
  /// @throws IllegalArgumentException if there are not as many numbers as variables, or results as
  ///   formulas
  public void evaluate(double[] x, double[] out) {
    if (out.length != results.length) {
      throw new IllegalArgumentException(
          "expected room for " + results.length + " values, found " + out.length);
    }
    run(x);
    for (int i = 0; i < results.length; i++) {
      out[i] = values[results[i]];
    }
  }

  /// Where a value first leaves its domain: `log(theta): theta is -0.3`. Empty if all are finite.
  public Optional<String> complaint(double[] x) {
    run(x);
    return Optional.empty();
  }

  private void run(double[] x) {
    if (x.length != variables.size()) {
      throw new IllegalArgumentException(
          "expected " + variables.size() + " values, found " + x.length);
    }
    for (int i = 0; i < operations.length; i++) {
      Operation operation = operations[i];
      if (operation == Operation.VARIABLE) {
        values[i] = x[variable[i]];
      } else if (operation != Operation.NUMBER) {
        values[i] = operation.apply(values[first[i]], values[second[i]], values[third[i]]);
      }
    }
  }
}

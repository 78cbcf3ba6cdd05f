package dev.thalweg.formula;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Formulas prepared for being evaluated often, in double: what they share is computed once, what
/// is constant when they are prepared, and no call allocates. The values are those of
/// [Expression#evaluate], to the bit.
///
/// ```java
/// Evaluator f = Evaluator.of(List.of("x", "y"), Expression.parse("x * log(y)"));
/// f.evaluate(new double[] {2, -1});    // NaN
/// f.complaint(new double[] {2, -1});   // log(y): y is -1
/// ```
///
/// Not for several threads at once: each takes its own.
public final class Evaluator {
  private final List<String> variables;
  private final List<Expression> expressions;

  /// The variables' values, then one a node.
  private final double[] values;

  /// What each step computes, from which values, into which.
  private final Operator[] operations;

  private final int[] first;
  private final int[] second;
  private final int[] third;
  private final int[] target;

  /// Where the formulas' values are.
  private final int[] results;

  private Evaluator(List<String> variables, List<Expression> expressions) {
    this.variables = List.copyOf(variables);
    this.expressions = List.copyOf(expressions);
    List<Expression> nodes = Order.of(this.expressions);
    IdentityHashMap<Expression, Integer> places = new IdentityHashMap<>();
    values = new double[this.variables.size() + nodes.size()];
    int next = this.variables.size();
    Map<String, Integer> named = new HashMap<>();
    for (int i = 0; i < next; i++) {
      named.putIfAbsent(this.variables.get(i), i);
    }
    List<Expression> steps = new ArrayList<>();
    for (Expression node : nodes) {
      if (node.operation() == Operator.VARIABLE) {
        Integer place = named.get(node.name());
        if (place == null) {
          throw new IllegalArgumentException(
              "no value for '" + node.name() + "'; given: " + String.join(", ", this.variables));
        }
        places.put(node, place);
      } else {
        places.put(node, next++);
        steps.add(node);
      }
    }
    boolean[] constant = new boolean[values.length];
    List<Expression> computed = new ArrayList<>();
    for (Expression node : steps) {
      int place = places.getOrDefault(node, 0);
      if (node.operation() == Operator.NUMBER) {
        constant[place] = true;
        values[place] = node.value();
        continue;
      }
      boolean all = true;
      for (Expression input : node.inputs()) {
        all &= constant[places.getOrDefault(input, 0)];
      }
      if (all) {
        constant[place] = true;
        values[place] =
            node.operation()
                .apply(value(places, node, 0), value(places, node, 1), value(places, node, 2));
      } else {
        computed.add(node);
      }
    }
    int n = computed.size();
    operations = new Operator[n];
    first = new int[n];
    second = new int[n];
    third = new int[n];
    target = new int[n];
    for (int i = 0; i < n; i++) {
      Expression node = computed.get(i);
      operations[i] = node.operation();
      first[i] = place(places, node, 0);
      second[i] = place(places, node, 1);
      third[i] = place(places, node, 2);
      target[i] = places.getOrDefault(node, 0);
    }
    results = new int[this.expressions.size()];
    for (int i = 0; i < results.length; i++) {
      results[i] = places.getOrDefault(this.expressions.get(i), 0);
    }
  }

  private static int place(
      IdentityHashMap<Expression, Integer> places, Expression node, int input) {
    return input < node.inputs().size() ? places.getOrDefault(node.input(input), 0) : 0;
  }

  private double value(IdentityHashMap<Expression, Integer> places, Expression node, int input) {
    return values.length == 0 ? 0 : values[place(places, node, input)];
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

  /// The value of the first formula; NaN or infinite where it is not defined.
  ///
  /// @throws IllegalArgumentException if there are not as many numbers as variables
  public double evaluate(double[] x) {
    run(x);
    return values[results[0]];
  }

  /// The values of all formulas, in their order.
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

  /// Which part first leaves its domain, and where: `log(theta): theta is -0.3`. Empty if all parts
  /// on which the formulas depend here have finite values; a branch of `where` that is not taken
  /// doesn't count.
  ///
  /// @throws IllegalArgumentException if there are not as many numbers as variables
  public Optional<String> complaint(double[] x) {
    check(x);
    return new Complaint(variables, x).about(expressions);
  }

  private void check(double[] x) {
    if (x.length != variables.size()) {
      throw new IllegalArgumentException(
          "expected " + variables.size() + " values, found " + x.length);
    }
  }

  private void run(double[] x) {
    check(x);
    System.arraycopy(x, 0, values, 0, x.length);
    for (int i = 0; i < operations.length; i++) {
      values[target[i]] =
          operations[i].apply(values[first[i]], values[second[i]], values[third[i]]);
    }
  }
}

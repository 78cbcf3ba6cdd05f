package dev.thalweg.formula;

import java.util.IdentityHashMap;
import java.util.List;

/// The value of a formula in double with a bound for how far rounding may have taken it from the
/// real one: the error of each operation, and those of its inputs by its derivative.
record Rounded(double value, double error, boolean finiteThroughout, double largest) {
  private static final double UNIT = 0x1p-51;

  static Rounded of(Expression expression, List<String> variables, double[] x) {
    IdentityHashMap<Expression, double[]> known = new IdentityHashMap<>();
    boolean finite = true;
    double largest = 0;
    for (Expression node : Order.of(expression)) {
      double[] result = node(node, known, variables, x);
      known.put(node, result);
      finite &= Double.isFinite(result[0]);
      double size = Math.abs(result[0]);
      largest = Math.max(largest, size == 0 ? 0 : Math.max(size, 1 / size));
    }
    double[] result = known.getOrDefault(expression, new double[2]);
    return new Rounded(result[0], result[1], finite, largest);
  }

  private static double[] node(
      Expression node,
      IdentityHashMap<Expression, double[]> known,
      List<String> variables,
      double[] x) {
    if (node.operation() == Operator.NUMBER) {
      // whole numbers are exact, others may be the rounded result of folding
      boolean whole = node.value() == Math.rint(node.value());
      return new double[] {node.value(), whole ? 0 : UNIT * Math.abs(node.value())};
    }
    if (node.operation() == Operator.VARIABLE) {
      return new double[] {x[variables.indexOf(node.name())], 0};
    }
    double[][] in = new double[3][2];
    for (int i = 0; i < node.inputs().size(); i++) {
      in[i] = known.getOrDefault(node.input(i), new double[2]);
    }
    double value = node.operation().apply(in[0][0], in[1][0], in[2][0]);
    boolean sum = node.operation() == Operator.ADD || node.operation() == Operator.SUBTRACT;
    // the terms of a sum may be added in another order
    double error = UNIT * (sum ? Math.abs(in[0][0]) + Math.abs(in[1][0]) : Math.abs(value));
    // The change of the value when each input moves by its error, up or down.
    for (int i = 0; i < node.inputs().size(); i++) {
      if (in[i][1] > 0) {
        double worst = 0;
        for (int sign = -1; sign <= 1; sign += 2) {
          double[] moved = {in[0][0], in[1][0], in[2][0]};
          moved[i] += sign * in[i][1];
          double change = node.operation().apply(moved[0], moved[1], moved[2]) - value;
          worst =
              Double.isNaN(change) ? Double.POSITIVE_INFINITY : Math.max(worst, Math.abs(change));
        }
        error += worst;
      }
    }
    return new double[] {value, error};
  }
}

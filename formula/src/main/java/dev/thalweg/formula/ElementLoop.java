package dev.thalweg.formula;

import dev.thalweg.kernels.loop.LoopProgram;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A formula of numbers as a loop over arrays: a number of each variable's array makes one of the
/// result's.
///
/// ```java
/// ElementLoop loop = ElementLoop.of(List.of("x", "g"), Expression.parse("g * sqrt(2 / pi) * x"));
/// loop.program();     // arrays x, g, result; one scalar
/// loop.scalars();     // √(2/π)
/// ```
public final class ElementLoop {
  private final LoopProgram program;
  private final double[] scalars;

  private ElementLoop(LoopProgram program, double[] scalars) {
    this.program = program;
    this.scalars = scalars;
  }

  /// The loop of a formula.
  ///
  /// @param variables the arrays, in this order; the result is one more, the last
  /// @throws IllegalArgumentException if the formula has another variable, or a reduction
  public static ElementLoop of(List<String> variables, Expression formula) {
    for (Expression node : Order.of(formula)) {
      if (node.operation().isReduction()) {
        throw new IllegalArgumentException(
            node.operation().text() + " runs over an array, and this is a formula of its elements");
      }
      if (node.operation() == Operator.VARIABLE && !variables.contains(node.name())) {
        throw new IllegalArgumentException("no array for '" + node.name() + "'");
      }
    }
    Map<String, Integer> arrays = new HashMap<>();
    for (String variable : variables) {
      arrays.put(variable, arrays.size());
    }
    Lowering lowering = new Lowering(Levels.ofElements(variables), arrays, new Sharing());
    LoopProgram program =
        lowering.loop(arrays.size() + 1, List.of(arrays.size()), List.of(formula));
    List<Expression> constants = lowering.scalars();
    double[] scalars = new double[constants.size()];
    for (int i = 0; i < scalars.length; i++) {
      scalars[i] = constants.get(i).evaluate(Map.of());
    }
    return new ElementLoop(program, scalars);
  }

  /// The loop: the variables' arrays, then the result's.
  public LoopProgram program() {
    return program;
  }

  /// The loop's scalars: constants that no number says exactly, such as √2, in double.
  public double[] scalars() {
    return scalars.clone();
  }
}

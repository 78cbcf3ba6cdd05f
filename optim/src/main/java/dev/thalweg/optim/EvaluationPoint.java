package dev.thalweg.optim;

import dev.thalweg.formula.ElementLoop;
import dev.thalweg.formula.Expression;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Values;
import dev.thalweg.kernels.loop.FusedLoop;
import dev.thalweg.kernels.loop.LoopCompiler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where a method is to be evaluated, other than where its gradients are taken: a formula of the
/// parameter, slots and hyperparameters, as they are now.
final class EvaluationPoint {
  private final Expression formula;
  private final List<String> slots;

  /// @param slots the names of all slots that have a number for each element
  EvaluationPoint(Expression formula, List<String> slots) {
    this.formula = formula;
    this.slots = slots;
  }

  /// The point of one parameter.
  ///
  /// @param state its slots, in the order of their names
  /// @param hyperparameters what they are now
  Values of(Values parameter, Values[] state, Map<String, Double> hyperparameters) {
    var numbers = new HashMap<String, Expression>();
    for (Map.Entry<String, Double> number : hyperparameters.entrySet()) {
      numbers.put(number.getKey(), Expression.number(number.getValue()));
    }
    var names = new ArrayList<>(List.of("p"));
    names.addAll(slots);
    ElementLoop loop = ElementLoop.of(names, formula.substitute(numbers));
    FusedLoop compiled = LoopCompiler.compile(loop.program());
    double[] scalars = loop.scalars();
    Values result = ArrayValues.zerosLike(parameter);
    var arrays = new ArrayList<Values>(List.of(parameter));
    arrays.addAll(List.of(state));
    arrays.add(result);
    if (parameter.dtype() == DType.F32) {
      float[] narrow = new float[scalars.length];
      for (int i = 0; i < narrow.length; i++) {
        narrow[i] = (float) scalars[i];
      }
      float[][] floats = new float[arrays.size()][];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = arrays.get(i).floats();
      }
      compiled.run(floats, narrow, 0, parameter.size());
    } else {
      double[][] doubles = new double[arrays.size()][];
      for (int i = 0; i < doubles.length; i++) {
        doubles[i] = arrays.get(i).doubles();
      }
      compiled.run(doubles, scalars, 0, parameter.size());
    }
    return result;
  }
}

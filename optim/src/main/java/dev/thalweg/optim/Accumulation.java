package dev.thalweg.optim;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Values;
import dev.thalweg.optim.around.Accumulate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Gradients added up until there are as many as an update takes ([Accumulate]).
final class Accumulation {
  private final int every;
  private final List<Parameter> parameters;
  private final List<Values> sums = new ArrayList<>();

  /// How many gradients are in the sums.
  private final double[] count = new double[1];

  Accumulation(int every, List<Parameter> parameters) {
    this.every = every;
    this.parameters = parameters;
    for (Parameter parameter : parameters) {
      sums.add(ArrayValues.zerosLike(parameter.values()));
    }
  }

  /// Adds gradients; whether there are enough, and their means stand in the list.
  boolean isDue(List<Values> gradients) {
    boolean first = count[0] == 0;
    boolean due = count[0] + 1 == every;
    for (int i = 0; i < sums.size(); i++) {
      add(gradients.get(i), sums.get(i), first, due);
    }
    count[0] = due ? 0 : count[0] + 1;
    if (due) {
      gradients.clear();
      gradients.addAll(sums);
    }
    return due;
  }

  private void add(Values gradient, Values sum, boolean first, boolean due) {
    if (sum.dtype() == DType.F32) {
      float[] from = gradient.floats();
      float[] to = sum.floats();
      for (int i = 0; i < sum.size(); i++) {
        float now = first ? from[i] : to[i] + from[i];
        to[i] = due ? now / every : now;
      }
    } else {
      double[] from = gradient.doubles();
      double[] to = sum.doubles();
      for (int i = 0; i < sum.size(); i++) {
        double now = first ? from[i] : to[i] + from[i];
        to[i] = due ? now / every : now;
      }
    }
  }

  /// Adds what is kept between gradients, by name.
  void addState(Map<String, Values> byName) {
    for (int i = 0; i < sums.size(); i++) {
      byName.put(parameters.get(i).name() + ".accumulate.sum", sums.get(i));
    }
    byName.put("accumulate.count", ArrayValues.of("count", new int[0], count));
  }

  /// How many gradients an update of these stages takes.
  static int every(List<Stage> stages) {
    for (Stage stage : stages) {
      if (stage.method().rule() instanceof Accumulate) {
        return (int) stage.settings().fixed("every");
      }
    }
    return 1;
  }
}

package dev.thalweg.optim;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Values;
import java.util.ArrayList;
import java.util.List;

/// The product of the Hessian at a run's parameters with a direction: what the objective says, or a
/// central difference of gradients.
final class HessianProduct {
  private HessianProduct() {}

  /// Replaces a direction by its product. That with 0 is 0, and nobody is asked for it.
  ///
  /// @param room the direction, one array a parameter; receives the product
  static void of(GradientFunction objective, List<Parameter> parameters, List<Values> room) {
    double longest = largest(room);
    if (longest == 0) {
      return;
    }
    var direction = new ArrayList<Values>();
    for (Values values : room) {
      direction.add(ArrayValues.copyOf(values));
    }
    if (objective.product(List.copyOf(direction), List.copyOf(room))) {
      return;
    }
    var start = new ArrayList<Values>();
    boolean isSingle = false;
    for (Parameter parameter : parameters) {
      start.add(ArrayValues.copyOf(parameter.values()));
      isSingle |= parameter.dtype() == DType.F32;
    }
    double h = Math.cbrt(isSingle ? 0x1p-24 : 0x1p-53) * Math.max(1, largest(start)) / longest;
    try {
      move(parameters, start, direction, h);
      objective.gradient(List.copyOf(room));
      var ahead = new ArrayList<Values>();
      for (Values values : room) {
        ahead.add(ArrayValues.copyOf(values));
      }
      move(parameters, start, direction, -h);
      objective.gradient(List.copyOf(room));
      for (int i = 0; i < room.size(); i++) {
        for (int j = 0; j < room.get(i).size(); j++) {
          set(room.get(i), j, (at(ahead.get(i), j) - at(room.get(i), j)) / (2 * h));
        }
      }
    } finally {
      move(parameters, start, direction, 0);
    }
  }

  private static void move(
      List<Parameter> parameters, List<Values> start, List<Values> direction, double h) {
    for (int i = 0; i < start.size(); i++) {
      Values values = parameters.get(i).values();
      for (int j = 0; j < values.size(); j++) {
        set(
            values,
            j,
            h == 0 ? at(start.get(i), j) : at(start.get(i), j) + h * at(direction.get(i), j));
      }
    }
  }

  static double largest(List<Values> all) {
    double largest = 0;
    for (Values values : all) {
      for (int j = 0; j < values.size(); j++) {
        largest = Math.max(largest, Math.abs(at(values, j)));
      }
    }
    return largest;
  }

  private static double at(Values values, int i) {
    return values.dtype() == DType.F32 ? values.floats()[i] : values.doubles()[i];
  }

  private static void set(Values values, int i, double value) {
    if (values.dtype() == DType.F32) {
      values.floats()[i] = (float) value;
    } else {
      values.doubles()[i] = value;
    }
  }
}

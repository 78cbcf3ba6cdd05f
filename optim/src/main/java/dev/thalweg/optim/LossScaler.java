package dev.thalweg.optim;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Values;
import dev.thalweg.optim.rule.LossScaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The number that a loss is multiplied by ([LossScaling]), while a run goes on.
final class LossScaler {
  private final LossScaling.Terms terms;

  /// What gradients are without it.
  private final List<HeldRows> unscaled = new ArrayList<>();

  private final double[] scale;

  /// Steps since it changed.
  private final double[] count = new double[1];

  LossScaler(LossScaling.Terms terms, List<Parameter> parameters) {
    this.terms = terms;
    scale = new double[] {terms.initial()};
    for (Parameter parameter : parameters) {
      unscaled.add(new HeldRows(ArrayValues.zerosLike(parameter.values())));
    }
  }

  /// What these stages say of it, if they do.
  static Optional<LossScaling.Terms> terms(List<Stage> stages) {
    for (Stage stage : stages) {
      if (stage.method().rule() instanceof LossScaling rule) {
        return Optional.of(rule.terms(stage.settings()));
      }
    }
    return Optional.empty();
  }

  double scale() {
    return scale[0];
  }

  /// Multiplies gradients, in their own kind of numbers.
  void scale(List<Values> gradients) {
    for (Values each : gradients) {
      for (int i = 0; i < each.size(); i++) {
        if (each.dtype() == DType.F32) {
          each.floats()[i] *= (float) scale[0];
        } else {
          each.doubles()[i] *= scale[0];
        }
      }
    }
  }

  /// Puts the gradients of the loss itself in the place of finite ones, and counts the step.
  void divide(List<Values> gradients) {
    var division = new Division(scale[0]);
    for (int k = 0; k < unscaled.size(); k++) {
      unscaled.get(k).write(gradients.get(k), true, division);
    }
    gradients.clear();
    for (HeldRows each : unscaled) {
      gradients.add(each.array());
    }
    count[0]++;
    if (count[0] >= terms.interval()) {
      count[0] = 0;
      float grown = (float) (scale[0] * terms.growth());
      scale[0] = Float.isInfinite(grown) ? scale[0] : grown; // PyTorch, too, leaves it where it is
    }
  }

  /// Divides a gradient.
  private record Division(double scale) implements HeldRows.Writing {
    @Override
    public void run(Values from, ArrayValues to, int begin, int end) {
      for (int i = begin; i < end; i++) {
        if (to.dtype() == DType.F32) {
          to.floats()[i] = from.floats()[i] / (float) scale;
        } else {
          to.doubles()[i] = from.doubles()[i] / scale;
        }
      }
    }
  }

  /// A gradient was not finite.
  void backOff() {
    count[0] = 0;
    scale[0] = (float) (scale[0] * terms.backoff());
  }

  /// Adds what is kept, by name.
  void addState(Map<String, Values> byName) {
    byName.put("loss_scale.scale", ArrayValues.of("scale", new int[0], scale));
    byName.put("loss_scale.count", ArrayValues.of("count", new int[0], count));
  }
}

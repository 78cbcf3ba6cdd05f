package dev.thalweg.optim;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Philox;
import dev.thalweg.kernels.Values;
import dev.thalweg.optim.rule.PrivateStage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Gradients of single examples, clipped and added up, with noise ([PrivateStage]).
final class PrivateSums {
  private final Privacy terms;
  private final List<double[]> sums = new ArrayList<>();

  PrivateSums(Privacy terms, List<Parameter> parameters) {
    this.terms = terms;
    for (Parameter parameter : parameters) {
      sums.add(new double[parameter.size()]);
    }
  }

  /// What the stages say; empty where they say nothing of privacy.
  static Optional<Privacy> terms(List<Stage> stages) {
    for (Stage stage : stages) {
      if (stage.method().rule() instanceof PrivateStage rule) {
        return Optional.of(rule.privacy(stage.settings()));
      }
    }
    return Optional.empty();
  }

  /// The noisy mean of a batch, in the place of what was in the room.
  ///
  /// @param step which noise it is
  void mean(ExampleGradients examples, List<Values> room, long step) {
    for (double[] sum : sums) {
      Arrays.fill(sum, 0);
    }
    int count = examples.count();
    for (int i = 0; i < count; i++) {
      examples.gradient(i, room);
      add(room);
    }
    Philox random = Philox.of(terms.seed(), step);
    long place = 0;
    double deviation = terms.noise() * terms.clip();
    for (int k = 0; k < sums.size(); k++) {
      double[] sum = sums.get(k);
      for (int i = 0; i < sum.length; i++) {
        double noise = deviation == 0 ? 0 : deviation * random.normal(place);
        place++;
        double mean = (sum[i] + noise) / count;
        if (room.get(k).dtype() == DType.F32) {
          room.get(k).floats()[i] = (float) mean;
        } else {
          room.get(k).doubles()[i] = mean;
        }
      }
    }
  }

  private void add(List<Values> gradient) {
    double squares = 0;
    for (Values each : gradient) {
      for (int i = 0; i < each.size(); i++) {
        double g = at(each, i);
        squares += g * g;
      }
    }
    double norm = Math.sqrt(squares);
    double share = norm > terms.clip() ? terms.clip() / norm : 1;
    for (int k = 0; k < sums.size(); k++) {
      double[] sum = sums.get(k);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += share * at(gradient.get(k), i);
      }
    }
  }

  private static double at(Values values, int i) {
    return values.dtype() == DType.F32 ? values.floats()[i] : values.doubles()[i];
  }
}

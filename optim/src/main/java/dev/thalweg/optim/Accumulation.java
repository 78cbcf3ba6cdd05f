package dev.thalweg.optim;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Values;
import dev.thalweg.optim.around.Accumulate;
import dev.thalweg.optim.rule.Rule;
import dev.thalweg.optim.rule.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gradients added up until there are as many as an update takes ([Accumulate]).
final class Accumulation {
  private final int every;

  /// By what a sum is divided where an update is due.
  private final double over;

  private final List<Parameter> parameters;
  private final List<HeldRows> sums = new ArrayList<>();

  /// How many gradients are in the sums.
  private final double[] count = new double[1];

  private Accumulation(int every, boolean mean, List<Parameter> parameters) {
    this.every = every;
    over = mean ? every : 1;
    this.parameters = parameters;
    for (Parameter parameter : parameters) {
      sums.add(new HeldRows(ArrayValues.zerosLike(parameter.values())));
    }
  }

  /// Adds gradients; whether there are enough, and their means stand in the list.
  boolean isDue(List<Values> gradients) {
    boolean first = count[0] == 0;
    boolean due = count[0] + 1 == every;
    var adding = new Adding(first, due, over);
    for (int i = 0; i < sums.size(); i++) {
      sums.get(i).write(gradients.get(i), first, adding);
    }
    count[0] = due ? 0 : count[0] + 1;
    if (due) {
      gradients.clear();
      for (HeldRows sum : sums) {
        gradients.add(sum.array());
      }
    }
    return due;
  }

  /// Adds a gradient to a sum.
  private record Adding(boolean first, boolean due, double over) implements HeldRows.Writing {
    @Override
    public void run(Values gradient, ArrayValues sum, int begin, int end) {
      if (sum.dtype() == DType.F32) {
        float[] from = gradient.floats();
        float[] to = sum.floats();
        for (int i = begin; i < end; i++) {
          float now = first ? from[i] : to[i] + from[i];
          to[i] = due ? now / (float) over : now;
        }
      } else {
        double[] from = gradient.doubles();
        double[] to = sum.doubles();
        for (int i = begin; i < end; i++) {
          double now = first ? from[i] : to[i] + from[i];
          to[i] = due ? now / over : now;
        }
      }
    }
  }

  /// Adds what is kept between gradients, by name.
  void addState(Map<String, Values> byName) {
    for (int i = 0; i < sums.size(); i++) {
      byName.put(parameters.get(i).name() + ".accumulate.sum", sums.get(i).array());
    }
    byName.put("accumulate.count", ArrayValues.of("count", new int[0], count));
  }

  /// The sums are others than before.
  void restored() {
    for (HeldRows sum : sums) {
      sum.forget();
    }
  }

  /// What the stages ask for, if an update takes more than one gradient.
  static @Nullable Accumulation of(List<Stage> stages, List<Parameter> parameters) {
    int every = every(stages);
    Settings settings = settings(stages);
    return every == 1 || settings == null
        ? null
        : new Accumulation(every, settings.flag("mean"), parameters);
  }

  /// How many gradients an update of these stages takes.
  static int every(List<Stage> stages) {
    Settings settings = settings(stages);
    return settings == null ? 1 : (int) settings.fixed("every");
  }

  private static @Nullable Settings settings(List<Stage> stages) {
    for (Stage stage : stages) {
      if (stage.computes()) {
        continue;
      }
      Rule rule = stage.method().rule();
      if (rule instanceof Accumulate) {
        return stage.settings();
      }
      if (rule instanceof Renamed renamed && renamed.rule() instanceof Accumulate) {
        return renamed.meant(stage.settings());
      }
    }
    return null;
  }
}

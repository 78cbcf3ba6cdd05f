package dev.thalweg.optim;

import dev.thalweg.optim.around.LayerDecay;
import dev.thalweg.optim.around.Unfreeze;
import java.util.LinkedHashSet;
import java.util.List;

/// What is otherwise for parameters by the depth of their layer ([LayerDecay], [Unfreeze]).
final class Layering {
  private final List<Stage> stages;
  private final List<String> layers;

  Layering(List<Stage> stages, List<Parameter> parameters) {
    this.stages = stages;
    var names = new LinkedHashSet<String>();
    for (Parameter parameter : parameters) {
      names.add(layer(parameter));
    }
    layers = List.copyOf(names);
  }

  private static String layer(Parameter parameter) {
    int stop = parameter.name().indexOf('.');
    return stop < 0 ? parameter.name() : parameter.name().substring(0, stop);
  }

  private int behind(Parameter parameter) {
    return layers.size() - 1 - layers.indexOf(layer(parameter));
  }

  /// What the rate of a parameter is multiplied by.
  double rate(Parameter parameter) {
    double rate = 1;
    for (Stage stage : stages) {
      if (stage.method().rule() instanceof LayerDecay) {
        rate *= LayerDecay.rate(stage.settings(), behind(parameter));
      }
    }
    return rate;
  }

  /// The updates that are over when a parameter begins to move.
  long begin(Parameter parameter) {
    long begin = 0;
    for (Stage stage : stages) {
      if (stage.method().rule() instanceof Unfreeze) {
        begin = Math.max(begin, Unfreeze.begin(stage.settings(), behind(parameter)));
      }
    }
    return begin;
  }
}

package dev.thalweg.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What can be chosen about an optimizer.
final class Conventions {
  private Conventions() {}

  /// The optimizers that differ in one choice or switch of one stage, where that is allowed; by
  /// what was changed: `momentum: form=velocity`.
  static SequencedMap<String, Optimizer> others(Optimizer optimizer) {
    var others = new LinkedHashMap<String, Optimizer>();
    List<Stage> stages = optimizer.stages();
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      for (Hyperparameter argument : stage.method().arguments()) {
        for (Setting value : values(argument)) {
          if (!value.equals(stage.settings().values().get(argument.name()))) {
            var changed = new ArrayList<>(stages);
            Optimizer other;
            try {
              changed.set(i, stage.with(argument, value));
              other = new Optimizer(changed);
              other.chain();
            } catch (IllegalArgumentException e) {
              continue;
            }
            others.put("%s: %s=%s".formatted(stage.method(), argument.name(), value), other);
          }
        }
      }
    }
    return others;
  }

  /// All that a choice or a switch can be; of others nothing.
  static List<Setting> values(Hyperparameter argument) {
    if (argument.kind() == Hyperparameter.Kind.FLAG) {
      return List.of(new Setting.Flag(false), new Setting.Flag(true));
    }
    var values = new ArrayList<Setting>();
    if (argument.defaultValue() instanceof Setting.Choice usual) {
      for (String word : usual.words()) {
        values.add(usual.with(word));
      }
    }
    return values;
  }
}

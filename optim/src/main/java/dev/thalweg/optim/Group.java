package dev.thalweg.optim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What is otherwise for some of the parameters: settings, or another rule in the place of the
/// optimizer's.
///
/// @param where which parameters
/// @param changes the settings by name; empty where there is another rule
/// @param other the rule, with stages of its own
record Group(
    ParameterSelector where, SequencedMap<String, Setting> changes, @Nullable Optimizer other) {
  Group {
    changes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(changes));
  }

  /// The group by which one optimizer is made another.
  ///
  /// @throws IllegalArgumentException if a stage before the rule has changed, or nothing
  static Group between(ParameterSelector where, Optimizer base, Optimizer changed) {
    if (!base.methods().equals(changed.methods())) {
      return new Group(where, new LinkedHashMap<>(), changed);
    }
    var changes = new LinkedHashMap<String, Setting>();
    for (int i = 0; i < base.stages().size(); i++) {
      Stage from = base.stages().get(i);
      for (Map.Entry<String, Setting> now :
          changed.stages().get(i).settings().values().entrySet()) {
        if (!now.getValue().equals(from.settings().values().get(now.getKey()))) {
          changes.put(now.getKey(), now.getValue());
        }
      }
    }
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("optimizer: the group for " + where + " changes nothing");
    }
    return new Group(where, changes, null);
  }

  /// The same with something done to each setting, and to the other rule.
  Group with(UnaryOperator<Setting> settings, UnaryOperator<Optimizer> others) {
    var changed = new LinkedHashMap<String, Setting>();
    for (Map.Entry<String, Setting> change : changes.entrySet()) {
      changed.put(change.getKey(), settings.apply(change.getValue()));
    }
    return new Group(where, changed, other == null ? null : others.apply(other));
  }

  /// `for rank<2: weight_decay=0`
  @Override
  public String toString() {
    var texts = new ArrayList<String>();
    for (Map.Entry<String, Setting> change : changes.entrySet()) {
      texts.add(change.getKey() + "=" + change.getValue().toValue());
    }
    return "for " + where + ": " + (other != null ? other : String.join(", ", texts));
  }
}

package dev.thalweg.optim;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Optimizers to text and back.
final class OptimizerText {
  private OptimizerText() {}

  static Optimizer read(List<Call> chain) {
    if (chain.size() > 1) {
      throw chain
          .get(1)
          .span()
          .error("optimizer: expected one stage, found a chain of " + chain.size());
    }
    return read(chain.getFirst());
  }

  private static Optimizer read(Call call) {
    OptimizerKind kind =
        OptimizerKind.named(call.name())
            .orElseThrow(() -> call.span().error(OptimizerKind.unknown(call.name())));
    List<Hyperparameter> hyperparameters = kind.hyperparameters();
    SequencedMap<String, CallValue> given =
        call.bind(
            "hyperparameter of " + kind.text(),
            hyperparameters.stream().map(Hyperparameter::name).toList());
    var values = new ArrayList<Schedule>();
    for (Hyperparameter hyperparameter : hyperparameters) {
      CallValue value = given.get(hyperparameter.name());
      values.add(
          Schedule.constant(
              value == null ? hyperparameter.defaultValue() : number(kind, hyperparameter, value)));
    }
    return kind.make(values);
  }

  private static double number(OptimizerKind kind, Hyperparameter hyperparameter, CallValue value) {
    double number = value.asDouble(kind.text() + ": " + hyperparameter.name());
    hyperparameter
        .complaint(kind.text(), number)
        .ifPresent(complaint -> {
          throw value.span().error(complaint);
        });
    return number;
  }

  /// The rate, and whatever differs from the defaults.
  static String print(OptimizerKind kind, Optimizer optimizer) {
    var named = new ArrayList<Call.Argument>();
    for (Hyperparameter hyperparameter : kind.hyperparameters()) {
      String name = hyperparameter.name();
      Schedule value = optimizer.hyperparameters().get(name);
      if (value instanceof Schedule.Constant(double number)
          && (name.equals("lr") || number != hyperparameter.defaultValue())) {
        named.add(new Call.Argument(name, CallValue.Numeral.of(number), Span.none()));
      }
    }
    return new Call(kind.text(), List.of(), named, Span.none()).toString();
  }

  /// Names with their values, in the order of the table.
  static SequencedMap<String, Schedule> byName(OptimizerKind kind, Schedule... values) {
    var map = new LinkedHashMap<String, Schedule>();
    for (int i = 0; i < values.length; i++) {
      map.put(kind.hyperparameters().get(i).name(), values[i]);
    }
    return Collections.unmodifiableSequencedMap(map);
  }
}

package dev.thalweg.train;

import java.util.LinkedHashMap;
import java.util.Map;

/// A [Decision] in `model.json`: `positive`, `threshold` and `temperature`, what is standard left
/// out.
final class DecisionJson {

  private DecisionJson() {}

  static Map<String, Object> write(Decision decision) {
    Map<String, Object> json = new LinkedHashMap<>();
    decision.positive().ifPresent(name -> json.put("positive", name));
    decision.threshold().ifPresent(probability -> json.put("threshold", probability));
    if (decision.temperature() != 1) {
      json.put("temperature", decision.temperature());
    }
    return json;
  }

  /// @param model the description of a model
  /// @throws IllegalArgumentException if a value is of another type or out of its range
  static Decision read(JsonFields model) {
    Decision decision = Decision.standard();
    if (!model.has("decision")) {
      return decision;
    }
    JsonFields fields = model.object("decision");
    if (fields.has("positive")) {
      decision = decision.withPositive(fields.text("positive"));
    }
    if (fields.has("threshold")) {
      decision = decision.withThreshold(fields.number("threshold"));
    }
    return fields.has("temperature")
        ? decision.withTemperature(fields.number("temperature"))
        : decision;
  }
}

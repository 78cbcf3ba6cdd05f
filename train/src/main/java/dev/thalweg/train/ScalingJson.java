package dev.thalweg.train;

import dev.thalweg.data.Standardizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parts of `model.json` that say how numbers are scaled: `standardize` of the features, and
/// `target_scaling` of the targets, where they are.
///
/// ```json
/// {"means": [1.7e9, 5.8], "scales": [3600.0, 0.8], "fine": [0]}
/// ```
final class ScalingJson {

  private ScalingJson() {}

  static Map<String, Object> write(Standardizer scaling) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("means", Arrays.stream(scaling.means()).boxed().toList());
    json.put("scales", Arrays.stream(scaling.scales()).boxed().toList());
    if (!scaling.fineColumns().isEmpty()) {
      json.put("fine", scaling.fineColumns());
    }
    return json;
  }

  /// @throws IllegalArgumentException if something is missing or of another kind
  static Optional<Standardizer> read(JsonFields model, String name) {
    if (!model.has(name)) {
      return Optional.empty();
    }
    JsonFields json = model.object(name);
    List<Integer> fine = new ArrayList<>();
    for (double column : json.has("fine") ? json.numbers("fine") : new double[0]) {
      if (column != (int) column) {
        throw new IllegalArgumentException("fine: expected columns, found " + column);
      }
      fine.add((int) column);
    }
    return Optional.of(new Standardizer(json.numbers("means"), json.numbers("scales"), fine));
  }
}

package dev.thalweg.train;

import dev.thalweg.data.Standardizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// The parts of `model.json` that say how numbers are scaled: `standardize` of the features, and
/// `target_scaling` of the targets, where they are.
///
/// ```json
/// {"means": [1.7e9, 5.8], "scales": [3600.0, 0.8], "fine": [0]}
/// ```
///
/// Of many columns of which few are moved, as of texts, those are named by their places:
/// `"columns": 65538, "places": [0, 65537]`.
final class ScalingJson {

  /// Up to so many columns are all written.
  private static final int FEW = 4096;

  private static final int MOST = 1 << 24;

  private ScalingJson() {}

  static Map<String, Object> write(Standardizer scaling) {
    Map<String, Object> json = new LinkedHashMap<>();
    int[] places = places(scaling);
    if (scaling.columns() > FEW && 4L * places.length < scaling.columns()) {
      json.put("columns", scaling.columns());
      json.put("places", Arrays.stream(places).boxed().toList());
      json.put("means", picked(scaling.means(), places));
      json.put("scales", picked(scaling.scales(), places));
      if (!scaling.fineColumns().isEmpty()) {
        json.put("fine", scaling.fineColumns());
      }
      return json;
    }
    json.put("means", Arrays.stream(scaling.means()).boxed().toList());
    json.put("scales", Arrays.stream(scaling.scales()).boxed().toList());
    if (!scaling.fineColumns().isEmpty()) {
      json.put("fine", scaling.fineColumns());
    }
    return json;
  }

  /// The columns that are moved.
  private static int[] places(Standardizer scaling) {
    double[] means = scaling.means();
    double[] scales = scaling.scales();
    return IntStream.range(0, means.length)
        .filter(i -> Double.doubleToRawLongBits(means[i]) != 0 || scales[i] != 1)
        .toArray();
  }

  private static List<Double> picked(double[] numbers, int... places) {
    return Arrays.stream(places).mapToObj(place -> numbers[place]).toList();
  }

  /// As many numbers as columns, the usual one where none is said.
  private static double[] spread(JsonFields json, String name, double usual) {
    double[] numbers = json.numbers(name);
    if (!json.has("columns")) {
      return numbers;
    }
    double[] places = json.numbers("places");
    int columns = json.integer("columns");
    if (columns < 1 || columns > MOST || places.length != numbers.length) {
      throw new IllegalArgumentException(
          "%s: expected a number for each of %d places of %d columns, found %d"
              .formatted(name, places.length, columns, numbers.length));
    }
    double[] all = new double[columns];
    Arrays.fill(all, usual);
    for (int i = 0; i < places.length; i++) {
      if (places[i] != (int) places[i] || places[i] < 0 || places[i] >= columns) {
        throw new IllegalArgumentException("places: expected columns, found " + places[i]);
      }
      all[(int) places[i]] = numbers[i];
    }
    return all;
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
    return Optional.of(new Standardizer(spread(json, "means", 0), spread(json, "scales", 1), fine));
  }
}

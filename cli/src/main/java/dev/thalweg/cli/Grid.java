package dev.thalweg.cli;

import dev.thalweg.kernels.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What `--grid` asks for: values for options of `train`, and for arguments within the texts of its
/// model, loss and optimizer.
///
/// @param axes the values of each key, as they were typed
record Grid(SequencedMap<String, List<String>> axes) {

  /// Copies the map.
  Grid {
    axes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(axes));
  }

  /// Reads `lr=0.1,0.01` and the like. Commas within parentheses, brackets and quotes don't part
  /// values: `lr=cosine(0.1, warmup=5),0.01` has two.
  ///
  /// @throws Failure if there is no key or no value, or a key comes twice
  static Grid parse(List<String> texts) {
    var axes = new LinkedHashMap<String, List<String>>();
    for (var text : texts) {
      var equals = text.indexOf('=');
      var key = equals < 0 ? "" : text.substring(0, equals).strip();
      var values = equals < 0 ? List.<String>of() : values(text.substring(equals + 1));
      if (key.isEmpty() || values.isEmpty() || values.stream().anyMatch(String::isBlank)) {
        throw Failure.usage("--grid " + text + ": expected values of a key, such as lr=0.1,0.01");
      }
      if (axes.put(key, values) != null) {
        throw Failure.usage("--grid " + text + ": " + key + " is there already");
      }
    }
    return new Grid(axes);
  }

  private static List<String> values(String text) {
    var values = new ArrayList<String>();
    var depth = 0;
    var quote = 0;
    var from = 0;
    for (var i = 0; i < text.length(); i++) {
      int c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        depth--;
      } else if (c == ',' && depth == 0) {
        values.add(text.substring(from, i).strip());
        from = i + 1;
      }
    }
    values.add(text.substring(from).strip());
    return values;
  }

  /// A point of the grid.
  ///
  /// @param values by key, in the order of the axes
  /// @param texts what is trained there
  record Point(SequencedMap<String, String> values, TrainTexts texts) {}

  /// All points: every value of each key with every value of the others, the last key's turning
  /// fastest.
  ///
  /// @param base what is trained but for the values of the grid
  /// @throws Failure if a key is neither an option nor an argument of what is trained
  List<Point> points(TrainTexts base) {
    var points = new ArrayList<Point>();
    points.add(new Point(new LinkedHashMap<>(), base));
    for (var axis : inOrder()) {
      var longer = new ArrayList<Point>();
      for (var point : points) {
        for (var value : axes.getOrDefault(axis, List.of())) {
          var texts = point.texts.with(axis, value);
          if (texts.isEmpty()) {
            throw Failure.usage(
                "--grid " + axis + ": " + Nearest.sentence("key", axis, point.texts.keys()));
          }
          var values = new LinkedHashMap<>(point.values);
          values.put(axis, value);
          longer.add(new Point(values, texts.get()));
        }
      }
      points = longer;
    }
    return List.copyOf(points);
  }

  /// Options first: an argument goes into the text that the grid gives.
  private List<String> inOrder() {
    var keys = new ArrayList<String>();
    axes.keySet().stream().filter(TrainTexts.OPTIONS::contains).forEach(keys::add);
    axes.keySet().stream().filter(key -> !keys.contains(key)).forEach(keys::add);
    return keys;
  }
}

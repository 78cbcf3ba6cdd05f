package dev.thalweg.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/// What `--grid` asks for: values for options of `train`, and for arguments within the texts of its
/// model, loss and optimizer; [GridKey] says for which.
///
/// @param axes the values of each key, as they were typed
record Grid(SequencedMap<String, List<String>> axes) {

  /// More would take days, and memory, before anybody saw a result.
  private static final int MOST_POINTS = 10_000;

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
      var different = new HashSet<String>();
      for (var value : values) {
        if (!different.add(value)) {
          throw Failure.usage("--grid " + text + ": " + value + " is there twice");
        }
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
  /// @param values by key, in the order they are typed in
  /// @param config what is trained there
  record Point(SequencedMap<String, String> values, RunConfig config) {}

  /// All points: every value of each key with every value of the others, the last key's turning
  /// fastest, options' before those of arguments.
  ///
  /// @param base what is trained but for the values of the grid
  /// @param completed says what follows from the options of a point, for arguments to vary
  /// @throws Failure if a key is nothing that can vary, or a value none of its kind
  List<Point> points(RunConfig base, UnaryOperator<RunConfig> completed) {
    double count = 1;
    for (var values : axes.values()) {
      count *= values.size();
    }
    if (count > MOST_POINTS) {
      throw Failure.usage(
          String.format(
              Locale.ROOT,
              "--grid: expected at most %,d points, found %,.0f: each is a training; leave values"
                  + " out",
              MOST_POINTS,
              count));
    }
    var points = List.of(new Point(new LinkedHashMap<>(), base));
    var options = true;
    for (var key : inOrder()) {
      if (options && !key.isOption()) {
        options = false;
        points =
            points.stream()
                .map(point -> new Point(point.values, completed.apply(point.config)))
                .toList();
      }
      var longer = new ArrayList<Point>();
      for (var point : points) {
        for (var value : axes.getOrDefault(key.name(), List.of())) {
          var values = new LinkedHashMap<>(point.values);
          values.put(key.name(), value);
          longer.add(new Point(values, key.in(point.config, value)));
        }
      }
      points = longer;
    }
    return List.copyOf(points);
  }

  /// Options first: an argument goes into the text that the grid gives.
  private List<GridKey> inOrder() {
    var keys = axes.keySet().stream();
    return keys.map(GridKey::new).sorted(Comparator.comparing(key -> !key.isOption())).toList();
  }
}

package dev.thalweg.data;

import dev.thalweg.kernels.Nearest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// What each column of a table is for.
final class ColumnRoles {

  private final String source;
  private final List<String> names;
  private final UnaryOperator<String> hint;
  private final Map<String, Integer> places = new HashMap<>();
  private final int target;
  private final int weight;
  private final boolean[] categorical;
  private final boolean[] texts;
  private final TextForm form;
  private final int[] features;

  /// @throws DataException if a column of the options is not there, the target is ignored, or the
  ///   weight of rows is anything else as well
  ColumnRoles(CsvRows rows, TableOptions options) {
    this(rows.source(), rows.names(), rows::header, options);
  }

  /// @param hint what may be the reason that a column of this name is not there
  /// @throws DataException as the other
  ColumnRoles(String source, List<String> names, UnaryOperator<String> hint, TableOptions options) {
    this.source = source;
    this.names = names;
    this.hint = hint;
    for (int i = 0; i < names.size(); i++) {
      places.put(names.get(i), i);
    }
    this.target = place(options.target());
    this.categorical = new boolean[names.size()];
    for (String name : options.categorical()) {
      categorical[place(name)] = true;
    }
    this.form = options.form();
    this.texts = new boolean[names.size()];
    for (String name : options.texts()) {
      int place = place(name);
      texts[place] = true;
      if (place == target || categorical[place]) {
        throw new DataException(
            "%s: column %s cannot both hold texts and %s"
                .formatted(
                    source,
                    CsvTable.quoted(name),
                    place == target ? "be predicted" : "hold categories"));
      }
    }
    var ignored = new boolean[names.size()];
    for (String name : options.ignored()) {
      ignored[place(name)] = true;
    }
    if (ignored[target]) {
      throw new DataException(
          "%s: column %s cannot be both ignored and predicted"
              .formatted(source, CsvTable.quoted(options.target())));
    }
    this.weight = options.weight().map(this::place).orElse(-1);
    if (weight >= 0) {
      String other =
          weight == target
              ? "be predicted"
              : ignored[weight]
                  ? "be ignored"
                  : categorical[weight] ? "hold categories" : texts[weight] ? "hold texts" : "";
      if (!other.isEmpty()) {
        throw new DataException(
            "%s: column %s cannot both be the weight of rows and %s"
                .formatted(source, CsvTable.quoted(names.get(weight)), other));
      }
    }
    this.features =
        IntStream.range(0, names.size())
            .filter(c -> c != target && c != weight && !ignored[c])
            .toArray();
  }

  private int place(String name) {
    Integer place = places.get(name);
    if (place == null) {
      throw new DataException(
          source + ": " + Nearest.sentence("column", name, names) + hint.apply(name));
    }
    return place;
  }

  String source() {
    return source;
  }

  List<String> names() {
    return names;
  }

  /// The place of the column to predict.
  int target() {
    return target;
  }

  /// The place of the column that says how much rows count; -1 where there is none.
  int weight() {
    return weight;
  }

  /// The name of that column.
  Optional<String> weightName() {
    return weight < 0 ? Optional.empty() : Optional.of(names.get(weight));
  }

  /// Whether a column is said to be one of categories.
  boolean isCategorical(int column) {
    return categorical[column];
  }

  /// How the texts of a column become features, where it is one of texts.
  Optional<TextForm> texts(int column) {
    return texts[column] ? Optional.of(form) : Optional.empty();
  }

  /// The places of the columns to learn from.
  int[] features() {
    return features;
  }

  /// `t.csv, column 3 ('hp')`
  String named(int column) {
    return "%s, column %d (%s)".formatted(source, column + 1, CsvTable.quoted(names.get(column)));
  }

  /// That no row has a target.
  DataException nothingToPredict(long rows) {
    return new DataException(
        "%s: expected values to predict, found none in %d rows".formatted(named(target), rows));
  }

  /// That no row counts.
  DataException noWeight(long rows) {
    return new DataException(
        "%s: expected a weight above 0, found only zeros in %d rows"
            .formatted(named(weight), rows));
  }

  /// That columns have no value.
  DataException empty(List<Integer> columns, long rows) {
    var empty = columns.stream().map(names::get).toList();
    return new DataException(
        columns.size() == 1
            ? "%s: expected values, found none in %d rows; TableOptions.withIgnored(%s) leaves it out"
                .formatted(named(columns.getFirst()), rows, CsvTable.literals(empty))
            : "%s: expected values, found none in %d rows of columns %s; TableOptions.withIgnored(%s) leaves them out"
                .formatted(
                    source,
                    rows,
                    String.join(", ", empty.stream().map(CsvTable::quoted).toList()),
                    CsvTable.literals(empty)));
  }

  /// Why no feature is left, where that is so.
  DataException nothingLeft(List<String> leftOut) {
    return new DataException(
        leftOut.isEmpty()
            ? "%s: expected a column beside %s to learn from, found none"
                .formatted(source, CsvTable.quoted(names.get(target)))
            : "%s: no column is left to learn from: nearly every value of %s is another text; TableOptions.withTexts(%s) learns from their words"
                .formatted(source, String.join(" and ", leftOut), CsvTable.literals(leftOut)));
  }
}

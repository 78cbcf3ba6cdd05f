package dev.thalweg.cli;

import dev.thalweg.data.CsvTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a column of a file holds, by the rule that `train` has: numbers if its first value that is
/// not missing is one, else categories, or texts that hardly repeat.
final class FileColumn {

  private static final int MOST_CATEGORIES = 1000;
  private static final int FEW = 20;
  private static final int SHOWN = 6;

  private final String name;
  private final Map<String, Integer> different = new LinkedHashMap<>();
  private long missing;
  private long present;
  private final NumberSummary summary = new NumberSummary();
  private boolean numbers;
  private boolean whole = true;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private Optional<String> odd = Optional.empty();

  private FileColumn(String name) {
    this.name = name;
  }

  /// A column of a table.
  static FileColumn of(CsvTable table, int column) {
    var found = new FileColumn(table.columnNames().get(column));
    var decimal = table.format().decimal().orElse('.');
    for (var row = 0; row < table.rows(); row++) {
      if (table.isMissing(row, column)) {
        found.missing++;
      } else {
        var infinite = table.isInfinite(row, column);
        found.add(table.text(row, column), decimal, infinite, table.line(row));
      }
    }
    return found;
  }

  private void add(String text, char decimal, boolean infinite, long line) {
    var number =
        decimal == ','
            ? Values.number(text.replace('.', ' ').replace(',', '.'))
            : Values.number(text);
    numbers = present == 0 ? infinite || !Double.isNaN(number) : numbers;
    present++;
    if (numbers && Double.isNaN(number) && odd.isEmpty()) {
      odd =
          Optional.of(
              "'%s' in line %,d is %s"
                  .formatted(shown(text), line, infinite ? "beyond the range of float" : "none"));
    }
    if (numbers && !Double.isNaN(number)) {
      least = Math.min(least, number);
      most = Math.max(most, number);
      whole &= number == Math.rint(number);
      summary.add(number);
    }
    // One more than any rule asks for.
    if (different.size() <= (numbers ? FEW : MOST_CATEGORIES) || different.containsKey(text)) {
      different.merge(text, 1, Integer::sum);
    }
  }

  String name() {
    return name;
  }

  private boolean hardlyRepeats() {
    return different.size() > MOST_CATEGORIES || 2L * different.size() > Math.max(present, FEW);
  }

  private String kind() {
    if (present == 0) {
      return "empty";
    }
    return numbers ? "numbers" : hardlyRepeats() ? "texts" : "categories";
  }

  /// `numbers from 0 to 9, 3 missing`
  String text() {
    var words =
        switch (kind()) {
          case "empty" -> "no values";
          case "numbers" ->
              (whole ? "whole numbers" : "numbers")
                  + (least > most ? "" : " from " + number(least) + " to " + number(most))
                  + (whole && different.size() <= FEW ? ", " + different.size() + " different" : "")
                  + (odd.isEmpty() ? summary.text() : "")
                  + odd.map(sentence -> "; " + sentence).orElse("");
          case "texts" -> "texts that hardly repeat";
          default -> categories();
        };
    return words + (missing == 0 ? "" : String.format(Locale.ROOT, "; %,d missing", missing));
  }

  private String categories() {
    return String.format(
        Locale.ROOT,
        "%,d %s: %s%s",
        different.size(),
        different.size() == 1 ? "category" : "categories",
        byFrequency().stream()
            .limit(SHOWN)
            .map(text ->
                String.format(
                    Locale.ROOT, "%s (%,d)", shown(text), different.getOrDefault(text, 0)))
            .collect(Collectors.joining(", ")),
        different.size() > SHOWN ? ", …" : "");
  }

  /// The most frequent first; those that are as frequent as they come.
  private List<String> byFrequency() {
    var texts = new ArrayList<>(different.keySet());
    texts.sort(
        (a, b) -> Integer.compare(different.getOrDefault(b, 0), different.getOrDefault(a, 0)));
    return texts;
  }

  /// An object: `name`, `kind`, `missing`, and what there is to say of this kind.
  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", name);
    json.put("kind", kind());
    json.put("missing", missing);
    switch (kind()) {
      case "numbers" -> {
        json.put("min", least);
        json.put("max", most);
        json.put("whole", whole);
        json.put("mean", summary.mean());
        json.put("median", summary.median());
        odd.ifPresent(sentence -> json.put("problem", sentence));
      }
      case "categories" -> {
        var counts = new LinkedHashMap<String, Object>();
        byFrequency().forEach(text -> counts.put(text, different.getOrDefault(text, 0)));
        json.put("categories", counts);
      }
      default -> {}
    }
    return json;
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Numbers.shortText(value);
  }

  private static String shown(String text) {
    var line = text.replaceAll("\\p{Cc}", " ");
    return line.length() <= 40 ? line : line.substring(0, 40) + "…";
  }
}

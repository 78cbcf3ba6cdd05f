package dev.thalweg.cli;

import dev.thalweg.data.CsvTable;
import dev.thalweg.data.FieldFormat;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a column of a file holds, by the rule that `train` has: numbers or dates if all its values
/// are, else categories, or texts that hardly repeat.
final class FileColumn {

  private static final int MOST_CATEGORIES = 1000;
  private static final int FEW = 20;
  private static final int SHOWN = 6;

  private final String name;
  private final FieldFormat format;
  private final Optional<String> problem;
  private final Map<String, Integer> different = new LinkedHashMap<>();
  private final Set<Double> numbers = new HashSet<>();
  private long missing;
  private long present;
  private final NumberSummary summary = new NumberSummary();
  private boolean whole = true;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private Optional<String> odd = Optional.empty();

  private FileColumn(String name, FieldFormat format, Optional<String> problem) {
    this.name = name;
    this.format = format;
    this.problem = problem;
  }

  /// A column of a table.
  static FileColumn of(CsvTable table, int column) {
    var found =
        new FileColumn(
            table.columnNames().get(column), table.fieldFormat(column), table.problem(column));
    for (var row = 0; row < table.rows(); row++) {
      if (table.isMissing(row, column)) {
        found.missing++;
      } else {
        found.add(table, row, column);
      }
    }
    return found;
  }

  private void add(CsvTable table, int row, int column) {
    present++;
    if (format instanceof FieldFormat.Texts) {
      // One more than any rule asks for.
      var text = table.category(row, column);
      if (different.size() <= MOST_CATEGORIES || different.containsKey(text)) {
        different.merge(text, 1, Integer::sum);
      }
      return;
    }
    var number = table.value(row, column);
    if (Float.isInfinite((float) number) || table.isInfinite(row, column)) {
      odd =
          odd.or(() ->
              Optional.of(
                  "'%s' in line %,d is beyond the range of float"
                      .formatted(shown(table.text(row, column)), table.line(row))));
    } else if (!Double.isNaN(number)) {
      least = Math.min(least, number);
      most = Math.max(most, number);
      whole &= number == Math.rint(number);
      summary.add(number);
      if (numbers.size() <= FEW) {
        numbers.add(number + 0.0);
      }
    }
  }

  String name() {
    return name;
  }

  boolean isOfTexts() {
    return format instanceof FieldFormat.Texts;
  }

  private boolean hardlyRepeats() {
    return different.size() > MOST_CATEGORIES || 2L * different.size() > Math.max(present, FEW);
  }

  private String kind() {
    if (present == 0) {
      return "empty";
    }
    return switch (format) {
      case FieldFormat.Numbers _ -> "numbers";
      case FieldFormat.Dates dates ->
          dates.order() == FieldFormat.Dates.Order.TIME ? "times" : "dates";
      case FieldFormat.Texts _ -> hardlyRepeats() ? "texts" : "categories";
    };
  }

  private Optional<String> problem() {
    return problem.or(() -> odd).map(CommandWords::of);
  }

  /// `numbers from 0 to 9, 3 missing`
  String text() {
    var words =
        switch (kind()) {
          case "empty" -> "no values";
          case "numbers" ->
              (whole ? "whole numbers" : "numbers")
                  + (least > most ? "" : " from " + number(least) + " to " + number(most))
                  + (whole && !numbers.isEmpty() && numbers.size() <= FEW
                      ? ", " + numbers.size() + " different"
                      : "")
                  + (problem().isEmpty() ? summary.text() : "")
                  + written();
          case "dates", "times" ->
              kind() + (least > most ? "" : " from " + date(least) + " to " + date(most));
          case "texts" -> "texts that hardly repeat";
          default -> categories();
        };
    return words
        + problem().map(sentence -> "; " + sentence).orElse("")
        + (missing == 0 ? "" : String.format(Locale.ROOT, "; %,d missing", missing));
  }

  /// How numbers are written, where that is not the usual way.
  private String written() {
    return format instanceof FieldFormat.Numbers known
            && (known.thousands().isPresent() || !known.unit().isEmpty())
        ? ", written as " + format.sample()
        : "";
  }

  /// Days since the beginning of 1970 as a date, with the time where there is one; a part of a day
  /// as a time.
  private String date(double days) {
    var seconds = Math.round(days * 86_400);
    var time = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    return kind().equals("times")
        ? time.toLocalTime().toString()
        : whole ? time.toLocalDate().toString() : time.toString();
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
  Map<String, @Nullable Object> json() {
    var json = new LinkedHashMap<String, @Nullable Object>();
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
        if (!written().isEmpty()) {
          json.put("written", format.sample());
        }
      }
      case "dates", "times" -> {
        json.put("min", least > most ? null : date(least));
        json.put("max", least > most ? null : date(most));
        json.put("written", format.sample());
      }
      case "categories" -> {
        var counts = new LinkedHashMap<String, Object>();
        byFrequency().forEach(text -> counts.put(text, different.getOrDefault(text, 0)));
        json.put("categories", counts);
      }
      default -> {}
    }
    problem().ifPresent(sentence -> json.put("problem", sentence));
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

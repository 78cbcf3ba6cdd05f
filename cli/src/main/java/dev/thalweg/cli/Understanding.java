package dev.thalweg.cli;

import dev.thalweg.data.ColumnEncoding;
import dev.thalweg.data.EncodingReport;
import dev.thalweg.data.FieldFormat;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// How a table was understood: what is predicted and why, and what became of each column.
///
/// @param table as it is, for its names and what was left out
/// @param columns how they become features, by what the rows to train on have
/// @param report what was done to the rows to train on
record Understanding(
    dev.thalweg.data.Table table, List<ColumnEncoding> columns, EncodingReport report) {

  private static final int SHOWN_COLUMNS = 30;
  private static final int SHOWN_CATEGORIES = 6;

  /// A table of the columns.
  String text() {
    var text = new Table().row("task", table.taskReason()).toString();
    var shown = new Table();
    for (var i = 0; i < Math.min(SHOWN_COLUMNS, columns.size()); i++) {
      shown.row(i == 0 ? "columns" : "", columns.get(i).name(), words(columns.get(i)));
    }
    if (columns.size() > SHOWN_COLUMNS) {
      shown.row("", "and %,d more".formatted(columns.size() - SHOWN_COLUMNS));
    }
    table.weightName().ifPresent(column -> shown.row("weights", column, "how much a row counts"));
    var notes = new Table();
    for (var note : table.notes()) {
      notes.row("note   ", CommandWords.of(note));
    }
    return text + shown + notes;
  }

  private String words(ColumnEncoding column) {
    var kind =
        switch (column) {
          case ColumnEncoding.Numbers _ -> "numbers";
          case ColumnEncoding.Dates dates -> dates(dates);
          case ColumnEncoding.Text text ->
              String.format(
                  Locale.ROOT,
                  "texts: runs of %d to %d characters%s, weighed and hashed to %,d features",
                  text.ngrams().shortest(),
                  text.ngrams().longest(),
                  text.ngrams().words() ? ", and words" : "",
                  text.ngrams().buckets());
          case ColumnEncoding.Tokens tokens ->
              String.format(
                  Locale.ROOT,
                  "texts: sequences of %,d tokens, %,d different: %s",
                  tokens.length(),
                  tokens.tokenizer().size(),
                  tokens.form().unit());
          case ColumnEncoding.OneHot oneHot -> {
            var all = oneHot.categories();
            yield String.format(
                Locale.ROOT,
                "%,d %s: %s%s",
                all.size(),
                all.size() == 1 ? "category" : "categories",
                all.stream().limit(SHOWN_CATEGORIES).collect(Collectors.joining(", ")),
                all.size() > SHOWN_CATEGORIES ? ", …" : "");
          }
        };
    return kind
        + report.cut().stream()
            .filter(cut -> cut.column().equals(column.name()))
            .map(cut ->
                String.format(
                    Locale.ROOT,
                    "; %,d longer, of which %,d tokens are left out",
                    cut.count(),
                    cut.left()))
            .collect(Collectors.joining())
        + report.missing().stream()
            .filter(missing -> missing.column().equals(column.name()))
            .map(missing ->
                String.format(
                    Locale.ROOT, "; %,d missing became %s", missing.count(), missing.becomes()))
            .collect(Collectors.joining());
  }

  private static boolean isTime(ColumnEncoding.Dates dates) {
    return dates.order() == FieldFormat.Dates.Order.TIME;
  }

  /// `dates: days since 2024-01-01, time of year, weekday`
  private static String dates(ColumnEncoding.Dates dates) {
    var parts =
        dates.parts().stream()
            .map(part ->
                switch (part) {
                  case YEAR -> ", time of year";
                  case WEEK -> ", weekday";
                  case DAY -> ", time of day";
                })
            .collect(Collectors.joining());
    return isTime(dates)
        ? "times: part of the day" + parts
        : "dates: days since " + LocalDate.ofEpochDay((long) dates.first()) + parts;
  }

  /// What is to be added to the object that `train` prints.
  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("target", table.targetName());
    json.put("task_because", table.taskReason());
    table.weightName().ifPresent(column -> json.put("weight", column));
    json.put("columns", columns.stream().map(this::json).toList());
    json.put("notes", table.notes().stream().map(CommandWords::of).toList());
    return json;
  }

  private Map<String, Object> json(ColumnEncoding column) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", column.name());
    switch (column) {
      case ColumnEncoding.Numbers _ -> json.put("kind", "numbers");
      case ColumnEncoding.Dates dates -> {
        json.put("kind", isTime(dates) ? "times" : "dates");
        json.put("features", dates.featureNames());
      }
      case ColumnEncoding.Text text -> {
        json.put("kind", "texts");
        json.put("ngrams", text.ngrams().toString());
      }
      case ColumnEncoding.Tokens tokens -> {
        json.put("kind", "texts");
        json.put("tokens", tokens.form().toString());
        json.put("length", (long) tokens.length());
        json.put("vocabulary", (long) tokens.tokenizer().size());
      }
      case ColumnEncoding.OneHot oneHot -> {
        json.put("kind", "categories");
        json.put("categories", new ArrayList<>(oneHot.categories()));
      }
    }
    json.put("missing", 0L);
    for (var missing : report.missing()) {
      if (missing.column().equals(column.name())) {
        json.put("missing", missing.count());
        json.put("missing_became", missing.becomes());
      }
    }
    for (var cut : report.cut()) {
      if (cut.column().equals(column.name())) {
        json.put("cut", cut.count());
        json.put("tokens_left_out", cut.left());
      }
    }
    return json;
  }
}

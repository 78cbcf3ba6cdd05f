package dev.thalweg.cli;

import dev.thalweg.data.CsvFormat;
import dev.thalweg.data.CsvTable;
import dev.thalweg.data.DataException;
import dev.thalweg.data.Table;
import dev.thalweg.data.TableOptions;
import dev.thalweg.data.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a file of rows holds, and what `train` would make of it.
///
/// @param table the file as it is
/// @param columns what each column holds
/// @param target the column to predict
/// @param guessed why it was taken for that, unless it was said
/// @param understood the table that `train` would learn from, unless it refuses the file
/// @param problem why it does
record FileDescription(
    CsvTable table,
    List<FileColumn> columns,
    String target,
    Optional<String> guessed,
    Optional<String> otherHeader,
    Optional<Table> understood,
    Optional<String> problem) {

  private static final int SHOWN = 60;
  private static final int SHOWN_CLASSES = 20;

  /// What a column to predict is often called; the first of them that there is.
  private static final List<String> USUAL = List.of("target", "label", "class", "y", "outcome");

  /// What to say of the header if it is not as it was found, where that is in doubt: no names were
  /// found, or names above nothing but texts.
  private static Optional<String> otherHeader(
      CsvTable table, CsvFormat said, List<FileColumn> columns) {
    return said.header().isPresent()
        ? Optional.empty()
        : !table.hasHeader()
            ? Optional.of("yes")
            : columns.stream().allMatch(FileColumn::isOfTexts)
                ? Optional.of("no")
                : Optional.empty();
  }

  /// Reads a file.
  ///
  /// @param said the column to predict, if it was said
  /// @throws Failure if there is no such column
  /// @throws DataException if it can't be read
  static FileDescription of(Path file, CsvFormat format, Optional<String> said) {
    var table = CsvTable.read(file, format);
    var names = table.columnNames();
    said.ifPresent(column -> DataFile.check("--target", file, format, names, List.of(column)));
    var usual =
        USUAL.stream().flatMap(name -> names.stream().filter(name::equalsIgnoreCase)).findFirst();
    var target = said.or(() -> usual).orElse(names.getLast());
    var columns =
        IntStream.range(0, table.columns())
            .mapToObj(column -> FileColumn.of(table, column))
            .toList();
    var guessed =
        said.isPresent()
            ? Optional.<String>empty()
            : Optional.of(usual.isPresent() ? "by its name" : "as it is the last column");
    var otherHeader = otherHeader(table, format, columns);
    if (!Files.isRegularFile(file)) {
      // A pipe can be read once.
      return new FileDescription(
          table, columns, target, guessed, otherHeader, Optional.empty(), Optional.empty());
    }
    try {
      var understood = Table.read(file, TableOptions.target(target).withFormat(format));
      return new FileDescription(
          table, columns, target, guessed, otherHeader, Optional.of(understood), Optional.empty());
    } catch (DataException refused) {
      return new FileDescription(
          table,
          columns,
          target,
          guessed,
          otherHeader,
          Optional.empty(),
          Optional.of(CommandWords.of(String.valueOf(refused.getMessage()))));
    }
  }

  /// A table for people.
  String text() {
    var head =
        new dev.thalweg.cli.Table()
            .row("name", table.source())
            .row("rows", Numbers.count(table.rows()))
            .row("features", Numbers.count(table.columns() - 1))
            .row("target", target + guessed.map(why -> ", a guess " + why).orElse(""));
    understood.ifPresent(known -> head.row("task", known.taskReason()));
    var counts = classCounts();
    if (!counts.isEmpty()) {
      head.row("classes", shown(counts));
    }
    head.row("written", written());
    var shown = new dev.thalweg.cli.Table();
    for (var i = 0; i < Math.min(SHOWN, columns.size()); i++) {
      shown.row(i == 0 ? "columns " : "", columns.get(i).name(), columns.get(i).text());
    }
    if (columns.size() > SHOWN) {
      shown.row("        ", "and %,d more".formatted(columns.size() - SHOWN));
    }
    var notes = new dev.thalweg.cli.Table();
    understood.ifPresent(
        known -> known.notes().forEach(note -> notes.row("note    ", CommandWords.of(note))));
    problem.ifPresent(sentence -> notes.row("problem ", "train refuses it: " + sentence));
    return head.toString() + shown + notes;
  }

  /// How many rows each class has that `train` would see; empty where it would predict numbers.
  private SequencedMap<String, Integer> classCounts() {
    var counts = new LinkedHashMap<String, Integer>();
    understood
        .filter(known -> known.task() == Task.CLASSIFICATION)
        .ifPresent(known -> {
          known.classNames().forEach(name -> counts.put(name, 0));
          for (var label : known.dataset().labels()) {
            counts.merge(known.classNames().get(label), 1, Integer::sum);
          }
        });
    return counts;
  }

  private static String shown(SequencedMap<String, Integer> counts) {
    var names =
        counts.entrySet().stream()
            .limit(SHOWN_CLASSES)
            .map(entry -> "%s (%,d)".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
    return counts.size() > SHOWN_CLASSES
        ? "%s, and %,d more".formatted(names, counts.size() - SHOWN_CLASSES)
        : names;
  }

  private String written() {
    var format = table.format();
    return "separated by %s, %s line of names%s, decimal sign %s%s"
        .formatted(
            format.separator().map(FileDescription::named).orElse("?"),
            table.hasHeader() ? "a" : "no",
            otherHeader.map(" (--header %s otherwise)"::formatted).orElse(""),
            format.decimal().map(sign -> "'" + sign + "'").orElse("by column"),
            format.thousands().map(sign -> ", between thousands '" + sign + "'").orElse(""));
  }

  private static String named(char separator) {
    return switch (separator) {
      case '\t' -> "tab";
      case ' ' -> "white space";
      default -> "'" + separator + "'";
    };
  }

  /// One object, with the names that those of named data sets have.
  Map<String, @Nullable Object> json() {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", table.source());
    json.put("rows", table.rows());
    json.put("features", table.columns() - 1);
    json.put("task", understood.map(known -> known.task().toString()).orElse(null));
    json.put("licence", null);
    json.put("present", true);
    json.put("target", target);
    json.put("target_guessed", guessed.isPresent());
    json.put("task_because", understood.map(Table::taskReason).orElse(null));
    json.put("separator", table.format().separator().map(String::valueOf).orElse(null));
    json.put("header", table.hasHeader());
    json.put("decimal", table.format().decimal().map(String::valueOf).orElse(null));
    var counts = classCounts();
    json.put("classes", counts.isEmpty() ? null : counts);
    json.put("columns", columns.stream().map(FileColumn::json).toList());
    json.put("notes", understood.map(Table::notes).orElse(List.of()));
    json.put("problem", problem.orElse(null));
    return json;
  }
}

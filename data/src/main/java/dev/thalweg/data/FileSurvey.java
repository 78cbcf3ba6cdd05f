package dev.thalweg.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// What one look at all rows of a text table tells of how its columns are written.
final class FileSurvey {

  private final String source;
  private final List<String> names;
  private final CsvFormat said;
  private final char separator;
  private final List<ColumnCounts> columns;
  private FileSigns signs = FileSigns.NONE;

  private FileSurvey(String source, List<String> names, CsvFormat said, char separator) {
    this.source = source;
    this.names = names;
    this.said = said;
    this.separator = separator;
    this.columns = new ArrayList<>(names.size());
    var shape = new NumberShape();
    var dates = new DateText();
    for (int column = 0; column < names.size(); column++) {
      columns.add(new ColumnCounts(shape, dates));
    }
  }

  /// Reads all rows that are left.
  ///
  /// @param weight the column of the weights of rows: one of weight 0 is as if it were not there;
  ///   -1 where there is none
  static FileSurvey of(CsvRows rows, int weight) {
    var survey =
        new FileSurvey(rows.source(), rows.names(), rows.format(), rows.dialect().separator());
    for (CsvRow row = rows.next(); row != null; row = rows.next()) {
      if (weight < 0 || !isZero(row, weight)) {
        survey.add(row);
      }
    }
    return survey.completed();
  }

  /// Looks at some rows.
  static FileSurvey of(
      String source, List<String> names, CsvFormat said, char separator, Iterable<CsvRow> rows) {
    var survey = new FileSurvey(source, names, said, separator);
    for (CsvRow row : rows) {
      if (row.fields() == names.size()) {
        survey.add(row);
      }
    }
    return survey.completed();
  }

  private static boolean isZero(CsvRow row, int column) {
    return row.number(column, '.') == 0 || row.number(column, ',') == 0;
  }

  private void add(CsvRow row) {
    for (int column = 0; column < columns.size(); column++) {
      columns.get(column).add(row, column, said);
    }
  }

  private FileSurvey completed() {
    for (ColumnCounts column : columns) {
      signs = signs.and(column.signs());
    }
    return this;
  }

  /// What a column was found to hold.
  ColumnCounts column(int column) {
    return columns.get(column);
  }

  /// The sign before fractions all over the file: the comma where it is beyond doubt and no point
  /// is.
  char decimal() {
    return said.decimal().orElse(signs.onlyComma() ? ',' : '.');
  }

  /// Whether columns have different signs before fractions.
  boolean isMixed() {
    return signs.point() && signs.comma();
  }

  /// What a column holds: what was said, or else found.
  FoundColumn found(int column) {
    FieldFormat known = said.columns().get(names.get(column));
    return known != null
        ? FoundColumn.of(known)
        : new ColumnSurvey(columns.get(column)).found(said, signs, separator);
  }

  /// How the columns are written, problems or not.
  List<FieldFormat> formats() {
    return IntStream.range(0, names.size()).mapToObj(column -> found(column).format()).toList();
  }

  /// What was found of the columns that are used.
  ///
  /// @param formats by the names of the columns
  /// @param notes sentences for the user
  record Columns(Map<String, FieldFormat> formats, List<String> notes) {}

  /// How the columns are written that are used.
  ///
  /// @throws DataException if one can't be used as it is, with the option that makes it one
  Columns columns(ColumnRoles roles) {
    var formats = new LinkedHashMap<String, FieldFormat>();
    var notes = new ArrayList<String>();
    var used = new ArrayList<>(IntStream.of(roles.features()).boxed().toList());
    used.add(roles.target());
    if (roles.weight() >= 0) {
      used.add(roles.weight());
    }
    used.sort(null);
    for (int column : used) {
      FoundColumn found = found(column);
      boolean target = column == roles.target();
      if (column == roles.weight()) {
        // Whoever reads the weights says what is wrong with them.
        found = FoundColumn.of(numbers(found.format()));
      } else if (roles.isCategorical(column) || roles.texts(column).isPresent()) {
        found = asTexts(found);
      } else if (target && isNoNumber(column, found)) {
        found = FoundColumn.of(new FieldFormat.Texts(false));
      }
      if (found.problem().isPresent()) {
        throw problem(column, found, used, roles);
      }
      formats.put(names.get(column), found.format());
      String name = names.get(column);
      found
          .note()
          .ifPresent(note ->
              notes.add(
                  CsvTable.shown(name)
                      + ": "
                      + note.replace(
                          "withCategorical()",
                          "withCategorical(" + CsvTable.literals(List.of(name)) + ")")));
    }
    return new Columns(formats, notes);
  }

  /// The columns of texts among those that are used: nearly every value is another, and has five
  /// words or more on average.
  List<String> texts(ColumnRoles roles) {
    return IntStream.of(roles.features())
        .filter(column -> !roles.isCategorical(column) && roles.texts(column).isEmpty())
        .filter(column -> found(column).format() instanceof FieldFormat.Texts)
        .filter(column -> columns.get(column).isOfSentences())
        .mapToObj(names::get)
        .toList();
  }

  private FieldFormat numbers(FieldFormat found) {
    return found instanceof FieldFormat.Numbers ? found : FieldFormat.Numbers.plain(decimal());
  }

  /// A target of dates, or of numbers that doubles don't tell apart, is one of names.
  private boolean isNoNumber(int column, FoundColumn found) {
    return found.format() instanceof FieldFormat.Dates || columns.get(column).identifier() != null;
  }

  private static FoundColumn asTexts(FoundColumn found) {
    return found.format() instanceof FieldFormat.Texts && found.problem().isEmpty()
        ? found
        : FoundColumn.of(new FieldFormat.Texts(false));
  }

  private DataException problem(
      int column, FoundColumn found, List<Integer> used, ColumnRoles roles) {
    var options = new ArrayList<String>();
    if (!found.strays().isEmpty()) {
      options.add(
          "CsvFormat.withMissing(%s) takes %s for missing"
              .formatted(missing(used, roles), found.strays().size() == 1 ? "it" : "them"));
    }
    String sentence = found.problem().orElse("");
    if (!sentence.endsWith(" says which")) {
      String name = CsvTable.literals(List.of(names.get(column)));
      options.add(
          "TableOptions.withCategorical(%s) takes all values of the column for names"
              .formatted(name));
      if (column != roles.target() && found.strays().isEmpty()) {
        options.add("TableOptions.withIgnored(%s) leaves it out".formatted(name));
      }
    }
    return CsvTable.wrong(
        source,
        found.line(),
        column,
        names.get(column),
        options.isEmpty() ? sentence : sentence + "; " + String.join(", ", options));
  }

  /// All stray texts of the columns, and what stands for missing values already.
  private String missing(List<Integer> used, ColumnRoles roles) {
    Set<String> texts = new LinkedHashSet<>();
    long there = 0;
    for (int column : used) {
      if (!roles.isCategorical(column)) {
        texts.addAll(found(column).strays());
      }
      there |= columns.get(column).missingTexts();
    }
    for (int i = 0; i < said.missing().size(); i++) {
      if ((there >> Math.min(i, 63) & 1) == 1) {
        texts.add(said.missing().get(i));
      }
    }
    return CsvTable.literals(texts);
  }
}

package dev.thalweg.data;

import dev.thalweg.kernels.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A table in a text file: CSV (RFC 4180), or JSON lines, with whatever separator and line ends,
/// packed or not.
///
/// Read are UTF-8 with or without a byte order mark, Unix and Windows line ends, quoted text, gzip.
/// What [CsvFormat] does not say is found: of lines in the first 1,000, of columns in all rows.
///
/// * **above the table**: a line `sep=;` says the separator; lines that begin with `#` are
///   comments, unless they are divided as the table is and hold its names or rows of it;
/// * **separator**: tab, semicolon, bar or comma, the one by which most lines have as many fields
///   as the first, at least two; the first of them where several do; comma where none does. White
///   space of any length where no sign divides all lines and white space does, or aligns their
///   fields;
/// * **header**: the first line holds names if one of its fields is a text above a column of
///   numbers or dates; or if none of them is a number or a date, and they don't come again below
///   it;
/// * **units**: a second line that has texts above all numbers, two or more or such as are known
///   for units, is no row;
/// * **numbers**, for each column: the sign before fractions and the one between thousands (a
///   point, a comma, a space, an apostrophe) by which all its values are numbers. Where all values
///   with a sign are like `1.234`, other columns decide, or fields that are divided by commas
///   (`1.234` has a fraction then, and `"1,234"` has not); otherwise the column is a problem. All
///   values of a column may have the same unit, such as `%` or `€`, and a minus may be written as
///   parentheses;
/// * **dates**, for each column: `2024-12-31`, `31.12.2024`, `12/31/2024`, `31 Dec 2024`, with or
///   without a time and a zone, or times alone. Whether day or month stands first follows from a
///   day above 12; otherwise the column is a problem.
///
/// **JSON lines** are a table, too, if the name ends in `.jsonl`, `.ndjson` or `.json`, or the file
/// begins with an object: an object a row, or one list of objects. Keys are columns, in the order
/// in which they first come; those of an object within are `place.city`, those of a list `at.1`,
/// `at.2`. A key that an object does not have, or has as `null`, is missing there, and so is the
/// text of no character and what [CsvFormat#missing] says. Numbers are numbers, `true` and `false`
/// texts, and texts are what they would be in a file of texts, numbers and dates included; but
/// where digits begin with a 0, or a whole number is so long that a double is another one, the
/// whole column is one of names. A key that comes twice in an object is refused, as is all that RFC
/// 8259 does not allow. Of what can be read only once, such as a pipe, keys have to come in the
/// first million characters.
///
/// Columns without a name are called `c1`, `c2`, … after their place; white space around a field
/// does not count, a line end within a name is a space; empty lines are skipped.
///
/// Rows and columns are counted from 0, except in messages: lines and columns there are those that
/// an editor shows, counted from 1.
public final class CsvTable {

  // What a shell takes for itself.
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

  private final String source;
  private final List<String> columnNames;
  private final CsvDialect dialect;
  private final CsvFormat format;
  private final List<CsvRow> rows;
  private final FileSurvey survey;
  private final List<FieldFormat> formats;

  private CsvTable(CsvRows rows, List<CsvRow> all) {
    this.source = rows.source();
    this.columnNames = rows.names();
    this.dialect = rows.dialect();
    this.format = rows.found();
    this.rows = all;
    this.survey = FileSurvey.of(source, columnNames, format, dialect.separator(), all);
    this.formats = survey.formats();
  }

  /// Reads a file, and finds how it is written.
  ///
  /// @throws DataException if it can't be read, is not UTF-8, has no rows, lines of different
  ///   numbers of fields, a quoted text without an end, or two columns of one name
  public static CsvTable read(Path file) {
    return read(file, CsvFormat.found());
  }

  /// Reads a file.
  ///
  /// @throws DataException as [#read(Path)]
  public static CsvTable read(Path file, CsvFormat format) {
    try (var rows = CsvRows.open(file, format)) {
      return all(rows);
    }
  }

  /// Reads the bytes of a file, and finds how it is written.
  ///
  /// @param source what messages call it
  /// @throws DataException as [#read(Path)]
  public static CsvTable parse(String source, byte[] bytes) {
    return parse(source, bytes, CsvFormat.found());
  }

  /// Reads the bytes of a file.
  ///
  /// @param source what messages call it
  /// @throws DataException as [#read(Path)]
  public static CsvTable parse(String source, byte[] bytes, CsvFormat format) {
    try (var rows = CsvRows.of(source, bytes, format)) {
      return all(rows);
    }
  }

  /// The names of the columns of a file, without reading on.
  ///
  /// @throws DataException as [#read(Path)], for what its first lines show
  public static List<String> names(Path file, CsvFormat format) {
    try (var rows = CsvRows.open(file, format)) {
      return rows.names();
    }
  }

  /// What may be the reason that a file has no column of a name, to be added to a message: that its
  /// first line was taken for names, or was not. Empty where that was said, or is not likely.
  ///
  /// @throws DataException as [#read(Path)], for what its first lines show
  public static String withoutColumn(String name, Path file, CsvFormat format) {
    try (var rows = CsvRows.open(file, format)) {
      return rows.header(name);
    }
  }

  private static CsvTable all(CsvRows rows) {
    try {
      var all = new ArrayList<CsvRow>();
      for (CsvRow row = rows.next(); row != null; row = rows.next()) {
        all.add(row);
      }
      return new CsvTable(rows, all);
    } catch (OutOfMemoryError e) {
      throw new DataException(rows.source() + ": larger than the memory", e);
    }
  }

  /// What the table was read from.
  public String source() {
    return source;
  }

  /// How many rows there are, the header not counted; at least 1.
  public int rows() {
    return rows.size();
  }

  /// How many columns there are, at least 1.
  public int columns() {
    return columnNames.size();
  }

  /// Whether the first line holds names.
  public boolean hasHeader() {
    return dialect.header();
  }

  /// How the table is written, as it was said or found, for other files to be read alike: nothing
  /// is left open but the first line, and the decimal sign where columns have different ones, which
  /// each of them says.
  public CsvFormat format() {
    return found().ofAnyFile();
  }

  /// As [#format], with the first line.
  CsvFormat found() {
    var columns = new LinkedHashMap<String, FieldFormat>();
    for (int column = 0; column < formats.size(); column++) {
      columns.put(columnNames.get(column), formats.get(column));
    }
    CsvFormat known = format.withColumns(columns);
    return survey.isMixed() ? known : known.withDecimal(survey.decimal());
  }

  /// How the fields of a column are written, for all that are no problem.
  public FieldFormat fieldFormat(int column) {
    return formats.get(column);
  }

  /// Why a column can't be used as it is, where that is so.
  public Optional<String> problem(int column) {
    FoundColumn found = survey.found(column);
    return found.problem().map(sentence -> "line %d: %s".formatted(found.line(), sentence));
  }

  /// The names of the columns, all different.
  public List<String> columnNames() {
    return columnNames;
  }

  /// The line in the file at which a row begins, counted from 1.
  public long line(int row) {
    return rows.get(row).line();
  }

  /// The place of a column by its name.
  ///
  /// @throws DataException if there is none of that name; the message has the nearest
  public int column(String name) {
    int column = columnNames.indexOf(name);
    if (column < 0) {
      throw new DataException(source + ": " + Nearest.sentence("column", name, columnNames));
    }
    return column;
  }

  /// A field as text, without white space around it.
  public String text(int row, int column) {
    return rows.get(row).field(column);
  }

  /// Whether a column holds nothing but numbers.
  public boolean isNumeric(int column) {
    return rows.stream().noneMatch(row -> Double.isNaN(value(row, column)));
  }

  /// Whether a field is empty, or holds what stands for a value that is not there.
  public boolean isMissing(int row, int column) {
    return format.isMissing(rows.get(row), column);
  }

  /// Whether a field is an infinity, in any spelling: `inf`, `-Infinity`, `∞`.
  public boolean isInfinite(int row, int column) {
    return rows.get(row).isInfinite(column);
  }

  private double value(CsvRow row, int column) {
    return switch (formats.get(column)) {
      case FieldFormat.Numbers numbers -> numbers.number(row, column, new NumberShape());
      case FieldFormat.Dates _ -> Double.NaN;
      case FieldFormat.Texts _ -> row.number(column, survey.decimal());
    };
  }

  /// A field as its column is read: a number, or the days of a date since the beginning of 1970;
  /// NaN for anything else.
  public double value(int row, int column) {
    CsvRow fields = rows.get(row);
    return formats.get(column) instanceof FieldFormat.Dates dates
        ? dates.days(fields.text(), fields.start(column), fields.end(column), new DateText())
        : value(fields, column);
  }

  /// A field as the name of a category: its text, in lower case where case makes no difference in
  /// its column.
  public String category(int row, int column) {
    return formats.get(column) instanceof FieldFormat.Texts texts
        ? texts.name(rows.get(row), column)
        : text(row, column);
  }

  /// A field as a number.
  ///
  /// @throws DataException if it is empty, no number, or beyond the range of float
  public double number(int row, int column) {
    double value = value(rows.get(row), column);
    if (Double.isNaN(value)) {
      String field = text(row, column);
      throw wrong(row, column, field.isEmpty() ? "is empty" : quoted(field) + " is not a number");
    }
    if (Float.isInfinite((float) value)) {
      throw wrong(row, column, quoted(text(row, column)) + " is beyond the range of float");
    }
    return value;
  }

  /// The numbers of some columns, `rows × columns`, row-major.
  ///
  /// @throws DataException as [#number], for the first line that is wrong
  public float[] numbers(int... columns) {
    var numbers = new float[Math.multiplyExact(rows(), columns.length)];
    for (int row = 0, i = 0; row < rows(); row++) {
      for (int column : columns) {
        numbers[i++] = (float) number(row, column);
      }
    }
    return numbers;
  }

  /// The features of every row, `rows × features`, row-major: by name where there is a header,
  /// further columns ignored; without one by place, the first columns, and one more is taken for
  /// the answers and ignored.
  ///
  /// @throws DataException if a column is missing or a field is no number
  public float[] features(List<String> featureNames) {
    return numbers(Columns.of(this, featureNames));
  }

  /// The table as a data set for classification.
  ///
  /// @param featureNames the columns of the features, found as [#features] does
  /// @param targetName the column of the classes; without a header the one after the features
  /// @param classNames the classes in the order of their labels; a class that is a number is met by
  ///   any way to write that number
  /// @throws DataException if a column is missing, a feature is no number, or a class is not known
  public Dataset classification(
      List<String> featureNames, String targetName, List<String> classNames) {
    float[] x = features(featureNames);
    int target = Columns.target(this, featureNames.size(), targetName);
    var labels = new int[rows()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = Columns.label(this, row, target, classNames);
    }
    return Dataset.classification(source, x, featureNames.size(), labels, classNames)
        .withFeatureNames(featureNames)
        .withTargetName(targetName);
  }

  /// The table as a data set for regression.
  ///
  /// @param featureNames the columns of the features, found as [#features] does
  /// @param targetName the column of the targets; without a header the one after the features
  /// @throws DataException if a column is missing, or a feature or target is no number
  public Dataset regression(List<String> featureNames, String targetName) {
    float[] x = features(featureNames);
    float[] targets = numbers(Columns.target(this, featureNames.size(), targetName));
    return Dataset.regression(source, x, featureNames.size(), targets)
        .withFeatureNames(featureNames)
        .withTargetName(targetName);
  }

  /// The message for a field that is not what it should be.
  DataException wrong(int row, int column, String what) {
    return wrong(source, line(row), column, columnNames.get(column), what);
  }

  static DataException wrong(String source, long line, int column, String name, String what) {
    return new DataException(
        "%s, line %d, column %d (%s): %s".formatted(source, line, column + 1, quoted(name), what));
  }

  /// A field fit for a message, in quotes.
  static String quoted(String field) {
    return "'" + shown(field) + "'";
  }

  /// Names as the arguments of a call in Java, which a message says.
  static String literals(Collection<String> names) {
    return names.stream()
        .map(CsvTable::oneLine)
        .map(name -> "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
        .collect(Collectors.joining(", "));
  }

  /// A field fit for a message: on one line, cut after forty characters.
  static String shown(String field) {
    String line = oneLine(field);
    return line.codePointCount(0, line.length()) <= 40
        ? line
        : line.substring(0, line.offsetByCodePoints(0, 40)) + "…";
  }

  /// A field with spaces for line ends and other control characters.
  static String oneLine(String field) {
    return CONTROL.matcher(field).replaceAll(" ");
  }

  /// `flowers.csv: 150 rows, 5 columns`
  @Override
  public String toString() {
    return "%s: %d rows, %d columns".formatted(source, rows(), columns());
  }
}

package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a text file of rows is written: what is not said is found in it; see [CsvTable] for the
/// rules.
///
/// @param separator what divides fields; a space stands for white space of any length. Found: tab,
///   semicolon, bar, comma, or white space
/// @param firstLine the line at which the table begins, counted from 1: what stands above it is no
///   part of it. Found: behind lines that begin with `#`, but for those that are divided as the
///   table is and hold its names, or are rows of it
/// @param header whether the first line holds names
/// @param decimal the sign before a fraction, a point or a comma; found for each column
/// @param thousands the sign between thousands, a point, a comma, a space or an apostrophe; found
///   for each column
/// @param dayFirst whether `1/2/2024` is the first of February; found for each column
/// @param missing what stands for a value that is not there, beside an empty field; case is free.
///   By default `?`, `NA`, `N/A`, `NaN`, `null`
/// @param columns how the fields of columns are written, by the names of the columns (`c1`, `c2`, …
///   where they have none): what was found in the file of a training, for other files to be read
///   alike. Columns that are not in it are looked at
public record CsvFormat(
    Optional<Character> separator,
    Optional<Integer> firstLine,
    Optional<Boolean> header,
    Optional<Character> decimal,
    Optional<Character> thousands,
    Optional<Boolean> dayFirst,
    List<String> missing,
    Map<String, FieldFormat> columns) {

  private static final List<String> MISSING = List.of("?", "NA", "N/A", "NaN", "null");

  /// Checks the signs, and copies list and map.
  ///
  /// @throws IllegalArgumentException if the separator is a quote, a line end, a letter or a digit,
  ///   the first line is before 1, the decimal sign is no point and no comma, or the sign between
  ///   thousands is the same or none of those
  public CsvFormat {
    missing = missing.stream().map(String::strip).toList();
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    separator.ifPresent(sign -> {
      if (sign == '"' || sign == '\n' || sign == '\r' || Character.isLetterOrDigit(sign)) {
        throw new IllegalArgumentException(
            "separator: expected a sign such as , or ;, found '%s'"
                .formatted(CsvTable.oneLine(sign.toString())));
      }
    });
    firstLine.ifPresent(line -> {
      if (line < 1) {
        throw new IllegalArgumentException(
            "first line: expected a number of at least 1, found " + line);
      }
    });
    checkSigns(decimal, thousands);
  }

  static void checkSigns(Optional<Character> decimal, Optional<Character> thousands) {
    decimal.ifPresent(sign -> {
      if (sign != '.' && sign != ',') {
        throw new IllegalArgumentException(
            "decimal sign: expected . or ,, found '%s'"
                .formatted(CsvTable.oneLine(sign.toString())));
      }
    });
    thousands.ifPresent(sign -> {
      if (".,' ".indexOf(sign) < 0) {
        throw new IllegalArgumentException(
            "sign between thousands: expected ., ,, a space or an apostrophe, found '%s'"
                .formatted(CsvTable.oneLine(sign.toString())));
      }
      if (decimal.isPresent() && decimal.get().equals(sign)) {
        throw new IllegalArgumentException(
            "sign between thousands: expected another one than the decimal sign, found '%s' for both"
                .formatted(sign));
      }
    });
  }

  /// All of it is found.
  public static CsvFormat found() {
    return new CsvFormat(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        MISSING,
        Map.of());
  }

  /// The same with a known separator.
  ///
  /// @throws IllegalArgumentException if it can't be one
  public CsvFormat withSeparator(char sign) {
    return new CsvFormat(
        Optional.of(sign), firstLine, header, decimal, thousands, dayFirst, missing, columns);
  }

  /// The same with a table that is known to begin at a line, counted from 1.
  ///
  /// @throws IllegalArgumentException if it is before 1
  public CsvFormat withFirstLine(int line) {
    return new CsvFormat(
        separator, Optional.of(line), header, decimal, thousands, dayFirst, missing, columns);
  }

  /// The same with the first line known to hold names, or not to.
  public CsvFormat withHeader(boolean names) {
    return new CsvFormat(
        separator, firstLine, Optional.of(names), decimal, thousands, dayFirst, missing, columns);
  }

  /// The same with a known decimal sign.
  ///
  /// @throws IllegalArgumentException if it is no point and no comma, or stands between thousands
  public CsvFormat withDecimal(char sign) {
    return new CsvFormat(
        separator, firstLine, header, Optional.of(sign), thousands, dayFirst, missing, columns);
  }

  /// The same with a known sign between thousands.
  ///
  /// @throws IllegalArgumentException if it can't be one
  public CsvFormat withThousands(char sign) {
    return new CsvFormat(
        separator, firstLine, header, decimal, Optional.of(sign), dayFirst, missing, columns);
  }

  /// The same with dates such as `1/2/2024` known to begin with the day, or with the month.
  public CsvFormat withDayFirst(boolean first) {
    return new CsvFormat(
        separator, firstLine, header, decimal, thousands, Optional.of(first), missing, columns);
  }

  /// The same with other texts, beside the empty one, for a value that is not there.
  public CsvFormat withMissing(String... texts) {
    NotNull.check(texts, "texts");
    return new CsvFormat(
        separator, firstLine, header, decimal, thousands, dayFirst, Arrays.asList(texts), columns);
  }

  /// The same with columns that are known to be written so.
  public CsvFormat withColumns(Map<String, FieldFormat> known) {
    NotNull.check(known, "known");
    return new CsvFormat(
        separator, firstLine, header, decimal, thousands, dayFirst, missing, known);
  }

  /// What this says, and where it says nothing, what the other does but for its first line: a file
  /// that is read as another was. Columns that the other knows have the decimal sign, the sign
  /// between thousands and the order of dates that this says; the usual texts for missing values
  /// count as nothing said.
  ///
  /// @throws IllegalArgumentException if the signs don't go together
  public CsvFormat orAs(CsvFormat other) {
    NotNull.check(other, "other");
    var both = new LinkedHashMap<String, FieldFormat>();
    other.columns.forEach((name, format) -> both.put(name, asSaid(format)));
    both.putAll(columns);
    return new CsvFormat(
        separator.or(() -> other.separator),
        firstLine,
        header.or(() -> other.header),
        decimal.or(() -> other.decimal),
        thousands.or(() -> other.thousands),
        dayFirst.or(() -> other.dayFirst),
        missing.equals(MISSING) ? other.missing : missing,
        both);
  }

  private FieldFormat asSaid(FieldFormat known) {
    return switch (known) {
      case FieldFormat.Texts texts -> texts;
      case FieldFormat.Dates dates -> dayFirst.map(dates::withDayFirst).orElse(dates);
      case FieldFormat.Numbers numbers -> {
        char point = decimal.orElse(numbers.decimal());
        if (decimal.isEmpty() && thousands.equals(Optional.of(point))) {
          point = point == '.' ? ',' : '.';
        }
        char sign = point;
        yield new FieldFormat.Numbers(
            sign, thousands.or(() -> numbers.thousands().filter(t -> t != sign)), numbers.unit());
      }
    };
  }

  /// The same without what is of one file only, the line at which its table begins.
  CsvFormat ofAnyFile() {
    return new CsvFormat(
        separator, Optional.empty(), header, decimal, thousands, dayFirst, missing, columns);
  }

  /// What is learned from a file for others: the texts for missing values, and how columns are
  /// written. Its separator is its own unless it had to be said ([FoundFormat]), and names are
  /// found again by what they are.
  CsvFormat learned() {
    return found().withMissing(missing.toArray(String[]::new)).withColumns(columns);
  }

  boolean isMissing(CsvRow row, int column) {
    return row.start(column) == row.end(column) || missingText(row, column) >= 0;
  }

  /// Which of the texts for a missing value a field is, -1 where none.
  int missingText(CsvRow row, int column) {
    int start = row.start(column);
    int length = row.end(column) - start;
    for (int i = 0; i < missing.size(); i++) {
      String text = missing.get(i);
      if (text.length() == length && row.text().regionMatches(true, start, text, 0, length)) {
        return i;
      }
    }
    return -1;
  }
}

package dev.thalweg.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How a text file of rows is written: what is not said is found in its first lines.
///
/// @param separator what divides fields; found: tab, semicolon, bar or comma
/// @param header whether the first line holds names; found: see [CsvTable]
/// @param decimal the sign before a fraction, a point or a comma; found: the comma where fields are
///   not divided by it, some number of the first lines has one, and none has a point
/// @param missing what stands for a value that is not there, beside an empty field; case is free.
///   By default `?`, `NA`, `N/A`, `NaN`, `null`
public record CsvFormat(
    Optional<Character> separator,
    Optional<Boolean> header,
    Optional<Character> decimal,
    List<String> missing) {

  /// Checks the signs, and copies the list.
  ///
  /// @throws IllegalArgumentException if the separator is a quote, a line end, a letter or a digit,
  ///   or the decimal sign is no point and no comma
  public CsvFormat {
    missing = missing.stream().map(String::strip).toList();
    separator.ifPresent(sign -> {
      if (sign == '"' || sign == '\n' || sign == '\r' || Character.isLetterOrDigit(sign)) {
        throw new IllegalArgumentException(
            "separator: expected a sign such as , or ;, found '%s'"
                .formatted(CsvTable.oneLine(sign.toString())));
      }
    });
    decimal.ifPresent(sign -> {
      if (sign != '.' && sign != ',') {
        throw new IllegalArgumentException(
            "decimal sign: expected . or ,, found '%s'"
                .formatted(CsvTable.oneLine(sign.toString())));
      }
    });
  }

  /// All of it is found.
  public static CsvFormat found() {
    return new CsvFormat(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of("?", "NA", "N/A", "NaN", "null"));
  }

  /// The same with a known separator.
  ///
  /// @throws IllegalArgumentException if it can't be one
  public CsvFormat withSeparator(char sign) {
    return new CsvFormat(Optional.of(sign), header, decimal, missing);
  }

  /// The same with the first line known to hold names, or not to.
  public CsvFormat withHeader(boolean names) {
    return new CsvFormat(separator, Optional.of(names), decimal, missing);
  }

  /// The same with a known decimal sign.
  ///
  /// @throws IllegalArgumentException if it is no point and no comma
  public CsvFormat withDecimal(char sign) {
    return new CsvFormat(separator, header, Optional.of(sign), missing);
  }

  /// The same with other texts, beside the empty one, for a value that is not there.
  public CsvFormat withMissing(String... texts) {
    return new CsvFormat(separator, header, decimal, Arrays.asList(texts));
  }

  boolean isMissing(CsvRow row, int column) {
    int start = row.start(column);
    int length = row.end(column) - start;
    if (length == 0) {
      return true;
    }
    for (int i = 0; i < missing.size(); i++) {
      String text = missing.get(i);
      if (text.length() == length && row.text().regionMatches(true, start, text, 0, length)) {
        return true;
      }
    }
    return false;
  }
}

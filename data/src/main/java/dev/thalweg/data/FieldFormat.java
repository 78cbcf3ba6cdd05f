package dev.thalweg.data;

import java.util.Locale;
import java.util.Optional;

/// How the fields of one column of a text file are written, and so what they are read as.
///
/// Each has a [#sample], a text that shows it, by which it is kept in a file: `1.234,5 €`.
public sealed interface FieldFormat {

  /// A text that shows it; [#ofSample] reads it.
  String sample();

  /// The format that a sample shows.
  ///
  /// @throws IllegalArgumentException if it is none
  static FieldFormat ofSample(String sample) {
    for (boolean anyCase : new boolean[] {false, true}) {
      var texts = new Texts(anyCase);
      if (texts.sample().equals(sample)) {
        return texts;
      }
    }
    for (Dates.Order order : Dates.Order.values()) {
      if (sample.equals(order.sample)) {
        return new Dates(order);
      }
    }
    int unit = sample.indexOf(' ', sample.length() > 2 ? sample.length() - 4 : 0);
    String number = unit < 2 ? sample : sample.substring(0, unit);
    String rest = unit < 2 ? "" : sample.substring(unit + 1);
    for (char decimal : new char[] {'.', ','}) {
      for (char thousands : new char[] {0, '.', ',', ' ', '\''}) {
        if (thousands != decimal) {
          var known =
              new Numbers(
                  decimal, thousands == 0 ? Optional.empty() : Optional.of(thousands), rest);
          if (known.sample().equals(sample)) {
            return known;
          }
        }
      }
    }
    throw new IllegalArgumentException(
        "field format: expected a sample such as 1.234,5, found '%s'".formatted(number));
  }

  /// Names, of categories or of anything: what is the same text is the same.
  ///
  /// @param anyCase whether upper and lower case make no difference, as in `True` and `TRUE`; names
  ///   are lower case then
  record Texts(boolean anyCase) implements FieldFormat {

    /// A field as a name.
    String name(CsvRow row, int column) {
      String field = row.field(column);
      return anyCase ? field.toLowerCase(Locale.ROOT) : field;
    }

    @Override
    public String sample() {
      return anyCase ? "text in any case" : "text";
    }
  }

  /// Numbers, with a sign, an exponent where thousands are not divided, and parentheses for a
  /// minus.
  ///
  /// @param decimal the sign before a fraction, a point or a comma
  /// @param thousands the sign between thousands, which may be there: the other one of the two, a
  ///   space (of any kind), an apostrophe (straight or not)
  /// @param unit what stands before or after each number, such as `%` or `€`; empty for nothing. It
  ///   does not change the number: 12 % is 12
  record Numbers(char decimal, Optional<Character> thousands, String unit) implements FieldFormat {

    /// Checks the signs.
    ///
    /// @throws IllegalArgumentException if they can't be these
    public Numbers {
      CsvFormat.checkSigns(Optional.of(decimal), thousands);
      if (!unit.isEmpty() && !NumberShape.UNITS.contains(unit)) {
        throw new IllegalArgumentException(
            "unit: expected one of %s, found '%s'"
                .formatted(String.join(" ", NumberShape.UNITS), CsvTable.shown(unit)));
      }
    }

    static Numbers plain(char decimal) {
      return new Numbers(decimal, Optional.empty(), "");
    }

    /// @param reading see [NumberShape]
    static Numbers of(int reading, String unit) {
      char decimal = reading < NumberShape.COMMA ? '.' : ',';
      return new Numbers(
          decimal,
          switch (reading % NumberShape.COMMA) {
            case 0 -> Optional.empty();
            case NumberShape.OTHER -> Optional.of(decimal == '.' ? ',' : '.');
            case 2 -> Optional.of(' ');
            default -> Optional.of('\'');
          },
          unit);
    }

    /// See [NumberShape].
    int reading() {
      int sign =
          switch (thousands.orElse('0')) {
            case '.', ',' -> NumberShape.OTHER;
            case ' ' -> 2;
            case '\'' -> 3;
            default -> 0;
          };
      return (decimal == '.' ? 0 : NumberShape.COMMA) + sign;
    }

    /// A field as a number; NaN where it is none.
    ///
    /// @param shape to use for it
    double number(CsvRow row, int column, NumberShape shape) {
      if (unit.isEmpty()) {
        // A doubtful sign is never the decimal sign here, if it may divide thousands.
        double number = row.number(column, decimal);
        if (!Double.isNaN(number)) {
          return number;
        }
      }
      int reading = reading();
      int found = shape.scan(row.text(), row.start(column), row.end(column));
      return (found >> reading & 1) == 1 && shape.unit().equals(unit)
          ? shape.number(reading)
          : Double.NaN;
    }

    @Override
    public String sample() {
      return "1"
          + thousands.map(String::valueOf).orElse("")
          + "234"
          + decimal
          + "5"
          + (unit.isEmpty() ? "" : " " + unit);
    }
  }

  /// Dates, with or without a time, or times alone, as days since the beginning of 1970: of UTC
  /// where a zone is written, else as they stand.
  ///
  /// @param order what stands first
  record Dates(Order order) implements FieldFormat {

    /// What stands first in a date. Names of months are read in any order.
    public enum Order {
      /// `2024-12-31`, with `-`, `/` or a point.
      YEAR_FIRST("2024-12-31", DateText.YEAR_FIRST),
      /// `31.12.2024`, with a point, `/` or `-`.
      DAY_FIRST("31.12.2024", DateText.DAY_FIRST),
      /// `12/31/2024`, with `/` or `-`.
      MONTH_FIRST("12/31/2024", DateText.MONTH_FIRST),
      /// No date, `17:05`.
      TIME("17:05", DateText.TIME);

      private final String sample;
      private final int bit;

      Order(String sample, int bit) {
        this.sample = sample;
        this.bit = bit;
      }

      int bit() {
        return bit;
      }
    }

    /// A text as days; NaN where it is no such date.
    ///
    /// @param scanner to use for it
    double days(String text, int start, int end, DateText scanner) {
      return (scanner.scan(text, start, end) & order.bit) == 0
          ? Double.NaN
          : scanner.days(order.bit);
    }

    /// These, with the day or the month first where one of them is.
    Dates withDayFirst(boolean day) {
      return switch (order) {
        case DAY_FIRST, MONTH_FIRST -> new Dates(day ? Order.DAY_FIRST : Order.MONTH_FIRST);
        case YEAR_FIRST, TIME -> this;
      };
    }

    @Override
    public String sample() {
      return order.sample;
    }
  }
}

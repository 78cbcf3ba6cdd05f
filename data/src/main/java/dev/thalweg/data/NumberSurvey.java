package dev.thalweg.data;

import java.util.ArrayList;
import java.util.List;

/// How the numbers of a column are written: the reading ([NumberShape]) that all of them have.
final class NumberSurvey {

  private static final int DOUBTFUL_POINT = 0x0f | 1 << (NumberShape.COMMA + NumberShape.OTHER);
  private static final int DOUBTFUL_COMMA = 0xf0 | 1 << NumberShape.OTHER;
  private static final int WHOLE = 0xff;

  private final ColumnCounts counts;
  private final CsvFormat said;
  private final FileSigns signs;
  private final char separator;

  /// @param signs those of the whole file
  /// @param separator what divides fields
  NumberSurvey(ColumnCounts counts, CsvFormat said, FileSigns signs, char separator) {
    this.counts = counts;
    this.said = said;
    this.signs = signs;
    this.separator = separator;
  }

  /// What the column is, all of it but strays being numbers.
  FoundColumn found() {
    SeenField unit = counts.unit();
    SeenField otherUnit = counts.otherUnit();
    long most = 0;
    for (int reading = 0; reading < NumberShape.READINGS; reading++) {
      most = Math.max(most, counts.count(reading));
    }
    int best = -1;
    for (int reading : preferred()) {
      if (best < 0 && counts.count(reading) == most) {
        best = reading;
      }
    }
    String unitText = unit == null ? "" : unit.text;
    var format = FieldFormat.Numbers.of(best, unitText);
    if (most < counts.numbers()) {
      return conflict(format, best);
    }
    if (otherUnit != null || (unit != null && unit.count < counts.numbers())) {
      return FoundColumn.problem(
          format,
          unit == null ? 0 : unit.line,
          otherUnit != null
              ? "%s has another unit than %s in line %d"
                  .formatted(otherUnit, CsvTable.quoted(unitText), unit == null ? 0 : unit.line)
              : "%s stands beside some numbers and not beside others"
                  .formatted(CsvTable.quoted(unitText)));
    }
    FoundColumn found = doubt(format);
    if (found.problem().isEmpty() && found.format() instanceof FieldFormat.Numbers known) {
      return noted(found, known);
    }
    return found;
  }

  private FoundColumn noted(FoundColumn found, FieldFormat.Numbers known) {
    if (known.thousands().isPresent() && counts.count(known.reading()) > plain(known)) {
      return found.with("numbers written as " + known.sample());
    }
    if (!known.unit().isEmpty()) {
      return found.with("numbers in " + known.unit());
    }
    if (known.decimal() == ',' && separator == ',' && counts.count(0) < counts.numbers()) {
      return found.with("numbers written as " + known.sample());
    }
    SeenField date = counts.compactDate();
    if (date != null && date.count == counts.numbers()) {
      return found.with(
          "taken for numbers, though %s looks like a date; written %s it is read as one"
              .formatted(CsvTable.quoted(date.text), dashed(date.text)));
    }
    SeenField code = counts.identifier() == null ? counts.leadingZero() : counts.identifier();
    SeenField exponent = counts.exponent();
    if (code == null && exponent != null && exponent.count == counts.numbers()) {
      code = exponent;
    }
    return code == null
        ? found
        : found.with(
            "taken for numbers, though %s looks like a name; TableOptions.withCategorical() takes the column for names"
                .formatted(CsvTable.quoted(code.text)));
  }

  /// `2024-12-31` of `20241231`
  private static String dashed(String date) {
    return date.substring(0, 4) + "-" + date.substring(4, 6) + "-" + date.substring(6);
  }

  /// How many values need no sign between thousands.
  private long plain(FieldFormat.Numbers known) {
    return counts.count(known.decimal() == '.' ? 0 : NumberShape.COMMA)
        - (known.decimal() == '.' ? doubtful(DOUBTFUL_POINT) : doubtful(DOUBTFUL_COMMA));
  }

  private long doubtful(int readings) {
    SeenField seen = counts.byReadings().get(readings);
    return seen == null ? 0 : seen.count;
  }

  /// Readings in the order of preference.
  private List<Integer> preferred() {
    boolean comma = said.decimal().map(sign -> sign == ',').orElse(signs.onlyComma());
    var order = new ArrayList<Integer>();
    for (int decimal : new int[] {comma ? NumberShape.COMMA : 0, comma ? 0 : NumberShape.COMMA}) {
      for (int thousands = 0; thousands < NumberShape.COMMA; thousands++) {
        int reading = decimal + thousands;
        boolean asked =
            thousands > 0
                && said.thousands().equals(FieldFormat.Numbers.of(reading, "").thousands());
        order.add(asked ? 0 : order.size(), reading);
      }
    }
    return order;
  }

  /// Numbers that no reading has in common.
  private FoundColumn conflict(FieldFormat.Numbers format, int best) {
    SeenField fits = null;
    SeenField other = null;
    for (var entry : counts.byReadings().entrySet()) {
      boolean by = (entry.getKey() >> best & 1) == 1;
      if (by && entry.getKey() != WHOLE && fits == null) {
        fits = entry.getValue();
      } else if (!by && other == null) {
        other = entry.getValue();
      }
    }
    return FoundColumn.problem(
        format,
        other == null ? 0 : other.line,
        fits == null
            ? "%s is not written as the other numbers of the column are"
                .formatted(CsvTable.quoted(other == null ? "" : other.text))
            : "%s and %s are not written alike"
                .formatted(CsvTable.quoted(other == null ? "" : other.text), fits));
  }

  /// Whether a sign divides thousands or stands before a fraction, where values allow both.
  private FoundColumn doubt(FieldFormat.Numbers format) {
    boolean point = doubtful(DOUBTFUL_POINT) > 0;
    boolean comma = doubtful(DOUBTFUL_COMMA) > 0;
    int fraction = point ? 0 : NumberShape.COMMA;
    int thousands = (point ? NumberShape.COMMA : 0) + NumberShape.OTHER;
    if (point == comma || counts.count(fraction) != counts.count(thousands)) {
      return FoundColumn.of(format);
    }
    char sign = point ? '.' : ',';
    if (said.thousands().isPresent()) {
      return FoundColumn.of(
          FieldFormat.Numbers.of(
              said.thousands().get() == sign ? thousands : fraction, format.unit()));
    }
    if (said.decimal().isPresent()) {
      return FoundColumn.of(
          FieldFormat.Numbers.of(
              said.decimal().get() == sign ? fraction : thousands, format.unit()));
    }
    boolean same = point ? signs.onlyPoint() : signs.onlyComma();
    boolean other = point ? signs.onlyComma() : signs.onlyPoint();
    boolean usual = !same && !other && separator == ',';
    boolean divides = other || (usual && comma);
    // Numbers below a thousand without the sign, and none above.
    boolean mixed = doubtful(WHOLE) > 0 && counts.longNumber() == null;
    boolean unclear = divides ? counts.longNumber() != null : !same && !usual && mixed;
    if (unclear) {
      SeenField seen = counts.byReadings().get(point ? DOUBTFUL_POINT : DOUBTFUL_COMMA);
      return FoundColumn.problem(
          format,
          seen == null ? 0 : seen.line,
          "%s has a fraction or thousands; CsvFormat.withDecimal('%s') or CsvFormat.withThousands('%s') says which"
              .formatted(CsvTable.quoted(seen == null ? "" : seen.text), sign, sign));
    }
    return FoundColumn.of(FieldFormat.Numbers.of(divides ? thousands : fraction, format.unit()));
  }
}

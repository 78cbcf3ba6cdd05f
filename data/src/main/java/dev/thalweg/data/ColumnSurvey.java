package dev.thalweg.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the values of a column are, whatever their order: all of them are counted before anything
/// is concluded.
///
/// A column holds **numbers** if all its values are numbers by one reading ([NumberShape]), and
/// **dates** if all are dates of one order ([DateText]). Otherwise it holds **texts**; but a few
/// texts among numbers are most likely missing values or mistakes, and are a problem: texts that
/// look like nothing (`-`, `none`), or make up no more than a tenth of the numbers, or are few
/// among more than twenty different numbers.
final class ColumnSurvey {

  /// So few different numbers may be categories as well.
  private static final int FEW = 20;

  /// How many stray texts are listed.
  static final int LISTED = 6;

  private static final List<Set<String>> BOOLEANS =
      List.of(
          Set.of("true", "false"),
          Set.of("yes", "no"),
          Set.of("t", "f"),
          Set.of("y", "n"),
          Set.of("on", "off"));

  /// What people write for nothing, beside signs.
  private static final Set<String> NOTHING =
      Set.of(
          "none",
          "nil",
          "unknown",
          "missing",
          "n.a.",
          "n.d.",
          "nd",
          "n/d",
          "#n/a",
          "#na",
          "na",
          "n/a",
          "nan",
          "null",
          "not available",
          "not applicable",
          "#value!",
          "#div/0!",
          "#ref!",
          "#null!",
          "#num!",
          "#name?",
          "<na>",
          "(null)",
          "\\n",
          "k.a.",
          "k. a.",
          "empty",
          "-nan",
          "1.#ind",
          "1.#qnan",
          "-1.#ind",
          "blank",
          "tbd",
          "undefined",
          "nichts",
          "unbekannt");

  private static final int DOUBTFUL_POINT = 0x0f | 1 << (NumberShape.COMMA + NumberShape.OTHER);
  private static final int DOUBTFUL_COMMA = 0xf0 | 1 << NumberShape.OTHER;
  private static final int WHOLE = 0xff;

  /// A value, and how many are like it.
  private static final class Seen {
    final String text;
    final long line;
    long count;

    Seen(String text, long line) {
      this.text = text;
      this.line = line;
    }

    /// `'1.5' (line 3)`
    @Override
    public String toString() {
      return "%s (line %d)".formatted(CsvTable.quoted(text), line);
    }
  }

  /// Which signs stand before fractions where that is beyond doubt, anywhere in the file.
  record Signs(boolean point, boolean comma) {

    Signs and(Signs other) {
      return new Signs(point || other.point, comma || other.comma);
    }

    boolean onlyPoint() {
      return point && !comma;
    }

    boolean onlyComma() {
      return comma && !point;
    }
  }

  /// What is concluded.
  ///
  /// @param format how the fields are written, for all but those that are a problem
  /// @param problem why the column can't be used like that
  /// @param line where the problem is
  /// @param strays texts that should be missing values
  /// @param note what the user should know
  record Found(
      FieldFormat format,
      Optional<String> problem,
      long line,
      List<String> strays,
      Optional<String> note) {

    static Found of(FieldFormat format) {
      return new Found(format, Optional.empty(), 0, List.of(), Optional.empty());
    }

    Found with(String sentence) {
      return new Found(format, problem, line, strays, Optional.of(sentence));
    }

    static Found problem(FieldFormat format, long line, String sentence) {
      return new Found(format, Optional.of(sentence), line, List.of(), Optional.empty());
    }
  }

  private final NumberShape shape;
  private final DateText dates;
  private final Map<Integer, Seen> byReadings = new TreeMap<>();
  private final Map<Integer, Seen> byOrder = new TreeMap<>();
  private final Map<String, Seen> texts = new LinkedHashMap<>();
  private final Set<String> differentNumbers = new HashSet<>();
  private @Nullable Seen last;
  private int lastReadings = -1;
  private @Nullable Seen unit;
  private @Nullable Seen otherUnit;
  private @Nullable Seen longNumber;
  private @Nullable Seen identifier;
  private @Nullable Seen leadingZero;
  private @Nullable Seen shortYear;
  private @Nullable Seen infinity;
  private long values;
  private long missingTexts;
  private long otherTexts;

  /// @param shape to use
  /// @param dates to use
  ColumnSurvey(NumberShape shape, DateText dates) {
    this.shape = shape;
    this.dates = dates;
  }

  /// Takes the field of a row.
  void add(CsvRow row, int column, CsvFormat format) {
    int start = row.start(column);
    int end = row.end(column);
    if (start == end) {
      return;
    }
    int missing = format.missingText(row, column);
    if (missing >= 0) {
      missingTexts |= 1L << Math.min(missing, 63);
      return;
    }
    values++;
    int readings = shape.scan(row.text(), start, end);
    if (readings != 0) {
      number(row, column, readings);
      return;
    }
    int orders = dates.scan(row.text(), start, end);
    if (orders != 0) {
      counted(byOrder, orders, row, column);
    } else if (row.isInfinite(column)) {
      infinity = one(infinity, row, column);
    } else {
      if (dates.hasShortYear()) {
        shortYear = one(shortYear, row, column);
      }
      String text = row.field(column);
      Seen seen = texts.get(text);
      if (seen == null && texts.size() > FEW) {
        otherTexts++;
      } else {
        texts.put(text, one(seen, row, column));
      }
    }
  }

  private void number(CsvRow row, int column, int readings) {
    if (readings == lastReadings && last != null) {
      last.count++;
    } else {
      last = counted(byReadings, readings, row, column);
      lastReadings = readings;
    }
    if (differentNumbers.size() <= FEW) {
      differentNumbers.add(row.field(column));
    }
    if (!shape.unit().isEmpty()) {
      if (unit == null || shape.unit().equals(unit.text)) {
        unit = unit == null ? new Seen(shape.unit(), row.line()) : unit;
        unit.count++;
      } else {
        otherUnit = one(otherUnit, row, column);
      }
    }
    if (shape.wholeDigits() > 1 && readings == WHOLE && shape.begins('0')) {
      leadingZero = one(leadingZero, row, column);
    }
    if (shape.wholeDigits() > 3 && readings == WHOLE) {
      longNumber = one(longNumber, row, column);
      if (shape.wholeDigits() > 15) {
        identifier = one(identifier, row, column);
      }
    }
  }

  private static Seen counted(Map<Integer, Seen> by, int key, CsvRow row, int column) {
    Seen seen = by.get(key);
    if (seen == null) {
      seen = new Seen(row.field(column), row.line());
      by.put(key, seen);
    }
    seen.count++;
    return seen;
  }

  private static Seen one(@Nullable Seen seen, CsvRow row, int column) {
    Seen known = seen == null ? new Seen(row.field(column), row.line()) : seen;
    known.count++;
    return known;
  }

  /// How many values are there.
  long values() {
    return values;
  }

  /// Which of the texts for missing values came, a bit for each.
  long missingTexts() {
    return missingTexts;
  }

  /// What the numbers of this column tell of the signs of the file.
  Signs signs() {
    boolean point = false;
    boolean comma = false;
    for (int readings : byReadings.keySet()) {
      boolean withPoint = (readings & 0x0f) != 0;
      boolean withComma = (readings & 0xf0) != 0;
      point |= withPoint && !withComma;
      comma |= withComma && !withPoint;
    }
    return numbers() * 2 >= values ? new Signs(point, comma) : new Signs(false, false);
  }

  /// Whether nearly all values are numbers, or all dates.
  boolean isNumbers() {
    return values > 0 && 10 * numbers() >= 9 * values;
  }

  /// Whether nearly all values are dates.
  boolean isDates() {
    return values > 0 && 10 * datesFound() >= 9 * values;
  }

  private long numbers() {
    return byReadings.values().stream().mapToLong(seen -> seen.count).sum();
  }

  private long datesFound() {
    return byOrder.values().stream().mapToLong(seen -> seen.count).sum();
  }

  private long texts() {
    return otherTexts + texts.values().stream().mapToLong(seen -> seen.count).sum();
  }

  private long count(int reading) {
    return count(byReadings, 1 << reading);
  }

  private static long count(Map<Integer, Seen> by, int bit) {
    long count = 0;
    for (var entry : by.entrySet()) {
      count += (entry.getKey() & bit) != 0 ? entry.getValue().count : 0;
    }
    return count;
  }

  /// What the column holds.
  ///
  /// @param signs those of the whole file
  /// @param separator what divides fields
  Found found(CsvFormat said, Signs signs, char separator) {
    long numbers = numbers();
    long dated = datesFound();
    long others = texts() + (numbers > 0 && texts() + dated == 0 ? 0 : infinities());
    if (values == infinities() || (numbers > 0 && dated + others == 0)) {
      return numbers(said, signs, separator);
    }
    if (dated > 0 && numbers + others == 0) {
      return dates(said);
    }
    if (numbers >= dated && isStray(numbers, dated + others, differentNumbers.size())) {
      Found found = numbers(said, signs, separator);
      return found.problem.isPresent() ? found : strays(found.format, "number", numbers);
    }
    if (dated > numbers && isStray(dated, numbers + others, FEW + 1)) {
      Found found = dates(said);
      return found.problem.isPresent() ? found : strays(found.format, "date", dated);
    }
    if (shortYear != null && 10 * shortYear.count >= 9 * values) {
      return Found.of(new FieldFormat.Texts(false))
          .with(
              "texts, as years of two digits are not read (%s); four make dates of them"
                  .formatted(CsvTable.quoted(shortYear.text)));
    }
    return booleans().orElseGet(() -> Found.of(new FieldFormat.Texts(false)));
  }

  private long infinities() {
    return infinity == null ? 0 : infinity.count;
  }

  /// Whether texts among numbers, or dates, are most likely no values.
  private boolean isStray(long known, long strays, int different) {
    if (known == 0) {
      return false;
    }
    boolean nothing = otherTexts == 0 && texts() == strays;
    for (String text : texts.keySet()) {
      nothing &= isNothing(text);
    }
    return nothing
        || strays <= Math.max(1, known / 10)
        || (strays <= known && different > FEW && texts.size() <= LISTED);
  }

  /// Whether a text says that there is no value.
  static boolean isNothing(String text) {
    return text.codePoints().noneMatch(Character::isLetterOrDigit)
        || NOTHING.contains(text.toLowerCase(Locale.ROOT));
  }

  private Found strays(FieldFormat format, String kind, long known) {
    var strange = new ArrayList<Seen>(texts.values());
    (kind.equals("number") ? byOrder : byReadings).values().forEach(strange::add);
    if (infinity != null) {
      strange.add(infinity);
    }
    strange.sort(java.util.Comparator.comparingLong(seen -> seen.line));
    boolean all = otherTexts == 0 && strange.size() <= LISTED && texts.size() == strange.size();
    Seen first = strange.getFirst();
    return new Found(
        format,
        Optional.of(
            "%s is not a %s%s, and %s of the column %s"
                .formatted(
                    CsvTable.quoted(first.text),
                    kind,
                    strange.size() == 1
                        ? ""
                        : otherTexts > 0
                            ? " as are many others"
                            : ", nor are %d other texts".formatted(strange.size() - 1),
                    known == 1 ? "1 value" : "%d values".formatted(known),
                    known == 1 ? "is" : "are")),
        first.line,
        all ? strange.stream().map(seen -> seen.text).toList() : List.of(),
        Optional.empty());
  }

  private Found numbers(CsvFormat said, Signs signs, char separator) {
    long most = 0;
    for (int reading = 0; reading < NumberShape.READINGS; reading++) {
      most = Math.max(most, count(reading));
    }
    int best = -1;
    for (int reading : preferred(said, signs)) {
      if (best < 0 && count(reading) == most) {
        best = reading;
      }
    }
    String unitText = unit == null ? "" : unit.text;
    var format = FieldFormat.Numbers.of(best, unitText);
    if (most < numbers()) {
      return conflict(format, best);
    }
    if (otherUnit != null || (unit != null && unit.count < numbers())) {
      return Found.problem(
          format,
          unit == null ? 0 : unit.line,
          otherUnit != null
              ? "%s has another unit than %s in line %d"
                  .formatted(otherUnit, CsvTable.quoted(unitText), unit == null ? 0 : unit.line)
              : "%s stands beside some numbers and not beside others"
                  .formatted(CsvTable.quoted(unitText)));
    }
    Found found = doubt(said, signs, separator, format);
    if (found.problem.isEmpty() && found.format instanceof FieldFormat.Numbers known) {
      return noted(found, known);
    }
    return found;
  }

  private Found noted(Found found, FieldFormat.Numbers known) {
    if (known.thousands().isPresent() && count(known.reading()) > plain(known)) {
      return found.with("numbers written as " + known.sample());
    }
    if (!known.unit().isEmpty()) {
      return found.with("numbers in " + known.unit());
    }
    Seen code = identifier == null ? leadingZero : identifier;
    return code == null
        ? found
        : found.with(
            "taken for numbers, though %s looks like a name; TableOptions.withCategorical() takes the column for names"
                .formatted(CsvTable.quoted(code.text)));
  }

  /// How many values need no sign between thousands.
  private long plain(FieldFormat.Numbers known) {
    return count(known.decimal() == '.' ? 0 : NumberShape.COMMA)
        - (known.decimal() == '.' ? doubtful(DOUBTFUL_POINT) : doubtful(DOUBTFUL_COMMA));
  }

  private long doubtful(int readings) {
    Seen seen = byReadings.get(readings);
    return seen == null ? 0 : seen.count;
  }

  /// Whether whole numbers of more than 15 digits are among the values, which doubles don't tell
  /// apart.
  boolean hasIdentifiers() {
    return identifier != null;
  }

  /// Readings in the order of preference.
  private static List<Integer> preferred(CsvFormat said, Signs signs) {
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
  private Found conflict(FieldFormat.Numbers format, int best) {
    Seen fits = null;
    Seen other = null;
    for (var entry : byReadings.entrySet()) {
      boolean by = (entry.getKey() >> best & 1) == 1;
      if (by && entry.getKey() != WHOLE && fits == null) {
        fits = entry.getValue();
      } else if (!by && other == null) {
        other = entry.getValue();
      }
    }
    return Found.problem(
        format,
        other == null ? 0 : other.line,
        fits == null
            ? "%s is not written as the other numbers of the column are"
                .formatted(CsvTable.quoted(other == null ? "" : other.text))
            : "%s and %s are not written alike"
                .formatted(CsvTable.quoted(other == null ? "" : other.text), fits));
  }

  /// Whether a sign divides thousands or stands before a fraction, where values allow both.
  private Found doubt(CsvFormat said, Signs signs, char separator, FieldFormat.Numbers format) {
    boolean point = doubtful(DOUBTFUL_POINT) > 0;
    boolean comma = doubtful(DOUBTFUL_COMMA) > 0;
    int fraction = point ? 0 : NumberShape.COMMA;
    int thousands = (point ? NumberShape.COMMA : 0) + NumberShape.OTHER;
    if (point == comma || count(fraction) != count(thousands)) {
      return Found.of(format);
    }
    char sign = point ? '.' : ',';
    if (said.thousands().isPresent()) {
      return Found.of(
          FieldFormat.Numbers.of(
              said.thousands().get() == sign ? thousands : fraction, format.unit()));
    }
    if (said.decimal().isPresent()) {
      return Found.of(
          FieldFormat.Numbers.of(
              said.decimal().get() == sign ? fraction : thousands, format.unit()));
    }
    boolean same = point ? signs.onlyPoint() : signs.onlyComma();
    boolean other = point ? signs.onlyComma() : signs.onlyPoint();
    boolean usual = !same && !other && separator == ',';
    boolean divides = other || (usual && comma);
    // Numbers below a thousand without the sign, and none above.
    boolean mixed = doubtful(WHOLE) > 0 && longNumber == null;
    boolean unclear = divides ? longNumber != null : !same && !usual && mixed;
    if (unclear) {
      Seen seen = byReadings.get(point ? DOUBTFUL_POINT : DOUBTFUL_COMMA);
      return Found.problem(
          format,
          seen == null ? 0 : seen.line,
          "%s has a fraction or thousands; CsvFormat.withDecimal('%s') or CsvFormat.withThousands('%s') says which"
              .formatted(CsvTable.quoted(seen == null ? "" : seen.text), sign, sign));
    }
    return Found.of(FieldFormat.Numbers.of(divides ? thousands : fraction, format.unit()));
  }

  private Found dates(CsvFormat said) {
    long dated = datesFound();
    long byDay = count(byOrder, DateText.DAY_FIRST);
    long byMonth = count(byOrder, DateText.MONTH_FIRST);
    if (byDay == dated && byMonth == dated && count(byOrder, DateText.YEAR_FIRST) < dated) {
      Seen seen = byOrder.get(DateText.DAY_FIRST | DateText.MONTH_FIRST);
      if (said.dayFirst().isEmpty() && seen != null) {
        return Found.problem(
            new FieldFormat.Dates(FieldFormat.Dates.Order.DAY_FIRST),
            seen.line,
            "%s begins with the day or with the month; CsvFormat.withDayFirst(true) or CsvFormat.withDayFirst(false) says which"
                .formatted(CsvTable.quoted(seen.text)));
      }
      return Found.of(
          new FieldFormat.Dates(
              said.dayFirst().orElse(true)
                  ? FieldFormat.Dates.Order.DAY_FIRST
                  : FieldFormat.Dates.Order.MONTH_FIRST));
    }
    for (var order : FieldFormat.Dates.Order.values()) {
      if (count(byOrder, order.bit()) == dated) {
        return Found.of(new FieldFormat.Dates(order));
      }
    }
    var seen = new ArrayList<>(byOrder.values());
    return Found.problem(
        new FieldFormat.Texts(false),
        seen.getFirst().line,
        "%s and %s are not written alike"
            .formatted(CsvTable.quoted(seen.get(0).text), seen.get(1)));
  }

  /// Yes and no in more than one spelling.
  private Optional<Found> booleans() {
    var folded = new HashSet<String>();
    texts.keySet().forEach(text -> folded.add(text.toLowerCase(Locale.ROOT)));
    boolean known =
        otherTexts == 0
            && texts() == values
            && folded.size() < texts.size()
            && BOOLEANS.stream().anyMatch(pair -> pair.containsAll(folded));
    return known
        ? Optional.of(
            Found.of(new FieldFormat.Texts(true))
                .with("upper and lower case make no difference, as in " + said()))
        : Optional.empty();
  }

  private String said() {
    return String.join(", ", texts.keySet());
  }

  /// Whether some texts are yes and no, each in one spelling.
  static boolean areBooleans(List<String> texts) {
    var folded = new HashSet<String>();
    texts.forEach(text -> folded.add(text.toLowerCase(Locale.ROOT)));
    return folded.size() == texts.size()
        && BOOLEANS.stream().anyMatch(pair -> pair.containsAll(folded));
  }
}

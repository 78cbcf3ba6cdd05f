package dev.thalweg.data;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The values of a column of a text table, counted by what they may be read as.
final class ColumnCounts {

  /// So few different numbers may be categories as well; of more texts the rest is only counted.
  static final int FEW = 20;

  /// Texts of so many words are more than names.
  private static final int WORDS = 5;

  private static final int WHOLE = 0xff;

  private final NumberShape shape;
  private final DateText dates;
  private final Map<Integer, SeenField> byReadings = new TreeMap<>();
  private final Map<Integer, SeenField> byOrder = new TreeMap<>();
  private final Map<String, SeenField> texts = new LinkedHashMap<>();
  private final Set<String> differentNumbers = new HashSet<>();
  private @Nullable SeenField last;
  private int lastReadings = -1;
  private @Nullable SeenField unit;
  private @Nullable SeenField otherUnit;
  private @Nullable SeenField longNumber;
  private @Nullable SeenField identifier;
  private @Nullable SeenField leadingZero;
  private @Nullable SeenField compactDate;
  private @Nullable SeenField exponent;
  private @Nullable SeenField shortDate;
  private @Nullable SeenField version;
  private @Nullable SeenField infinity;
  private long values;
  private long missingTexts;
  private long otherTexts;
  private long words;

  /// Texts by their hashes, up to as many as make a column one of texts.
  private final Set<Integer> differentTexts = new HashSet<>();

  /// @param shape to use
  /// @param dates to use
  ColumnCounts(NumberShape shape, DateText dates) {
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
      SeenField.counted(byOrder, orders, row, column);
      if ((orders & DateText.SHORT_YEAR) != 0 && !dates.isNamed()) {
        shortDate = SeenField.one(shortDate, row, column);
      }
    } else if (row.isInfinite(column)) {
      infinity = SeenField.one(infinity, row, column);
    } else {
      if (dates.isVersion()) {
        version = SeenField.one(version, row, column);
      }
      String text = row.field(column);
      words += words(text);
      if (differentTexts.size() <= ColumnKinds.MOST_CATEGORIES) {
        differentTexts.add(text.hashCode());
      }
      SeenField seen = texts.get(text);
      if (seen == null && texts.size() > FEW) {
        otherTexts++;
      } else {
        texts.put(text, SeenField.one(seen, row, column));
      }
    }
  }

  private void number(CsvRow row, int column, int readings) {
    if (readings == lastReadings && last != null) {
      last.count++;
    } else {
      last = SeenField.counted(byReadings, readings, row, column);
      lastReadings = readings;
    }
    if (differentNumbers.size() <= FEW) {
      differentNumbers.add(row.field(column));
    }
    if (!shape.unit().isEmpty()) {
      if (unit == null || shape.unit().equals(unit.text)) {
        unit = unit == null ? new SeenField(shape.unit(), row.line()) : unit;
        unit.count++;
      } else {
        otherUnit = SeenField.one(otherUnit, row, column);
      }
    }
    if (shape.wholeDigits() > 1 && readings == WHOLE && shape.begins('0')) {
      leadingZero = SeenField.one(leadingZero, row, column);
    }
    if (shape.wholeDigits() == 0 && isWholeWithExponent(row.field(column))) {
      exponent = SeenField.one(exponent, row, column);
    }
    if (shape.wholeDigits() == 8 && isCompactDate(row, column)) {
      compactDate = SeenField.one(compactDate, row, column);
    }
    if (shape.wholeDigits() > 3 && readings == WHOLE) {
      longNumber = SeenField.one(longNumber, row, column);
      if (shape.wholeDigits() > 15) {
        identifier = SeenField.one(identifier, row, column);
      }
    }
  }

  /// Whether a number is written as digits, an E, and digits, `1E10`: so are many names.
  private static boolean isWholeWithExponent(String text) {
    int sign = text.indexOf('E');
    return sign > 0
        && sign < text.length() - 1
        && text.chars().allMatch(c -> c == 'E' || (c >= '0' && c <= '9'));
  }

  /// Whether eight digits are a day of 1900 to 2099, `20241231`.
  private boolean isCompactDate(CsvRow row, int column) {
    String text = row.field(column);
    if (text.length() != 8 || !(text.startsWith("19") || text.startsWith("20"))) {
      return false;
    }
    String date = text.substring(0, 4) + '-' + text.substring(4, 6) + '-' + text.substring(6);
    return dates.scan(date, 0, date.length()) != 0;
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
  FileSigns signs() {
    boolean point = false;
    boolean comma = false;
    for (int readings : byReadings.keySet()) {
      boolean withPoint = (readings & 0x0f) != 0;
      boolean withComma = (readings & 0xf0) != 0;
      point |= withPoint && !withComma;
      comma |= withComma && !withPoint;
    }
    return numbers() * 2 >= values ? new FileSigns(point, comma) : FileSigns.NONE;
  }

  /// Whether nearly all values are numbers, or all dates.
  boolean isNumbers() {
    return values > 0 && 10 * numbers() >= 9 * values;
  }

  /// Whether nearly all values are dates.
  boolean isDates() {
    return values > 0 && 10 * dated() >= 9 * values;
  }

  /// How many values are numbers.
  long numbers() {
    return byReadings.values().stream().mapToLong(seen -> seen.count).sum();
  }

  /// How many are dates or times.
  long dated() {
    return byOrder.values().stream().mapToLong(seen -> seen.count).sum();
  }

  /// How many are neither, nor infinities.
  long texts() {
    return otherTexts + texts.values().stream().mapToLong(seen -> seen.count).sum();
  }

  private static int words(String text) {
    int words = 0;
    boolean space = true;
    for (int i = 0; i < text.length(); i++) {
      boolean next = Character.isWhitespace(text.charAt(i));
      words += space && !next ? 1 : 0;
      space = next;
    }
    return words;
  }

  /// Whether the values are texts of five words or more on average, nearly each of them another.
  boolean isOfSentences() {
    int different = differentTexts.size();
    return words >= WORDS * values
        && (different > ColumnKinds.MOST_CATEGORIES
            || 2L * different > Math.max(values, ColumnChoice.FEW));
  }

  /// How many are infinities.
  long infinities() {
    return infinity == null ? 0 : infinity.count;
  }

  /// How many numbers have a reading ([NumberShape]).
  long count(int reading) {
    return SeenField.count(byReadings, 1 << reading);
  }

  /// The numbers by their readings, a bit for each.
  Map<Integer, SeenField> byReadings() {
    return Collections.unmodifiableMap(byReadings);
  }

  /// The dates by their orders, a bit for each ([DateText]).
  Map<Integer, SeenField> byOrder() {
    return Collections.unmodifiableMap(byOrder);
  }

  /// The texts, in the order in which they came, but for [#otherTexts].
  Map<String, SeenField> different() {
    return Collections.unmodifiableMap(texts);
  }

  /// How many texts there are beside those that are kept.
  long otherTexts() {
    return otherTexts;
  }

  /// How many different numbers there are, up to one more than [#FEW].
  int differentNumbers() {
    return differentNumbers.size();
  }

  /// What stands beside numbers, if anything does.
  @Nullable SeenField unit() {
    return unit;
  }

  /// A number with another unit.
  @Nullable SeenField otherUnit() {
    return otherUnit;
  }

  /// A whole number of more than three digits.
  @Nullable SeenField longNumber() {
    return longNumber;
  }

  /// A whole number of more than 15 digits, which doubles don't tell apart.
  @Nullable SeenField identifier() {
    return identifier;
  }

  /// A number that begins with a 0 that it does not need.
  @Nullable SeenField leadingZero() {
    return leadingZero;
  }

  /// A number such as `1E10`.
  @Nullable SeenField exponent() {
    return exponent;
  }

  /// A number that is a day as well, `20241231`.
  @Nullable SeenField compactDate() {
    return compactDate;
  }

  /// A date of digits with a year of two.
  @Nullable SeenField shortDate() {
    return shortDate;
  }

  /// A text that may be a date or the number of a version, `1.2.24`.
  @Nullable SeenField version() {
    return version;
  }

  /// An infinity.
  @Nullable SeenField infinity() {
    return infinity;
  }
}

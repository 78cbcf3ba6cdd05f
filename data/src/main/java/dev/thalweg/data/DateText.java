package dev.thalweg.data;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;

/// As what dates and times a text may be read: a scanner that is used again for each field.
///
/// * `2024-12-31`, `2024/12/31`, `2024.12.31`, `2024-12`;
/// * `31.12.2024`, `31/12/2024`, `12/31/2024`, `31-12-2024`, days and months of one digit as well;
/// * `31 Dec 2024`, `31-Dec-2024`, `Dec 31, 2024`, `Dec 2024`, with English names of months;
/// * the year in two digits beside a day, first or last: `31/12/24`, `24-12-31`, `31-Dec-24`, of
///   1969 to 2068 as in POSIX; between points only where all have two, `31.12.24`, as `1.2.24` may
///   be the number of a version;
/// * each of them with a time after a `T` or a space, `17:05`, `17:05:09.5`, `5:05 PM`, and that
///   with a zone: `Z`, `+02:00`; a time alone.
final class DateText {

  /// Bits of what [#scan] returns.
  static final int YEAR_FIRST = 1;

  static final int DAY_FIRST = 2;
  static final int MONTH_FIRST = 4;
  static final int TIME = 8;

  /// Beside an order: the year has two digits.
  static final int SHORT_YEAR = 16;

  private static final int ANY = YEAR_FIRST | DAY_FIRST | MONTH_FIRST;
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> FULL =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");

  private String text = "";
  private int at;
  private int end;
  private int year;
  private int first;
  private int second;
  private double ofDay;
  private boolean shortYear;
  private boolean version;
  private boolean named;

  /// Reads a part of a text.
  ///
  /// @return the orders in which it is a date, or that it is a time, a bit for each; 0 where it is
  ///   neither
  int scan(String field, int start, int stop) {
    text = field;
    at = start;
    end = stop;
    ofDay = 0;
    shortYear = false;
    version = false;
    named = false;
    if (stop - start < 4 || stop - start > 40) {
      return 0;
    }
    int colon = field.indexOf(':', start);
    if (colon == start + 1 || colon == start + 2) {
      year = 1970;
      first = 1;
      second = 1;
      return time() && at == end ? TIME : 0;
    }
    int orders = date();
    if (orders == 0 || at == end) {
      return orders;
    }
    if (c() != 'T' && c() != 't' && c() != ' ') {
      return 0;
    }
    at++;
    return time() && zone() && at == end ? orders : 0;
  }

  /// Whether the text is no date as it may be the number of a version, `1.2.24`.
  boolean isVersion() {
    return version;
  }

  /// Whether a month is named in it.
  boolean isNamed() {
    return named;
  }

  /// Days since the beginning of 1970, of UTC where there is a zone; of a time, the part of a day.
  ///
  /// @param order one of those that were found
  double days(int order) {
    if (shortYear && !named && order == YEAR_FIRST) {
      return LocalDate.of(whole(first), second, year % 100).toEpochDay() + ofDay;
    }
    boolean swapped = order == DAY_FIRST && !named;
    int month = swapped ? second : first;
    int day = swapped ? first : second;
    return LocalDate.of(year, month, day).toEpochDay() + ofDay;
  }

  private int date() {
    if (!NumberShape.isDigit(c())) {
      return named(month(), true);
    }
    int begin = at;
    int number = number(4);
    int digits = at - begin;
    char sign = c();
    if (digits == 4 && (sign == '-' || sign == '/' || sign == '.')) {
      year = number;
      at++;
      begin = at;
      first = number(2);
      if (at - begin == 2 && sign == '-' && (at == end || c() != sign)) {
        second = 1;
        return isDay(first, 1) ? YEAR_FIRST : 0;
      }
      if (at == begin || c() != sign) {
        return 0;
      }
      begin = ++at;
      second = number(2);
      return at > begin && isDay(first, second) ? YEAR_FIRST : 0;
    }
    if (digits < 1 || digits > 2) {
      return 0;
    }
    first = number;
    if (sign == ' ' || sign == '-') {
      int before = at++;
      int month = month();
      if (month > 0) {
        return named(month, false);
      }
      at = before;
    }
    if (sign != '-' && sign != '/' && sign != '.') {
      return 0;
    }
    begin = ++at;
    second = number(2);
    digits += at - begin;
    if (at == begin || c() != sign) {
      return 0;
    }
    begin = ++at;
    year = number(4);
    return switch (at - begin) {
      case 4 -> dayOrMonthFirst(sign);
      case 2 -> ofShortYear(sign, digits);
      default -> 0;
    };
  }

  private int dayOrMonthFirst(char sign) {
    return (isDay(second, first) ? DAY_FIRST : 0)
        | (sign != '.' && isDay(first, second) ? MONTH_FIRST : 0);
  }

  /// @param digits of the two numbers before
  private int ofShortYear(char sign, int digits) {
    int last = year;
    year = whole(first);
    int orders = isDay(second, last) ? YEAR_FIRST : 0;
    year = whole(last);
    orders |= dayOrMonthFirst(sign);
    version = sign == '.' && digits < 4 && orders != 0;
    shortYear = !version && orders != 0;
    return shortYear ? orders | SHORT_YEAR : 0;
  }

  /// The year that two digits stand for.
  private static int whole(int year) {
    return year + (year < 69 ? 2000 : 1900);
  }

  /// What follows the name of a month: a day where it stands first, and a year.
  private int named(int month, boolean leads) {
    if (month == 0) {
      return 0;
    }
    int day = first;
    boolean comma = false;
    if (leads) {
      if (c() == '.') {
        at++;
      }
      if (c() != ' ' && c() != '-') {
        return 0;
      }
      boolean dash = c() == '-';
      int begin = ++at;
      day = number(4);
      if (at - begin == 4) { // Dec 2024
        year = day;
        return namedDay(month, 1);
      }
      if (at == begin || at - begin > 2 || dash) {
        return 0;
      }
    }
    if (c() == ',' || c() == '.') {
      comma = c() == ',';
      at++;
    }
    if (c() == ' ' || c() == '-') {
      at++;
    } else if (!comma) {
      return 0;
    }
    int begin = at;
    year = number(4);
    shortYear = at - begin == 2;
    year = shortYear ? whole(year) : year;
    int orders = shortYear || at - begin == 4 ? namedDay(month, day) : 0;
    return shortYear && orders != 0 ? orders | SHORT_YEAR : orders;
  }

  private int namedDay(int month, int day) {
    if (!isDay(month, day)) {
      return 0;
    }
    first = month;
    second = day;
    named = true;
    return ANY;
  }

  /// The number of the month whose name stands here, 0 where none does.
  private int month() {
    int begin = at;
    while (at < end && Character.isLetter(c())) {
      at++;
    }
    String name = text.substring(begin, at).toLowerCase(Locale.ROOT);
    int place = name.equals("sept") ? 8 : Math.max(MONTHS.indexOf(name), FULL.indexOf(name));
    return place + 1;
  }

  private boolean time() {
    int begin = at;
    int hour = number(2);
    if (at == begin || c() != ':') {
      return false;
    }
    begin = ++at;
    int minute = number(2);
    if (at - begin != 2) {
      return false;
    }
    double seconds = 0;
    if (c() == ':') {
      begin = ++at;
      seconds = number(2);
      if (at - begin != 2) {
        return false;
      }
      if (c() == '.' || c() == ',') {
        begin = ++at;
        while (NumberShape.isDigit(c())) {
          at++;
        }
        if (at == begin) {
          return false;
        }
        seconds += Numbers.parse("." + text.substring(begin, at), 0, at - begin + 1, '.');
      }
    }
    int half = half();
    boolean known = half < 0 ? hour < 24 : hour >= 1 && hour <= 12;
    hour = half < 0 ? hour : hour % 12 + 12 * half;
    ofDay = (hour * 3600 + minute * 60 + seconds) / 86_400;
    return known && minute < 60 && seconds < 61;
  }

  /// 0 where a time is said to be before noon, 1 after it, -1 where nothing is said.
  private int half() {
    int place = c() == ' ' ? at + 1 : at;
    for (int half = 0; half < 2; half++) {
      if (place + 2 <= end && text.regionMatches(true, place, half == 0 ? "am" : "pm", 0, 2)) {
        at = place + 2;
        return half;
      }
    }
    return -1;
  }

  /// Takes the zone into account, where there is one.
  private boolean zone() {
    if (at < end && c() == ' ') {
      at++;
    }
    for (String utc : List.of("Z", "UTC", "GMT")) {
      if (text.regionMatches(true, at, utc, 0, utc.length()) && at + utc.length() <= end) {
        at += utc.length();
        return true;
      }
    }
    if (c() != '+' && c() != '-') {
      return true;
    }
    int sign = c() == '+' ? 1 : -1;
    int begin = ++at;
    int hours = number(2);
    if (at - begin != 2) {
      return false;
    }
    int minutes = 0;
    if (at < end) {
      at += c() == ':' ? 1 : 0;
      begin = at;
      minutes = number(2);
      if (at - begin != 2) {
        return false;
      }
    }
    ofDay -= sign * (hours * 60 + minutes) / 1440.0;
    return hours <= 18 && minutes < 60;
  }

  private boolean isDay(int month, int day) {
    return year >= 1
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= YearMonth.of(year, month).lengthOfMonth();
  }

  private char c() {
    return at < end ? text.charAt(at) : 0;
  }

  private int number(int most) {
    int value = 0;
    for (int i = 0; i < most && NumberShape.isDigit(c()); i++, at++) {
      value = value * 10 + (c() - '0');
    }
    return value;
  }
}

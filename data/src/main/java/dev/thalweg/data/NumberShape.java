package dev.thalweg.data;

import java.util.List;

/// As what numbers a text may be read: a scanner that is used again for each field.
///
/// A *reading* is a decimal sign and a sign between thousands, numbered `4 · decimal + thousands`:
/// decimal 0 the point and 1 the comma; thousands 0 none, 1 the other one of the two, 2 a space, 3
/// an apostrophe. Beside digits there may be a sign (`+`, `-`, `−`), a unit ([#UNITS]) before or
/// after, and parentheses around, which stand for a minus in accounts.
final class NumberShape {

  static final int READINGS = 8;
  static final int COMMA = 4;
  static final int OTHER = 1;
  private static final int SPACE = 2;
  private static final int APOSTROPHE = 3;
  private static final int ALL = (1 << READINGS) - 1;
  private static final int POINT_READINGS = (1 << COMMA) - 1;

  /// What may stand before or after each number of a column.
  static final List<String> UNITS =
      List.of("%", "‰", "$", "€", "£", "¥", "₹", "₽", "₩", "₺", "EUR", "USD", "GBP", "CHF", "JPY");

  private String text = "";
  private int from;
  private int to;
  private boolean negative;
  private String unit = "";
  private int longest;

  /// Reads a part of a text, which has no white space around it.
  ///
  /// @return the readings by which it is a number, a bit for each; 0 where it is none
  int scan(String field, int start, int end) {
    text = field;
    from = start;
    to = end;
    negative = false;
    unit = "";
    longest = 0;
    boolean brackets = to - from > 2 && text.charAt(from) == '(' && text.charAt(to - 1) == ')';
    if (brackets) {
      from++;
      to--;
    }
    boolean signed = sign();
    unitAround();
    // The sign may follow the unit: $-5.
    signed |= !signed && !unit.isEmpty() && sign();
    if (brackets && signed) {
      return 0;
    }
    negative |= brackets;
    return readings();
  }

  /// The unit around the number, empty where there is none.
  String unit() {
    return unit;
  }

  /// How many digits stand together before a decimal sign.
  int wholeDigits() {
    return longest;
  }

  /// Whether the first digit is this one.
  boolean begins(char digit) {
    return from < to && text.charAt(from) == digit;
  }

  /// The number by one of the readings that were found.
  double number(int reading) {
    char decimal = reading < COMMA ? '.' : ',';
    var plain = new StringBuilder(negative ? "-" : "");
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == decimal) {
        plain.append('.');
      } else if (c != '.' && c != ',' && !isSpace(c) && !isApostrophe(c)) {
        plain.append(c);
      }
    }
    return Numbers.parse(plain.toString(), 0, plain.length(), '.');
  }

  private boolean sign() {
    char c = from < to ? text.charAt(from) : 0;
    negative |= c == '-' || c == '−';
    if (c == '-' || c == '−' || c == '+') {
      from++;
      return true;
    }
    return false;
  }

  private void unitAround() {
    if (from == to || (isDigit(text.charAt(from)) && isDigit(text.charAt(to - 1)))) {
      return;
    }
    for (String known : UNITS) {
      boolean before = text.startsWith(known, from);
      if (to - from > known.length() && (before || text.startsWith(known, to - known.length()))) {
        unit = known;
        from += before ? known.length() : 0;
        to -= before ? 0 : known.length();
        while (from < to && isSpace(text.charAt(from))) {
          from++;
        }
        while (from < to && isSpace(text.charAt(to - 1))) {
          to--;
        }
        return;
      }
    }
  }

  private int readings() {
    int points = 0;
    int commas = 0;
    int spaces = 0;
    int apostrophes = 0;
    boolean other = false;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      points += c == '.' ? 1 : 0;
      commas += c == ',' ? 1 : 0;
      spaces += isSpace(c) ? 1 : 0;
      apostrophes += isApostrophe(c) ? 1 : 0;
      other |= !isDigit(c) && c != '.' && c != ',' && !isSpace(c) && !isApostrophe(c);
    }
    if (from == to || text.charAt(from) == '+' || text.charAt(from) == '-') {
      return 0;
    }
    if (spaces + apostrophes == 0 && (points == 0 || commas == 0) && points + commas <= 1) {
      char decimal = commas == 0 ? '.' : ',';
      if (Double.isNaN(Numbers.parse(text, from, to, decimal))) {
        return 0;
      }
      int sign = text.indexOf(decimal, from);
      longest = other ? 0 : (sign >= from && sign < to ? sign : to) - from;
      if (points + commas == 0) {
        return ALL;
      }
      int known = commas == 0 ? POINT_READINGS : POINT_READINGS << COMMA;
      if (other || !isGrouped(to, decimal)) {
        return known;
      }
      return known | bit(commas == 0 ? COMMA : 0, OTHER);
    }
    if (other || (spaces > 0 && apostrophes > 0)) {
      return 0;
    }
    return groups(points, commas, spaces, apostrophes);
  }

  /// The readings of digits with more than one sign among them.
  private int groups(int points, int commas, int spaces, int apostrophes) {
    if (spaces + apostrophes > 0) {
      if (points + commas > 1) {
        return 0;
      }
      int sign = Math.max(text.indexOf('.', from), text.indexOf(',', from));
      int whole = points + commas == 1 && sign < to ? sign : to;
      if (!isGrouped(whole, spaces > 0 ? ' ' : '\'') || !allDigits(whole + 1)) {
        return 0;
      }
      int thousands = spaces > 0 ? SPACE : APOSTROPHE;
      return (commas == 0 ? bit(0, thousands) : 0) | (points == 0 ? bit(COMMA, thousands) : 0);
    }
    if (points == 0 || commas == 0) {
      char sign = points > 0 ? '.' : ',';
      return isGrouped(to, sign) ? bit(points > 0 ? COMMA : 0, OTHER) : 0;
    }
    int point = text.lastIndexOf('.', to - 1);
    int comma = text.lastIndexOf(',', to - 1);
    boolean byComma = comma > point;
    if ((byComma ? commas : points) > 1) {
      return 0;
    }
    int whole = Math.max(point, comma);
    return isGrouped(whole, byComma ? '.' : ',') && allDigits(whole + 1)
        ? bit(byComma ? COMMA : 0, OTHER)
        : 0;
  }

  /// Whether what stands before a place is one to three digits, and then groups of three after the
  /// same sign, or by commas, as in India, of two and at last of three; the first digit is no 0.
  private boolean isGrouped(int end, char sign) {
    if (from == end || text.charAt(from) < '1' || text.charAt(from) > '9') {
      return false;
    }
    int run = 0;
    int groups = 0;
    boolean threes = true;
    boolean pairs = sign == ',';
    char first = 0;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (isDigit(c)) {
        run++;
        continue;
      }
      boolean fits = sign == ' ' ? isSpace(c) : sign == '\'' ? isApostrophe(c) : c == sign;
      first = first == 0 ? c : first;
      if (!fits || c != first || run == 0) {
        return false;
      }
      threes &= groups == 0 ? run <= 3 : run == 3;
      pairs &= groups == 0 ? run <= 2 : run == 2;
      groups++;
      run = 0;
    }
    return groups > 0 && run == 3 && (threes || pairs);
  }

  private boolean allDigits(int start) {
    for (int i = start; i < to; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static int bit(int decimal, int thousands) {
    return 1 << (decimal + thousands);
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// Also those that no line is broken at.
  static boolean isSpace(char c) {
    return c == ' ' || c == '\u00a0' || c == '\u202f' || c == '\u2009';
  }

  static boolean isApostrophe(char c) {
    return c == '\'' || c == '’';
  }
}

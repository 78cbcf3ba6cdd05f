package dev.thalweg.data;

/// Decimal numbers as everyone writes them: an optional sign, digits with or without a decimal sign
/// among or before them, an optional exponent. No NaN, no infinity, no 0x1p3, no 1d, no grouping of
/// thousands.
final class Numbers {

  // Up to this, every whole number is a double, and so are the powers of ten.
  private static final long EXACT = 1L << 53;
  private static final double[] POWERS = powers();

  private Numbers() {}

  private static double[] powers() {
    var powers = new double[23];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }

  /// Whether a text is a number with a decimal point.
  static boolean isNumber(String text) {
    return !Double.isNaN(parse(text, 0, text.length(), '.'));
  }

  /// The number that a part of a text stands for, rounded correctly; NaN where it is none.
  ///
  /// @param decimal the sign between whole and fraction: a point or a comma
  static double parse(String text, int start, int end, char decimal) {
    int i = start;
    boolean negative = i < end && text.charAt(i) == '-';
    if (i < end && (negative || text.charAt(i) == '+')) {
      i++;
    }
    long digits = 0;
    int fraction = 0;
    boolean any = false;
    boolean exact = true;
    boolean point = false;
    for (; i < end; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        any = true;
        exact &= digits < EXACT / 10;
        digits = exact ? digits * 10 + (c - '0') : digits;
        fraction += point ? 1 : 0;
      } else if (c == decimal && !point) {
        point = true;
      } else {
        break;
      }
    }
    if (!any) {
      return Double.NaN;
    }
    int exponent = 0;
    if (i < end && (text.charAt(i) | 0x20) == 'e') {
      i++;
      boolean small = i < end && text.charAt(i) == '-';
      if (i < end && (small || text.charAt(i) == '+')) {
        i++;
      }
      if (i == end) {
        return Double.NaN;
      }
      for (; i < end; i++) {
        char c = text.charAt(i);
        if (c < '0' || c > '9') {
          return Double.NaN;
        }
        exponent = Math.min(exponent * 10 + (c - '0'), 1 << 20);
      }
      exponent = small ? -exponent : exponent;
    }
    if (i < end) {
      return Double.NaN;
    }
    int power = exponent - fraction;
    if (exact && power > -POWERS.length && power < POWERS.length) {
      // Both are doubles, so their product or quotient is rounded once.
      double value = power < 0 ? digits / POWERS[-power] : digits * POWERS[power];
      return negative ? -value : value;
    }
    String number = text.substring(start, end);
    return Double.parseDouble(decimal == '.' ? number : number.replace(decimal, '.'));
  }
}

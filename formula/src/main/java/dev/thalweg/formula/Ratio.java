package dev.thalweg.formula;

/// A constant factor or exponent while a formula is simplified: a fraction of whole numbers as long
/// as they are exact in double, else one rounded number over 1.
final class Ratio {
  static final Ratio ZERO = new Ratio(0, 1);
  static final Ratio ONE = new Ratio(1, 1);

  private static final double LARGEST = 0x1p53;

  private final double over;
  private final double under;

  private Ratio(double over, double under) {
    this.over = over;
    this.under = under;
  }

  static Ratio of(double value) {
    return new Ratio(value + 0.0, 1);
  }

  /// In lowest terms, the denominator positive.
  static Ratio of(double over, double under) {
    if (!isWhole(over) || !isWhole(under) || under == 0) {
      return of(over / under);
    }
    double divisor =
        Math.copySign((double) divisor((long) Math.abs(over), (long) Math.abs(under)), under);
    return new Ratio(over / divisor + 0.0, under / divisor);
  }

  double over() {
    return over;
  }

  double under() {
    return under;
  }

  double value() {
    return over / under;
  }

  boolean isZero() {
    return over == 0;
  }

  boolean isOne() {
    return over == 1 && under == 1;
  }

  boolean is(double value) {
    return value() == value;
  }

  boolean isNegative() {
    return over < 0;
  }

  boolean isWhole() {
    return under == 1 && isWhole(over);
  }

  /// Whether it is a fraction of whole numbers.
  boolean isFraction() {
    return isWhole(over);
  }

  boolean isEven() {
    return isWhole() && over % 2 == 0;
  }

  boolean isFinite() {
    return Double.isFinite(over);
  }

  Ratio plus(Ratio other) {
    double a = over * other.under;
    double b = other.over * under;
    double common = under * other.under;
    return isWhole(a) && isWhole(b) && isWhole(common) && isWhole(a + b)
        ? of(a + b, common)
        : of(value() + other.value());
  }

  Ratio times(Ratio other) {
    double a = over * other.over;
    double b = under * other.under;
    return isWhole(a) && isWhole(b) ? of(a, b) : of(value() * other.value());
  }

  Ratio negative() {
    return new Ratio(0.0 - over, under);
  }

  Ratio inverse() {
    return of(under, over);
  }

  Ratio magnitude() {
    return isNegative() ? negative() : this;
  }

  /// This to a whole power, by repeated squaring.
  Ratio power(double exponent) {
    Ratio base = exponent < 0 ? inverse() : this;
    Ratio result = ONE;
    for (double rest = Math.abs(exponent); rest > 0 && base.isFinite(); ) {
      if (rest % 2 == 1) {
        result = result.times(base);
      }
      rest = Math.floor(rest / 2);
      if (rest > 0) {
        base = base.times(base);
      }
    }
    return base.isFinite() ? result : base;
  }

  /// Whole, and small enough to be exact.
  private static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) < LARGEST;
  }

  private static long divisor(long a, long b) {
    long x = a;
    long y = b;
    while (y != 0) {
      long rest = x % y;
      x = y;
      y = rest;
    }
    return x;
  }
}

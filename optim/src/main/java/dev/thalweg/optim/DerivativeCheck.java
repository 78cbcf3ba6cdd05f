package dev.thalweg.optim;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// A gradient compared with differences of the function: the coordinate where they are farthest
/// apart.
///
/// The differences are central ones, (f(x + h) − f(x − h)) / 2h, for h halved again and again,
/// extrapolated to h = 0 by Richardson's rule; of all extrapolations the one is taken that differs
/// least from its neighbours, and that difference, with what rounding can do, is the uncertainty. A
/// function that isn't the same each time it is asked at one point is uncertain by that too.
/// Ridders, "Accurate computation of F′(x) and F′(x)F″(x)", Advances in Engineering Software 4
/// (1982) 75.
///
/// ```java
/// var check = DerivativeCheck.of(x -> x[0] * x[0], x -> new double[] {x[0]}, new double[] {3});
/// check.agrees();      // false: given 3, measured 6
/// ```
///
/// @param worst the coordinate
/// @param given the derivative there as it was given
/// @param measured the derivative there by differences
/// @param uncertainty of `measured`, in its unit
/// @param checked how many coordinates were compared
/// @param size how many there are
public record DerivativeCheck(
    int worst, double given, double measured, double uncertainty, int checked, int size) {
  /// The part of the larger one that the two may differ by.
  private static final double TOLERANCE = 1e-6;

  private static final int HALVINGS = 20;

  /// The least part of the first step that is tried where the function has no value farther away.
  private static final double SMALLEST = 0x1p-80;

  /// Compares all coordinates.
  ///
  /// @param function of as many numbers as `x` has; it gets a copy
  /// @param gradient its partial derivatives, in the same order; it gets a copy
  /// @param x where; not changed
  /// @throws IllegalArgumentException if `x` is empty or not finite, the gradient has another
  ///   length, or the function has no finite value there
  public static DerivativeCheck of(
      ToDoubleFunction<double[]> function, Function<double[], double[]> gradient, double[] x) {
    return of(function, gradient, x, x.length);
  }

  /// Compares some coordinates, evenly spread.
  ///
  /// @param most how many at most, at least 1
  /// @throws IllegalArgumentException as [#of(ToDoubleFunction, Function, double[])]
  public static DerivativeCheck of(
      ToDoubleFunction<double[]> function,
      Function<double[], double[]> gradient,
      double[] x,
      int most) {
    if (x.length == 0 || most < 1) {
      throw new IllegalArgumentException("gradient: expected a coordinate to check, found none");
    }
    double value = function.applyAsDouble(x.clone());
    if (!Double.isFinite(Descent.norm(x)) || !Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "gradient: can't be checked where the value is %s".formatted(NumberText.of(value)));
    }
    double[] given = new double[x.length];
    Objective.of(function, gradient, x.length).gradient(x, given);
    double noise =
        Math.abs(function.applyAsDouble(x.clone()) - value)
            + Math.abs(function.applyAsDouble(x.clone()) - value);
    int count = Math.min(most, x.length);
    DerivativeCheck worst = null;
    for (int k = 0; k < count; k++) {
      int i = (int) ((long) k * x.length / count);
      DerivativeCheck check = coordinate(function, x, i, given[i], noise, count);
      if (worst == null || check.excess() > worst.excess()) {
        worst = check;
      }
    }
    return Objects.requireNonNull(worst);
  }

  /// Whether the two differ by no more than a millionth, or than the uncertainty.
  public boolean agrees() {
    return excess() <= 1;
  }

  /// |given − measured| as a part of the larger of the two; 0 where both are 0.
  public double relativeError() {
    double larger = Math.max(Math.abs(given), Math.abs(measured));
    return given == measured ? 0 : Math.abs(given - measured) / larger;
  }

  /// How many times as far apart as allowed; a NaN is infinitely far.
  private double excess() {
    double larger = Math.max(Math.abs(given), Math.abs(measured));
    double allowed = TOLERANCE * larger + uncertainty;
    double apart = Math.abs(given - measured);
    if (apart <= allowed) {
      return allowed == 0 ? 0 : apart / allowed;
    }
    return Double.isNaN(apart) || allowed == 0 ? Double.POSITIVE_INFINITY : apart / allowed;
  }

  private static DerivativeCheck coordinate(
      ToDoubleFunction<double[]> function,
      double[] x,
      int i,
      double given,
      double noise,
      int checked) {
    double[][] table = new double[HALVINGS][];
    double best = Double.NaN;
    double error = Double.POSITIVE_INFINITY;
    double h = firstStep(function, x, i);
    for (int row = 0; row < HALVINGS; row++, h /= 2) {
      table[row] = new double[row + 1];
      double above = at(function, x, i, x[i] + h);
      double below = at(function, x, i, x[i] - h);
      double larger = Math.max(Math.abs(above), Math.abs(below));
      double rounding = (Math.ulp(1.0) * larger + noise) / h;
      table[row][0] = (above - below) / ((x[i] + h) - (x[i] - h));
      double power = 4;
      for (int column = 1; column <= row; column++, power *= 4) {
        double left = table[row][column - 1];
        double upper = table[row - 1][column - 1];
        double better = left + (left - upper) / (power - 1);
        table[row][column] = better;
        double off = Math.max(Math.abs(better - left), Math.abs(better - upper)) + 4 * rounding;
        if (off < error) {
          error = off;
          best = better;
        }
      }
    }
    return new DerivativeCheck(i, given, best, error, checked, x.length);
  }

  /// An eighth of |x| or 1, or as much less as it takes for the function to have values there.
  private static double firstStep(ToDoubleFunction<double[]> function, double[] x, int i) {
    double first = Math.scalb(1.0, Math.max(Math.getExponent(x[i]), 0) - 3);
    double h = first;
    while (h > first * SMALLEST
        && !(Double.isFinite(at(function, x, i, x[i] + h))
            && Double.isFinite(at(function, x, i, x[i] - h)))) {
      h /= 2;
    }
    return h;
  }

  private static double at(ToDoubleFunction<double[]> function, double[] x, int i, double value) {
    double[] moved = x.clone();
    moved[i] = value;
    return function.applyAsDouble(moved);
  }

  /// `the derivative by x[1] is given as 3, by differences it is 6; the worst of 2 coordinates`
  @Override
  public String toString() {
    String of = checked == size ? "" : " looked at of " + size;
    return String.format(
        Locale.ROOT,
        "the derivative by x[%d] is given as %s, by differences it is %s; the worst of %d"
            + " coordinates%s",
        worst,
        NumberText.of(given),
        rounded(measured),
        checked,
        of);
  }

  /// As many digits as are certain, at most 12.
  private String rounded(double number) {
    if (!Double.isFinite(number) || number == 0) {
      return NumberText.of(number);
    }
    double digits = Math.log10(Math.abs(number) / Math.max(uncertainty, Double.MIN_NORMAL));
    int shown = (int) Math.clamp(digits, 1, 12);
    return NumberText.of(new BigDecimal(number).round(new MathContext(shown)).doubleValue());
  }
}

package dev.thalweg.kernels;

/// The elementary functions of F64: [StrictMath] where it has them, so the same bits on every
/// machine, and our own error function.
public final class Float64Functions {
  private static final double SQRT_HALF = Math.sqrt(0.5);

  /// erfc(z) = t exp(−z² + P(u)), t = 2/(2+z) in [1/15, 1] mapped to u in [−1, 1], P a series of
  /// Chebyshev polynomials; computed in 40 digits by `tools/polynomials.py`.
  private static final double[] CHEBYSHEV = {
    -1.224225593895105,
    0.6066093233955929,
    0.0140721642657179,
    -0.008309243808055465,
    -0.0005536038880311841,
    0.0002912283504420601,
    1.6327895657316842e-05,
    -1.4009715542737064e-05,
    -3.741121336050479e-08,
    7.328204590957598e-07,
    -5.696809232795093e-08,
    -3.559657518631908e-08,
    6.844866119394046e-09,
    1.2903532564413175e-09,
    -5.505184661144976e-10,
    -4.989915225539563e-12,
    3.263457327734244e-11,
    -4.3459085348560314e-12,
    -1.2199958863280867e-12,
    4.3561126044838e-13,
    -3.2351977925595395e-15,
    -2.3088780841593068e-14,
    4.280159391996306e-15,
    3.783600458528094e-16,
    -2.8591057657366927e-16,
    4.351653701352541e-17
  };

  private Float64Functions() {}

  /// 2/√π ∫₀ˣ exp(−t²) dt, within 1e-15 of the result: the Maclaurin series where |x| < 0.5, else 1
  /// − [#erfc].
  public static double erf(double x) {
    double a = Math.abs(x);
    if (!(a < 0.5)) {
      double y = 1 - erfc(a);
      return x < 0 ? -y : y;
    }
    double z = x * x;
    double term = 1;
    double sum = 1;
    for (int i = 1; i < 16; i++) {
      term *= -z / i;
      sum += term / (2 * i + 1);
    }
    return x * sum * (2 / Math.sqrt(Math.PI));
  }

  /// 1 − erf(x), within 1e-13 of the result down to 1e-300.
  public static double erfc(double x) {
    if (x < 0) {
      return 2 - erfc(-x);
    }
    if (x > 27.3) {
      return 0;
    }
    double t = 2 / (2 + x);
    return t * StrictMath.exp(-x * x + series(t));
  }

  /// P at t = 2/(2+z).
  private static double series(double t) {
    double lowest = 2.0 / 30;
    double u = 2 * (t - lowest) / (1 - lowest) - 1;
    double b1 = 0;
    double b2 = 0;
    for (int j = CHEBYSHEV.length - 1; j > 0; j--) {
      double b = 2 * u * b1 - b2 + CHEBYSHEV[j];
      b2 = b1;
      b1 = b;
    }
    return u * b1 - b2 + CHEBYSHEV[0] / 2;
  }

  /// 1 / (1 + e⁻ˣ).
  public static double sigmoid(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }

  /// log(1 + eˣ).
  public static double softplus(double x) {
    return (x > 0 ? x : 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  /// x Φ(x), Φ being the normal distribution function, within 6 ulp wherever it is a normal number;
  /// −0 far out on the left, at −∞ too.
  public static double gelu(double x) {
    if (!(x < 0)) {
      return 0.5 * x * erfc(-x * SQRT_HALF);
    }
    double square = x * x;
    if (square > 1500) {
      return -0.0;
    }
    // exp(−x²/2) of x² and what it was rounded by: in the tail a rounding of x² is a thousand ulp
    double rounding = Math.fma(x, x, -square);
    double t = 2 / (2 - x * SQRT_HALF);
    double tail = t * StrictMath.exp(series(t) - 0.5 * rounding);
    return 0.5 * x * tail * StrictMath.exp(-0.5 * square);
  }
}

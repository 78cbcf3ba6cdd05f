package dev.thalweg.train;

import java.util.stream.DoubleStream;

/// How private steps were that add normal noise to a sum of clipped gradients (`dp`): the (ε, δ) of
/// differential privacy by way of Rényi divergences. Mironov, Talwar & Zhang 2019, arXiv
/// 1908.10530, for batches of the Poisson sampling: each example is in each of them with the
/// probability `rate`, by itself; Canonne, Kamath & Steinke 2020, arXiv 2004.00010, proposition 12,
/// for ε. Two data sets are neighbours where one has an example more.
///
/// The divergence of one step is the expectation of a power, which is integrated here; it is the
/// series that `dp-accounting` and Opacus add up, at the orders of `dp-accounting`.
public final class PrivacyAccountant {
  private static final double[] ORDERS =
      DoubleStream.concat(
              DoubleStream.iterate(11, tenth -> tenth + 1).limit(99).map(tenth -> tenth / 10),
              DoubleStream.concat(
                  DoubleStream.iterate(11, order -> order + 1).limit(53),
                  DoubleStream.of(128, 256, 512, 1024)))
          .toArray();

  /// Points of the integral in one standard deviation of the noise.
  private static final int FINE = 16;

  /// Standard deviations beyond which the integral is nothing.
  private static final int FAR = 14;

  private PrivacyAccountant() {}

  /// ε of so many steps on Poisson samples; infinite without noise.
  ///
  /// @param noise standard deviation, in units of the clipped norm
  /// @param rate the probability that an example is in a batch
  /// @param steps at least 0
  /// @param delta in (0, 1)
  /// @throws IllegalArgumentException if one is out of its range
  public static double epsilon(double noise, double rate, long steps, double delta) {
    check("noise", noise, noise >= 0 && noise < Double.POSITIVE_INFINITY, "at least 0");
    check("rate", rate, rate >= 0 && rate <= 1, "in [0, 1]");
    check("steps", (double) steps, steps >= 0, "at least 0");
    check("delta", delta, delta > 0 && delta < 1, "in (0, 1)");
    if (steps == 0 || rate == 0) {
      return 0;
    }
    if (noise == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double least = Double.POSITIVE_INFINITY;
    for (double order : ORDERS) {
      least = Math.min(least, epsilon(order, steps * divergence(noise, rate, order), delta));
    }
    return least;
  }

  private static void check(String name, double value, boolean right, String range) {
    if (!right) {
      throw new IllegalArgumentException(
          "privacy: %s must be %s, found %s".formatted(name, range, value));
    }
  }

  /// ε by a divergence of one order.
  private static double epsilon(double order, double divergence, double delta) {
    if (delta * delta + Math.expm1(-divergence) > 0) {
      return 0; // the total variation is below δ
    }
    double epsilon = divergence + Math.log1p(-1 / order) - Math.log(delta * order) / (order - 1);
    return Math.max(0, epsilon);
  }

  /// The Rényi divergence of one step: log E[((1 − q) + q exp((2z − 1)/(2σ²)))^α] / (α − 1), z
  /// normal with the deviation σ.
  ///
  /// @param noise σ
  /// @param rate q
  /// @param order α, above 1
  static double divergence(double noise, double rate, double order) {
    double variance = noise * noise;
    if (rate == 1) {
      return order / (2 * variance);
    }
    double step = noise / FINE;
    long first = (long) Math.floor(-FAR * noise / step);
    long last = (long) Math.ceil((order + FAR * noise) / step);
    double largest = Double.NEGATIVE_INFINITY;
    for (long i = first; i <= last; i++) {
      largest = Math.max(largest, logarithm(i * step, variance, rate, order));
    }
    double sum = 0;
    for (long i = first; i <= last; i++) {
      sum += Math.exp(logarithm(i * step, variance, rate, order) - largest);
    }
    double moment = largest + Math.log(sum * step / (noise * Math.sqrt(2 * Math.PI)));
    return Math.max(0, moment) / (order - 1);
  }

  /// Of what is integrated, without the constant of the density.
  private static double logarithm(double z, double variance, double rate, double order) {
    double exponent = (2 * z - 1) / (2 * variance);
    double inside =
        exponent > 0
            ? exponent + Math.log(rate + (1 - rate) * Math.exp(-exponent))
            : Math.log1p(rate * Math.expm1(exponent));
    return -z * z / (2 * variance) + order * inside;
  }
}

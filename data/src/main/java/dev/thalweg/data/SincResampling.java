package dev.thalweg.data;

/// Samples at another rate by a windowed sinc; [Sound#resampled] has the formula. Rates are divided
/// by their greatest common divisor, old and new; the weights around a new sample depend on its
/// place modulo new, and are computed once for each.
final class SincResampling {

  /// How many zeros of the sinc there are on each side.
  private static final int ZEROS = 6;

  /// What of the lower rate's half passes.
  private static final double ROLL_OFF = 0.99;

  private SincResampling() {}

  static double[] of(double[] x, int from, int to) {
    int divisor = gcd(from, to);
    int old = from / divisor;
    int fresh = to / divisor;
    long length = Math.ceilDiv((long) x.length * fresh, (long) old);
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "resampled: expected at most %,d samples, found %,d"
              .formatted(Integer.MAX_VALUE - 8, length));
    }
    double base = Math.min(old, fresh) * ROLL_OFF;
    double reach = ZEROS * old / base;
    var weights = new double[(int) Math.min(fresh, length)][];
    var y = new double[(int) length];
    for (int j = 0; j < y.length; j++) {
      int phase = j % fresh;
      double place = (double) phase * old / fresh;
      int first = (int) Math.ceil(place - reach);
      double[] taps = weights[phase];
      if (taps == null) {
        taps = weights(place, first, reach, base / old);
        weights[phase] = taps;
      }
      long begin = (long) (j / fresh) * old + first;
      int low = (int) Math.max(0, -begin);
      int high = (int) Math.min(taps.length, x.length - begin);
      double sum = 0;
      for (int i = low; i < high; i++) {
        sum += x[(int) (begin + i)] * taps[i];
      }
      y[j] = sum;
    }
    return y;
  }

  private static double[] weights(double place, int first, double reach, double scale) {
    int last = (int) Math.floor(place + reach);
    var taps = new double[last - first + 1];
    for (int i = 0; i < taps.length; i++) {
      double t = (first + i - place) * scale;
      double window = StrictMath.cos(Math.PI * t / ZEROS / 2);
      double sinc = t == 0 ? 1 : StrictMath.sin(Math.PI * t) / (Math.PI * t);
      taps[i] = scale * sinc * window * window;
    }
    return taps;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}

package dev.thalweg.optim.minimize;

/// The search along a line of Optax 0.2.8, `scale_by_zoom_linesearch`: longer and longer steps
/// until there is an interval with a step as it is wanted, then smaller and smaller intervals.
/// Nocedal & Wright 2006, algorithms 3.5 and 3.6; near a minimum the conditions of Hager & Zhang
/// 2005.
final class Zoom {
  private static final double DECREASE = 1e-4;
  private static final double CURVATURE = 0.9;
  private static final double NEAR = 1e-6;
  private static final double NARROW = 1e-5;

  private final Line line;
  private final Line.Place begin;

  Zoom(Line line) {
    this.line = line;
    begin = line.begin();
  }

  /// How far to go.
  ///
  /// @param guess the first step that is tried
  /// @param most how often the function is looked at
  double length(double guess, int most) {
    Line.Place safe = begin;
    Line.Place low = begin;
    Line.Place high = begin;
    Line.Place reference = begin;
    Line.Place now = begin;
    boolean found = false;
    boolean done = false;
    boolean failed = false;
    for (int count = 0; !done && !failed; count++) {
      Line.Place before = now;
      if (!found) {
        now = line.look(count == 0 ? guess : 2 * before.step());
        safe = falls(now) ? now : safe;
        done = falls(now) && isFlat(now);
        boolean isHigh = !falls(now) || (now.value() >= before.value() && count > 0);
        boolean rises = now.slope() >= 0 && !isHigh;
        found = isHigh || rises;
        low = rises ? now : before;
        high = rises ? before : now;
        reference = low;
        failed = count + 1 >= most;
      } else {
        boolean narrow = Math.abs(high.step() - low.step()) <= NARROW;
        now = line.look(middle(low, high, reference));
        safe = falls(now) && now.value() < safe.value() ? now : safe;
        done = falls(now) && isFlat(now);
        boolean isHigh = !falls(now) || now.value() >= low.value();
        boolean turns = !isHigh && now.slope() * (high.step() - low.step()) >= 0;
        reference = isHigh || turns ? high : low;
        high = isHigh ? now : turns ? low : high;
        low = isHigh ? low : now;
        failed = count + 1 >= most || (narrow && safe.step() > 0);
      }
    }
    boolean outside = Double.isInfinite(error(now));
    return !done && (safe.step() > 0 || outside) ? safe.step() : now.step();
  }

  private boolean falls(Line.Place place) {
    return error(place) <= 0;
  }

  /// How far the value is from having fallen by enough; infinity where it is no number.
  private double error(Line.Place place) {
    double error = place.value() - begin.value() - DECREASE * place.step() * begin.slope();
    double near =
        Math.max(
            place.slope() - (2 * DECREASE - 1) * begin.slope(),
            place.value() - begin.value() - NEAR * Math.abs(begin.value()));
    double least = Math.max(Math.min(near, error), 0);
    return Double.isNaN(least) ? Double.POSITIVE_INFINITY : least;
  }

  private boolean isFlat(Line.Place place) {
    return Math.abs(place.slope()) <= CURVATURE * Math.abs(begin.slope());
  }

  /// Where a cubic or a quadratic is least, if that is not near the ends of the interval, else the
  /// middle.
  private static double middle(Line.Place low, Line.Place high, Line.Place reference) {
    double left = Math.min(low.step(), high.step());
    double right = Math.max(low.step(), high.step());
    double cubic = cubic(low, high, reference);
    if (cubic > left + 0.2 * (right - left) && cubic < right - 0.2 * (right - left)) {
      return cubic;
    }
    double quadratic = quadratic(low, high);
    if (quadratic > left + 0.1 * (right - left) && quadratic < right - 0.1 * (right - left)) {
      return quadratic;
    }
    return (low.step() + high.step()) / 2;
  }

  /// By the values at three places and the slope at the first; no number where it has no least.
  private static double cubic(Line.Place a, Line.Place b, Line.Place c) {
    double db = b.step() - a.step();
    double dc = c.step() - a.step();
    double first = b.value() - a.value() - a.slope() * db;
    double second = c.value() - a.value() - a.slope() * dc;
    double below = db * dc * (db * dc) * (db - dc);
    double third = (dc * dc * first - db * db * second) / below;
    double square = (db * db * db * second - dc * dc * dc * first) / below;
    return a.step() + (Math.sqrt(square * square - 3 * third * a.slope()) - square) / (3 * third);
  }

  /// By the values at two places and the slope at the first.
  private static double quadratic(Line.Place a, Line.Place b) {
    double db = b.step() - a.step();
    double square = (b.value() - a.value() - a.slope() * db) / (db * db);
    return a.step() - a.slope() / (2 * square);
  }
}

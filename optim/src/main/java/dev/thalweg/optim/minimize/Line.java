package dev.thalweg.optim.minimize;

/// A search along a line: how far, and what is there.
final class Line {
  private static final double ARMIJO = 1e-4;

  private final Space space;
  private final double[] from;
  private final double[] direction;

  /// The value, the slope and the gradient where the line begins.
  private final Place begin;

  /// How often the function was looked at.
  private int evaluations;

  /// A place on the line.
  ///
  /// @param step its distance in units of the direction
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Place(double step, double value, double slope, double[] gradient) {}

  /// @param slope of the line, gᵀd, negative
  Line(
      Space space,
      double[] from,
      double[] direction,
      double value,
      double[] gradient,
      double slope) {
    this.space = space;
    this.from = from;
    this.direction = direction;
    begin = new Place(0, value, slope, gradient);
  }

  int evaluations() {
    return evaluations;
  }

  Place begin() {
    return begin;
  }

  Place look(double step) {
    evaluations++;
    double[] gradient = new double[from.length];
    double value = space.evaluate(Vectors.along(from, step, direction), gradient);
    double slope = Double.isFinite(value) ? Vectors.dot(gradient, direction) : Double.NaN;
    return new Place(step, value, slope, gradient);
  }

  /// The value has not fallen by enough.
  private boolean isHigh(Place place) {
    return !(place.value <= begin.value + ARMIJO * place.step * begin.slope);
  }

  private boolean isFlat(Place place, double curvature) {
    return Math.abs(place.slope) <= -curvature * begin.slope;
  }

  /// The first of t, t/2, t/4 … where the value has fallen by enough; the beginning where none has.
  Place backtracking(double t, int most) {
    double step = t;
    for (int i = 0; i < most; i++) {
      Place place = look(step);
      if (!isHigh(place)) {
        return place;
      }
      step /= 2;
    }
    return begin;
  }

  /// A place where both conditions hold, or the best that was found.
  ///
  /// @param t the first step
  /// @param curvature c₂
  /// @param tolerance a bracket whose largest move is smaller ends the search
  /// @param most steps behind the first
  Place strongWolfe(double t, double curvature, double tolerance, int most) {
    Place before = begin;
    Place now = look(t);
    int count = 0;
    boolean found = false;
    while (count < most) {
      if (isHigh(now) || (count > 1 && now.value >= before.value) || now.slope >= 0) {
        found = !isHigh(now) && !(count > 1 && now.value >= before.value) && isFlat(now, curvature);
        break;
      }
      if (isFlat(now, curvature)) {
        found = true;
        break;
      }
      double next =
          interpolated(before, now, now.step + 0.01 * (now.step - before.step), now.step * 10);
      before = now;
      now = look(next);
      count++;
    }
    if (found) {
      return now;
    }
    Place other = count == most ? begin : before;
    boolean ordered = other.value <= now.value;
    return zoomed(ordered ? other : now, ordered ? now : other, curvature, tolerance, most - count);
  }

  private Place zoomed(Place low, Place high, double curvature, double tolerance, int most) {
    double widest = Vectors.largest(direction);
    boolean stuck = false;
    for (int count = 0; count < most; count++) {
      double least = Math.min(low.step, high.step);
      double greatest = Math.max(low.step, high.step);
      if ((greatest - least) * widest < tolerance) {
        break;
      }
      double step = interpolated(low, high, least, greatest);
      double margin = 0.1 * (greatest - least);
      if (Math.min(greatest - step, step - least) < margin) {
        if (stuck || step >= greatest || step <= least) {
          step =
              Math.abs(step - greatest) < Math.abs(step - least)
                  ? greatest - margin
                  : least + margin;
          stuck = false;
        } else {
          stuck = true;
        }
      } else {
        stuck = false;
      }
      Place place = look(step);
      if (isHigh(place) || place.value >= low.value) {
        high = place;
        if (!(low.value <= high.value)) {
          Place other = low;
          low = high;
          high = other;
        }
      } else {
        if (isFlat(place, curvature)) {
          return place;
        }
        if (place.slope * (high.step - low.step) >= 0) {
          high = low;
        }
        low = place;
      }
    }
    return low;
  }

  /// Where the cubic through the values and slopes of two places is least, within bounds; their
  /// middle where it has no such point.
  private static double interpolated(Place one, Place other, double least, double greatest) {
    Place left = one.step <= other.step ? one : other;
    Place right = one.step <= other.step ? other : one;
    double across = left.step - right.step;
    double d1 = left.slope + right.slope - 3 * (left.value - right.value) / across;
    double square = d1 * d1 - left.slope * right.slope;
    if (!(square >= 0) || !Double.isFinite(square)) {
      return (least + greatest) / 2;
    }
    double d2 = Math.sqrt(square);
    double at =
        right.step + across * ((right.slope + d2 - d1) / (right.slope - left.slope + 2 * d2));
    return Math.min(Math.max(at, least), greatest);
  }
}

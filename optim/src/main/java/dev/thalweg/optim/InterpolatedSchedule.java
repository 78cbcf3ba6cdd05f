package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;
import java.util.Collections;
import java.util.List;

/// Through given values at given positions, on a curve between each two; the first value before the
/// first position, the last after the last.
///
/// Positions need not be whole: PyTorch's `OneCycleLR` has its peak at 0.3 · steps − 1. Optax's
/// `piecewise_interpolate_schedule`.
///
/// @param values finite, at least one
/// @param positions in steps, as many as values, none less than the one before. Where two are
///   equal, the value jumps, and has the later one there
/// @param curve LINEAR by default
public record InterpolatedSchedule(List<Double> values, List<Double> positions, Curve curve)
    implements Schedule {

  /// Copies the lists.
  ///
  /// @throws IllegalArgumentException if there are not as many positions as values or none, these
  ///   decrease, or a number is not finite
  public InterpolatedSchedule {
    values = List.copyOf(values);
    positions = List.copyOf(positions);
    if (values.isEmpty() || values.size() != positions.size()) {
      throw new IllegalArgumentException(
          "interpolated: expected as many positions as values, found %d values and %d positions"
              .formatted(values.size(), positions.size()));
    }
    for (double value : values) {
      ScheduleLimit.FINITE.check("interpolated: a value", value);
    }
    double last = Double.NEGATIVE_INFINITY;
    for (double position : positions) {
      ScheduleLimit.FINITE.check("interpolated: a position", position);
      if (position < last) {
        throw new IllegalArgumentException(
            "interpolated: positions must not decrease, found %s after %s"
                .formatted(NumberText.of(position), NumberText.of(last)));
      }
      last = position;
    }
  }

  @Override
  public double at(long step) {
    int next = 0;
    while (next < positions.size() && positions.get(next) <= step) {
      next++;
    }
    if (next == 0 || next == positions.size()) {
      return values.get(Math.max(next - 1, 0));
    }
    double from = positions.get(next - 1);
    double s = (step - from) / (positions.get(next) - from);
    return curve.between(values.get(next - 1), values.get(next), s);
  }

  @Override
  public double least() {
    return Collections.min(values);
  }

  @Override
  public double greatest() {
    return Collections.max(values);
  }

  @Override
  public CallValue toValue() {
    return new ScheduleCall("interpolated")
        .with(values)
        .with(positions)
        .with("curve", curve, Curve.LINEAR)
        .toCall();
  }

  @Override
  public String toString() {
    return toValue().toString();
  }
}

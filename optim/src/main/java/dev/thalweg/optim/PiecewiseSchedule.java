package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;
import java.util.Collections;
import java.util.List;

/// Constants, one after the other: as many boundaries as were passed, so far along the values.
///
/// @param values one more than boundaries; finite
/// @param boundaries steps, none less than the one before
/// @param boundary whether the step with a boundary's number has the next value already; AT by
///   default
public record PiecewiseSchedule(List<Double> values, List<Long> boundaries, Boundary boundary)
    implements Schedule {

  /// Copies the lists.
  ///
  /// @throws IllegalArgumentException if there is not one value more than boundaries, these
  ///   decrease, or a value is not finite
  public PiecewiseSchedule {
    values = List.copyOf(values);
    boundaries = List.copyOf(boundaries);
    if (values.size() != boundaries.size() + 1) {
      throw new IllegalArgumentException(
          "piecewise: expected one value more than boundaries, found %d values and %d boundaries"
              .formatted(values.size(), boundaries.size()));
    }
    for (double value : values) {
      ScheduleLimit.FINITE.check("piecewise: a value", value);
    }
    JoinedSchedule.checkBoundaries("piecewise", 0, boundaries);
  }

  /// The same with another convention.
  public PiecewiseSchedule withBoundary(Boundary boundary) {
    return new PiecewiseSchedule(values, boundaries, boundary);
  }

  @Override
  public double at(long step) {
    long passed = boundary == Boundary.AT ? step : step - 1;
    int piece = 0;
    while (piece < boundaries.size() && boundaries.get(piece) <= passed) {
      piece++;
    }
    return values.get(piece);
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
    return new ScheduleCall("piecewise")
        .with(values)
        .with(boundaries)
        .with("boundary", boundary, Boundary.AT)
        .toCall();
  }

  @Override
  public String toString() {
    return toValue().toString();
  }
}

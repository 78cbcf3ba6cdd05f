package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;
import java.util.ArrayList;
import java.util.List;

/// Schedules one after the other, each beginning at its own step 0: the part i from step
/// `boundaries[i − 1]` on. Optax' `join_schedules`.
///
/// @param parts at least one
/// @param boundaries one less than parts; at least 0, none less than the one before
public record JoinedSchedule(List<Schedule> parts, List<Long> boundaries) implements Schedule {

  /// Copies the lists.
  ///
  /// @throws IllegalArgumentException if there is not one part more than boundaries, or these
  ///   decrease
  public JoinedSchedule {
    parts = List.copyOf(parts);
    boundaries = List.copyOf(boundaries);
    if (parts.size() != boundaries.size() + 1) {
      throw new IllegalArgumentException(
          "then: expected one schedule more than boundaries, found %d schedules and %d boundaries"
              .formatted(parts.size(), boundaries.size()));
    }
    checkBoundaries("then", 0, boundaries);
  }

  /// @throws IllegalArgumentException if one is less than the one before
  static void checkBoundaries(String name, long least, List<Long> boundaries) {
    long last = least;
    for (long boundary : boundaries) {
      ScheduleLimit.checkSteps(name + ": a boundary", least, boundary);
      if (boundary < last) {
        throw new IllegalArgumentException(
            name + ": boundaries must not decrease, found " + boundary + " after " + last);
      }
      last = boundary;
    }
  }

  @Override
  public double at(long step) {
    int part = boundaries.size();
    while (part > 0 && step < boundaries.get(part - 1)) {
      part--;
    }
    return parts.get(part).at(part == 0 ? step : step - boundaries.get(part - 1));
  }

  @Override
  public boolean isResolved() {
    for (Schedule part : parts) {
      if (!part.isResolved()) {
        return false;
      }
    }
    return true;
  }

  /// Each part without a length ends where the next one begins, the last one with the run.
  @Override
  public Schedule resolved(long totalSteps) {
    ScheduleLimit.checkSteps("then: the run's steps", 1, totalSteps);
    if (isResolved()) {
      return this;
    }
    var resolved = new ArrayList<Schedule>();
    for (int i = 0; i < parts.size(); i++) {
      long begin = i == 0 ? 0 : boundaries.get(i - 1);
      long end = i == boundaries.size() ? totalSteps : boundaries.get(i);
      Schedule part = parts.get(i);
      if (!part.isResolved() && end <= begin) {
        throw new IllegalArgumentException(
            "then: %s begins at step %d, and the run has %d steps".formatted(part, begin, end));
      }
      resolved.add(part.isResolved() ? part : part.resolved(end - begin));
    }
    return new JoinedSchedule(resolved, boundaries);
  }

  @Override
  public double least() {
    double least = Double.POSITIVE_INFINITY;
    for (Schedule part : parts) {
      least = Math.min(least, part.least());
    }
    return least;
  }

  @Override
  public double greatest() {
    double greatest = Double.NEGATIVE_INFINITY;
    for (Schedule part : parts) {
      greatest = Math.max(greatest, part.greatest());
    }
    return greatest;
  }

  @Override
  public CallValue toValue() {
    var call = new ScheduleCall("then").with(parts.getFirst());
    for (int i = 0; i < boundaries.size(); i++) {
      call.with(boundaries.get(i)).with(parts.get(i + 1));
    }
    return call.toCall();
  }

  @Override
  public String toString() {
    return toValue().toString();
  }
}

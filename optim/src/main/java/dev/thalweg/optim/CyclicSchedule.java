package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;

/// Up from `low` to `high` and down again, over and over: low + (high − low) · scale · s, s from 0
/// to 1 in `up` steps and back in `down`. The scale is 1, or ½ to the number of cycles before, or
/// γᵗ ([CycleForm]). Smith 2017, arXiv 1506.01186; PyTorch's `CyclicLR`.
///
/// @param low finite
/// @param high finite
/// @param up how many steps rise; at least 1
/// @param down how many steps fall; at least 1, by default as many
/// @param form TRIANGULAR by default
/// @param gamma γ, in [0, 1], by default 1
public record CyclicSchedule(
    double low, double high, long up, long down, CycleForm form, double gamma) implements Schedule {

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public CyclicSchedule {
    ScheduleLimit.FINITE.check("cyclic: low", low);
    ScheduleLimit.FINITE.check("cyclic: high", high);
    ScheduleLimit.checkSteps("cyclic: up", 1, up);
    ScheduleLimit.checkSteps("cyclic: down", 1, down);
    ScheduleLimit.FRACTION.check("cyclic: gamma", gamma);
  }

  @Override
  public double at(long step) {
    long length = up + down;
    long within = step % length;
    double s = within <= up ? within / (double) up : (length - within) / (double) down;
    return low + (high - low) * form.scale(step, length, gamma) * s;
  }

  @Override
  public double least() {
    return Math.min(low, high);
  }

  @Override
  public double greatest() {
    return Math.max(low, high);
  }

  @Override
  public CallValue toValue() {
    return new ScheduleCall("cyclic")
        .with(low)
        .with(high)
        .with("up", up)
        .with("down", down, up)
        .with("form", form, CycleForm.TRIANGULAR)
        .with("gamma", gamma, 1)
        .toCall();
  }

  @Override
  public String toString() {
    return toValue().toString();
  }
}

package dev.thalweg.optim;

import java.util.List;
import java.util.stream.Collectors;

/// The value of an [Hyperparameter].
public sealed interface Setting {
  /// No value.
  static Setting none() {
    return new None();
  }

  /// The numbers and schedules in it, in order.
  List<Schedule> schedules();

  /// A number or a schedule.
  record Single(Schedule value) implements Setting {
    @Override
    public List<Schedule> schedules() {
      return List.of(value);
    }

    @Override
    public String toString() {
      return value.toString();
    }
  }

  /// Several of them.
  record Several(List<Schedule> values) implements Setting {
    /// Copies the list.
    public Several {
      values = List.copyOf(values);
    }

    @Override
    public List<Schedule> schedules() {
      return values;
    }

    @Override
    public String toString() {
      return values.stream().map(Schedule::toString).collect(Collectors.joining(", ", "(", ")"));
    }
  }

  /// Yes or no.
  record Flag(boolean value) implements Setting {
    @Override
    public List<Schedule> schedules() {
      return List.of();
    }

    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /// A word of an enum.
  record Choice(Enum<?> value) implements Setting {
    @Override
    public List<Schedule> schedules() {
      return List.of();
    }

    @Override
    public String toString() {
      return Hyperparameter.word(value);
    }
  }

  /// Nothing: `none`.
  record None() implements Setting {
    @Override
    public List<Schedule> schedules() {
      return List.of();
    }

    @Override
    public String toString() {
      return "none";
    }
  }

  /// Whether each schedule knows its length.
  default boolean isResolved() {
    return schedules().stream().allMatch(Schedule::isResolved);
  }

  /// The same with the length of schedules that were given without.
  default Setting resolved(long totalSteps) {
    return switch (this) {
      case Single(Schedule value) -> new Single(value.resolved(totalSteps));
      case Several(List<Schedule> values) ->
          new Several(values.stream().map(one -> one.resolved(totalSteps)).toList());
      case Flag _, Choice _, None _ -> this;
    };
  }

  /// The same number at every step.
  static Setting number(double value) {
    return new Single(Schedule.constant(value));
  }
}

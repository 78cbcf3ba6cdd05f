package dev.thalweg.optim;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// A schedule's text, put together: what is as it would be by default is left out.
final class ScheduleCall {
  private final String name;
  private final List<CallValue> positional = new ArrayList<>();
  private final List<Call.Argument> named = new ArrayList<>();

  ScheduleCall(String name) {
    this.name = name;
  }

  ScheduleCall with(double value) {
    positional.add(CallValue.Numeral.of(value));
    return this;
  }

  ScheduleCall with(long steps) {
    return with((double) steps);
  }

  ScheduleCall with(Schedule value) {
    positional.add(value.toValue());
    return this;
  }

  ScheduleCall with(List<? extends Number> values) {
    positional.add(tuple(values));
    return this;
  }

  ScheduleCall with(String argument, double value) {
    return with(argument, CallValue.Numeral.of(value));
  }

  ScheduleCall with(String argument, OptionalLong steps) {
    return steps.isPresent() ? with(argument, steps.getAsLong()) : this;
  }

  ScheduleCall with(String argument, OptionalDouble value) {
    return value.isPresent() ? with(argument, value.getAsDouble()) : this;
  }

  ScheduleCall with(String argument, long steps) {
    return with(argument, (double) steps);
  }

  /// Only if it is not the default.
  ScheduleCall with(String argument, long steps, long defaultSteps) {
    return steps == defaultSteps ? this : with(argument, steps);
  }

  /// Only if it is not the default.
  ScheduleCall with(String argument, double value, double defaultValue) {
    return Double.compare(value, defaultValue) == 0 ? this : with(argument, value);
  }

  ScheduleCall with(String argument, boolean value) {
    if (!value) {
      return this;
    }
    return with(argument, new CallValue.Constant(CallValue.Constant.Kind.TRUE, Span.none()));
  }

  ScheduleCall with(String argument, Enum<?> value, Enum<?> defaultValue) {
    if (value == defaultValue) {
      return this;
    }
    return with(argument, new CallValue.Word(value.name().toLowerCase(Locale.ROOT), Span.none()));
  }

  private ScheduleCall with(String argument, CallValue value) {
    named.add(new Call.Argument(argument, value, Span.none()));
    return this;
  }

  private static CallValue tuple(List<? extends Number> values) {
    List<CallValue> numerals = new ArrayList<>();
    for (Number value : values) {
      numerals.add(CallValue.Numeral.of(value.doubleValue()));
    }
    return new CallValue.Tuple(numerals, Span.none());
  }

  Call toCall() {
    return new Call(name, positional, named, Span.none());
  }
}

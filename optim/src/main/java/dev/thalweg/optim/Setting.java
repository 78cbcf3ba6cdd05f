package dev.thalweg.optim;

import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.Span;
import java.util.ArrayList;
import java.util.List;

/// The value of an [Hyperparameter].
public sealed interface Setting {
  /// No value.
  static Setting none() {
    return new None();
  }

  /// The numbers and schedules in it, in order: none, unless it is made of such.
  default List<Schedule> schedules() {
    return List.of();
  }

  /// How it is written.
  CallValue toValue();

  /// A number or a schedule.
  record Single(Schedule value) implements Setting {
    @Override
    public List<Schedule> schedules() {
      return List.of(value);
    }

    @Override
    public Setting resolved(long totalSteps) {
      return new Single(value.resolved(totalSteps));
    }

    @Override
    public CallValue toValue() {
      return value.toValue();
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
    public Setting resolved(long totalSteps) {
      var resolved = new ArrayList<Schedule>();
      for (Schedule value : values) {
        resolved.add(value.resolved(totalSteps));
      }
      return new Several(resolved);
    }

    @Override
    public CallValue toValue() {
      var parts = new ArrayList<CallValue>();
      for (Schedule value : values) {
        parts.add(value.toValue());
      }
      return new CallValue.Tuple(parts, Span.none());
    }

    @Override
    public String toString() {
      var texts = new ArrayList<String>();
      for (Schedule value : values) {
        texts.add(value.toString());
      }
      return "(" + String.join(", ", texts) + ")";
    }
  }

  /// Yes or no.
  record Flag(boolean value) implements Setting {
    @Override
    public CallValue toValue() {
      return new CallValue.Constant(
          value ? CallValue.Constant.Kind.TRUE : CallValue.Constant.Kind.FALSE, Span.none());
    }

    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /// One of some words.
  record Choice(String word, List<String> words) implements Setting {
    /// Copies the list.
    ///
    /// @throws IllegalArgumentException if the word is none of them
    public Choice {
      words = List.copyOf(words);
      if (!words.contains(word)) {
        throw new IllegalArgumentException("expected one of " + words + ", found " + word);
      }
    }

    /// Another of the words.
    Choice with(String other) {
      return new Choice(other, words);
    }

    @Override
    public CallValue toValue() {
      return word.equals("none") ? none().toValue() : new CallValue.Word(word, Span.none());
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /// Nothing: `none`.
  record None() implements Setting {
    @Override
    public CallValue toValue() {
      return new CallValue.Constant(CallValue.Constant.Kind.NONE, Span.none());
    }

    @Override
    public String toString() {
      return "none";
    }
  }

  /// Whether each schedule knows its length.
  default boolean isResolved() {
    for (Schedule schedule : schedules()) {
      if (!schedule.isResolved()) {
        return false;
      }
    }
    return true;
  }

  /// The same with the length of schedules that were given without.
  default Setting resolved(long totalSteps) {
    return this;
  }

  /// The same number at every step.
  static Setting number(double value) {
    return new Single(Schedule.constant(value));
  }
}

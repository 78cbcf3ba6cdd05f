package dev.thalweg.formula;

import dev.thalweg.kernels.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the values of an argument are: how one is read from a text, checked, and written.
///
/// @param <T> the values in Java; they are immutable and have an `equals`
public interface Kind<T> {

  /// What a value is, for help: `a whole number`.
  String words();

  /// Reads a value.
  ///
  /// @param what whose value it is, for messages: `dense: units`
  /// @throws SyntaxException if it is something else, a caret under it
  T read(String what, CallValue value);

  /// Writes a value, so that it reads back as an equal one.
  CallValue write(T value);

  /// Refuses a value that makes no sense.
  ///
  /// @param what whose value it is, for the message
  /// @throws IllegalArgumentException if it makes none
  default void check(String what, T value) {}

  /// A whole number.
  ///
  /// @param least the smallest that makes sense
  static Kind<Integer> whole(int least) {
    return whole(least, Integer.MAX_VALUE);
  }

  /// A whole number.
  ///
  /// @param least the smallest that makes sense
  /// @param most the largest that makes sense
  static Kind<Integer> whole(int least, int most) {
    return new Kind<>() {
      @Override
      public String words() {
        return most == Integer.MAX_VALUE
            ? "a whole number, at least " + least
            : "a whole number from " + least + " to " + most;
      }

      @Override
      public Integer read(String what, CallValue value) {
        return value.asInt(what);
      }

      @Override
      public CallValue write(Integer value) {
        return CallValue.Numeral.of(value);
      }

      @Override
      public void check(String what, Integer value) {
        if (value < least || value > most) {
          throw new IllegalArgumentException(
              most == Integer.MAX_VALUE
                  ? what + " must be at least " + least + ", found " + value
                  : what + " must lie between " + least + " and " + most + ", found " + value);
        }
      }
    };
  }

  /// A number.
  ///
  /// @param range where it must lie
  static Kind<Double> number(Range range) {
    return new Kind<>() {
      @Override
      public String words() {
        return "a number in " + range;
      }

      @Override
      public Double read(String what, CallValue value) {
        return value.asDouble(what) + 0.0; // −0 is 0
      }

      @Override
      public CallValue write(Double value) {
        return CallValue.Numeral.of(value);
      }

      @Override
      public void check(String what, Double value) {
        if (!range.contains(value)) {
          throw new IllegalArgumentException(
              what + " must lie in " + range + ", found " + Range.text(value));
        }
      }
    };
  }

  /// `true` or `false`.
  static Kind<Boolean> flag() {
    return new Kind<>() {
      @Override
      public String words() {
        return "true or false";
      }

      @Override
      public Boolean read(String what, CallValue value) {
        return value.asBoolean(what);
      }

      @Override
      public CallValue write(Boolean value) {
        return new CallValue.Constant(
            value ? CallValue.Constant.Kind.TRUE : CallValue.Constant.Kind.FALSE, Span.none());
      }
    };
  }

  /// One of the constants of an enum, written as its `toString`.
  static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
    List<E> constants = List.of(type.getEnumConstants());
    List<String> known = constants.stream().map(Enum::toString).toList();
    return new Kind<>() {
      @Override
      public String words() {
        return String.join(", ", known);
      }

      @Override
      public E read(String what, CallValue value) {
        int at = known.indexOf(value.asWord(what).toLowerCase(Locale.ROOT));
        if (at < 0) {
          throw value.span().error(Nearest.sentence(what, value.asWord(what), known));
        }
        return constants.get(at);
      }

      @Override
      public CallValue write(E value) {
        return new CallValue.Word(value.toString(), Span.none());
      }
    };
  }

  /// A value, or `none`.
  static <T> Kind<Optional<T>> optional(Kind<T> kind) {
    return new Kind<>() {
      @Override
      public String words() {
        return kind.words() + ", or none";
      }

      @Override
      public Optional<T> read(String what, CallValue value) {
        boolean none =
            value instanceof CallValue.Constant constant
                && constant.kind() == CallValue.Constant.Kind.NONE;
        return none ? Optional.empty() : Optional.of(kind.read(what, value));
      }

      @Override
      public CallValue write(Optional<T> value) {
        return value.isPresent()
            ? kind.write(value.get())
            : new CallValue.Constant(CallValue.Constant.Kind.NONE, Span.none());
      }

      @Override
      public void check(String what, Optional<T> value) {
        if (value.isPresent()) {
          kind.check(what, value.get());
        }
      }
    };
  }

  /// Several values, `(64, 32)`, at least one; a value that stands alone is a list of one.
  static <T> Kind<List<T>> list(Kind<T> kind) {
    return new Kind<>() {
      @Override
      public String words() {
        return kind.words() + ", or several in parentheses";
      }

      @Override
      public List<T> read(String what, CallValue value) {
        List<CallValue> parts =
            value instanceof CallValue.Tuple tuple ? tuple.values() : List.of(value);
        if (parts.isEmpty()) {
          throw value.span().error(what + " must be at least one value, found none");
        }
        List<T> values = new ArrayList<>();
        for (CallValue part : parts) {
          values.add(kind.read(what, part));
        }
        return List.copyOf(values);
      }

      @Override
      public CallValue write(List<T> values) {
        return tuple(kind, values);
      }

      @Override
      public void check(String what, List<T> values) {
        for (T value : values) {
          kind.check(what, value);
        }
      }
    };
  }

  /// As many whole numbers as there are axes; one alone stands for all: `3`, `(3, 5)`.
  ///
  /// @param axes how many, at least one
  /// @param least the smallest number that makes sense
  static Kind<List<Integer>> sizes(int axes, int least) {
    Kind<Integer> whole = whole(least);
    return new Kind<>() {
      @Override
      public String words() {
        return axes == 1 ? whole.words() : whole.words() + ", or " + axes + " of them";
      }

      @Override
      public List<Integer> read(String what, CallValue value) {
        if (!(value instanceof CallValue.Tuple tuple)) {
          Integer[] same = new Integer[axes];
          Arrays.fill(same, whole.read(what, value));
          return List.of(same);
        }
        if (tuple.values().size() != axes) {
          throw value
              .span()
              .error(
                  "%s must be %s, found %d numbers"
                      .formatted(
                          what,
                          axes == 1 ? "one number" : "one number or " + axes,
                          tuple.values().size()));
        }
        List<Integer> sizes = new ArrayList<>();
        for (CallValue part : tuple.values()) {
          sizes.add(whole.read(what, part));
        }
        return List.copyOf(sizes);
      }

      @Override
      public CallValue write(List<Integer> sizes) {
        boolean same = Collections.frequency(sizes, sizes.getFirst()) == sizes.size();
        return same ? whole.write(sizes.getFirst()) : tuple(whole, sizes);
      }

      @Override
      public void check(String what, List<Integer> sizes) {
        if (sizes.size() != axes) {
          throw new IllegalArgumentException(
              "%s must be %d numbers, found %d".formatted(what, axes, sizes.size()));
        }
        for (Integer size : sizes) {
          whole.check(what, size);
        }
      }
    };
  }

  private static <T> CallValue tuple(Kind<T> kind, List<T> values) {
    List<CallValue> parts = new ArrayList<>();
    for (T value : values) {
      parts.add(kind.write(value));
    }
    return new CallValue.Tuple(parts, Span.none());
  }
}

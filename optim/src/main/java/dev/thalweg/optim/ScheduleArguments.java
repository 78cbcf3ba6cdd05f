package dev.thalweg.optim;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.SyntaxException;
import dev.thalweg.kernels.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The arguments of a schedule's call, by name and checked; every error points at its culprit.
///
/// `none` says that an argument is not given.
final class ScheduleArguments {
  private final Call call;
  private final List<String> names;
  private final SequencedMap<String, CallValue> given;

  /// @param names all arguments, in positional order
  /// @throws SyntaxException if one is unknown, superfluous or given twice
  ScheduleArguments(Call call, List<String> names) {
    this.call = call;
    this.names = names;
    this.given = call.bind("argument of " + call.name(), names);
  }

  private @Nullable CallValue find(String argument) {
    CallValue value = given.get(argument);
    return value instanceof CallValue.Constant constant
            && constant.kind() == CallValue.Constant.Kind.NONE
        ? null
        : value;
  }

  boolean has(String argument) {
    return find(argument) != null;
  }

  CallValue value(String argument) {
    CallValue value = find(argument);
    if (value == null) {
      throw call.span()
          .error(
              "%s: %s is missing; expected %s(%s)"
                  .formatted(call.name(), argument, call.name(), String.join(", ", names)));
    }
    return value;
  }

  private String what(String argument) {
    return call.name() + ": " + argument;
  }

  /// An error at an argument.
  SyntaxException error(String argument, String complaint) {
    return value(argument).span().error(what(argument) + " " + complaint);
  }

  double number(String argument, ScheduleLimit limit) {
    return number(value(argument), what(argument), limit);
  }

  double number(String argument, ScheduleLimit limit, double otherwise) {
    return has(argument) ? number(argument, limit) : otherwise;
  }

  private static double number(CallValue value, String what, ScheduleLimit limit) {
    double number = value.asDouble(what);
    if (!limit.admits(number)) {
      throw value.span().error(limit.complaint(what, number));
    }
    return number;
  }

  long steps(String argument, long least) {
    return steps(value(argument), what(argument), least);
  }

  long steps(String argument, long least, long otherwise) {
    return has(argument) ? steps(argument, least) : otherwise;
  }

  /// A number of steps, or the run's.
  OptionalLong length(String argument) {
    return has(argument) ? OptionalLong.of(steps(argument, 1)) : OptionalLong.empty();
  }

  static long steps(CallValue value, String what, long least) {
    double number = value.asDouble(what);
    if (number != Math.rint(number) || number < least || number > ScheduleLimit.MOST_STEPS) {
      throw value
          .span()
          .error(ScheduleLimit.stepsComplaint(what, least, CallValue.shortened(value.toString())));
    }
    return (long) number;
  }

  boolean flag(String argument) {
    return has(argument) && value(argument).asBoolean(what(argument));
  }

  <E extends Enum<E>> E choice(String argument, Class<E> type, E otherwise) {
    if (!has(argument)) {
      return otherwise;
    }
    String word = value(argument).asWord(what(argument));
    List<String> known =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList();
    int at = known.indexOf(word.toLowerCase(Locale.ROOT));
    if (at < 0) {
      throw value(argument)
          .span()
          .error(Nearest.sentence(what(argument), CallValue.shortened(word), known));
    }
    return type.getEnumConstants()[at];
  }

  Schedule schedule(String argument) {
    return Schedule.read(value(argument), what(argument));
  }

  List<CallValue> list(String argument) {
    return list(value(argument), what(argument));
  }

  private static List<CallValue> list(CallValue value, String what) {
    if (value instanceof CallValue.Tuple tuple) {
      return tuple.values();
    }
    throw value
        .span()
        .error(
            what
                + " must be a list in parentheses, found "
                + CallValue.shortened(value.toString()));
  }

  List<Double> numbers(String argument, ScheduleLimit limit) {
    var numbers = new ArrayList<Double>();
    for (CallValue value : list(argument)) {
      numbers.add(number(value, what(argument), limit));
    }
    return numbers;
  }

  /// Numbers of steps, none less than the one before.
  List<Long> boundaries(String argument, long least) {
    var boundaries = new ArrayList<Long>();
    for (CallValue value : list(argument)) {
      long boundary = steps(value, what(argument), least);
      if (!boundaries.isEmpty() && boundary < boundaries.getLast()) {
        throw value
            .span()
            .error(
                what(argument)
                    + " must not decrease, found "
                    + boundary
                    + " after "
                    + boundaries.getLast());
      }
      boundaries.add(boundary);
    }
    return boundaries;
  }

  /// What a constructor makes of the arguments; where it refuses a combination of them, the caret
  /// stands under the call.
  Schedule make(Supplier<? extends Schedule> constructor) {
    try {
      return constructor.get();
    } catch (SyntaxException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw call.span().error(String.valueOf(e.getMessage()));
    }
  }
}

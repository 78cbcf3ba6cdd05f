package dev.thalweg.optim;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.SyntaxException;
import dev.thalweg.kernels.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The arguments of a schedule's call, by name and checked; every error points at its culprit.
///
/// `none` says that an argument is not given.
final class ScheduleArguments {
  private final String name;
  private final Call call;
  private final List<String> names;
  private final SequencedMap<String, CallValue> given;

  /// @param name what the call is called in messages
  /// @param names all arguments, in positional order
  /// @throws SyntaxException if one is unknown, superfluous or given twice
  ScheduleArguments(String name, Call call, List<String> names) {
    this.name = name;
    this.call = call;
    this.names = names;
    this.given = call.bind("argument of " + name, names);
  }

  /// Arguments without names, any number.
  ///
  /// @param name what the call is called in messages
  /// @throws SyntaxException if one has a name
  ScheduleArguments(String name, Call call) {
    if (!call.named().isEmpty()) {
      Call.Argument first = call.named().getFirst();
      throw first
          .span()
          .error(name + ": arguments have no names, found " + CallValue.shortened(first.name()));
    }
    this.name = name;
    this.call = call;
    this.names = List.of();
    this.given = new LinkedHashMap<>();
  }

  List<CallValue> positional() {
    return call.positional();
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
                  .formatted(name, argument, name, String.join(", ", names)));
    }
    return value;
  }

  /// An argument, for a message: `cosine: peak`.
  String what(String argument) {
    return name + ": " + argument;
  }

  /// An error at an argument.
  SyntaxException error(String argument, String complaint) {
    return value(argument).span().error(what(argument) + " " + complaint);
  }

  /// An error at the name of the call.
  SyntaxException errorAtCall(String complaint) {
    return call.span().error(name + " " + complaint);
  }

  double number(String argument, ScheduleLimit limit) {
    return number(value(argument), what(argument), limit);
  }

  double number(String argument, ScheduleLimit limit, double otherwise) {
    return has(argument) ? number(argument, limit) : otherwise;
  }

  static double number(CallValue value, String what, ScheduleLimit limit) {
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
    var known = new ArrayList<String>();
    for (E constant : type.getEnumConstants()) {
      known.add(Hyperparameter.word(constant));
    }
    int at = known.indexOf(word.toLowerCase(Locale.ROOT));
    if (at < 0) {
      throw value(argument)
          .span()
          .error(Nearest.sentence(what(argument), CallValue.shortened(word), known));
    }
    return type.getEnumConstants()[at];
  }

  /// `linear`, or `cosine`, which may also be called `cos`.
  Curve curve(String argument) {
    String word = value(argument).asWord(what(argument));
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "linear" -> Curve.LINEAR;
      case "cos", "cosine" -> Curve.COSINE;
      default ->
          throw error(argument, "must be linear or cosine, found " + CallValue.shortened(word));
    };
  }

  Curve curve(String argument, Curve otherwise) {
    return has(argument) ? curve(argument) : otherwise;
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

  /// Numbers of steps.
  List<Long> steps(String argument) {
    var steps = new ArrayList<Long>();
    for (CallValue value : list(argument)) {
      steps.add(steps(value, what(argument), 0));
    }
    return steps;
  }

  /// Numbers of steps, none less than the one before.
  List<Long> boundaries(String argument) {
    List<Long> boundaries = steps(argument);
    for (int i = 1; i < boundaries.size(); i++) {
      long last = boundaries.get(i - 1);
      if (boundaries.get(i) < last) {
        throw list(argument)
            .get(i)
            .span()
            .error(
                "%s must not decrease, found %d after %d"
                    .formatted(what(argument), boundaries.get(i), last));
      }
    }
    return boundaries;
  }

  /// Schedules one after the other.
  ///
  /// @param partsArgument where they are from, for the message
  /// @param argument where the boundaries are
  Schedule joined(List<Schedule> parts, String partsArgument, String argument) {
    List<Long> boundaries = boundaries(argument);
    if (parts.size() != boundaries.size() + 1) {
      throw error(
          argument,
          "must be one less than %s, found %d and %d"
              .formatted(partsArgument, boundaries.size(), parts.size()));
    }
    return new JoinedSchedule(parts, boundaries);
  }
}

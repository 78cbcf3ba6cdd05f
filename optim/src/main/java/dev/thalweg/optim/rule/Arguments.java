package dev.thalweg.optim.rule;

import dev.thalweg.formula.Range;
import dev.thalweg.optim.Hyperparameter;
import dev.thalweg.optim.Hyperparameter.Kind;
import dev.thalweg.optim.Schedule;
import dev.thalweg.optim.Setting;
import java.util.ArrayList;
import java.util.List;

/// Makes the arguments of a [Card].
public final class Arguments {
  private Arguments() {}

  /// A number or a schedule.
  public static Hyperparameter number(String name, double usual, Range range, String source) {
    return new Hyperparameter(
        name, Kind.NUMBER, List.of(name), Setting.number(usual), range, source);
  }

  /// A number that has no default: the library leaves it to the user.
  public static Hyperparameter required(String name, Range range) {
    return new Hyperparameter(
        name, Kind.NUMBER, List.of(name), Setting.none(), range, "must be given");
  }

  /// A number, or `none`, which it is by default.
  public static Hyperparameter optional(String name, Range range) {
    return new Hyperparameter(name, Kind.OPTIONAL, List.of(name), Setting.none(), range, "off");
  }

  /// A number that is the same at every step.
  public static Hyperparameter fixed(String name, double usual, Range range, String source) {
    return new Hyperparameter(
        name, Kind.FIXED, List.of(name), Setting.number(usual), range, source);
  }

  /// A whole number that is the same at every step; [Settings#notWhole] says where it is none.
  public static Hyperparameter count(String name, int usual, int least, String source) {
    return fixed(name, usual, new Range(least, true, Double.POSITIVE_INFINITY, false), source);
  }

  /// An argument with another default.
  public static Hyperparameter usually(Hyperparameter argument, double usual) {
    return new Hyperparameter(
        argument.name(),
        argument.kind(),
        argument.symbols(),
        Setting.number(usual),
        argument.range(),
        argument.note());
  }

  /// Several numbers, each with its name in the formula.
  public static Hyperparameter tuple(
      String name, List<String> symbols, List<Double> usual, Range range, String source) {
    var constants = new ArrayList<Schedule>();
    for (double value : usual) {
      constants.add(Schedule.constant(value));
    }
    return new Hyperparameter(
        name, Kind.TUPLE, symbols, new Setting.Several(constants), range, source);
  }

  /// `true` or `false`.
  public static Hyperparameter flag(String name, boolean usual) {
    return new Hyperparameter(name, Kind.FLAG, List.of(), new Setting.Flag(usual), Range.ANY, "");
  }

  /// One of the words of an enum.
  public static Hyperparameter choice(String name, Enum<?> usual) {
    return new Hyperparameter(
        name, Kind.CHOICE, List.of(), new Setting.Choice(usual), Range.ANY, "");
  }

  /// Accepted and without effect: how another library computes, not what.
  public static Hyperparameter ignored(String name) {
    return new Hyperparameter(
        name, Kind.IGNORED, List.of(), Setting.none(), Range.ANY, "no effect here");
  }

  /// Known to another library and not supported: only its default is accepted.
  public static Hyperparameter refused(String name, Setting usual, String why) {
    return new Hyperparameter(name, Kind.REFUSED, List.of(), usual, Range.ANY, why);
  }

  /// An argument with another name in the formula.
  public static Hyperparameter named(Hyperparameter argument, String symbol) {
    return new Hyperparameter(
        argument.name(),
        argument.kind(),
        List.of(symbol),
        argument.defaultValue(),
        argument.range(),
        argument.note());
  }

  /// The names of some arguments.
  public static List<String> names(List<Hyperparameter> arguments) {
    var names = new ArrayList<String>();
    for (Hyperparameter argument : arguments) {
      names.add(argument.name());
    }
    return names;
  }
}

package dev.thalweg.optim.rule;

import dev.thalweg.formula.Range;
import dev.thalweg.optim.Hyperparameter;
import dev.thalweg.optim.Hyperparameter.Kind;
import dev.thalweg.optim.Setting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the arguments of a [Card].
public final class Arguments {
  private Arguments() {}

  /// A number that has no default: the library leaves it to the user.
  public static Hyperparameter required(String name, Range range) {
    return new Hyperparameter(
        name, Kind.NUMBER, List.of(name), Setting.none(), range, "must be given");
  }

  /// A number, or `none`, which it is by default.
  public static Hyperparameter optional(String name, Range range) {
    return new Hyperparameter(name, Kind.OPTIONAL, List.of(name), Setting.none(), range, "off");
  }

  /// `true` or `false`.
  public static Hyperparameter flag(String name, boolean usual) {
    return new Hyperparameter(name, Kind.FLAG, List.of(), new Setting.Flag(usual), Range.ANY, "");
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

  /// What several calls of a library take, and no method has; null for what is none of these.
  public static @Nullable Hyperparameter shared(String name) {
    return switch (name) {
      case "maximize" -> flag(name, false);
      case "foreach", "fused", "capturable", "name" -> ignored(name);
      case "relative_step" -> ignored(name); // Keras' has no effect there either
      case "differentiable" ->
          refused(
              name, new Setting.Flag(false), "steps that are differentiated themselves are not");
      case "mu_dtype", "accumulator_dtype", "state_dtype" ->
          refused(name, Setting.none(), "state in another precision is not");
      case "mask", "weight_decay_mask" ->
          refused(name, Setting.none(), "choosing parameters is not");
      default -> null;
    };
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

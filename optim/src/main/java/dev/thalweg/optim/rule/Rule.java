package dev.thalweg.optim.rule;

import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.Program;
import dev.thalweg.optim.Hyperparameter;
import dev.thalweg.optim.Parameter;
import dev.thalweg.optim.Schedule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A method as its paper, or a library, has it: the formula that its settings make.
///
/// In a formula `p` is the parameter, `g` its gradient, `t` the number of the update counted from
/// 1; a name that is read before it is assigned is a slot and begins at 0 if no `init` line says
/// otherwise; names that are never assigned are hyperparameters.
public interface Rule {
  /// The lines of the formula.
  String formula(Settings settings);

  /// The lines for a parameter, where the method has others for some: for what is no matrix.
  ///
  /// @throws IllegalArgumentException if the method can't move such a parameter
  default String formula(Settings settings, Parameter parameter) {
    return formula(settings);
  }

  /// Where the method is to be evaluated and saved, if that is not where its gradients are taken: a
  /// formula of `p`, slots and hyperparameters.
  default Optional<String> evaluation(Settings settings) {
    return Optional.empty();
  }

  /// Whether it has a formula at all: what has none is seen to by the run.
  default boolean computes() {
    return true;
  }

  /// The lines as a program.
  default Program program(Settings settings) {
    return Program.parse(formula(settings));
  }

  /// The values of the hyperparameters, by their names in the formula.
  ///
  /// @param arguments the method's
  default SequencedMap<String, Schedule> schedules(
      Settings settings, List<Hyperparameter> arguments) {
    return settings.schedules(arguments);
  }

  /// What tells of a step besides how the gradient and the parameter change: by what people call
  /// it, a formula in the names of the method's own, as they are where it moves the parameter. It
  /// is one number for each parameter: a trust ratio.
  default Map<String, String> told() {
    return Map.of();
  }

  /// The value of an argument as its kind is read, where another library takes what is no number: a
  /// word and a number, another optimizer.
  default CallValue understood(String argument, CallValue value) {
    return value;
  }

  /// What doesn't go together in these settings, as a sentence without the method's name.
  default Optional<String> conflict(Settings settings) {
    return Optional.empty();
  }
}

package dev.thalweg.optim;

import dev.thalweg.formula.Program;
import dev.thalweg.optim.rule.Settings;
import java.util.List;
import java.util.Optional;

/// What there is to know about a method.
///
/// @param name as in the text form
/// @param family by which it is listed
/// @param summary one line
/// @param paper where it comes from; for another library's call, the version it computes as
/// @param aliases other names for the same
/// @param arguments what it can be told, in positional order
/// @param formula with the default settings, or those of a call; empty for a stage that computes
///   nothing
public record Description(
    String name,
    Family family,
    String summary,
    String paper,
    List<String> aliases,
    List<Hyperparameter> arguments,
    Optional<Program> formula) {

  static Description of(Method method) {
    return of(method, Settings.defaults(method.arguments()));
  }

  static Description of(Method method, Settings settings) {
    String formula = method.formula(settings);
    return new Description(
        method.name(),
        method.family(),
        method.summary(),
        method.paper(),
        method.aliases(),
        method.arguments(),
        formula.isBlank() ? Optional.empty() : Optional.of(Program.parse(formula)));
  }
}

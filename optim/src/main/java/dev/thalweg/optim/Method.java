package dev.thalweg.optim;

import dev.thalweg.formula.Program;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An update rule or a stage around one, by name: what it can be told, and the formula that it
/// computes with these settings.
///
/// The table is [Methods]. In formulas `p` is the parameter, `g` its gradient, `t` the number of
/// the update counted from 1; a name that is read before it is assigned is a slot and begins at 0
/// if [#initial] doesn't say otherwise; names that are never assigned are hyperparameters.
final class Method {
  private final String name;
  private final Family family;
  private final String summary;
  private final String paper;
  private final List<String> aliases;
  private final List<Argument> arguments;
  private final @Nullable Formulas formulas;
  private final Map<String, String> initial;

  /// How many of the arguments may be given by their place.
  private final int positional;

  private Method(
      String name,
      Family family,
      String summary,
      String paper,
      List<String> aliases,
      List<Argument> arguments,
      @Nullable Formulas formulas,
      Map<String, String> initial,
      int positional) {
    this.name = name;
    this.family = family;
    this.summary = summary;
    this.paper = paper;
    this.aliases = List.copyOf(aliases);
    this.arguments = List.copyOf(arguments);
    this.formulas = formulas;
    this.initial = Map.copyOf(initial);
    this.positional = positional;
  }

  static Method of(String name, Family family, String summary, String paper) {
    return new Method(name, family, summary, paper, List.of(), List.of(), null, Map.of(), 0);
  }

  Method taking(Argument... arguments) {
    return taking(List.of(arguments));
  }

  Method taking(List<Argument> arguments) {
    return new Method(
        name, family, summary, paper, aliases, arguments, formulas, initial, arguments.size());
  }

  /// With the arguments from this one on by their names only, as Python's after `*`.
  Method byNameFrom(String argument) {
    int count = Argument.names(arguments).indexOf(argument);
    return new Method(name, family, summary, paper, aliases, arguments, formulas, initial, count);
  }

  /// With a formula, and settings that don't go together, as a table has them for its name.
  Method by(Formulas formulas) {
    return new Method(
        name, family, summary, paper, aliases, arguments, formulas, initial, positional);
  }

  /// Other names that mean the same.
  Method alias(String... aliases) {
    return new Method(
        name, family, summary, paper, List.of(aliases), arguments, formulas, initial, positional);
  }

  /// A slot that, where the formula has it, begins at the value of a hyperparameter, or as `p`.
  Method beginning(String slot, String symbol) {
    return new Method(
        name,
        family,
        summary,
        paper,
        aliases,
        arguments,
        formulas,
        Map.of(slot, symbol),
        positional);
  }

  /// As in the text form: `adamw`, `torch.AdamW`.
  String name() {
    return name;
  }

  Family family() {
    return family;
  }

  String summary() {
    return summary;
  }

  /// The paper, or the library with its version.
  String paper() {
    return paper;
  }

  List<String> aliases() {
    return aliases;
  }

  /// In the order of their places.
  List<Argument> arguments() {
    return arguments;
  }

  /// How many of them may be given by their place; the others have a name.
  int positional() {
    return positional;
  }

  /// The hyperparameters by which slots begin, by slot.
  Map<String, String> initial() {
    return initial;
  }

  /// The lines of the formula; empty for a stage that computes nothing.
  String formula(Settings settings) {
    return formulas == null ? "" : formulas.formula(shortName(), settings);
  }

  /// The same as a program.
  Program program(Settings settings) {
    return formulas == null ? Program.parse("") : formulas.program(shortName(), settings);
  }

  /// What doesn't go together in these settings, as a sentence without the method's name.
  Optional<String> conflict(Settings settings) {
    return formulas == null ? Optional.empty() : formulas.conflict(shortName(), settings);
  }

  /// The name without the library's.
  private String shortName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  @Override
  public String toString() {
    return name;
  }
}

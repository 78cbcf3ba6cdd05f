package dev.thalweg.optim;

import dev.thalweg.formula.Program;
import java.util.Optional;

/// The formulas of a table's methods, by the method's name.
///
/// One object for a whole table instead of a lambda for each method: linking these took longer than
/// all else that a table needs.
interface Formulas {
  /// The lines of a method's formula.
  ///
  /// @param method its name, without the library's
  String formula(String method, Settings settings);

  /// The same as a program.
  default Program program(String method, Settings settings) {
    return Program.parse(formula(method, settings));
  }

  /// Settings of a method that don't go together: the sentence without the method's name.
  default Optional<String> conflict(String method, Settings settings) {
    return Optional.empty();
  }
}

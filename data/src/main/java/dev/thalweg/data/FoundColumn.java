package dev.thalweg.data;

import java.util.List;
import java.util.Optional;

/// What is concluded of a column of a text table.
///
/// @param format how the fields are written, for all but those that are a problem
/// @param problem why the column can't be used like that
/// @param line where the problem is
/// @param strays texts that should be missing values
/// @param note what the user should know
record FoundColumn(
    FieldFormat format,
    Optional<String> problem,
    long line,
    List<String> strays,
    Optional<String> note) {

  static FoundColumn of(FieldFormat format) {
    return new FoundColumn(format, Optional.empty(), 0, List.of(), Optional.empty());
  }

  FoundColumn with(String sentence) {
    return new FoundColumn(format, problem, line, strays, Optional.of(sentence));
  }

  static FoundColumn problem(FieldFormat format, long line, String sentence) {
    return new FoundColumn(format, Optional.of(sentence), line, List.of(), Optional.empty());
  }
}

package dev.thalweg.cli;

/// How results are printed.
enum Format {
  /// For people.
  TEXT,
  /// For programs: one JSON value on one line.
  JSON
}

package dev.thalweg.cli;

/// The answer to a question. An option of type Boolean would get `true` for it: picocli turns the
/// value of such a one into that before any converter sees it.
enum YesNo {
  YES,
  NO
}

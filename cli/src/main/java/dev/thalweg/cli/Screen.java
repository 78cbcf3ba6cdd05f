package dev.thalweg.cli;

/// What standard error is shown on.
///
/// @param terminal whether a line can be drawn again in place
/// @param columns the width in characters
/// @param colour whether colours are wanted: a terminal, and `NO_COLOR` is not set
record Screen(boolean terminal, int columns, boolean colour) {

  /// A file, a pipe, or nothing known.
  static final Screen NONE = new Screen(false, 80, false);
}

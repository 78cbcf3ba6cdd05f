package dev.thalweg.cli;

/// The value of an option or argument is wrong. The message says what was expected; who catches it
/// knows, and adds, the option and the value as the user typed them.
final class BadValue extends RuntimeException {

  private static final long serialVersionUID = 1;

  BadValue(String message) {
    super(message);
  }
}

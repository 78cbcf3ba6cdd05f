package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;

/// What a command left behind: its exit code, and all that it wrote.
record Outcome(int exitCode, String out, String err) {

  /// Runs a command in this JVM.
  static Outcome of(String... arguments) {
    return in(Map.of(), arguments);
  }

  /// Runs a command in this JVM that may read a text from standard input.
  static Outcome reading(String input, String... arguments) {
    return in(Map.of(), input, arguments);
  }

  /// Runs a command in this JVM with an environment.
  static Outcome in(Map<String, String> environment, String... arguments) {
    return in(environment, "", arguments);
  }

  private static Outcome in(Map<String, String> environment, String input, String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var surroundings =
        new Surroundings(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintStream(out, false, UTF_8),
            new PrintStream(err, false, UTF_8),
            Screen.NONE,
            environment::get);
    var code = Thalweg.run(surroundings, arguments);
    return new Outcome(code, out.toString(UTF_8), err.toString(UTF_8));
  }
}

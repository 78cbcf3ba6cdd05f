package dev.thalweg.cli;

import dev.thalweg.formats.Json;
import dev.thalweg.kernels.Engine;

/// One call of a command: its surroundings, and the options that all commands share.
record Call(Surroundings surroundings, CommonOptions options) {

  /// Prints the result: as JSON if that is asked for, else as text.
  void print(Object json, String text) {
    var out = surroundings.out();
    switch (options.format) {
      case JSON -> out.print(Json.write(Finite.of(json)) + "\n");
      case TEXT -> out.print(Shown.lines(text));
    }
  }

  /// Prints a part of the result that is known before the rest, if it is printed as text.
  void show(String text) {
    if (options.format == Format.TEXT) {
      surroundings.out().print(Shown.lines(text));
      surroundings.out().flush();
    }
  }

  /// Says something on standard error, results aside.
  void note(String sentence) {
    surroundings.err().print("thalweg: " + Shown.sentence(CommandWords.of(sentence)) + "\n");
  }

  /// What computes: the kernels and the number of threads that are asked for.
  ///
  /// @throws Failure if they can't be had on this machine
  Engine engine() {
    var provider = options.provider;
    if (provider == null) {
      var variable = surroundings.environment().apply("THALWEG_PROVIDER");
      try {
        provider =
            variable == null || variable.isEmpty()
                ? "auto"
                : new Values.ProviderName().convert(variable);
      } catch (BadValue bad) {
        throw Failure.usage("THALWEG_PROVIDER=" + variable + ": " + bad.getMessage(), bad);
      }
    }
    try {
      return Engine.of(provider, options.threadCount());
    } catch (IllegalStateException obstacle) {
      throw Failure.working(String.valueOf(obstacle.getMessage()), obstacle);
    }
  }
}

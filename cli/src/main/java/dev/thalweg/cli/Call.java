package dev.thalweg.cli;

import dev.thalweg.formats.Json;

/// One call of a command: its surroundings, and the options that all commands share.
record Call(Surroundings surroundings, CommonOptions options) {

  /// Prints the result: as JSON if that is asked for, else as text.
  void print(Object json, String text) {
    var out = surroundings.out();
    switch (options.format) {
      case JSON -> out.print(Json.write(Finite.of(json)) + "\n");
      case TEXT -> out.print(text);
    }
  }

  /// Says something on standard error, results aside.
  void note(String sentence) {
    surroundings.err().print("thalweg: " + sentence + "\n");
  }
}

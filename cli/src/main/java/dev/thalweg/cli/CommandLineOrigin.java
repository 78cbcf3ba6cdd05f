package dev.thalweg.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// What was said on the command line: options before and after the command's name.
final class CommandLineOrigin {

  private final List<ParseResult> results;

  private CommandLineOrigin(List<ParseResult> results) {
    this.results = results;
  }

  /// What was said of a command that was parsed.
  static CommandLineOrigin of(CommandSpec command) {
    var results = new ArrayList<ParseResult>();
    for (var spec = command; spec != null; spec = spec.parent()) {
      results.add(spec.commandLine().getParseResult());
    }
    return new CommandLineOrigin(results);
  }

  /// Whether an option or argument was said.
  boolean has(ArgSpec argument) {
    return results.stream()
        .anyMatch(result ->
            argument instanceof OptionSpec option
                ? result.hasMatchedOption(option.longestName())
                : !result.matchedPositionals().isEmpty());
  }
}

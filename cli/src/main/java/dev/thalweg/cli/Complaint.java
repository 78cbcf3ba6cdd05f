package dev.thalweg.cli;

import dev.thalweg.kernels.Nearest;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is wrong with a command line, in one sentence that names the culprit as the user typed it.
final class Complaint {

  private Complaint() {}

  static String sentence(ParameterException wrong, List<String> typed) {
    return switch (wrong) {
      case UnmatchedArgumentException unmatched -> unmatched(unmatched);
      case MissingParameterException missing -> missing(missing);
      case OverwrittenOptionException twice ->
          name(twice.getOverwritten()) + ": given more than once";
      default -> value(wrong, typed);
    };
  }

  private static String unmatched(UnmatchedArgumentException wrong) {
    var spec = wrong.getCommandLine().getCommandSpec();
    var option = wrong.getUnmatched().stream().filter(word -> word.matches("-.+")).findFirst();
    if (option.isPresent()) {
      return unknownOption(spec, option.get());
    }
    var word = wrong.getUnmatched().getFirst();
    return spec.parent() == null
        ? Nearest.sentence("command", word, spec.subcommands().keySet())
        : spec.name() + ": unexpected argument '" + word + "'";
  }

  private static String unknownOption(CommandSpec spec, String word) {
    var name = word.replaceFirst("=.*", "");
    var known =
        spec.optionsMap().entrySet().stream()
            .filter(entry -> !entry.getValue().hidden())
            .map(Map.Entry::getKey)
            .toList();
    if (known.contains(name)) {
      return "%s: %s stands behind '--', after which nothing is an option; put it before that"
          .formatted(spec.name(), name);
    }
    var elsewhere = OtherNames.here(spec, name);
    if (elsewhere.isPresent()) {
      return "unknown option '" + name + "'; here it is " + elsewhere.get();
    }
    var meant = Nearest.of(name, known).map(" (did you mean '%s'?)"::formatted);
    return "unknown option '" + name + "'" + meant.orElse("; --help lists those there are");
  }

  /// No option is required by itself, so a missing option is one without its value.
  private static String missing(MissingParameterException wrong) {
    var missing = wrong.getMissing().getFirst();
    return missing instanceof OptionSpec
        ? valueMissing(missing)
        : wrong.getCommandLine().getCommandName() + ": expected " + name(missing) + ", found none";
  }

  private static String valueMissing(ArgSpec spec) {
    return name(spec) + ": expected a value (" + spec.paramLabel() + "), found none";
  }

  private static String value(ParameterException wrong, List<String> typed) {
    var spec = wrong.getArgSpec();
    if (spec == null) {
      return String.valueOf(wrong.getMessage());
    }
    if (spec.isPositional() && String.valueOf(wrong.getValue()).startsWith("--")) {
      return unknownOption(wrong.getCommandLine().getCommandSpec(), wrong.getValue());
    }
    if (wrong.getCause() instanceof BadValue bad) {
      return name(spec) + " " + wrong.getValue() + ": " + bad.getMessage();
    }
    // A flag that was given a value, or an option followed by another one.
    if (spec instanceof OptionSpec option && option.arity().max() == 0) {
      return typed.stream()
              .filter(word -> word.startsWith(name(spec) + "="))
              .findFirst()
              .orElse(name(spec))
          + ": takes no value";
    }
    return valueMissing(spec);
  }

  private static String name(ArgSpec spec) {
    return spec instanceof OptionSpec option ? option.longestName() : spec.paramLabel();
  }
}

package dev.thalweg.cli;

import dev.thalweg.formula.Signature;
import dev.thalweg.nn.LayerKind;
import dev.thalweg.nn.Layers;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Family;
import dev.thalweg.optim.Optimizers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;

/// The words that values of options and arguments are completed to, found by the labels that the
/// help shows: `OPTIMIZER` to the optimizers, `text|json` to either. Given to a command line only
/// for the script that completes, so that no other command spends time on it.
final class CompletionNames {

  private final Map<String, List<String>> byLabel;
  private final Map<String, List<String>> nameOf;

  private CompletionNames(List<String> commands) {
    var optimizers = Optimizers.names();
    var data = Rows.names();
    byLabel =
        Map.of(
            "OPTIMIZER",
            optimizers,
            "MODEL",
            Stream.of(
                    Models.NAMES,
                    Models.TOKEN_NAMES,
                    Models.RATING_NAMES,
                    Models.PAIR_NAMES,
                    Models.TEXT_NAMES,
                    Models.STEP_NAMES)
                .flatMap(List::stream)
                .distinct()
                .toList(),
            "LOSS",
            Losses.NAMES,
            "DATA",
            data,
            "COMMAND",
            commands,
            "FAMILY",
            Arrays.stream(Family.values()).map(CompletionNames::lower).toList());
    var layers =
        Stream.of(
                Layers.kinds().stream().map(LayerKind::signature),
                Models.signatures().stream(),
                Models.tokenSignatures().stream(),
                Models.ratingSignatures().stream(),
                Models.pairSignatures().stream(),
                Models.textSignatures().stream(),
                Models.stepSignatures().stream())
            .flatMap(Function.identity())
            .map(Signature::name)
            .distinct()
            .toList();
    nameOf = Map.of("optimizers", optimizers, "layers", layers);
  }

  /// Adds words to whatever has a label that says what is expected.
  static void addTo(CommandSpec root) {
    var commands = root.subcommands().keySet().stream().sorted().toList();
    new CompletionNames(commands).addAll(root);
  }

  private void addAll(CommandSpec spec) {
    for (var option : List.copyOf(spec.options())) {
      var words = words(spec, option);
      // The options of every command know their words themselves: they can't be exchanged.
      if (!words.isEmpty() && option.scopeType() == ScopeType.LOCAL && !option.inherited()) {
        spec.remove(option);
        spec.addOption(OptionSpec.builder(option).completionCandidates(words).build());
      }
    }
    for (var argument : List.copyOf(spec.positionalParameters())) {
      var words = words(spec, argument);
      if (!words.isEmpty()) {
        spec.remove(argument);
        spec.addPositional(
            PositionalParamSpec.builder(argument).completionCandidates(words).build());
      }
    }
    for (var sub : spec.subcommands().values()) {
      addAll(sub.getCommandSpec());
    }
  }

  private List<String> words(CommandSpec spec, ArgSpec argument) {
    var label = argument.paramLabel();
    if (label.matches("[a-z0-9]+(\\|[a-z0-9]+)+")) {
      return List.of(label.split("\\|", -1));
    }
    return label.equals("NAME")
        ? nameOf.getOrDefault(spec.name(), List.of())
        : byLabel.getOrDefault(label, List.of());
  }

  private static String lower(Family family) {
    return family.name().toLowerCase(Locale.ROOT);
  }
}

package dev.thalweg.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What stays as it is of the weights that a training starts from.
final class FreezeOption {

  @Option(
      names = "--freeze",
      paramLabel = "LAYERS,…",
      split = ",",
      converter = Values.Name.class,
      hideParamSyntax = true,
      order = 25,
      description =
          "Of the weights that it starts from: those that stay as they are, by names of weights"
              + " (1.weight), places (1, 3.1) or kinds of layers (conv2d); * stands for any"
              + " characters. Default: none.")
  @Nullable List<String> freeze;

  /// Where the training starts.
  ///
  /// @param run whose weights it starts from; none: drawn ones
  /// @throws Failure if something is to stay of drawn weights
  Optional<StartChoice> from(@Nullable Path run) {
    if (run == null && freeze != null) {
      throw Failure.usage("--freeze: expected --from RUN, whose weights stay as they are");
    }
    return Optional.ofNullable(run)
        .map(folder -> new StartChoice(folder, freeze == null ? List.of() : freeze));
  }
}

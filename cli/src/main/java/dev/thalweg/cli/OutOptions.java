package dev.thalweg.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a training leaves its run folder, and a picture of it.
final class OutOptions {

  @Option(
      names = "--out",
      paramLabel = "DIR",
      order = 71,
      converter = Values.PathText.class,
      description = "The run folder. Default: runs/<data>-<n>, the first that is free.")
  @Nullable Path run;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      order = 72,
      converter = Values.PathText.class,
      description =
          "A picture (PNG) of loss and score by epoch, of the test rows' confusion matrix or"
              + " predictions, of the scores of a --grid; of images also predictions, the worst"
              + " mistakes and the first layer's filters.")
  @Nullable Path plot;

  /// Makes the place of the run, as [TrainRun] asks for it.
  ///
  /// @param title what a run without a place of its own is called after
  BiFunction<Runnable, Consumer<String>, RunPlace> place(String title) {
    var asked = run;
    return (work, note) ->
        asked == null
            ? RunPlace.next(Path.of("runs"), title, work, note)
            : RunPlace.fresh(asked, work, note);
  }

  /// The place of the picture, where one is asked for.
  ///
  /// @throws Failure as [PlotFile#at(Path)]
  Optional<PlotFile> picture() {
    return Optional.ofNullable(plot).map(PlotFile::at);
  }
}

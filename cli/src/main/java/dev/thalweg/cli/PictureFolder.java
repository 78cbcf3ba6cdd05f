package dev.thalweg.cli;

import dev.thalweg.cli.picture.ComparisonPicture;
import dev.thalweg.cli.picture.TrainingPicture;
import dev.thalweg.formats.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// Where `--png` puts pictures of runs. What would be in its way is found before the work begins.
final class PictureFolder {

  private static final String COMPARISON = "comparison";

  private final Path folder;

  private PictureFolder(Path folder) {
    this.folder = folder;
  }

  /// A folder, which is made where it is not there.
  ///
  /// @throws Failure if it can't be, or the JVM has nothing to draw with
  static PictureFolder at(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw Failure.usage("--png " + folder + ": expected a folder, found a file");
    }
    PlotFile.requireDrawing("--png", folder);
    try {
      AtomicFile.createFolders(folder);
    } catch (IOException e) {
      throw Failure.working("--png " + folder + ": the folder can't be made: " + e.getMessage(), e);
    }
    return new PictureFolder(folder);
  }

  /// Draws the runs, each by itself, and of several a comparison.
  ///
  /// @return the files
  /// @throws Failure if the machine has no fonts, or a file can't be written
  List<Path> draw(List<ReportedRun> runs) {
    var files = new ArrayList<Path>();
    var taken = new HashSet<String>();
    if (runs.size() > 1) {
      taken.add(COMPARISON);
    }
    for (var run : runs) {
      if (run.epochs().isEmpty()) {
        continue;
      }
      var name = run.name();
      for (var i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
        name = run.name() + "-" + i;
      }
      files.add(written(name, picture(run)::write));
    }
    if (runs.size() > 1) {
      var compared =
          new ComparisonPicture(
              runs.getFirst().kind().score(),
              runs.stream()
                  .map(run -> new ComparisonPicture.Run(run.name(), run.epochs()))
                  .toList());
      files.add(written(COMPARISON, compared::write));
    }
    return files;
  }

  private Path written(String name, Consumer<Path> picture) {
    var file = folder.resolve(name + ".png");
    PlotFile.at("--png", file).write(picture);
    return file;
  }

  private static TrainingPicture picture(ReportedRun run) {
    var facts = run.facts();
    return new TrainingPicture(
        run.config().data().name() + ": " + run.config().model(),
        List.of(
            "%s; %s epochs, %s steps, %s s"
                .formatted(
                    facts.getOrDefault("optimizer", "–"),
                    facts.getOrDefault("epochs", "0"),
                    facts.getOrDefault("steps", "0"),
                    facts.getOrDefault("seconds", "0"))),
        run.history(),
        run.kind().score(),
        run.kind().judged().get(),
        Optional.empty(),
        false,
        run.kind().tiles().get());
  }
}

package dev.thalweg.cli;

import dev.thalweg.cli.picture.Tiles;
import dev.thalweg.cli.picture.TrainingPicture;
import dev.thalweg.cli.picture.TrainingPicture.Judged;
import dev.thalweg.data.Images;
import dev.thalweg.data.Task;
import dev.thalweg.formats.AtomicFile;
import dev.thalweg.formats.DraftName;
import dev.thalweg.train.Evaluation;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.History;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// Where `--plot` puts a picture. What would be in its way is found before the training begins.
final class PlotFile {

  private final String option;
  private final Path file;

  /// The same from the root, as a working folder may go.
  private final Path whole;

  private PlotFile(String option, Path file) {
    this.option = option;
    this.file = file;
    whole = file.toAbsolutePath();
  }

  /// The picture's place.
  ///
  /// @throws Failure if it is no place for a PNG file, or the JVM has nothing to draw with
  static PlotFile at(Path file) {
    return at("--plot", file);
  }

  /// The same of what another option asks for.
  ///
  /// @throws Failure as [#at(Path)]
  static PlotFile at(String option, Path file) {
    var name = file.getFileName();
    if (name == null || !name.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw Failure.usage(option + " " + file + ": expected a file that ends in .png");
    }
    if (Files.isDirectory(file)) {
      throw Failure.usage(option + " " + file + ": expected a file, found a folder");
    }
    var parent = file.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw Failure.working(option + " " + file + ": there is no folder " + parent);
    }
    if (parent != null && !isNoFile(file)) {
      checkTakesFiles(option, file, parent);
    }
    requireDrawing(option, file);
    return new PlotFile(option, file);
  }

  /// That the JVM has something to draw with.
  ///
  /// @param option that asks for a picture
  /// @throws Failure if not
  static void requireDrawing(String option, Path place) {
    var module = PlotFile.class.getModule();
    if (module.isNamed() && !module.getLayer().findModule("java.desktop").isPresent()) {
      throw Failure.working(
          "%s %s: drawing needs the modules java.desktop and xchart, which the launcher gives to a command with %s%s"
              .formatted(
                  option,
                  place,
                  option,
                  option.equals("--plot") ? ", or with a configuration file that has it" : ""));
    }
  }

  /// Whether a file can be made in a folder: tried, as permissions don't tell of all that may be in
  /// the way.
  private static void checkTakesFiles(String option, Path file, Path folder) {
    AtomicFile.clear(file);
    try {
      Files.delete(Files.createFile(folder.resolve(DraftName.fresh("thalweg", "part"))));
    } catch (IOException e) {
      throw Failure.working(
          "%s %s: no file can be made in the folder %s%s"
              .formatted(
                  option,
                  file,
                  folder,
                  e instanceof FileSystemException because && because.getReason() != null
                      ? ": " + because.getReason()
                      : ""),
          e);
    }
  }

  /// A device, a pipe, or a link: [AtomicFile] writes it through.
  private static boolean isNoFile(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /// Draws a training.
  ///
  /// @param tested the evaluation of the test rows, if there are some
  /// @param images the test rows, if they are images
  /// @param grid whose best point was trained, if there was one
  /// @param memory whether the heap in use is shown
  /// @throws Failure if the machine has no fonts
  void draw(
      RunConfig config,
      FittedModel fitted,
      Optional<Evaluation> tested,
      Optional<Images> images,
      Optional<GridRun> grid,
      boolean memory) {
    var history = fitted.history().orElseThrow();
    var tiles = new ArrayList<Tiles>();
    tested.ifPresent(evaluation ->
        images.ifPresent(rows -> tiles.addAll(ImageTiles.of(rows, evaluation.outcomes()))));
    ImageTiles.filters(fitted.network()).ifPresent(tiles::add);
    var picture =
        new TrainingPicture(
            config.data().name() + ": " + config.model(),
            facts(config, history, "samples", memory, tested.map(PlotFile::score).orElse("")),
            history,
            fitted.preprocessing().task() == Task.CLASSIFICATION ? "accuracy" : "R²",
            tested.map(evaluation -> Judged.of("test", evaluation)),
            grid.map(run -> new GridShape(run).surface()),
            memory,
            tiles);
    write(picture::write);
  }

  /// How a training did on what was kept for the end.
  ///
  /// @param figures as they are told: `test RMSE 0.9123`
  /// @param loss that of its curve
  /// @param score likewise
  record Tested(String figures, double loss, double score) {}

  /// Draws a training that is not of rows.
  ///
  /// @param unit what its pace counts
  /// @param score what its score is called
  /// @param tested how it did on the part kept for the end, if there is one
  /// @param tiles images to show
  /// @param memory whether the heap in use is shown
  /// @throws Failure if the machine has no fonts
  void draw(
      RunConfig config,
      History history,
      String unit,
      String score,
      Optional<Tested> tested,
      List<Tiles> tiles,
      boolean memory) {
    var picture =
        new TrainingPicture(
            config.data().name() + ": " + config.model(),
            facts(
                config, history, unit, memory, tested.map(some -> "; " + some.figures).orElse("")),
            history,
            score,
            tested.map(some -> new Judged("test", some.loss, some.score, Optional.empty())),
            Optional.empty(),
            memory,
            tiles);
    write(picture::write);
  }

  private static List<String> facts(
      RunConfig config, History history, String unit, boolean memory, String figures) {
    var most = history.epochs().stream().mapToLong(epoch -> epoch.heapBytes()).max().orElse(0);
    return List.of(
        String.format(
            Locale.ROOT,
            "%s; %,d epoch%s, %,d step%s",
            config.optimizer().orElseThrow(),
            history.epochs().size(),
            history.epochs().size() == 1 ? "" : "s",
            history.steps(),
            history.steps() == 1 ? "" : "s"),
        String.format(
            Locale.ROOT,
            "%.2f s, %,.0f %s/s%s%s",
            history.seconds(),
            history.samplesPerSecond(),
            unit,
            memory
                ? String.format(
                    Locale.ROOT,
                    "; at most %,.0f MiB of heap in use at the end of an epoch",
                    most / 0x1p20)
                : "",
            figures));
  }

  /// Writes a picture, given as what draws it to a path: a class of pictures would be loaded to
  /// look at this one. Its folder is made again where it is gone, as that of a run is.
  ///
  /// @throws Failure if the machine has no fonts, or the folder can't be made
  void write(Consumer<Path> picture) {
    try {
      var parent = whole.getParent();
      if (parent != null && !Files.exists(parent)) {
        Files.createDirectories(parent);
      }
      picture.accept(whole);
    } catch (IOException e) {
      throw Failure.working(option + " " + file + ": cannot be written: " + e.getMessage(), e);
    } catch (LinkageError | InternalError missing) {
      throw Failure.working(
          option
              + " "
              + file
              + ": this machine can't draw text; fontconfig and a font are needed ("
              + missing.getMessage()
              + ")",
          missing);
    }
  }

  private static String score(Evaluation evaluation) {
    return String.format(
        Locale.ROOT,
        "; test %s %.4f, loss %.4f",
        evaluation.task() == Task.CLASSIFICATION ? "accuracy" : "R²",
        evaluation.score(),
        evaluation.loss());
  }
}

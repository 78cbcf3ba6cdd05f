package dev.thalweg.cli;

import dev.thalweg.data.Dataset;
import dev.thalweg.kernels.Engine;
import dev.thalweg.train.RunFolder;
import dev.thalweg.train.TrainingEvent;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `train`: trains a model, shows how well it does on rows it has not seen, and leaves a run
/// folder.
///
/// [TrainOptions] are what was said, a [RunConfig] what is asked for, a [TrainPlan] what is done, a
/// [TrainReport] what came of it.
@CommandLine.Command(
    name = "train",
    sortOptions = false,
    description = "Trains a model, and leaves a run folder that predicts.",
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg train [DATA] [--option value]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  ./thalweg train digits --model 'mlp(128, 64)' --optimizer 'adamw(lr=2e-3)'",
      "  ./thalweg train cars.csv --target mpg --categorical origin",
      "  ./thalweg train --config runs/cars-1/config.yaml"
    })
final class TrainCommand implements Command {

  @Mixin TrainOptions options = new TrainOptions();

  @Mixin GridOptions grid = new GridOptions();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      order = 70,
      converter = Values.PathText.class,
      description =
          "Options in a YAML file, by their names: 'epochs: 20'; a model may be a list of layers. A"
              + " run folder has one that repeats the run. What the command line says counts more.")
  @Nullable Path configFile;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      order = 71,
      converter = Values.PathText.class,
      description = "The run folder. Default: runs/<data>-<n>, the first that is free.")
  @Nullable Path out;

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

  @Option(
      names = "--plot-memory",
      order = 73,
      description = "Show the heap in use over time in the picture, too.")
  boolean plotMemory;

  @Mixin DownloadOption download = new DownloadOption();

  @Spec @Nullable CommandSpec spec;

  @Override
  public void run(Call call) {
    var places = places();
    places.in(() -> {
      var engine = call.engine();
      engine.run(() -> train(call, engine));
    });
  }

  /// Takes from the configuration file what was not said, if there is one.
  private ConfigPlaces places() {
    if (configFile == null || spec == null) {
      return ConfigPlaces.none();
    }
    var typed = CommandLineOrigin.of(spec);
    var places = ConfigFile.read(configFile).fill(spec, typed::has);
    if (places.has("sha256") && !places.has("data")) {
      // It is of another file.
      options.sha256 = null;
    }
    // What the command line says counts more, of an optimizer and its rate, too.
    if (places.has("optimizer")) {
      options.replacesRate = true;
    } else if (places.has("lr") && options.optimizer != null) {
      options.rate = null;
    }
    return places;
  }

  private void train(Call call, Engine engine) {
    var config = options.config(call.options().seed);
    var picture = Optional.ofNullable(plot).map(PlotFile::at);
    if (SceneData.isMeant(config.data().name())) {
      grid.refuse(SceneData.NAME + " has boxes");
      scenes(call, engine, ScenePlan.of(config), picture);
      return;
    }
    var places = download.places(call);
    TrainPlan.expect(config, places, engine);
    Jdk.running().withoutFma().ifPresent(call::note);
    var search = grid.plan(config, places);
    var asked =
        search
            .map(GridPlan::whole)
            .orElseGet(
                () -> TrainPlan.of(config, Division.of(config.data(), config.seed(), places)));
    try (var progress = new Progress(call.surroundings());
        var place = place(call, config, progress)) {
      var quiet = call.options().quiet;
      DataFile.changed(config.data(), asked.division().train()).ifPresent(call::note);
      asked.understanding().ifPresent(understood -> call.show(understood.text()));
      var found =
          search.map(
              points -> points.run(engine, quiet ? Optional.empty() : Optional.of(progress::grid)));
      found.ifPresent(run -> {
        progress.endGrid();
        call.show(run.text());
      });
      var plan = found.map(GridRun::plan).orElse(asked);
      Optional<Consumer<TrainingEvent>> observer = quiet ? Optional.empty() : Optional.of(progress);
      var validated = plan.config().folds().map(k -> FoldedPlan.train(plan, k, engine, observer));
      var trained = plan.fit(engine, observer);
      var fitted = plan.decided(trained);
      var tested = plan.test().map(fitted::evaluate);
      var at =
          place.commit(folder -> {
            found.ifPresent(run -> folder.writeText(RunFolder.GRID, run.csv()));
            folder
                .write(fitted)
                .writeText(RunFolder.CONFIG, plan.config().yaml())
                .writeMetrics(fitted.history().orElseThrow());
          });
      var report =
          new TrainReport(
              plan, validated, trained, fitted, tested, at, place.weightsSha256(), engine);
      var json = report.json();
      found.ifPresent(run -> json.put("grid", run.json()));
      call.print(json, report.text());
      if (!quiet) {
        report.note().ifPresent(call::note);
      }
      finish(
          call,
          place,
          () ->
              picture.ifPresent(file ->
                  file.draw(
                      plan.config(),
                      fitted,
                      tested,
                      plan.test().flatMap(Dataset::images),
                      found,
                      plotMemory)));
    }
  }

  private void scenes(Call call, Engine engine, ScenePlan plan, Optional<PlotFile> picture) {
    try (var progress = new Progress(call.surroundings());
        var place = place(call, plan.config(), progress)) {
      Optional<Consumer<TrainingEvent>> observer =
          call.options().quiet ? Optional.empty() : Optional.of(progress);
      var detector = plan.fit(engine, observer);
      var tested = plan.data().test().map(detector::evaluate);
      var at =
          place.commit(folder ->
              folder
                  .write(detector)
                  .writeText(RunFolder.CONFIG, plan.config().yaml())
                  .writeMetrics(detector.history().orElseThrow()));
      var report = new SceneReport(plan, detector, tested, at, place.weightsSha256(), engine);
      call.print(report.json(), report.text());
      finish(
          call,
          place,
          () ->
              picture.ifPresent(file ->
                  file.draw(plan.config(), detector, tested, plan.data().test(), plotMemory)));
    }
  }

  /// Draws the picture, and says at last where the run is, if it is not where it was to be.
  private static void finish(Call call, RunPlace place, Runnable picture) {
    var complaint = place.complaint();
    try {
      picture.run();
    } catch (Failure | UncheckedIOException noPicture) {
      complaint.ifPresent(call::note);
      throw noPicture;
    }
    complaint.ifPresent(sentence -> {
      throw Failure.working(sentence);
    });
  }

  private RunPlace place(Call call, RunConfig config, Progress progress) {
    return out == null
        ? RunPlace.next(Path.of("runs"), config.data().title(), progress::close, call::note)
        : RunPlace.at(out, progress::close, call::note);
  }
}

package dev.thalweg.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `train`: trains a model, shows how well it does on rows it has not seen, and leaves a run
/// folder.
///
/// [TrainOptions] are what was said, a [RunConfig] what is asked for, a [TrainRun] does it.
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
      "  ./thalweg train moby-dick --model 'lstm(256, layers=2)'",
      "  ./thalweg train --config runs/cars-1/config.yaml"
    })
final class TrainCommand implements Command {

  @Mixin TrainOptions options = new TrainOptions();

  @Mixin FreezeOption freeze = new FreezeOption();

  @Option(
      names = "--from",
      paramLabel = "RUN",
      order = 24,
      converter = Values.PathText.class,
      description =
          "Begin with the weights of another run where they have the same name and shape, and with"
              + " its scaling; 'thalweg fine-tune' takes its model, too. Default: drawn ones.")
  @Nullable Path from;

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

  @Mixin OutOptions out = new OutOptions();

  @Option(
      names = "--plot-memory",
      order = 73,
      description = "Show the heap in use over time in the picture, too.")
  boolean plotMemory;

  @Mixin FollowOptions follow = new FollowOptions();

  @Mixin DownloadOption download = new DownloadOption();

  @Spec @Nullable CommandSpec spec;

  @Override
  public void run(Call call) {
    var places = places();
    places.in(() -> {
      var engine = call.engine();
      engine.run(() -> training(call).run(call, engine));
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

  /// What is asked for; what follows from the data is still open.
  ///
  /// @throws Failure if options contradict each other
  RunConfig config(long seed) {
    return freeze
        .from(from)
        .map(options.config(seed)::withStart)
        .orElseGet(() -> options.config(seed));
  }

  private TrainRun training(Call call) {
    var config = config(call.options().seed);
    config.start().ifPresent(start -> start.refuseAsPlace(out.run));
    return new TrainRun(
        config,
        grid,
        follow,
        download.places(call),
        out.place(config.data().title()),
        false,
        out.picture(),
        plotMemory);
  }
}

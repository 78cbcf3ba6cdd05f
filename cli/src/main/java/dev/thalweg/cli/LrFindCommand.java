package dev.thalweg.cli;

import static dev.thalweg.cli.Failure.known;

import dev.thalweg.cli.picture.RatePicture;
import dev.thalweg.train.RangeTest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `lr-find`: tries learning rates out, each for a step, and suggests one.
@CommandLine.Command(
    name = "lr-find",
    sortOptions = false,
    description = "Tries learning rates out and suggests one: a range test.",
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg lr-find [DATA] [--option value]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer =
        "  ./thalweg lr-find digits --model 'mlp(128, 64)' --optimizer 'momentum' --plot lr.png")
final class LrFindCommand implements Command {

  @Mixin TrainOptions options = new TrainOptions();

  @Option(
      names = "--from",
      paramLabel = "RATE",
      order = 60,
      converter = Values.Positive.class,
      description = "The first rate. Default: 1e-6.")
  double from = RangeTest.defaults().from();

  @Option(
      names = "--to",
      paramLabel = "RATE",
      order = 61,
      converter = Values.Positive.class,
      description = "The last rate. Default: 10.")
  double to = RangeTest.defaults().to();

  @Option(
      names = "--steps",
      paramLabel = "N",
      order = 62,
      converter = Values.Count.class,
      description = "How many rates, a step each. Default: 200.")
  int steps = RangeTest.defaults().steps();

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      order = 72,
      converter = Values.PathText.class,
      description = "A picture (PNG) of the loss by rate.")
  @Nullable Path plot;

  @Mixin DownloadOption download = new DownloadOption();

  @Override
  public void run(Call call) {
    var engine = call.engine();
    Jdk.running().withoutFma().ifPresent(call::note);
    engine.run(() -> find(call));
  }

  private void find(Call call) {
    var picture = Optional.ofNullable(plot).map(PlotFile::at);
    var config = options.config(call.options().seed);
    refuseWithoutEffect();
    Rows.refuseFolder(config.data());
    var test = known(() -> new RangeTest(from, to, steps));
    var tried = tried(call, config, test);
    var found = tried.found();
    var json = new LinkedHashMap<String, Object>();
    json.put("suggestion", found.suggestion());
    json.put("least_loss", found.leastLoss());
    json.put("exploded", found.exploded());
    json.put("rates", found.rates());
    json.put("losses", found.losses());
    json.put("averages", found.averages());
    call.print(json, tried.text());
    picture.ifPresent(
        file -> file.write(new RatePicture(tried.data() + ": " + tried.model(), found)::write));
  }

  /// What a training has, and one with a step for each rate has not.
  private void refuseWithoutEffect() {
    var said = new LinkedHashMap<String, Boolean>();
    said.put("lr", options.rate != null);
    said.put("epochs", options.epochs != null);
    said.put("patience", options.patience != null);
    said.put("folds", options.folds != null);
    said.put("checkpoint-every", options.checkpointEvery != null);
    said.put("positive", options.positive != null);
    said.put("threshold", options.threshold != null);
    said.put("calibrate", options.calibrate);
    said.forEach((option, isSaid) -> {
      if (isSaid) {
        throw Failure.usage(
            "--%s: has no effect here: lr-find takes a step at each of the --steps rates between --from and --to"
                .formatted(option));
      }
    });
  }

  private Tried tried(Call call, RunConfig config, RangeTest test) {
    try {
      var own = ModelPlan.of(config);
      if (own.isPresent()) {
        var plan = own.get();
        return new Tried(
            config.data().name(),
            plan.config().model(),
            plan.optimizer().toString(),
            plan.tested(test, call.engine()));
      }
      var plan =
          TrainPlan.of(config, Division.of(config.data(), config.seed(), download.places(call)));
      return new Tried(
          plan.train().name(),
          plan.config().model(),
          plan.optimizer().toString(),
          known(() -> plan.tested(test)));
    } catch (IllegalStateException early) {
      throw Failure.working(String.valueOf(early.getMessage()), early);
    }
  }

  /// What was tried, and what it came to.
  private record Tried(String data, String model, String optimizer, RangeTest.Result found) {

    String text() {
      var rates = found.rates();
      return new Table()
              .row("data", data)
              .row("model", model)
              .row("optimizer", optimizer)
              .row(
                  "tried",
                  String.format(
                      Locale.ROOT,
                      "%d rates from %.2g to %.2g%s",
                      rates.size(),
                      rates.getFirst(),
                      rates.getLast(),
                      found.exploded() ? ", where the loss explodes" : ""))
              .row(
                  "least loss",
                  String.format(
                      Locale.ROOT,
                      "%.4f on the average, at a rate of %.2g",
                      found.leastLoss(),
                      10 * found.suggestion()))
              .row("suggestion", String.format(Locale.ROOT, "--lr %.2g", found.suggestion()))
          + (found.exploded()
              ? ""
              : "The loss does not explode: --to with a larger rate tells more.\n");
    }
  }
}

package dev.thalweg.cli;

import static dev.thalweg.cli.Failure.known;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.DatasetInfo;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.Task;
import dev.thalweg.formats.Sha256;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.train.Evaluation;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.RunFolder;
import dev.thalweg.train.Trainer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `train`: trains a model, shows how well it does on rows it has not seen, and leaves a run
/// folder.
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
    footer = "  ./thalweg train digits --model 'mlp(128, 64)' --optimizer 'adamw(lr=2e-3)'")
final class TrainCommand implements Command {

  @Parameters(
      arity = "0..1",
      paramLabel = "DATA",
      defaultValue = "digits",
      description = "A data set by name; 'thalweg data' lists them. Default: digits.")
  String data = "digits";

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      order = 1,
      description =
          "mlp(128, 64, dropout=0.1, l2=1e-4), logistic, linear; also activation, initializer, l1,"
              + " max_norm. Default: mlp(128).")
  String model = "mlp(128)";

  @Option(
      names = "--loss",
      paramLabel = "LOSS",
      order = 2,
      description =
          "For classes softmax_cross_entropy(label_smoothing=0.1, class_weights=balanced), bce, kl,"
              + " hinge, categorical_hinge; for numbers mse, mae, huber(delta=1). Default:"
              + " softmax_cross_entropy, or mse.")
  @Nullable String loss;

  @Option(
      names = "--optimizer",
      paramLabel = "OPTIMIZER",
      order = 3,
      description =
          "adamw(lr=cosine(1e-3, warmup=100)), clip_norm(1) | adam, torch.SGD(lr=0.1,"
              + " momentum=0.9); 'thalweg optimizers' lists them. Default: adamw(lr=1e-3,"
              + " weight_decay=0.01).")
  String optimizer = "adamw(lr=1e-3, weight_decay=0.01)";

  @Option(
      names = "--epochs",
      paramLabel = "N",
      order = 4,
      converter = Values.Count.class,
      description =
          "How often the training rows are gone through, at most. Default: 20, more where they are"
              + " so few that it takes more to make 2,000 steps.")
  @Nullable Integer epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      order = 5,
      converter = Values.Count.class,
      description = "Rows a step. Default: 32.")
  int batch = 32;

  @Option(
      names = "--sampling",
      paramLabel = "shuffle|replacement",
      order = 6,
      converter = Values.SamplingName.class,
      description = "How batches are drawn. Default: shuffle.")
  Sampling sampling = Sampling.SHUFFLE;

  @Option(
      names = "--test",
      paramLabel = "FRACTION",
      order = 7,
      converter = Values.Fraction.class,
      description = "Of all rows, kept for the final evaluation. Default: 0.2.")
  double test = 0.2;

  @Option(
      names = "--validation",
      paramLabel = "FRACTION",
      order = 8,
      converter = Values.Fraction.class,
      description = "Of all rows, evaluated after each epoch. Default: 0.")
  double validation;

  @Option(
      names = "--patience",
      paramLabel = "N",
      order = 9,
      converter = Values.Count.class,
      description =
          "Stop after so many epochs without a better loss (of the validation part if there is one)"
              + " and restore the best weights. Default: all epochs.")
  @Nullable Integer patience;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      order = 10,
      converter = Values.PathText.class,
      description = "The run folder. Default: runs/<data>-<n>, the first that is free.")
  @Nullable Path out;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      order = 11,
      converter = Values.PathText.class,
      description =
          "A picture (PNG) of loss and score by epoch, of the test rows' confusion matrix or"
              + " predictions, of time and memory.")
  @Nullable Path plot;

  /// What a training is made of, once all is known to fit.
  private record Plan(
      RunConfig config, Dataset train, Optional<Dataset> validation, Optional<Dataset> test) {}

  @Override
  public void run(Call call) {
    var engine = call.engine();
    engine.run(() -> train(call, engine));
  }

  private void train(Call call, Engine engine) {
    var all = known(this::dataset);
    var chosen = loss;
    var lossFunction =
        chosen == null
            ? Trainer.defaultLoss(all.task())
            : known("--loss", () -> Losses.parse(chosen));
    check(lossFunction, all);
    var outputs =
        all.task() == Task.CLASSIFICATION ? lossFunction.targets().outputs(all.classes()) : 1;
    var network = known("--model", () -> Models.parse(model, outputs));
    var rule = known("--optimizer", () -> Optimizer.parse(optimizer));
    var picture = Optional.ofNullable(plot).map(PlotFile::at);
    var plan = plan(call, all, lossFunction.toString(), rule.toString());
    var trainer =
        Trainer.defaults()
            .withEpochs(plan.config.epochs())
            .withBatch(batch)
            .withSeed(call.options().seed)
            .withSampling(sampling)
            .withPatience(plan.config.patience())
            .withEngine(engine);
    try (var progress = new Progress(call.surroundings());
        var place = place(call, progress)) {
      var shown = call.options().quiet ? trainer : trainer.withCallback(progress);
      var fitted =
          known(() ->
              plan.validation
                  .map(v -> shown.fit(network, lossFunction, rule, plan.train, v))
                  .orElseGet(() -> shown.fit(network, lossFunction, rule, plan.train)));
      var tested = plan.test.map(fitted::evaluate);
      var history = fitted.history().orElseThrow();
      place.commit(folder ->
          folder
              .write(fitted)
              .writeText(RunFolder.CONFIG, plan.config.yaml())
              .writeMetrics(history));
      picture.ifPresent(p ->
          p.draw(plan.config.data(), plan.config.model(), plan.config.optimizer(), fitted, tested));
      call.print(
          json(plan, fitted, tested, place.path(), engine),
          text(plan, fitted, tested, place.path()));
    }
  }

  /// Whether the loss is for what the data have; the sentence names the options that mend it.
  private static void check(Loss loss, Dataset data) {
    var numbers = loss.targets() == Loss.Targets.NUMBERS;
    if (numbers && data.task() == Task.CLASSIFICATION) {
      throw Failure.usage(
          "--loss %s: compares numbers, and %s has %d classes; take --loss softmax_cross_entropy,"
                  .formatted(loss, data.name(), data.classes())
              + " or --task regression to predict the class as a number");
    }
    known(
        "--loss",
        () -> {
          Trainer.checkLoss(loss, data);
          return loss;
        });
  }

  private Dataset dataset() {
    var names = Datasets.all().stream().map(DatasetInfo::name).toList();
    if (!names.contains(data) && (data.contains(".") || data.contains("/"))) {
      throw Failure.usage(
          "'"
              + data
              + "': this version trains on data sets that it finds by name, not on files; known: "
              + String.join(", ", names));
    }
    return Datasets.named(data);
  }

  private Plan plan(Call call, Dataset all, String lossName, String rule) {
    if (test + validation >= 1) {
      throw Failure.usage(
          "--test " + test + " --validation " + validation + ": expected some rows to train on");
    }
    var seed = call.options().seed;
    var rest = all;
    Optional<Dataset> testPart = Optional.empty();
    Optional<Dataset> validationPart = Optional.empty();
    if (test > 0) {
      var split = known("--test", () -> all.split(1 - test, seed));
      rest = split.train();
      testPart = Optional.of(split.test());
    }
    if (validation > 0) {
      var left = rest;
      var split = known("--validation", () -> left.split(1 - validation / (1 - test), seed));
      rest = split.train();
      validationPart = Optional.of(split.test());
    }
    var config =
        new RunConfig(
            data,
            model.strip(),
            lossName,
            rule,
            epochs == null ? enoughEpochs(rest.rows()) : epochs,
            batch,
            sampling.toString(),
            test,
            validation,
            patience == null ? 0 : patience,
            seed);
    return new Plan(config, rest, validationPart, testPart);
  }

  private int enoughEpochs(int rows) {
    var stepsPerEpoch = Math.ceilDiv(rows, batch);
    return Math.max(20, Math.ceilDiv(2000, stepsPerEpoch));
  }

  private RunPlace place(Call call, Progress progress) {
    Runnable onInterrupt =
        () -> {
          progress.close();
          call.note("interrupted, nothing was written");
        };
    return out == null
        ? RunPlace.next(Path.of("runs"), data, onInterrupt)
        : RunPlace.at(out, onInterrupt);
  }

  private static Map<String, @Nullable Object> json(
      Plan plan, FittedModel fitted, Optional<Evaluation> tested, Path run, Engine engine) {
    var config = plan.config;
    var history = fitted.history().orElseThrow();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("run", run.toString());
    json.put("data", config.data());
    json.put("model", config.model());
    json.put("loss", config.loss());
    json.put("optimizer", config.optimizer());
    json.put("test_loss", tested.map(Evaluation::loss).orElse(null));
    if (fitted.preprocessing().task() == Task.CLASSIFICATION) {
      json.put("test_accuracy", tested.map(Evaluation::accuracy).orElse(null));
    } else {
      json.put("test_r2", tested.map(Evaluation::r2).orElse(null));
      json.put("test_mae", tested.map(Evaluation::meanAbsoluteError).orElse(null));
    }
    tested.ifPresent(evaluation -> {
      var metrics = Metrics.json("test_", evaluation);
      metrics.forEach(json::putIfAbsent);
    });
    json.put("train_loss", history.epochs().getLast().loss());
    json.put("train_rows", plan.train.rows());
    json.put("validation_rows", plan.validation.map(Dataset::rows).orElse(0));
    json.put("test_rows", plan.test.map(Dataset::rows).orElse(0));
    json.put("epochs", history.epochs().size());
    json.put("batch", config.batch());
    json.put("steps", history.steps());
    json.put("seconds", history.seconds());
    json.put("samples_per_second", history.samplesPerSecond());
    json.put("parameters", fitted.network().parameterCount());
    json.put("seed", config.seed());
    json.put("provider", engine.provider());
    json.put("threads", engine.threads());
    json.put("stopped_because", history.reason().toString());
    json.put("weights_sha256", Sha256.of(run.resolve(RunFolder.WEIGHTS)));
    return json;
  }

  private static String text(Plan plan, FittedModel fitted, Optional<Evaluation> tested, Path run) {
    var config = plan.config;
    var history = fitted.history().orElseThrow();
    var table =
        new Table()
            .row(
                "data",
                config.data()
                    + ": "
                    + count(plan.train.rows())
                    + " rows to train"
                    + plan.validation.map(v -> ", " + count(v.rows()) + " to validate").orElse("")
                    + plan.test.map(t -> ", " + count(t.rows()) + " to test").orElse(""))
            .row(
                "model",
                config.model() + ", " + count(fitted.network().parameterCount()) + " parameters")
            .row("optimizer", config.optimizer())
            .row(
                "trained",
                String.format(
                    Locale.ROOT,
                    "%d epoch%s, %,d steps, %.2f s, %,.0f samples/s%s",
                    history.epochs().size(),
                    history.epochs().size() == 1 ? "" : "s",
                    history.steps(),
                    history.seconds(),
                    history.samplesPerSecond(),
                    history.epochs().size() < config.epochs() ? ", stopped by patience" : ""));
    tested.ifPresent(evaluation -> Metrics.rows(table, "test ", evaluation));
    table.row("run", run.toString());
    return table + tested.map(Metrics::details).orElse("");
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}

package dev.thalweg.cli;

import static dev.thalweg.cli.Failure.known;

import dev.thalweg.data.Augmentation;
import dev.thalweg.data.ColumnEncoding;
import dev.thalweg.data.DataPlaces;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.EncodingReport;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.Task;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Conv;
import dev.thalweg.nn.Dense;
import dev.thalweg.nn.Embedding;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.tensor.Shape;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.RangeTest;
import dev.thalweg.train.Start;
import dev.thalweg.train.Trainer;
import dev.thalweg.train.TrainingEvent;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A training of which all is known and fits together: what is trained, on what and how.
///
/// ```java
/// var plan = TrainPlan.of(config, Division.of(config.data(), config.seed(), places));
/// FittedModel fitted = plan.fit(engine);
/// ```
///
/// @param config with all that follows from the data
/// @param division the rows
/// @param train the rows to train on as features
/// @param validation those to evaluate after each epoch
/// @param test those kept for the end
/// @param report what was done to the rows to train on, where they came of a table
/// @param model of which a fresh network is trained
/// @param loss to be made small
/// @param optimizer that does so
/// @param start whose weights it begins with
record TrainPlan(
    RunConfig config,
    Division division,
    Dataset train,
    Optional<Dataset> validation,
    Optional<Dataset> test,
    Optional<EncodingReport> report,
    Sequential model,
    Loss loss,
    Optimizer optimizer,
    Optional<Start> start) {

  /// Says what training is going to come, where its rows are known before they are read.
  ///
  /// @throws Failure if the model's text can't be read, or it can't take the features
  static void expect(RunConfig config, DataPlaces places, Engine engine) {
    for (var info : Datasets.all(places)) {
      if (info.name().equals(config.data().name()) && Datasets.texts(info.name()).isEmpty()) {
        var epochs = config.epochs().orElseGet(() -> enoughEpochs(info.rows(), config.batch()));
        var trainer =
            Trainer.defaults().withBatchSize(config.batch()).withEpochs(epochs).withEngine(engine);
        known(
            "--model",
            () -> {
              var model = Models.parse(config.model(), Math.max(1, info.classes()));
              if (model.layers().getFirst() instanceof Dense) {
                trainer.expect(model, Shape.of(info.features()), info.rows());
              }
              return model;
            });
      }
    }
  }

  /// Makes features of the rows, and reads the texts of model, loss and optimizer.
  ///
  /// @throws Failure if a text can't be read, or something does not fit the data
  static TrainPlan of(RunConfig config, Division division) {
    var known =
        config.start().filter(start -> RunKind.of(start.run()) == RunKind.ROWS).stream()
            .map(start -> FittedModel.load(start.run()).preprocessing().encoding())
            .filter(by -> by.columns().stream().anyMatch(ColumnEncoding.Tokens.class::isInstance))
            .findFirst();
    var encoded = division.train().toTrainOn(known);
    var train = encoded.data();
    return of(
        config.usual() && hasTexts(train)
            ? config.withModel(TrainOptions.MODEL_OF_TEXT_COLUMNS)
            : config.usual() && tokens(train).isPresent()
                ? config.withModel(TrainOptions.MODEL_OF_SEQUENCES)
                : config,
        division,
        train,
        division.validation().map(rows -> rows.like(train)),
        division.test().map(rows -> rows.like(train)),
        encoded.report());
  }

  /// Another training on the same rows.
  ///
  /// @throws Failure if a text can't be read, or something does not fit the data
  TrainPlan with(RunConfig other) {
    return of(other, division, train, validation, test, report);
  }

  private static TrainPlan of(
      RunConfig config,
      Division division,
      Dataset train,
      Optional<Dataset> validation,
      Optional<Dataset> test,
      Optional<EncodingReport> report) {
    var loss =
        config
            .loss()
            .map(text -> known("--loss", () -> Losses.parse(text)))
            .orElseGet(() -> Trainer.defaultLoss(train.task()));
    check(loss, train);
    config.choice().check(train, validation.isPresent());
    var start = known("--freeze", () -> config.start().map(StartChoice::ofRows));
    var outputs = train.task() == Task.CLASSIFICATION ? loss.targets().outputs(train.classes()) : 1;
    var parsed = known("--model", () -> parsed(config.model(), train, outputs));
    var model =
        start
            .filter(from -> parsed.toString().equals(from.network().model().toString()))
            .map(_ -> known(() -> headed(parsed, outputs)))
            .orElse(parsed);
    var optimizer =
        known(
            "--optimizer",
            () ->
                Optimizer.parse(
                    config.optimizer().orElseGet(() -> usualOptimizer(config, train, model))));
    config.augment().ifPresent(text -> known("--augment", () -> check(text, train)));
    var epochs = config.epochs().orElseGet(() -> enoughEpochs(train.rows(), config.batch()));
    var asked = model.equals(parsed) ? config : config.withModel(model.toString());
    return new TrainPlan(
        asked.completed(loss.toString(), optimizer.toString(), epochs, division),
        division,
        train,
        validation,
        test,
        report,
        model,
        loss,
        optimizer,
        start);
  }

  /// A model of rows, or of sequences of tokens.
  private static Sequential parsed(String text, Dataset train, int outputs) {
    return tokens(train)
        .map(column -> ofTokens(text, column, outputs))
        .orElseGet(() -> Models.parse(text, outputs));
  }

  private static Sequential ofTokens(String text, ColumnEncoding.Tokens column, int outputs) {
    var model = Models.ofTexts(text, column.tokens(), column.length(), outputs);
    if (!(model.layers().getFirst() instanceof Embedding)) {
      throw new IllegalArgumentException(
          "%s: expected %s, or layers that begin with embedding(%d, …), as texts are sequences of %s; --tokenizer 'ngrams' counts what they have"
              .formatted(
                  text,
                  String.join(", ", Models.TEXT_NAMES),
                  column.tokens(),
                  column.form().unit()));
    }
    return model;
  }

  /// The column of texts, where these are sequences.
  private static Optional<ColumnEncoding.Tokens> tokens(Dataset data) {
    return columns(data)
        .filter(ColumnEncoding.Tokens.class::isInstance)
        .map(ColumnEncoding.Tokens.class::cast)
        .findFirst();
  }

  /// A run's model with a new last layer where there are other classes than it was made for.
  private static Sequential headed(Sequential model, int outputs) {
    return model.layers().getLast() instanceof Dense last && last.units() == outputs
        ? model
        : model.withOutputs(outputs);
  }

  private static boolean hasTexts(Dataset data) {
    return columns(data).anyMatch(ColumnEncoding.Text.class::isInstance);
  }

  private static boolean hasNothingButTexts(Dataset data) {
    return hasTexts(data) && columns(data).allMatch(ColumnEncoding.Text.class::isInstance);
  }

  private static Stream<ColumnEncoding> columns(Dataset data) {
    return data.encoding().stream().flatMap(by -> by.columns().stream());
  }

  private static Augmentation check(String text, Dataset train) {
    var augmentation = Augmentation.parse(text);
    train.augmented(augmentation, Sampling.SEQUENTIAL, 0);
    return augmentation;
  }

  /// Whether the loss is for what the data have; the sentence names the options that mend it.
  private static void check(Loss loss, Dataset data) {
    var classes = data.task() == Task.CLASSIFICATION ? data.classes() : 0;
    switch (loss.targets()) {
      case ANY -> {}
      case NUMBERS -> {
        if (classes > 0) {
          throw Failure.usage(
              "--loss: %s compares numbers, and %s has %d classes; take softmax_cross_entropy,"
                      .formatted(loss, data.name(), classes)
                  + " or --task regression to predict the class as a number");
        }
      }
      case CLASSES, TWO_CLASSES -> {
        if (classes == 0) {
          throw Failure.usage(
              "--loss: %s is for classes, and %s has numbers to predict; take mse, mae or huber"
                  .formatted(loss, data.name()));
        }
        if (loss.targets() == Loss.Targets.TWO_CLASSES && classes != 2) {
          throw Failure.usage(
              "--loss: %s is for two classes, and %s has %d; take softmax_cross_entropy or"
                      .formatted(loss, data.name(), classes)
                  + " categorical_hinge");
        }
      }
    }
  }

  /// Another training on the same rows, with the optimizer that its model has where none was said.
  ///
  /// @throws Failure if the model's text can't be read
  RunConfig withUsualOptimizer(RunConfig other) {
    if (other.optimizer().isPresent()) {
      return other;
    }
    var outputs = train.task() == Task.CLASSIFICATION ? train.classes() : 1;
    var model = known("--model", () -> parsed(other.model(), train, outputs));
    return other.withOptimizer(usualOptimizer(other, train, model));
  }

  /// A step of adamw moves a weight by about the rate, and those of one linear layer on scaled
  /// numbers are of the size of 1 and more where features go together: 2,000 steps of 1e-3 don't
  /// get there. Of more layers, the noise in the targets of few rows is learned by heart in as many
  /// steps: on nine sets of 96 to 9,600 rows (`tools/bench/regressions.py`) a decay of 0.3 had a
  /// better R² than 0.01 on eight, and the same on the ninth. Convolutions learn images by heart:
  /// `train fashion-mnist --model 'cnn(dropout=0)' --optimizer 'adamw(1e-3)' --epochs 10` ends at
  /// an accuracy of 0.912; with a rate that falls, a decay of 0.05 and half of the last numbers
  /// dropped, 0.926. N-grams of a text are a vector of length 1 of rare features, which adamw
  /// learns by heart: `train spam --optimizer 'adamw(cosine(0.03), weight_decay=0.01)'` ends at an
  /// F1 of 0.9746.
  private static String usualOptimizer(RunConfig config, Dataset train, Sequential model) {
    if (train.task() == Task.CLASSIFICATION && model.layers().getFirst() instanceof Conv) {
      return TrainOptions.OPTIMIZER_OF_CONVOLUTIONS;
    }
    if (train.task() == Task.CLASSIFICATION && isOneLayer(model) && hasNothingButTexts(train)) {
      return TrainOptions.OPTIMIZER_OF_TEXT_COLUMNS;
    }
    if (train.task() != Task.REGRESSION || !config.scaleTarget()) {
      return TrainOptions.OPTIMIZER;
    }
    return isOneLayer(model)
        ? TrainOptions.OPTIMIZER_OF_LINEAR
        : TrainOptions.OPTIMIZER_OF_REGRESSION;
  }

  private static boolean isOneLayer(Sequential model) {
    return model.layers().size() == 1 && model.layers().getFirst() instanceof Dense;
  }

  /// How often so many rows are gone through unless something else is said: 20 times, or as often
  /// as makes 2,000 steps.
  static int enoughEpochs(int rows, int batch) {
    var stepsPerEpoch = Math.ceilDiv(rows, batch);
    return Math.max(20, Math.ceilDiv(2000, stepsPerEpoch));
  }

  /// How the table was understood, where there is one.
  Optional<Understanding> understanding() {
    return division.train() instanceof Rows.OfTable rows
        ? Optional.of(
            new Understanding(
                rows.table(), train.encoding().orElseThrow().columns(), report.orElseThrow()))
        : Optional.empty();
  }

  /// The number of epochs, at most.
  int epochs() {
    return config.epochs().orElseThrow();
  }

  /// The settings of the trainer, but for the engine.
  private Trainer trainer() {
    var plain = config.trainer();
    return start
        .map(plain::withStart)
        .orElse(plain)
        .withScaleTarget(config.scaleTarget())
        .withAugmentation(config.augment().map(Augmentation::parse).orElseGet(Augmentation::none));
  }

  /// Trains on other rows of the same columns, with another seed, on the engine of the thread.
  ///
  /// @throws dev.thalweg.train.DivergedException if a loss, gradient or weight is not finite
  FittedModel fitOn(Dataset rows, long seed) {
    return config.choice().before(trainer().withSeed(seed).fit(model, loss, optimizer, rows));
  }

  /// Tries learning rates out, on the engine of the thread.
  ///
  /// @throws IllegalArgumentException if the optimizer has no learning rate
  RangeTest.Result tested(RangeTest test) {
    return test.of(trainer(), model, loss, optimizer, train);
  }

  /// Trains, and decides on classes as was asked for.
  ///
  /// @param observer told what happens, if there is one
  FittedModel fitDecided(Engine engine, Optional<Consumer<TrainingEvent>> observer) {
    return decided(fit(engine, observer));
  }

  /// A model of this training that decides on classes as was asked for.
  FittedModel decided(FittedModel fitted) {
    var choice = config.choice();
    return validation.map(rows -> choice.of(fitted, rows)).orElseGet(() -> choice.before(fitted));
  }

  /// Trains.
  ///
  /// @param observer told what happens, if there is one
  /// @throws Failure if a text does not fit after all: a schedule that is longer than the run
  /// @throws dev.thalweg.train.DivergedException if a loss, gradient or weight is not finite
  FittedModel fit(Engine engine, Optional<Consumer<TrainingEvent>> observer) {
    return fit(engine, observer, UnaryOperator.identity());
  }

  /// Trains.
  ///
  /// @param observer told what happens, if there is one
  /// @param saved has the training saved while it runs
  /// @throws Failure if a text does not fit after all: a schedule that is longer than the run
  /// @throws dev.thalweg.train.DivergedException if a loss, gradient or weight is not finite
  FittedModel fit(
      Engine engine, Optional<Consumer<TrainingEvent>> observer, UnaryOperator<Trainer> saved) {
    var plain = saved.apply(trainer().withEngine(engine));
    var trainer = observer.map(plain::withCallback).orElse(plain);
    return known(() ->
        validation
            .map(rows -> trainer.fit(model, loss, optimizer, train, rows))
            .orElseGet(() -> trainer.fit(model, loss, optimizer, train)));
  }
}

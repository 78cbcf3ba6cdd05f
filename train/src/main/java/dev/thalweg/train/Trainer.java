package dev.thalweg.train;

import dev.thalweg.data.Alignment;
import dev.thalweg.data.Augmentation;
import dev.thalweg.data.AugmentedSource;
import dev.thalweg.data.BatchReader;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.RowSource;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.Schema;
import dev.thalweg.data.Split;
import dev.thalweg.data.Standardizer;
import dev.thalweg.data.Table;
import dev.thalweg.data.TableSplit;
import dev.thalweg.data.Task;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.nn.Activation;
import dev.thalweg.nn.Dense;
import dev.thalweg.nn.Layer;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.StepScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// The settings of a training, and the loop. An immutable value: it can be used any number of
/// times, from several threads.
///
/// ```java
/// var fitted = Trainer.defaults().withEpochs(20).withBatchSize(32).withSeed(7)
///     .fit(Sequential.of(dense(64, RELU), dense(10)), softmaxCrossEntropy(), adamw(1e-3), data.train());
/// ```
///
/// Rows count in the loss as their weights say, where the data have some
/// ([Dataset#withSampleWeights]); scores and evaluations count all rows alike.
///
/// The targets of a regression are scaled as features are, unless [#scaleTarget] is off, and
/// predictions scaled back: prices in thousands and in millions train alike. So the loss counts
/// standard deviations of the targets, and the mean squared error at the beginning is about 1; R²,
/// the mean absolute error and its kin are in the target's own unit. Targets are scaled under
/// losses that know only the difference of prediction and target ([Loss#isOfDifferences]), and
/// where the last layer is a dense one without activation: one that says positive numbers only
/// would be wrong about half of the scaled ones.
///
/// A thread that is interrupted ends its training after the step, as a condition of [#withStopWhen]
/// does: what comes is the model as it is, or with patience the best so far, and the thread is
/// still interrupted.
///
/// The same settings, data and seed give the same bits on every machine, for any number of threads.
///
/// @param epochs how often the data are gone through, at most; default 20
/// @param batchSize samples a step; default 32. The last batch of an epoch may be smaller
/// @param seed of the weights, the order of the data and dropout; default 0
/// @param sampling how batches are drawn; default shuffled
/// @param patience epochs without a better loss (on the validation part if there is one, else of
///   the epoch) after which training stops and the best weights are restored; 0, the default: never
/// @param minDelta by how much a loss must be smaller than the best so far to be a better one; 0 by
///   default
/// @param standardize whether features are brought to mean 0 and variance 1, by means and scales of
///   the training data; default yes
/// @param scaleTarget whether the targets of a regression are, and predictions scaled back; default
///   yes
/// @param validation which share of the rows of a data set are not trained on but watched after
///   each epoch, where [#fit] is given none to watch: by class in a classification, by the seed; 0,
///   the default: none
/// @param augmentation how images are changed anew in each epoch; none by default
/// @param engine on which to run; none: the one bound to the thread, as a rule all cores
/// @param checkpoints where it is saved while it runs, and whether it goes on from there; none by
///   default
/// @param start whose weights it begins with, and which of them stay; none: weights drawn by the
///   seed
/// @param metrics figures of your own, by name: computed after each epoch on the validation part,
///   and in the evaluations of the fitted model
/// @param callbacks told what happens, in order
/// @param conditions under which it ends: asked at each event, after the callbacks
/// @param inspectors who look into steps
public record Trainer(
    int epochs,
    int batchSize,
    long seed,
    Sampling sampling,
    int patience,
    double minDelta,
    boolean standardize,
    boolean scaleTarget,
    double validation,
    Optional<Augmentation> augmentation,
    Optional<Engine> engine,
    Optional<Checkpoints> checkpoints,
    Optional<Start> start,
    SequencedMap<String, Metric> metrics,
    List<Consumer<? super TrainingEvent>> callbacks,
    List<Predicate<? super TrainingEvent>> conditions,
    List<Inspector> inspectors) {

  /// How many batches are read while others are worked on, where rows come of a source.
  private static final int BATCHES_AHEAD = 4;

  /// Checks the ranges and copies the collections.
  ///
  /// @throws IllegalArgumentException if epochs or batchSize is not positive, patience or minDelta
  ///   negative, or validation not in [0, 1)
  public Trainer {
    callbacks = List.copyOf(callbacks);
    conditions = List.copyOf(conditions);
    inspectors = List.copyOf(inspectors);
    metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1, found " + epochs);
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize must be at least 1, found " + batchSize);
    }
    if (patience < 0) {
      throw new IllegalArgumentException("patience must not be negative, found " + patience);
    }
    if (!(minDelta >= 0 && minDelta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("minDelta must lie in [0, ∞), found " + minDelta);
    }
    if (!(validation >= 0 && validation < 1)) {
      throw new IllegalArgumentException("validation must lie in [0, 1), found " + validation);
    }
  }

  /// 20 epochs of shuffled batches of 32, seed 0.
  public static Trainer defaults() {
    return new Trainer(
        20,
        32,
        0,
        Sampling.SHUFFLE,
        0,
        0,
        true,
        true,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new LinkedHashMap<>(),
        List.of(),
        List.of(),
        List.of());
  }

  /// These settings with one of them changed.
  private static final class Copy {
    private int epochs;
    private int batchSize;
    private long seed;
    private Sampling sampling;
    private int patience;
    private double minDelta;
    private boolean standardize;
    private boolean scaleTarget;
    private double validation;
    private Optional<Augmentation> augmentation;
    private Optional<Engine> engine;
    private Optional<Checkpoints> checkpoints;
    private Optional<Start> start;
    private SequencedMap<String, Metric> metrics;
    private List<Consumer<? super TrainingEvent>> callbacks;
    private List<Predicate<? super TrainingEvent>> conditions;
    private List<Inspector> inspectors;

    Copy(Trainer of) {
      epochs = of.epochs;
      batchSize = of.batchSize;
      seed = of.seed;
      sampling = of.sampling;
      patience = of.patience;
      minDelta = of.minDelta;
      standardize = of.standardize;
      scaleTarget = of.scaleTarget;
      validation = of.validation;
      augmentation = of.augmentation;
      engine = of.engine;
      checkpoints = of.checkpoints;
      start = of.start;
      metrics = of.metrics;
      callbacks = of.callbacks;
      conditions = of.conditions;
      inspectors = of.inspectors;
    }

    Trainer made() {
      return new Trainer(
          epochs,
          batchSize,
          seed,
          sampling,
          patience,
          minDelta,
          standardize,
          scaleTarget,
          validation,
          augmentation,
          engine,
          checkpoints,
          start,
          metrics,
          callbacks,
          conditions,
          inspectors);
    }
  }

  /// These settings with another number of epochs.
  public Trainer withEpochs(int n) {
    var copy = new Copy(this);
    copy.epochs = n;
    return copy.made();
  }

  /// These settings with another batch size.
  public Trainer withBatchSize(int n) {
    var copy = new Copy(this);
    copy.batchSize = n;
    return copy.made();
  }

  /// These settings with another seed.
  public Trainer withSeed(long other) {
    var copy = new Copy(this);
    copy.seed = other;
    return copy.made();
  }

  /// These settings with another way to draw batches.
  public Trainer withSampling(Sampling other) {
    NotNull.check(other, "other");
    var copy = new Copy(this);
    copy.sampling = other;
    return copy.made();
  }

  /// These settings with this much patience.
  public Trainer withPatience(int n) {
    var copy = new Copy(this);
    copy.patience = n;
    return copy.made();
  }

  /// These settings with losses that count as better only when they are smaller by this much.
  public Trainer withMinDelta(double delta) {
    var copy = new Copy(this);
    copy.minDelta = delta;
    return copy.made();
  }

  /// These settings with features scaled or left as they are.
  public Trainer withStandardize(boolean yes) {
    var copy = new Copy(this);
    copy.standardize = yes;
    return copy.made();
  }

  /// These settings with the targets of a regression scaled or left as they are.
  public Trainer withScaleTarget(boolean yes) {
    var copy = new Copy(this);
    copy.scaleTarget = yes;
    return copy.made();
  }

  /// These settings with a share of the rows kept to be watched; see [#validation].
  ///
  /// ```java
  /// trainer.withPatience(5).withValidation(0.2).fit(model, loss, optimizer, data)
  /// ```
  ///
  /// @throws IllegalArgumentException if it does not lie in [0, 1)
  public Trainer withValidation(double share) {
    var copy = new Copy(this);
    copy.validation = share;
    return copy.made();
  }

  /// These settings with images changed anew in each epoch, as a function of (seed, epoch, image).
  ///
  /// ```java
  /// trainer.withAugmentation(Augmentation.parse("flip | crop(4)"))
  /// ```
  public Trainer withAugmentation(Augmentation other) {
    NotNull.check(other, "other");
    var copy = new Copy(this);
    copy.augmentation = other.isNone() ? Optional.empty() : Optional.of(other);
    return copy.made();
  }

  /// These settings on this engine: a provider of kernels and a number of threads.
  public Trainer withEngine(Engine other) {
    NotNull.check(other, "other");
    var copy = new Copy(this);
    copy.engine = Optional.of(other);
    return copy.made();
  }

  /// These settings, saved while they are worked on; see [Checkpoints].
  public Trainer withCheckpoints(Checkpoints other) {
    NotNull.check(other, "other");
    var copy = new Copy(this);
    copy.checkpoints = Optional.of(other);
    return copy.made();
  }

  /// These settings, of a training that goes on from the newest checkpoint in a folder that is
  /// whole, and is saved there again as [#withCheckpoints] said, if it did. Model, loss, optimizer
  /// and data are given as they were; a larger number of epochs may be asked for. What it comes to
  /// has the same bits as if it had never been stopped; schedules that end with the training are as
  /// long as it is planned now.
  ///
  /// A training whose checkpoint was of its end ends at once with the same model.
  ///
  /// [#fit] then throws a [RunException] if there is no checkpoint, it is damaged and none before
  /// it is whole, it belongs to another model, optimizer, seed or data, or a later version has
  /// written it.
  public Trainer resume(Path folder) {
    NotNull.check(folder, "folder");
    Checkpoints now = checkpoints.orElseGet(() -> Checkpoints.in(folder));
    return withCheckpoints(
        new Checkpoints(
            () -> folder,
            now.steps(),
            now.interval(),
            now.kept(),
            true,
            now.request(),
            now.notes()));
  }

  /// These settings for a training that starts from the weights of another model, some of which may
  /// stay as they are: fine-tuning.
  public Trainer withStart(Start other) {
    NotNull.check(other, "other");
    var copy = new Copy(this);
    copy.start = Optional.of(other);
    return copy.made();
  }

  private Trainer withoutCheckpoints() {
    var copy = new Copy(this);
    copy.checkpoints = Optional.empty();
    return copy.made();
  }

  /// These settings for a training beside the one that they are meant for.
  Trainer alone() {
    var copy = new Copy(this);
    copy.checkpoints = Optional.empty();
    copy.patience = 0;
    copy.validation = 0;
    copy.callbacks = List.of();
    copy.inspectors = List.of();
    return copy.made();
  }

  /// These settings with one more figure of your own.
  ///
  /// @throws IllegalArgumentException if the name is blank or taken
  public Trainer withMetric(String name, Metric metric) {
    NotNull.check(name, "name");
    NotNull.check(metric, "metric");
    if (name.isBlank() || Evaluation.NAMES.contains(name) || metrics.containsKey(name)) {
      throw new IllegalArgumentException(
          "metric: expected a name of its own, found '" + name + "'");
    }
    SequencedMap<String, Metric> more = new LinkedHashMap<>(metrics);
    more.put(name, metric);
    var copy = new Copy(this);
    copy.metrics = more;
    return copy.made();
  }

  /// These settings with one more callback.
  public Trainer withCallback(Consumer<? super TrainingEvent> callback) {
    NotNull.check(callback, "callback");
    List<Consumer<? super TrainingEvent>> more = new ArrayList<>(callbacks);
    more.add(callback);
    var copy = new Copy(this);
    copy.callbacks = more;
    return copy.made();
  }

  /// These settings with somebody more who looks into steps.
  public Trainer withInspector(Inspector inspector) {
    NotNull.check(inspector, "inspector");
    List<Inspector> more = new ArrayList<>(inspectors);
    more.add(inspector);
    var copy = new Copy(this);
    copy.inspectors = more;
    return copy.made();
  }

  /// These settings with one more condition that ends the training: after the step or the epoch at
  /// which it holds. The model is then as it is, or with patience the best one of the epochs that
  /// are over; the reason is [StopReason#CONDITION]. [Thread#interrupt] does the same from outside.
  ///
  /// ```java
  /// trainer.withStopWhen(event -> System.nanoTime() > deadline)
  /// ```
  public Trainer withStopWhen(Predicate<? super TrainingEvent> condition) {
    NotNull.check(condition, "condition");
    List<Predicate<? super TrainingEvent>> more = new ArrayList<>(conditions);
    more.add(condition);
    var copy = new Copy(this);
    copy.conditions = more;
    return copy.made();
  }

  /// Trains a fresh network of the model on the data, all of them unless there is a share for
  /// [#validation].
  ///
  /// @throws DivergedException if a loss, gradient or weight is not finite
  /// @throws IllegalArgumentException if model, loss and data don't fit together, or there is only
  ///   one class
  public FittedModel fit(Sequential model, Loss loss, Optimizer optimizer, Dataset train) {
    NotNull.check(model, "model");
    NotNull.check(loss, "loss");
    NotNull.check(optimizer, "optimizer");
    NotNull.check(train, "train");
    if (validation > 0) {
      Split parts = train.split(1 - validation, seed);
      return fit(model, loss, optimizer, parts.train(), parts.test());
    }
    return fit(model, loss, optimizer, train, Optional.empty());
  }

  /// Trains a fresh network of the model and watches it on other data.
  ///
  /// @param validation evaluated after each epoch; what patience looks at; brought into line with
  ///   the rows to train on by names
  /// @throws DivergedException if a loss, gradient or weight is not finite
  /// @throws IllegalArgumentException if model, loss and data don't fit together, or there is only
  ///   one class
  public FittedModel fit(
      Sequential model, Loss loss, Optimizer optimizer, Dataset train, Dataset validation) {
    NotNull.check(model, "model");
    NotNull.check(loss, "loss");
    NotNull.check(optimizer, "optimizer");
    NotNull.check(train, "train");
    NotNull.check(validation, "validation");
    return fit(model, loss, optimizer, train, Optional.of(validation));
  }

  /// Judges a training by as many others: each leaves another share of the rows out, trains on the
  /// rest, and is evaluated on what was left out. Parts are drawn by [#seed], in a classification
  /// by class; scaling is of the rows that a training has seen.
  ///
  /// ```java
  /// trainer.crossValidate(model, loss, adam(1e-2), data, 5).mean("accuracy")
  /// ```
  ///
  /// A thread that is interrupted gets the folds that are judged by then, and is still interrupted.
  /// None of these trainings is saved by the way.
  ///
  /// @param k how many shares, at least 2
  /// @throws IllegalArgumentException as [#fit], or if there are fewer rows than shares
  /// @throws IllegalStateException if it was interrupted in the first fold
  public CrossValidation crossValidate(
      Sequential model, Loss loss, Optimizer optimizer, Dataset data, int k) {
    NotNull.check(model, "model");
    NotNull.check(loss, "loss");
    NotNull.check(optimizer, "optimizer");
    NotNull.check(data, "data");
    return crossValidate(model, loss, optimizer, data.folds(k, seed), part -> part);
  }

  /// The same of a table: also what is filled in for missing values and known of categories is of
  /// the rows that a training has seen.
  ///
  /// @throws IllegalArgumentException as of a data set
  /// @throws dev.thalweg.data.DataException if all values of a column are missing in a part
  public CrossValidation crossValidate(
      Sequential model, Loss loss, Optimizer optimizer, Table data, int k) {
    NotNull.check(model, "model");
    NotNull.check(loss, "loss");
    NotNull.check(optimizer, "optimizer");
    NotNull.check(data, "data");
    return crossValidate(model, loss, optimizer, data.folds(k, seed), TableSplit::encoded);
  }

  private <P> CrossValidation crossValidate(
      Sequential model, Loss loss, Optimizer optimizer, List<P> parts, Function<P, Split> encoded) {
    List<Evaluation> folds = new ArrayList<>();
    for (P part : parts) {
      Split split = encoded.apply(part);
      FittedModel fitted = withoutCheckpoints().fit(model, loss, optimizer, split.train());
      if (Thread.currentThread().isInterrupted()) {
        if (folds.isEmpty()) {
          throw new IllegalStateException("crossValidate: interrupted before a fold was judged");
        }
        break;
      }
      folds.add(fitted.evaluate(split.test()));
    }
    return new CrossValidation(folds);
  }

  /// Says that a training of these settings is going to come, while its rows are still being read.
  /// What a long one needs is made ready meanwhile: vector kernels take the JIT a second, in which
  /// training is slow. Of a short one nothing comes. [#fit] says it, too, at its beginning.
  ///
  /// @param model to be trained
  /// @param input the shape of a row's features
  /// @param rows about how many are going to be trained on
  /// @throws IllegalArgumentException if the model can't take the input
  public void expect(Sequential model, Shape input, long rows) {
    NotNull.check(model, "model");
    NotNull.check(input, "input");
    Engine used = engine.orElseGet(Engine::current);
    Shape shape = input;
    boolean first = true; // nobody asks for the gradient of its input
    for (Layer layer : model.layers()) {
      Shape output = layer.output(shape);
      int inputs = shape.size();
      int outputs = output.size();
      long parameters = Sequential.of(layer).parameterCount(shape);
      if (parameters >= (long) inputs * outputs) {
        long work = rows * epochs * inputs * outputs;
        used.expectMatmul(false, false, outputs, work);
        used.expectMatmul(true, false, outputs, work);
        if (!first) {
          used.expectMatmul(false, true, inputs, work);
        }
      }
      used.expectSum(rows / batchSize * epochs * parameters); // of gradients
      shape = output;
      first = false;
    }
  }

  private FittedModel fit(
      Sequential model,
      Loss loss,
      Optimizer optimizer,
      Dataset train,
      Optional<Dataset> validation) {
    Network network = network(model, loss, train.schema());
    Optional<Dataset> aligned =
        validation.map(v -> Alignment.of(v.schema(), train.schema()).apply(v));
    train.sampleWeights().ifPresent(Trainer::checkWeights);
    expect(model, network.input(), train.rows());
    RowSource rows = train.source(Sampling.SEQUENTIAL, 0);
    Preprocessing preprocessing = preprocessing(model, loss, rows);
    Optional<AugmentedSource> augmented = augmentation.map(a -> train.augmented(a, sampling, seed));
    return trained(
        network,
        forData(loss, rows),
        optimizer,
        augmented.isPresent()
            ? ahead(scaled(augmented.get(), preprocessing))
            : scaled(train, preprocessing).source(sampling, seed, batchSize),
        augmented.filter(RowSource::mixed),
        preprocessing,
        aligned.map(v -> v.source(Sampling.SEQUENTIAL, 0)));
  }

  private static Dataset scaled(Dataset rows, Preprocessing preprocessing) {
    Dataset features = preprocessing.standardizer().map(s -> s.apply(rows)).orElse(rows);
    return preprocessing.targetStandardizer().map(s -> s.applyToTargets(features)).orElse(features);
  }

  private static RowSource scaled(RowSource rows, Preprocessing preprocessing) {
    RowSource features = preprocessing.standardizer().map(s -> s.apply(rows)).orElse(rows);
    return preprocessing.targetStandardizer().map(s -> s.applyToTargets(features)).orElse(features);
  }

  /// Read in the background.
  private RowSource ahead(RowSource rows) {
    return rows.ahead((int) Math.min(batchSize, rows.rows()), BATCHES_AHEAD);
  }

  /// Trains a fresh network of the model on rows that are passed through again in each epoch, in
  /// the order of their source: of a file that is larger than the memory. What comes next is read
  /// and scaled in the background while a step computes. [#sampling] is not looked at.
  ///
  /// ```java
  /// var parts = CsvStream.open(file, TableOptions.target("mpg")).split(0.8, seed);
  /// trainer.fit(model, loss, optimizer, parts.train().shuffled(seed, 100_000)).evaluate(parts.test());
  /// ```
  ///
  /// The rows of a [Dataset#source] in the order that this trainer would take give the same bits as
  /// the data set, where the features are not scaled, or were before.
  ///
  /// @throws DivergedException if a loss, gradient or weight is not finite
  /// @throws IllegalArgumentException if model, loss and data don't fit together, there is only one
  ///   class, or a share for [#validation]: which rows of a source are kept is said by who opens it
  /// @throws dev.thalweg.data.DataException if the rows can't be read
  public FittedModel fit(Sequential model, Loss loss, Optimizer optimizer, RowSource train) {
    NotNull.check(model, "model");
    NotNull.check(loss, "loss");
    NotNull.check(optimizer, "optimizer");
    NotNull.check(train, "train");
    if (validation > 0) {
      throw new IllegalArgumentException(
          "withValidation: expected a data set to divide, found rows that are read; divide the"
              + " source, as CsvStream.split does, and call fit(model, loss, optimizer, train,"
              + " validation)");
    }
    return fit(model, loss, optimizer, train, Optional.empty());
  }

  /// Trains on the rows of a source and watches the model on those of another; see
  /// [#fit(Sequential, Loss, Optimizer, RowSource)].
  ///
  /// @param validation evaluated after each epoch; what patience looks at; brought into line with
  ///   the rows to train on by names
  /// @throws DivergedException if a loss, gradient or weight is not finite
  /// @throws IllegalArgumentException if model, loss and data don't fit together, or there is only
  ///   one class
  /// @throws dev.thalweg.data.DataException if the rows can't be read
  public FittedModel fit(
      Sequential model, Loss loss, Optimizer optimizer, RowSource train, RowSource validation) {
    NotNull.check(model, "model");
    NotNull.check(loss, "loss");
    NotNull.check(optimizer, "optimizer");
    NotNull.check(train, "train");
    NotNull.check(validation, "validation");
    return fit(model, loss, optimizer, train, Optional.of(validation));
  }

  private FittedModel fit(
      Sequential model,
      Loss loss,
      Optimizer optimizer,
      RowSource source,
      Optional<RowSource> validation) {
    if (source.mixed()) {
      throw new IllegalArgumentException(
          source.schema().name()
              + ": expected rows of one class each, found mixtures of two, as mixup and cutmix make"
              + " them");
    }
    RowSource train = new CountedRows(source);
    Network network = network(model, loss, train.schema());
    Optional<RowSource> aligned =
        validation.map(v -> Alignment.of(v.schema(), train.schema()).apply(v));
    expect(model, network.input(), train.rows());
    Preprocessing preprocessing = preprocessing(model, loss, train);
    return trained(
        network,
        forData(loss, train),
        optimizer,
        ahead(scaled(train, preprocessing)),
        Optional.empty(),
        preprocessing,
        aligned);
  }

  /// The end that both ways have: a training on rows as the network wants them.
  ///
  /// @param mixtures what the targets of these rows are mixed of, where they are
  /// @param validation rows as they came
  private FittedModel trained(
      Network network,
      Loss loss,
      Optimizer optimizer,
      RowSource rows,
      Optional<AugmentedSource> mixtures,
      Preprocessing preprocessing,
      Optional<RowSource> validation) {
    Engine used = engine.orElseGet(Engine::current);
    Evaluator evaluator = new Evaluator(network, loss, preprocessing, metrics);
    Training training =
        new Training(
            this,
            used,
            network,
            new Supervised(network, loss, preprocessing.task()),
            optimizer,
            new Feed(rows, network.input(), batchSize, mixtures),
            validation.map(source -> scope -> watched(evaluator, source, scope)));
    History history = training.run();
    return new FittedModel(network, loss, preprocessing, used, metrics, Optional.of(history));
  }

  private static Training.Watched watched(Evaluator evaluator, RowSource rows, StepScope scope) {
    try (BatchReader pass = rows.pass(0)) {
      Evaluation evaluation = evaluator.evaluate(pass, scope);
      return new Training.Watched(
          evaluation.loss(), OptionalDouble.of(evaluation.score()), evaluation.ownValues());
    }
  }

  /// Trains a network, which is changed, on any batches by any objective: the loop alone. Of these
  /// settings epochs, seed (of dropout), patience, engine, callbacks and conditions count.
  ///
  /// ```java
  /// var network = model.build(Shape.of(28, 28, 1), 7);
  /// trainer.fit(network, (batch, pass, scores) -> …, adamw(1e-3), batches);
  /// ```
  ///
  /// @return what it came to, epoch by epoch; the scores are the first that the objective names
  /// @throws DivergedException if a loss, gradient or weight is not finite
  public History fit(Network network, Objective objective, Optimizer optimizer, BatchSource train) {
    NotNull.check(network, "network");
    NotNull.check(objective, "objective");
    NotNull.check(optimizer, "optimizer");
    NotNull.check(train, "train");
    return fit(network, objective, optimizer, train, Optional.empty());
  }

  /// The same, watched on other batches after each epoch; see [#fit(Network, Objective, Optimizer,
  /// BatchSource)]. The loss there is the mean over the batches, each by its [TensorBatch#count].
  ///
  /// @param validation what patience looks at
  /// @throws DivergedException if a loss, gradient or weight is not finite
  public History fit(
      Network network,
      Objective objective,
      Optimizer optimizer,
      BatchSource train,
      BatchSource validation) {
    NotNull.check(network, "network");
    NotNull.check(objective, "objective");
    NotNull.check(optimizer, "optimizer");
    NotNull.check(train, "train");
    NotNull.check(validation, "validation");
    return fit(network, objective, optimizer, train, Optional.of(validation));
  }

  /// Checks that nothing is to be taken from data that can't be divided.
  ///
  /// @param found what they are: `a text`
  /// @param arguments those of the call that takes what is to be watched
  void checkUndivided(String found, String arguments) {
    if (validation > 0) {
      throw new IllegalArgumentException(
          "withValidation: expected data to divide, found %s; call fit(%s)"
              .formatted(found, arguments));
    }
  }

  /// The same, watched on other batches where there are some.
  History fit(
      Network network,
      Objective objective,
      Optimizer optimizer,
      BatchSource train,
      Optional<BatchSource> validation) {
    return new Training(
            this,
            engine.orElseGet(Engine::current),
            network,
            objective,
            optimizer,
            train,
            validation.map(batches -> scope -> watched(objective, batches, scope)))
        .run();
  }

  static Training.Watched watched(Objective objective, BatchSource batches, StepScope scope) {
    Scores scores = new Scores();
    double total = 0;
    long count = 0;
    try (BatchSource.Reader reader = batches.epoch(0)) {
      for (TensorBatch batch = reader.next(); batch != null; batch = reader.next()) {
        TensorBatch now = batch;
        double value = scope.silently(() -> objective.loss(now, Pass.inference(), scores)).item();
        total += value * batch.count();
        count += batch.count();
        scope.endStep();
      }
    }
    SequencedMap<String, Double> values = scores.take();
    OptionalDouble score =
        values.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(values.firstEntry().getValue());
    return new Training.Watched(total / count, score, values);
  }

  /// What is learned of the rows before the training.
  private Preprocessing preprocessing(Sequential model, Loss loss, RowSource train) {
    boolean targets =
        scaleTarget
            && train.schema().task() == Task.REGRESSION
            && loss.isOfDifferences()
            && model.layers().getLast() instanceof Dense last
            && last.activation().equals(Activation.LINEAR);
    Optional<Preprocessing> learned = start.flatMap(Start::preprocessing);
    if (learned.isPresent()) {
      start.orElseThrow().check(train.schema());
      Preprocessing before = learned.get();
      return new Preprocessing(
          train.schema(),
          before.standardizer(),
          before.task() == Task.REGRESSION && train.schema().task() == Task.REGRESSION
              ? before.targetStandardizer()
              : targets ? Optional.of(Standardizer.fitTargets(train)) : Optional.empty());
    }
    return new Preprocessing(
        train.schema(),
        standardize ? Optional.of(Standardizer.fit(train)) : Optional.empty(),
        targets ? Optional.of(Standardizer.fitTargets(train)) : Optional.empty());
  }

  /// The shape in which a network is given a row: that of the data where the model makes one answer
  /// of it, else all features in one dimension, as a perceptron takes an image, whose lines it
  /// would take for steps of a sequence.
  static Shape sample(Sequential model, Schema rows) {
    Shape flat = Shape.of(rows.features());
    Shape own = Shape.of(rows.shape());
    if (own.rank() == 1) {
      return flat;
    }
    try {
      if (model.output(own).rank() == 1 || !takes(model, flat)) {
        return own;
      }
      return flat;
    } catch (IllegalArgumentException wrong) {
      try {
        model.output(flat);
      } catch (IllegalArgumentException both) {
        wrong.addSuppressed(both);
        throw wrong;
      }
      return flat;
    }
  }

  private static boolean takes(Sequential model, Shape sample) {
    try {
      model.output(sample);
      return true;
    } catch (IllegalArgumentException wrong) {
      return false;
    }
  }

  private Network network(Sequential model, Loss loss, Schema train) {
    checkClasses(train);
    checkLoss(loss, train);
    Network network = model.build(sample(model, train), seed);
    checkFit(model, network, loss, train);
    Logits.check(model, loss);
    return network;
  }

  /// The loss with what it wants to know of the data; most want to know nothing, and then the rows
  /// are not read.
  private static Loss forData(Loss loss, RowSource train) {
    int classes = train.schema().classNames().size();
    long[] counts = new long[classes];
    Arrays.fill(counts, 1);
    if (train.schema().task() == Task.REGRESSION || loss.forClasses(counts).equals(loss)) {
      return loss;
    }
    Arrays.fill(counts, 0);
    int part = RowsAtOnce.of(train.schema().features());
    float[] x = new float[part * train.schema().features()];
    float[] labels = new float[part];
    float[] weights = new float[part];
    try (BatchReader rows = train.pass(0)) {
      for (int read = rows.read(x, labels, weights);
          read > 0;
          read = rows.read(x, labels, weights)) {
        for (int i = 0; i < read; i++) {
          counts[(int) labels[i]] += weights[i] > 0 ? 1 : 0;
        }
      }
    }
    return loss.forClasses(counts);
  }

  /// With one class there is nothing to tell apart.
  private static void checkClasses(Schema train) {
    if (train.task() == Task.CLASSIFICATION && train.classNames().size() < 2) {
      throw new IllegalArgumentException(
          "%s: expected at least 2 classes, found 1 ('%s')"
              .formatted(train.name(), train.classNames().getFirst()));
    }
  }

  /// Whether a loss compares predictions with what these data have: not one for numbers where they
  /// have classes, or the other way round, and not one for two classes where they have more.
  private static void checkLoss(Loss loss, Schema data) {
    String other =
        switch (loss.targets()) {
          case ANY -> "";
          case NUMBERS ->
              data.task() == Task.CLASSIFICATION
                  ? "compares numbers, and "
                      + data.name()
                      + " has classes; take softmaxCrossEntropy(), or make a regression of it:"
                      + " TableOptions.withTask(Task.REGRESSION) where it is read,"
                      + " Dataset.regression of arrays, or withClassesAsNumbers()"
                  : "";
          case CLASSES, TWO_CLASSES ->
              data.task() == Task.REGRESSION
                  ? "is for classes, and "
                      + data.name()
                      + " has numbers; take mse(), mae() or"
                      + " huber(delta), or make classes of them:"
                      + " TableOptions.withTask(Task.CLASSIFICATION) where they are read,"
                      + " Dataset.classification of arrays"
                  : loss.targets() == Loss.Targets.TWO_CLASSES && data.classNames().size() != 2
                      ? "is for two classes, and "
                          + data.name()
                          + " has "
                          + data.classNames().size()
                          + "; take softmaxCrossEntropy() or categoricalHinge()"
                      : "";
        };
    if (!other.isEmpty()) {
      throw new IllegalArgumentException(loss + " " + other);
    }
  }

  /// A part of data with weights may have got nothing but zeros.
  private static void checkWeights(float... weights) {
    for (float weight : weights) {
      if (weight > 0) {
        return;
      }
    }
    throw new IllegalArgumentException(
        "sample weights: expected one above 0 among the rows to train on, found only zeros in %d rows"
            .formatted(weights.length));
  }

  private static void checkFit(Sequential model, Network network, Loss loss, Schema train) {
    int outputs = network.output().size();
    int expected =
        train.task() == Task.CLASSIFICATION ? loss.targets().outputs(train.classNames().size()) : 1;
    // A loss of your own may well make do with one output for two classes.
    boolean fits =
        outputs == expected
            || (outputs == 1 && expected == 2 && loss.targets() == Loss.Targets.ANY);
    if (network.output().rank() != 1 || !fits) {
      throw new IllegalArgumentException(
          model.name()
              + ": expected "
              + expected
              + (expected == 1 ? " output" : " outputs")
              + " for "
              + train.name()
              + " and "
              + loss
              + ", found a last layer of shape "
              + network.output());
    }
  }

  /// The loss that goes with a task unless another is asked for: softmax cross-entropy, or the mean
  /// squared error.
  public static Loss defaultLoss(Task task) {
    NotNull.check(task, "task");
    return task == Task.CLASSIFICATION ? Losses.softmaxCrossEntropy() : Losses.mse();
  }

  /// What was said, in a line: `20 epochs, batches of 32, seed 0, shuffle`.
  @Override
  public String toString() {
    var text = new StringBuilder();
    text.append(epochs).append(epochs == 1 ? " epoch" : " epochs");
    text.append(", batches of ").append(batchSize);
    text.append(", seed ").append(seed).append(", ").append(sampling);
    if (patience > 0) {
      text.append(", patience ").append(patience);
    }
    if (minDelta > 0) {
      text.append(", min delta ").append(minDelta);
    }
    if (!standardize) {
      text.append(", features as they are");
    }
    if (!scaleTarget) {
      text.append(", targets as they are");
    }
    engine.ifPresent(on -> text.append(", on ").append(on));
    checkpoints.ifPresent(any -> text.append(", ").append(any));
    start.ifPresent(from -> {
      text.append(", from given weights");
      from.frozen().ifPresent(stay -> text.append(", freezing ").append(stay));
    });
    if (!metrics.isEmpty()) {
      text.append(", metrics ").append(String.join(", ", metrics.keySet()));
    }
    if (!conditions.isEmpty()) {
      text.append(", ").append(conditions.size());
      text.append(conditions.size() == 1 ? " condition" : " conditions");
    }
    if (!callbacks.isEmpty()) {
      text.append(", ").append(callbacks.size());
      text.append(callbacks.size() == 1 ? " callback" : " callbacks");
    }
    return text.toString();
  }
}

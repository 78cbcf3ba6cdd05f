package dev.thalweg.train;

import dev.thalweg.data.BatchReader;
import dev.thalweg.data.ColumnEncoding;
import dev.thalweg.data.CsvFormat;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.FeatureReader;
import dev.thalweg.data.ImageOptions;
import dev.thalweg.data.ImageShape;
import dev.thalweg.data.Images;
import dev.thalweg.data.RowEncoder;
import dev.thalweg.data.RowNotes;
import dev.thalweg.data.RowSource;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.Task;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Network;
import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A trained model with everything it takes to predict: weights, the scaling fitted on its training
/// data, class names. Predicting and evaluating are safe from several threads at once.
public final class FittedModel {

  private final Network network;
  private final Loss loss;
  private final Preprocessing preprocessing;
  private final Engine engine;
  private final SequencedMap<String, Metric> metrics;
  private final Optional<History> history;
  private final Decision decision;
  private final RowPredictor rowPredictor;
  private final RowEncoder rowEncoder;

  FittedModel(
      Network network,
      Loss loss,
      Preprocessing preprocessing,
      Engine engine,
      SequencedMap<String, Metric> metrics,
      Optional<History> history) {
    this(network, loss, preprocessing, engine, metrics, history, Decision.standard());
  }

  private FittedModel(
      Network network,
      Loss loss,
      Preprocessing preprocessing,
      Engine engine,
      SequencedMap<String, Metric> metrics,
      Optional<History> history,
      Decision decision) {
    decision.check(preprocessing.classNames());
    this.decision = decision;
    this.network = network;
    this.loss = loss;
    this.preprocessing = preprocessing;
    this.engine = engine;
    this.metrics = metrics;
    this.history = history;
    this.rowPredictor = new RowPredictor(network, preprocessing, engine);
    this.rowEncoder = new RowEncoder(preprocessing.encoding());
  }

  /// A model of a network that was trained by hand, to predict, evaluate and save like any other.
  ///
  /// ```java
  /// FittedModel.of(network, loss, Preprocessing.of(data, standardizer)).save(Path.of("model"));
  /// ```
  ///
  /// @param network with its weights; not copied
  /// @param loss that it was trained on, for evaluations
  /// @param preprocessing what it knows of its training data
  /// @throws IllegalArgumentException if the network is not F32, takes another number of features,
  ///   or gives another number of outputs than the task asks for
  public static FittedModel of(Network network, Loss loss, Preprocessing preprocessing) {
    NotNull.check(network, "network");
    NotNull.check(loss, "loss");
    NotNull.check(preprocessing, "preprocessing");
    int outputs = network.output().size();
    boolean classes = preprocessing.task() == Task.CLASSIFICATION;
    int expected = classes ? preprocessing.classNames().size() : 1;
    if (network.input().size() != preprocessing.features()) {
      throw new IllegalArgumentException(
          "network: expected an input of "
              + preprocessing.features()
              + " features, found "
              + network.input());
    }
    if (network.output().rank() != 1 || !(outputs == expected || (expected == 2 && outputs == 1))) {
      throw new IllegalArgumentException(
          "network: expected " + expected + " outputs, found " + network.output());
    }
    for (Parameter parameter : network.parameters()) {
      if (parameter.dtype() != DType.F32) {
        throw new IllegalArgumentException("network: expected weights of F32, found " + parameter);
      }
    }
    return new FittedModel(
        network, loss, preprocessing, Engine.current(), new LinkedHashMap<>(), Optional.empty());
  }

  /// The network with its weights; it takes features, and says a number to predict, as they were
  /// scaled in the training.
  public Network network() {
    return network;
  }

  /// The loss that it was trained on.
  public Loss loss() {
    return loss;
  }

  /// What it knows of its training data.
  public Preprocessing preprocessing() {
    return preprocessing;
  }

  /// What training came to; empty for a model that was loaded.
  public Optional<History> history() {
    return history;
  }

  /// The names of the classes, in the order of the probabilities; empty in a regression.
  public List<String> classNames() {
    return preprocessing.classNames();
  }

  /// This model on another engine.
  public FittedModel withEngine(Engine other) {
    NotNull.check(other, "other");
    return new FittedModel(network, loss, preprocessing, other, metrics, history, decision);
  }

  /// How probabilities become a class: evaluations go by it, and it is saved with the model.
  public Decision decision() {
    return decision;
  }

  /// This model with classes decided on in another way.
  ///
  /// @throws IllegalArgumentException if it is of other classes
  FittedModel with(Decision other) {
    return new FittedModel(network, loss, preprocessing, engine, metrics, history, other);
  }

  /// This model, whose precision, recall, F1 and areas under curves are of this class, and whose
  /// threshold is.
  ///
  /// @throws IllegalArgumentException if there is no such class
  public FittedModel withPositive(String className) {
    NotNull.check(className, "className");
    return with(decision.withPositive(className));
  }

  /// This model, which predicts the positive class, of two the second unless one is named, where
  /// its probability is at least this.
  ///
  /// @throws IllegalArgumentException if it does not lie between 0 and 1, or there are more than
  ///   two classes and none is named
  public FittedModel withThreshold(double probability) {
    return with(decision.withThreshold(probability));
  }

  /// This model with the threshold at which the F1 of the positive class is largest on these rows,
  /// of several the one nearest to ½. They should be neither those it was trained on nor those that
  /// judge it at last.
  ///
  /// @param validation as they came, not scaled
  /// @throws IllegalArgumentException if no row is of the positive class or all are, there are more
  ///   than two classes and none is named, or numbers are predicted
  public FittedModel withBestThreshold(Dataset validation) {
    NotNull.check(validation, "validation");
    with(decision.withThreshold(0.5));
    int positive = decision.positiveOf(classNames()).orElseThrow();
    return withThreshold(Thresholds.ofLargestF1(evaluate(validation).outcomes(), positive));
  }

  /// This model with outputs divided by the temperature T with which its log-loss on these rows is
  /// smallest, so that probabilities are as often right as they say; classes are predicted as
  /// before, unless there is a threshold. The weights of its last layer are divided, and
  /// [Decision#temperature] says by what. Where no T is the best, as where all rows are predicted
  /// right, the model stays as it is.
  ///
  /// @param validation as they came, not scaled; neither those it was trained on nor those that
  ///   judge it at last
  /// @throws IllegalArgumentException if numbers are predicted, or the last layer is not dense and
  ///   linear
  public FittedModel calibrated(Dataset validation) {
    NotNull.check(validation, "validation");
    if (preprocessing.task() == Task.REGRESSION) {
      throw new IllegalArgumentException("calibrated: expected classes, found a regression");
    }
    OptionalDouble best = Temperature.of(evaluate(validation).outcomes());
    if (best.isEmpty()) {
      return this;
    }
    double temperature = best.getAsDouble();
    return new FittedModel(
        Temperature.divided(network, temperature),
        loss,
        preprocessing,
        engine,
        metrics,
        history,
        decision.withTemperature(decision.temperature() * temperature));
  }

  /// The number of the class that is predicted with these probabilities: the most probable one, the
  /// first of equal ones, unless there is a threshold.
  ///
  /// @param probabilities of each class, as [#predict(double...)] gives them
  /// @throws IllegalArgumentException if there is not one for each class
  public int decide(double... probabilities) {
    NotNull.check(probabilities, "probabilities");
    if (probabilities.length != classNames().size() || probabilities.length == 0) {
      throw new IllegalArgumentException(
          "decide: expected %d probabilities, found %d"
              .formatted(classNames().size(), probabilities.length));
    }
    return decision.label(classNames(), label -> probabilities[label]);
  }

  /// How well the model does on these data, which are as they came, not scaled.
  ///
  /// Data that were encoded by themselves, such as those of [Dataset#ofCsv], are brought into line
  /// with the training data by the names of features, categories and classes, or refused.
  ///
  /// @throws IllegalArgumentException if a feature is missing, the task is another, a row has a
  ///   class that the model does not know, or missing values were filled in otherwise
  public Evaluation evaluate(Dataset data) {
    NotNull.check(data, "data");
    return evaluate(data.source(Sampling.SEQUENTIAL, 0));
  }

  /// How well the model does on the rows of a source, which are as they came, not scaled, and pass
  /// by a part at a time: only what the model says of them and what is true is kept. They are
  /// brought into line as [#evaluate(Dataset)] says.
  ///
  /// @throws IllegalArgumentException as of a data set
  /// @throws IllegalStateException if the source has other rows than it says
  /// @throws dev.thalweg.data.DataException if they can't be read
  public Evaluation evaluate(RowSource data) {
    NotNull.check(data, "data");
    try (BatchReader rows = preprocessing.aligned(new CountedRows(data)).pass(0)) {
      return evaluated(rows);
    }
  }

  /// How well the model does on the rows of a CSV file that its encoding has opened
  /// ([dev.thalweg.data.TableEncoding#openLabelled]), a part at a time; all that are left are read.
  ///
  /// @throws IllegalArgumentException if there are none, or another encoding has opened it
  /// @throws dev.thalweg.data.DataException if they can't be read
  public Evaluation evaluate(FeatureReader rows) {
    NotNull.check(rows, "rows");
    if (!rows.encoding().equals(preprocessing.encoding())) {
      throw new IllegalArgumentException(
          "evaluate: expected rows opened by preprocessing().encoding() of this model, found those"
              + " of another encoding");
    }
    return evaluated(rows);
  }

  private Evaluation evaluated(BatchReader rows) {
    StepScope scope = new StepScope(engine);
    Evaluator evaluator = new Evaluator(network, loss, preprocessing, metrics);
    return scope.call(() -> evaluator.evaluate(rows, scope)).with(decision);
  }

  /// What the model says of one row of a table, as a record: its columns are found by the names of
  /// the components, what there is to predict need not be among them.
  ///
  /// ```java
  /// String species = fitted.predict(new Flower(5.1, 3.5, 1.4, 0.2)).label();
  /// ```
  ///
  /// For a server: safe from several threads at once; how a class of records is read is found out
  /// when its first one comes. The numbers are those of [#predictRows], to the bit.
  ///
  /// @throws IllegalArgumentException if a column has no component, or one of another type, the
  ///   class may not be looked into, a number is infinite, or one is missing and no mean is known
  ///   to take its place
  /// @throws RunException if what the model says is not finite, as where its weights are too large
  public Prediction predict(Record row) {
    NotNull.check(row, "row");
    double[] x = new double[preprocessing.features()];
    RowNotes notes = rowEncoder.encode(row, x);
    return prediction(rowPredictor.predict(x), notes);
  }

  /// What the model says of one row of a table, as a map from the names of its columns to their
  /// values; see [#predict(Record)]. Other names are not looked at.
  ///
  /// ```java
  /// double price = fitted.predict(Map.of("area", 80, "rooms", 3, "district", "north")).value();
  /// ```
  ///
  /// @param row numbers, and for categories texts, enums, booleans or whole numbers; a value that
  ///   is missing is null
  /// @throws IllegalArgumentException if a column is not there or its value of another type, a
  ///   number is infinite, or one is missing and no mean is known to take its place
  /// @throws RunException if what the model says is not finite, as where its weights are too large
  public Prediction predict(Map<String, ? extends @Nullable Object> row) {
    NotNull.check(row, "row");
    double[] x = new double[preprocessing.features()];
    RowNotes notes = rowEncoder.encode(row, x);
    return prediction(rowPredictor.predict(x), notes);
  }

  private Prediction prediction(double[] values, RowNotes notes) {
    int label = classNames().isEmpty() ? -1 : decide(values);
    return new Prediction(classNames(), label, values, notes);
  }

  /// What the model says of each row of a CSV file, as the command `predict` does: columns are
  /// found by their names, values that are missing become what the training has, and what there is
  /// to predict need not be there. For a file whose answers don't fit into memory:
  /// [dev.thalweg.data.TableEncoding#open] and [#predictRows].
  ///
  /// A model of images takes an image file, or a folder, whose images it takes in the order of
  /// their paths; one of sounds WAV files in the same way.
  ///
  /// @throws dev.thalweg.data.DataException if it can't be read, or a column is missing
  /// @throws RunException if what the model says is not finite, as where its weights are too large
  public List<Prediction> predict(Path file) {
    NotNull.check(file, "file");
    return isImage(file) ? predict(images(file)) : predict(file, CsvFormat.found());
  }

  /// What the model says of images, which must be of its size.
  ///
  /// ```java
  /// Images images = Images.read(files, fitted.imageOptions());
  /// ```
  ///
  /// @throws IllegalArgumentException if they are of another size, or the model is not one of
  ///   images
  /// @throws RunException if what the model says is not finite, as where its weights are too large
  public List<Prediction> predict(Images images) {
    NotNull.check(images, "images");
    ImageShape shape = imageShape();
    if (!images.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "predict: expected images of %s, found %s".formatted(shape, images.shape()));
    }
    float[] pixels = new float[shape.size()];
    double[] x = new double[shape.size()];
    List<Prediction> predictions = new ArrayList<>();
    for (int row = 0; row < images.rows(); row++) {
      images.read(row, pixels, 0);
      for (int i = 0; i < x.length; i++) {
        x[i] = pixels[i];
      }
      predictions.add(prediction(rowPredictor.predict(x), RowNotes.NONE));
    }
    return List.copyOf(predictions);
  }

  /// The images that the model predicts from: those of an image file, or of a folder in the order
  /// of their paths; of a model of sounds the spectrograms of WAV files.
  ///
  /// @throws IllegalArgumentException if it is no model of images or sounds
  /// @throws dev.thalweg.data.DataException if a file can't be read
  public Images images(Path file) {
    NotNull.check(file, "file");
    return preprocessing
        .sound()
        .map(how -> Images.ofSounds(List.of(file), how))
        .orElseGet(() -> Images.read(List.of(file), imageOptions()));
  }

  /// How image files become what the model was trained on: its size, and what was done to those of
  /// other proportions.
  ///
  /// @throws IllegalArgumentException if it is no model of images
  public ImageOptions imageOptions() {
    return ImageOptions.asTheyAre().like(imageShape()).withFit(preprocessing.fit());
  }

  private ImageShape imageShape() {
    return preprocessing
        .image()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "predict: expected a model of images, found one of %d features"
                    .formatted(preprocessing.features())));
  }

  /// The column of texts of a model that learned from nothing else, where a folder is to be read by
  /// it.
  private Optional<ColumnEncoding.OfText> texts(Path file) {
    List<ColumnEncoding> columns = preprocessing.encoding().columns();
    return columns.size() == 1
            && columns.getFirst() instanceof ColumnEncoding.OfText text
            && Files.isDirectory(file)
        ? Optional.of(text)
        : Optional.empty();
  }

  /// Whether what is at a path is to be read as images or sounds: a folder always, as a table is a
  /// file.
  private boolean isImage(Path file) {
    return Files.isDirectory(file)
        || preprocessing.sound().isPresent()
        || (preprocessing.image().isPresent() && Images.isFile(file));
  }

  /// The same of a file that is written so.
  ///
  /// @throws dev.thalweg.data.DataException if it can't be read, or a column is missing
  /// @throws RunException if what the model says is not finite, as where its weights are too large
  public List<Prediction> predict(Path file, CsvFormat format) {
    NotNull.check(file, "file");
    NotNull.check(format, "format");
    int width = preprocessing.features();
    List<Prediction> predictions = new ArrayList<>();
    double[] x = new double[width];
    try (FeatureReader rows = preprocessing.encoding().open(file, format)) {
      for (var notes = rows.next(x); notes.isPresent(); notes = rows.next(x)) {
        predictions.add(prediction(rowPredictor.predict(x), notes.get()));
      }
    }
    return List.copyOf(predictions);
  }

  /// The rows of a CSV file with what there is to predict, in the model's own terms, as the command
  /// `evaluate` reads them: not scaled, for [#evaluate(Dataset)].
  ///
  /// A model of images or sounds takes a folder that has one for each class, and so does one of a
  /// column of texts, `text`.
  ///
  /// @throws dev.thalweg.data.DataException if it can't be read, a column is missing, or a class is
  ///   not known
  public Dataset read(Path file) {
    NotNull.check(file, "file");
    Optional<ColumnEncoding.OfText> texts = texts(file);
    if (texts.isPresent()) {
      return preprocessing.encoding().apply(Datasets.texts(file, texts.get().form()));
    }
    if (!isImage(file)) {
      return read(file, CsvFormat.found());
    }
    return preprocessing
        .sound()
        .map(how -> Datasets.sounds(file, how))
        .orElseGet(() -> Datasets.images(file, imageOptions()));
  }

  /// The same of a file that is written so.
  ///
  /// @throws dev.thalweg.data.DataException as [#read(Path)]
  public Dataset read(Path file, CsvFormat format) {
    NotNull.check(file, "file");
    NotNull.check(format, "format");
    return preprocessing
        .encoding()
        .read(file, format)
        .data()
        .withFeatureNames(preprocessing.featureNames());
  }

  /// How well the model does on the rows of a CSV file with what there is to predict, as the
  /// command `evaluate` says it: a part at a time, so that it may be larger than the memory. A
  /// model of images or sounds takes a folder that has one for each class.
  ///
  /// @throws dev.thalweg.data.DataException as [#read(Path)]
  public Evaluation evaluate(Path file) {
    NotNull.check(file, "file");
    return isImage(file) ? evaluate(read(file)) : evaluate(file, CsvFormat.found());
  }

  /// The same of a file that is written so.
  ///
  /// @throws dev.thalweg.data.DataException as [#read(Path)]
  public Evaluation evaluate(Path file, CsvFormat format) {
    NotNull.check(file, "file");
    NotNull.check(format, "format");
    try (FeatureReader rows = preprocessing.encoding().openLabelled(file, format)) {
      return evaluate(rows);
    }
  }

  /// The prediction for one sample: the probability of each class, or the number. After a loss that
  /// knows no probabilities, such as hinge, they are in the right order, and no more.
  ///
  /// For a server: safe from several threads at once, and once warm it allocates nothing but the
  /// result, unless there is a layer of your own. The numbers are those of
  /// [#predictRows(double...)], to the bit.
  ///
  /// @param features as they came, not scaled
  /// @throws IllegalArgumentException if there is not one number for each feature, as where the
  ///   model was trained on a table with categories, whose rows are records or maps, or one is no
  ///   finite float: NaN, or beyond its range
  /// @throws RunException if what the model says is not finite, as where its weights are too large
  public double[] predict(double... features) {
    NotNull.check(features, "features");
    if (features.length != preprocessing.features()) {
      checkNumbers();
      throw new IllegalArgumentException(
          "predict: expected " + preprocessing.features() + " features, found " + features.length);
    }
    for (int i = 0; i < features.length; i++) {
      if (!Float.isFinite((float) features[i])) {
        throw new IllegalArgumentException(
            "predict: expected a finite float for '%s', found %s"
                .formatted(preprocessing.featureNames().get(i), features[i]));
      }
    }
    return rowPredictor.predict(features);
  }

  /// Refuses a row of a table with categories, from which features are yet to be made.
  private void checkNumbers() {
    List<ColumnEncoding> columns = preprocessing.encoding().columns();
    for (ColumnEncoding column : columns) {
      if (column instanceof ColumnEncoding.OneHot || column instanceof ColumnEncoding.OfText) {
        String names =
            columns.stream().limit(4).map(ColumnEncoding::name).collect(Collectors.joining(", "))
                + (columns.size() > 4 ? ", …" : "");
        throw new IllegalArgumentException(
            "predict: the model takes rows of a table, %s, of whose column %s it makes features by itself; call predict(record) or predict(Map.of(\"%s\", …))"
                .formatted(names, column.name(), columns.getFirst().name()));
      }
    }
  }

  /// The predictions for many samples: for each the probability of each class, or the number.
  ///
  /// @param features row after row, as they came, not scaled
  /// @return row after row
  /// @throws IllegalArgumentException if their number is no multiple of the number of features, or
  ///   one is no finite float: NaN, or beyond its range
  /// @throws RunException if what the model says is not finite, as where its weights are too large
  public double[] predictRows(double... features) {
    NotNull.check(features, "features");
    int width = preprocessing.features();
    if (features.length % width != 0) {
      throw new IllegalArgumentException(
          "predict: expected a multiple of " + width + " numbers, found " + features.length);
    }
    for (int i = 0; i < features.length; i++) {
      if (!Float.isFinite((float) features[i])) {
        throw new IllegalArgumentException(
            "predict: expected a finite number for '%s', found %s (row %d)"
                .formatted(preprocessing.featureNames().get(i % width), features[i], i / width));
      }
    }
    int outputs = preprocessing.task() == Task.CLASSIFICATION ? classNames().size() : 1;
    int rows = features.length / width;
    double[] predictions = new double[rows * outputs];
    int part = RowsAtOnce.of(network);
    StepScope scope = new StepScope(engine);
    for (int from = 0; from < rows; from += part) {
      int count = Math.min(part, rows - from);
      double[] raw = Arrays.copyOfRange(features, from * width, (from + count) * width);
      float[] predicted = scope.call(() -> predict(raw, count, scope)).floats();
      for (int i = 0; i < count * outputs; i++) {
        predictions[from * outputs + i] =
            preprocessing.task() == Task.REGRESSION
                ? preprocessing.prediction(predicted[i])
                : predicted[i];
      }
      scope.endStep();
    }
    return Predicted.finite(predictions);
  }

  /// The predictions for many samples, from floats and rounded to them; see
  /// [#predictRows(double...)].
  public float[] predictRows(float[] features) {
    NotNull.check(features, "features");
    double[] exact = new double[features.length];
    for (int i = 0; i < exact.length; i++) {
      exact[i] = features[i];
    }
    return rounded(predictRows(exact));
  }

  /// The predictions for records, as the table that the model was trained on had them: for each the
  /// probability of each class, or the number. What there is to predict need not be in them.
  ///
  /// ```java
  /// float price = model.predictRows(List.of(new Offer(80, 3, "north")))[0];
  /// ```
  ///
  /// @return row after row
  /// @throws IllegalArgumentException if a component is missing or of another type
  /// @throws RunException if what the model says is not finite, as where its weights are too large
  public float[] predictRows(List<? extends Record> records) {
    NotNull.check(records, "records");
    return rounded(predictRows(preprocessing.encoding().features(records)));
  }

  private static float[] rounded(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /// Scales the rows and applies the network; probabilities, or what a regression's network says.
  private Tensor predict(double[] raw, int rows, StepScope scope) {
    float[] x = new float[raw.length];
    preprocessing.apply(raw, x, rows);
    Tensor batch = Tensor.wrap(TensorBatch.batch(rows, network.input()), x);
    return scope.silently(() -> {
      Tensor y = network.apply(batch);
      if (preprocessing.task() == Task.REGRESSION) {
        return y;
      }
      return network.output().size() == 1 ? ofTwo(y) : y.softmax();
    });
  }

  /// The probabilities of both classes from the logit of the second, each as precise as the other.
  private static Tensor ofTwo(Tensor logits) {
    int rows = logits.size();
    float[] first = logits.negate().sigmoid().floats();
    float[] second = logits.sigmoid().floats();
    float[] both = new float[2 * rows];
    for (int i = 0; i < rows; i++) {
      both[2 * i] = first[i];
      both[2 * i + 1] = second[i];
    }
    return Tensor.wrap(Shape.of(rows, 2), both);
  }

  /// Writes `model.json` and `weights.safetensors` to a folder, hidden first and then renamed: who
  /// loads meanwhile gets the model that was there or this one; see [RunFolder].
  ///
  /// A loss or layer of your own is code and can't be written: its name is, and whoever loads the
  /// model gives it back ([#load(Path, Known)]). History and metrics of your own are not part of
  /// the model.
  ///
  /// @param folder new, empty, or a model's folder, which is replaced
  /// @throws RunException if it can't be written, holds something else, or a loss or layer of your
  ///   own has no name, or that of another
  public void save(Path folder) {
    NotNull.check(folder, "folder");
    RunFolder.save(folder, draft -> draft.write(this));
  }

  /// Reads what [#save] or the command line has written.
  ///
  /// @throws RunException with a sentence if a file is missing, truncated or of something else, or
  ///   the model has a loss or layer of somebody's own
  public static FittedModel load(Path folder) {
    NotNull.check(folder, "folder");
    return load(folder, Known.NOTHING);
  }

  /// Reads what [#save] has written of a model with a loss or layers of your own.
  ///
  /// ```java
  /// FittedModel.load(folder, Known.NOTHING.withLayer(scaled).withLoss(quartic));
  /// ```
  ///
  /// @param known the losses and layers that are given back, by their names
  /// @throws RunException as [#load(Path)], or if one of them is not given back
  public static FittedModel load(Path folder, Known known) {
    NotNull.check(folder, "folder");
    NotNull.check(known, "known");
    return ModelFile.read(folder, known);
  }

  /// Reads a model that was packed: a zip archive with `model.json` and `weights.safetensors`, in
  /// whatever folder of it, as a server has it among its resources:
  ///
  /// ```java
  /// FittedModel.load(Server.class.getResourceAsStream("/iris.zip"))
  /// ```
  ///
  /// @param archive read to its end, and not closed
  /// @throws RunException as [#load(Path)], or if it is no such archive
  public static FittedModel load(InputStream archive) {
    NotNull.check(archive, "archive");
    return load(archive, Known.NOTHING);
  }

  /// Reads a model that was packed, with a loss or layers of your own.
  ///
  /// @param archive read to its end, and not closed
  /// @throws RunException as [#load(Path, Known)], or if it is no such archive
  public static FittedModel load(InputStream archive, Known known) {
    NotNull.check(archive, "archive");
    NotNull.check(known, "known");
    return PackedModel.ofArchive(archive).read(known);
  }

  /// Reads a model from the class path: the folder that [#save] has written, among the resources.
  ///
  /// ```java
  /// FittedModel.load(Server.class, "/models/iris")
  /// ```
  ///
  /// @param beside the class whose resources they are; in a named module their package must be open
  /// @param folder as [Class#getResource] takes it
  /// @throws RunException as [#load(Path)]
  public static FittedModel load(Class<?> beside, String folder) {
    NotNull.check(beside, "beside");
    NotNull.check(folder, "folder");
    return PackedModel.ofResources(beside, folder).read(Known.NOTHING);
  }

  /// The network's summary.
  @Override
  public String toString() {
    return network.summary();
  }
}

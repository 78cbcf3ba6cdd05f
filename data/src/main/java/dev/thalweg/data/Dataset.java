package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Rows of numbers, and for each row what there is to predict: a class or a number.
///
/// ```java
/// var data = Dataset.classification(features, labels).withName("flowers");
/// var parts = data.split(0.8, seed);
/// ```
///
/// Features are float, and what comes in as double is rounded once, here; beside them it keeps the
/// doubles of columns in which that might be seen, for a [Standardizer], which centres before it
/// rounds. An immutable value: arrays are copied in and out, [#gather] and [#gatherLabels] copy
/// pieces without allocating. Every number is finite. Rows and columns are counted from 0.
public final class Dataset {

  private final String name;
  private final int rows;
  private final Cells cells;
  private final FineColumns fine;
  private final Features features;
  private final Answers answers;
  private final float @Nullable [] weights;

  /// Takes the arrays as they are: what comes from outside has been checked and copied.
  private Dataset(
      String name,
      Cells cells,
      FineColumns fine,
      Features features,
      Answers answers,
      float @Nullable [] weights) {
    this.name = name;
    this.rows = answers.rows();
    this.cells = cells;
    this.fine = fine;
    this.features = features;
    this.answers = answers;
    this.weights = weights;
  }

  /// Takes the array as it is, which has been made for it and is checked here; all rows count
  /// alike.
  static Dataset of(String name, float[] x, Features features, Answers answers) {
    return of(name, x, FineColumns.NONE, features, answers, null);
  }

  /// Takes the arrays as they are, which have been made for it; the features are checked here.
  static Dataset of(
      String name,
      float[] x,
      FineColumns fine,
      Features features,
      Answers answers,
      float @Nullable [] weights) {
    Checks.size(x, features.count(), answers.rows(), "rows");
    Checks.finite(x, features.names());
    return of(name, new Cells.Floats(x, features.count()), fine, features, answers, weights);
  }

  /// Takes what it is given as it is: finite numbers of as many rows and features.
  static Dataset of(
      String name,
      Cells cells,
      FineColumns fine,
      Features features,
      Answers answers,
      float @Nullable [] weights) {
    return new Dataset(name, cells, fine, features, answers, weights);
  }

  /// Images, all of which count alike.
  static Dataset of(String name, Images images, Features features, Answers answers) {
    if (images.rows() != answers.rows()) {
      throw new IllegalArgumentException(
          "%s: expected %s for each of %d images, found %d"
              .formatted(
                  name,
                  answers.task() == Task.CLASSIFICATION ? "labels" : "targets",
                  images.rows(),
                  answers.rows()));
    }
    return new Dataset(name, new Cells.Pixels(images), FineColumns.NONE, features, answers, null);
  }

  /// Rows that belong to classes, named `0`, `1`, … up to the largest label.
  ///
  /// @param features one array a row, all of the same length
  /// @param labels the class of each row, from 0 on
  /// @throws IllegalArgumentException if there are no rows or features, rows of different lengths,
  ///   another number of labels than rows, a negative label or one above 65,535, labels that count
  ///   from 1, or a number that no finite float is near
  public static Dataset classification(double[][] features, int[] labels) {
    NotNull.check(features, "features");
    NotNull.check(labels, "labels");
    float[] x = Checks.floats(features);
    List<String> classes =
        IntStream.range(0, Checks.classes(labels)).mapToObj(Integer::toString).toList();
    return classified("data", x, FineColumns.of(features), features[0].length, labels, classes);
  }

  /// Rows that belong to classes.
  ///
  /// @param name what the data set is called
  /// @param x the features, `rows × features`, row-major
  /// @param features how many features a row has
  /// @param labels the class of each row, an index of `classNames`
  /// @param classNames the names of the classes, all different
  /// @throws IllegalArgumentException if there are no rows or features, another number of values
  ///   than rows and features make, a label that is no class, or a number that is not finite
  public static Dataset classification(
      String name, float[] x, int features, int[] labels, List<String> classNames) {
    NotNull.check(name, "name");
    NotNull.check(x, "x");
    NotNull.check(labels, "labels");
    NotNull.check(classNames, "classNames");
    Checks.size(x, features, labels.length, "labels");
    return classified(name, x.clone(), FineColumns.NONE, features, labels, classNames);
  }

  /// Images that belong to classes. Their pixels have their scale already.
  ///
  /// @param name what the data set is called
  /// @param labels the class of each image, an index of `classNames`
  /// @param classNames the names of the classes, all different
  /// @throws IllegalArgumentException if there is another number of labels than images, or a label
  ///   that is no class
  public static Dataset classification(
      String name, Images images, int[] labels, List<String> classNames) {
    NotNull.check(name, "name");
    NotNull.check(images, "images");
    NotNull.check(labels, "labels");
    NotNull.check(classNames, "classNames");
    return of(
        name,
        images,
        Features.image(images.shape()).read(images).allReady(),
        new Answers.Labels(labels.clone(), List.copyOf(classNames), "class"));
  }

  /// Records, each component but one a feature; see [Table#ofRecords]. Means and categories are
  /// taken from all of them: for figures about unseen ones, divide a [Table] before.
  ///
  /// @param target the component to predict
  /// @throws IllegalArgumentException as [Table#ofRecords]
  public static <T extends Record> Dataset ofRecords(List<T> records, String target) {
    NotNull.check(records, "records");
    NotNull.check(target, "target");
    return Table.ofRecords(records, TableOptions.target(target)).dataset();
  }

  /// A CSV file; see [Table#read]. Means and categories are taken from all rows: for figures about
  /// unseen ones, divide a [Table] before.
  ///
  /// @param target the column to predict
  /// @throws DataException as [Table#read]
  public static Dataset ofCsv(Path file, String target) {
    NotNull.check(file, "file");
    NotNull.check(target, "target");
    return Table.read(file, TableOptions.target(target)).dataset();
  }

  private static Dataset classified(
      String name, float[] x, FineColumns fine, int width, int[] labels, List<String> classNames) {
    Checks.size(x, width, labels.length, "labels");
    var features = Features.unnamed(width);
    Checks.finite(x, features.names());
    return new Dataset(
        name,
        new Cells.Floats(x, width),
        fine,
        features,
        new Answers.Labels(labels.clone(), List.copyOf(classNames), "class"),
        null);
  }

  /// Rows that have a number to predict.
  ///
  /// @param features one array a row, all of the same length
  /// @param targets the number of each row
  /// @throws IllegalArgumentException if there are no rows or features, rows of different lengths,
  ///   another number of targets than rows, or a number that no finite float is near
  public static Dataset regression(double[][] features, double[] targets) {
    NotNull.check(features, "features");
    NotNull.check(targets, "targets");
    float[] x = Checks.floats(features);
    return measured("data", x, FineColumns.of(features), features[0].length, targets.clone());
  }

  /// Rows that have a number to predict.
  ///
  /// @param name what the data set is called
  /// @param x the features, `rows × features`, row-major
  /// @param features how many features a row has
  /// @param targets the number of each row
  /// @throws IllegalArgumentException if there are no rows or features, another number of values
  ///   than rows and features make, or a number that is not finite
  public static Dataset regression(String name, float[] x, int features, float[] targets) {
    NotNull.check(name, "name");
    NotNull.check(x, "x");
    NotNull.check(targets, "targets");
    Checks.size(x, features, targets.length, "targets");
    return measured(name, x.clone(), FineColumns.NONE, features, Checks.widened(targets));
  }

  /// Images that have a number to predict. Their pixels have their scale already.
  ///
  /// @param name what the data set is called
  /// @param targets the number of each image
  /// @throws IllegalArgumentException if there is another number of targets than images, or one is
  ///   not finite
  public static Dataset regression(String name, Images images, float[] targets) {
    NotNull.check(name, "name");
    NotNull.check(images, "images");
    NotNull.check(targets, "targets");
    return of(
        name,
        images,
        Features.image(images.shape()).read(images).allReady(),
        new Answers.Targets(Checks.widened(targets), "target"));
  }

  private static Dataset measured(
      String name, float[] x, FineColumns fine, int width, double[] targets) {
    Checks.size(x, width, targets.length, "targets");
    var features = Features.unnamed(width);
    Checks.finite(x, features.names());
    return new Dataset(
        name,
        new Cells.Floats(x, width),
        fine,
        features,
        new Answers.Targets(targets, "target"),
        null);
  }

  /// What the data set is called; `data` where nobody said.
  public String name() {
    return name;
  }

  /// How many rows there are, at least 1.
  public int rows() {
    return rows;
  }

  /// How many features a row has, at least 1.
  public int features() {
    return features.count();
  }

  /// The shape of a row: `[784]`, or `[28, 28]` where the features are the pixels of an image, row
  /// by row, `[32, 32, 3]` where a pixel has several channels; a fresh array.
  public int[] shape() {
    return features.shape();
  }

  /// The bytes of the images that the rows are; empty where they are no images, or are kept as
  /// floats.
  public Optional<Images> images() {
    return cells instanceof Cells.Pixels(Images images) ? Optional.of(images) : Optional.empty();
  }

  /// What there is to predict.
  public Task task() {
    return answers.task();
  }

  /// The features as floats, `rows × features`, row-major; a fresh array.
  ///
  /// @throws IllegalStateException if they are images and more numbers than an array can hold
  public float[] x() {
    return cells.floats();
  }

  /// The features of one row; a fresh array.
  ///
  /// @throws IndexOutOfBoundsException if there is no such row
  public float[] row(int row) {
    checkRow(row);
    var numbers = new float[features()];
    gather(new int[] {row}, 0, 1, numbers, 0);
    return numbers;
  }

  /// The names of the features; `x0`, `x1`, … where nobody said.
  public List<String> featureNames() {
    return features.names();
  }

  /// How it was made of a table, where it was; a model that is trained on it needs this to predict
  /// from other tables.
  public Optional<TableEncoding> encoding() {
    return features.encoding();
  }

  /// The name of what is to be predicted; `class` or `target` where nobody said.
  public String targetName() {
    return answers.name();
  }

  /// The class of each row, an index of [#classNames]; a fresh array.
  ///
  /// @throws IllegalStateException if the task is not classification
  public int[] labels() {
    return labelled().labels().clone();
  }

  /// The names of the classes.
  ///
  /// @throws IllegalStateException if the task is not classification
  public List<String> classNames() {
    return labelled().classNames();
  }

  /// How many classes there are.
  ///
  /// @throws IllegalStateException if the task is not classification
  public int classes() {
    return classNames().size();
  }

  /// The number to predict of each row as a float; a fresh array.
  ///
  /// @throws IllegalStateException if the task is not regression
  public float[] targets() {
    return Checks.rounded(targeted().targets());
  }

  /// How much each row counts in a training; empty where all count alike. A fresh array.
  public Optional<float[]> sampleWeights() {
    return Optional.ofNullable(weights).map(float[]::clone);
  }

  /// The same rows counting differently in a training: in a batch of n rows the loss is Σ wᵢ lᵢ /
  /// n, as Keras has it. They go with their rows into parts and batches. Means and scales of a
  /// [Standardizer], the share of classes in parts, and evaluations count all rows alike, but those
  /// of weight 0: nothing is learned from them, neither a mean nor how many there are of a class,
  /// and [#split] and [#folds] leave them out. (Tables leave them out when they are read.) Whoever
  /// trains on them all the same has them in batches, where n counts them, as Keras does.
  ///
  /// @param sampleWeights one for each row, at least 0
  /// @throws IllegalArgumentException if there are more or fewer than rows, one is negative or no
  ///   finite float, or all are 0
  public Dataset withSampleWeights(double... sampleWeights) {
    NotNull.check(sampleWeights, "sampleWeights");
    return new Dataset(name, cells, fine, features, answers, Checks.weights(sampleWeights, rows));
  }

  /// The same under another name.
  public Dataset withName(String name) {
    NotNull.check(name, "name");
    return new Dataset(name, cells, fine, features, answers, weights);
  }

  /// The same with the features named.
  ///
  /// @throws IllegalArgumentException if there are not as many names as features, or two are the
  ///   same
  public Dataset withFeatureNames(List<String> names) {
    NotNull.check(names, "names");
    return new Dataset(name, cells, fine, features.named(names), answers, weights);
  }

  /// The same with rows of another shape, `[28, 28]` for 784 features.
  ///
  /// @throws IllegalArgumentException if a dimension is below 1, or their product is not the number
  ///   of features
  public Dataset withShape(int... shape) {
    NotNull.check(shape, "shape");
    return new Dataset(name, cells, fine, features.shaped(shape), answers, weights);
  }

  /// The same with what is to be predicted named.
  public Dataset withTargetName(String targetName) {
    NotNull.check(targetName, "targetName");
    return new Dataset(name, cells, fine, features, answers.named(targetName), weights);
  }

  /// The same rows with other values of the same features, as a transformation gives them.
  ///
  /// @param values `rows × features`, row-major
  /// @throws IllegalArgumentException if there are more or fewer, or one is not finite
  public Dataset withX(float[] values) {
    NotNull.check(values, "values");
    Checks.size(values, features(), rows, "rows");
    return withOwnX(values.clone());
  }

  /// The same rows with other targets, as a transformation gives them.
  ///
  /// @throws IllegalArgumentException if there are more or fewer than rows, or one is not finite
  /// @throws IllegalStateException if the task is not regression
  public Dataset withTargets(float[] targets) {
    NotNull.check(targets, "targets");
    var before = targeted();
    if (targets.length != rows) {
      throw new IllegalArgumentException(
          "targets: expected one for each of %d rows, found %d".formatted(rows, targets.length));
    }
    return new Dataset(
        name,
        cells,
        fine,
        features,
        new Answers.Targets(Checks.widened(targets), before.name()),
        weights);
  }

  /// The same rows with the class of each as a number to predict, where the names of the classes
  /// are numbers.
  ///
  /// @throws IllegalArgumentException if one is none
  /// @throws IllegalStateException if the task is not classification
  public Dataset withClassesAsNumbers() {
    var labels = labelled();
    var numbers = new double[labels.classNames().size()];
    for (int i = 0; i < numbers.length; i++) {
      String className = labels.classNames().get(i);
      numbers[i] = Numbers.parse(className, 0, className.length(), '.');
      if (!Float.isFinite((float) numbers[i])) {
        throw new IllegalArgumentException(
            "%s: expected classes that are numbers, found '%s'".formatted(name, className));
      }
    }
    var targets = new double[rows];
    for (int row = 0; row < rows; row++) {
      targets[row] = numbers[labels.labels()[row]];
    }
    return new Dataset(
        name,
        cells,
        fine,
        features.ofNumbers(),
        new Answers.Targets(targets, labels.name()),
        weights);
  }

  /// Some rows, in the order given; a row may come more than once. Class names stay, also of
  /// classes without a row.
  ///
  /// @throws IllegalArgumentException if there are none
  /// @throws IndexOutOfBoundsException if there is no such row
  public Dataset subset(int... subset) {
    NotNull.check(subset, "subset");
    if (subset.length == 0) {
      throw new IllegalArgumentException("subset: expected at least 1 row, found none");
    }
    return new Dataset(
        name,
        cells.subset(subset),
        fine.subset(subset),
        features,
        answers.subset(subset),
        Checks.subset(weights, subset));
  }

  /// Two parts without a common row, in an order that depends on the seed only.
  ///
  /// The training part has `rows × trainFraction` rows, rounded to the nearest. In a classification
  /// each class is divided so: every class gets its own share rounded down, and what is then
  /// missing goes to the classes that lost most by it, so that a class is less than one row away
  /// from its exact share. Beyond that, a class with two rows or more has at least one in each
  /// part, and one with a single row has it in the training part.
  ///
  /// @param trainFraction above 0, below 1
  /// @throws IllegalArgumentException if the fraction is not, or there is only one row, or no row
  ///   would be left for a part
  public Split split(double trainFraction, long seed) {
    int[][] parts = Splitting.split(answers, weights, trainFraction, seed);
    return new Split(subset(parts[0]), subset(parts[1]));
  }

  /// Parts for a cross-validation: `k` times another share of the rows is the test part, and the
  /// rest the training part, in an order that depends on the seed only.
  ///
  /// Every row is in one test part. Test parts differ by at most one row, and in a classification
  /// also by at most one row of each class, so that a class of fewer than `k` rows is missing in
  /// some. The list makes a part when it is asked for it, and keeps none.
  ///
  /// @param k at least 2, at most the number of rows
  /// @throws IllegalArgumentException if `k` is not
  public List<Split> folds(int k, long seed) {
    return new Folds<>(
        Splitting.folds(answers, weights, k, seed),
        k,
        (train, test) -> new Split(subset(train), subset(test)));
  }

  /// What is known of the rows without looking at them.
  public Schema schema() {
    return new Schema(
        name,
        task(),
        features,
        targetName(),
        answers instanceof Answers.Labels labels ? labels.classNames() : List.of());
  }

  /// The rows as a source for training, in the order that [BatchOrder] has for each epoch.
  ///
  /// @param seed what the order depends on; [Sampling#SEQUENTIAL] does not look at it
  public RowSource source(Sampling sampling, long seed) {
    NotNull.check(sampling, "sampling");
    return new DatasetSource(this, sampling, seed);
  }

  /// The rows as a source for training in batches of so many: as [#source(Sampling, long)] has
  /// them, but for texts as sequences of tokens ([TokenSequence]), whose batches are of similar
  /// length ([BucketOrder]).
  ///
  /// @param seed what the order depends on; [Sampling#SEQUENTIAL] does not look at it
  /// @throws IllegalArgumentException if the batch is below 1
  public RowSource source(Sampling sampling, long seed, int batch) {
    NotNull.check(sampling, "sampling");
    return lengths()
        .filter(_ -> sampling != Sampling.SEQUENTIAL)
        .map(each ->
            new DatasetSource(this, new BucketOrder(sampling, Math.min(batch, rows), seed, each)))
        .orElseGet(() -> new DatasetSource(this, sampling, seed));
  }

  /// How many tokens each row has, where rows are sequences of tokens.
  private Optional<int[]> lengths() {
    boolean sequences =
        encoding().stream()
            .flatMap(by -> by.columns().stream())
            .anyMatch(ColumnEncoding.Tokens.class::isInstance);
    return sequences && cells instanceof Cells.Texts texts
        ? Optional.of(texts.lengths())
        : Optional.empty();
  }

  /// The images as a source for training, each changed anew in every epoch.
  ///
  /// @param seed what the order and the changes depend on
  /// @throws IllegalArgumentException if the rows are no images, or too small for a change
  public AugmentedSource augmented(Augmentation augmentation, Sampling sampling, long seed) {
    NotNull.check(augmentation, "augmentation");
    NotNull.check(sampling, "sampling");
    return new AugmentedSource(this, augmentation, sampling, seed);
  }

  /// The rows in batches, as they stand; see [Batches] for other orders.
  ///
  /// @throws IllegalArgumentException if the batch is below 1
  public Batches batches(int batch) {
    return new Batches(this, BatchOrder.sequential(rows, batch), 0);
  }

  Batch batch(int[] order, int from, int count) {
    var batchX = new float[Math.multiplyExact(count, features())];
    gather(order, from, count, batchX, 0);
    int @Nullable [] labels = null;
    float @Nullable [] targets = null;
    switch (answers) {
      case Answers.Labels _ -> {
        labels = new int[count];
        gatherLabels(order, from, count, labels, 0);
      }
      case Answers.Targets _ -> {
        targets = new float[count];
        gatherTargets(order, from, count, targets, 0);
      }
    }
    float @Nullable [] ofBatch = weights == null ? null : new float[count];
    if (ofBatch != null) {
      gatherSampleWeights(order, from, count, ofBatch, 0);
    }
    return new Batch(count, features(), batchX, labels, targets, ofBatch);
  }

  /// Copies the features of some rows, one after the other.
  ///
  /// @param order rows of this data set
  /// @param from the first index of `order` to be copied
  /// @param count how many rows
  /// @param to receives `count × features` numbers
  /// @param start where they go
  /// @throws IndexOutOfBoundsException if a row or a place does not exist
  public void gather(int[] order, int from, int count, float[] to, int start) {
    NotNull.check(order, "order");
    NotNull.check(to, "to");
    cells.gather(order, from, count, to, start);
  }

  /// Copies the labels of some rows; see [#gather].
  ///
  /// @throws IndexOutOfBoundsException if a row or a place does not exist
  /// @throws IllegalStateException if the task is not classification
  public void gatherLabels(int[] order, int from, int count, int[] to, int start) {
    NotNull.check(order, "order");
    NotNull.check(to, "to");
    int[] labels = labelled().labels();
    for (int i = 0; i < count; i++) {
      to[start + i] = labels[order[from + i]];
    }
  }

  /// Copies the targets of some rows; see [#gather].
  ///
  /// @throws IndexOutOfBoundsException if a row or a place does not exist
  /// @throws IllegalStateException if the task is not regression
  public void gatherTargets(int[] order, int from, int count, float[] to, int start) {
    NotNull.check(order, "order");
    NotNull.check(to, "to");
    double[] targets = targeted().targets();
    for (int i = 0; i < count; i++) {
      to[start + i] = (float) targets[order[from + i]];
    }
  }

  /// Copies the weights of some rows, 1 for each where all count alike; see [#gather].
  ///
  /// @throws IndexOutOfBoundsException if a row or a place does not exist
  public void gatherSampleWeights(int[] order, int from, int count, float[] to, int start) {
    NotNull.check(order, "order");
    NotNull.check(to, "to");
    for (int i = 0; i < count; i++) {
      to[start + i] = weights == null ? 1 : weights[order[from + i]];
    }
  }

  boolean isWeighted() {
    return weights != null;
  }

  /// Copies the labels or targets of some rows as numbers; see [#gather].
  void gatherAnswers(int[] order, int from, int count, float[] to, int start) {
    switch (answers) {
      case Answers.Labels labels -> {
        for (int i = 0; i < count; i++) {
          to[start + i] = labels.labels()[order[from + i]];
        }
      }
      case Answers.Targets targets -> {
        for (int i = 0; i < count; i++) {
          to[start + i] = (float) targets.targets()[order[from + i]];
        }
      }
    }
  }

  /// Copies features and answers of some rows before they are rounded; see [#gather].
  void gatherExact(int[] order, int from, int count, double[] toX, double[] toAnswers) {
    int width = features.count();
    var numbers = new float[width];
    for (int i = 0; i < count; i++) {
      int row = order[from + i];
      cells.gather(order, from + i, 1, numbers, 0);
      for (int column = 0; column < width; column++) {
        toX[i * width + column] = numbers[column];
      }
      toAnswers[i] =
          switch (answers) {
            case Answers.Labels labels -> labels.labels()[row];
            case Answers.Targets targets -> targets.targets()[row];
          };
    }
    fine.gather(order, from, count, toX, width);
  }

  /// The numbers of a column before they were rounded; null where floats are as good.
  double @Nullable [] fine(int column) {
    return fine.column(column);
  }

  /// The different numbers in a column among the rows that count.
  ///
  /// @throws IndexOutOfBoundsException if there is no such column
  double[] different(int column) {
    double[] exact = fine.column(column);
    return different(row -> exact == null ? cells.at(row, column) : exact[row]);
  }

  /// The different targets among the rows that count.
  double[] differentTargets() {
    double[] targets = exactTargets();
    return different(row -> targets[row]);
  }

  private double[] different(IntToDoubleFunction value) {
    return IntStream.range(0, rows)
        .filter(row -> weights == null || weights[row] > 0)
        .mapToDouble(row -> value.applyAsDouble(row) + 0.0)
        .sorted()
        .distinct()
        .toArray();
  }

  /// What the columns are.
  Features columns() {
    return features;
  }

  /// The same rows with other values in an array that is taken as it is.
  Dataset withOwnX(float[] values) {
    Checks.finite(values, features.names());
    return new Dataset(
        name, new Cells.Floats(values, features()), FineColumns.NONE, features, answers, weights);
  }

  /// The same rows, of which some columns are of texts, with other numbers in all other columns.
  Dataset withOthers(Cells.Texts texts, Cells.Texts.ToFloat change) {
    return new Dataset(name, texts.with(change), FineColumns.NONE, features, answers, weights);
  }

  /// How the features are kept.
  Cells cells() {
    return cells;
  }

  /// The same rows with other targets in an array that is taken as it is.
  Dataset withOwnTargets(double[] targets) {
    return new Dataset(
        name, cells, fine, features, new Answers.Targets(targets, targeted().name()), weights);
  }

  /// The targets themselves, for reading within the package.
  ///
  /// @throws IllegalStateException if the task is not regression
  double[] exactTargets() {
    return targeted().targets();
  }

  /// The same rows in other terms; the array is taken as it is.
  Dataset withAligned(double[] values, Features otherFeatures, Answers otherAnswers) {
    return new Dataset(
        name,
        new Cells.Floats(Checks.rounded(values), otherFeatures.count()),
        FineColumns.of(values, otherFeatures.count()),
        otherFeatures,
        otherAnswers,
        weights);
  }

  private Answers.Labels labelled() {
    if (answers instanceof Answers.Labels labels) {
      return labels;
    }
    throw new IllegalStateException(
        name + ": expected labels of a classification, found targets of a regression");
  }

  private Answers.Targets targeted() {
    if (answers instanceof Answers.Targets targets) {
      return targets;
    }
    throw new IllegalStateException(
        name + ": expected targets of a regression, found labels of a classification");
  }

  private void checkRow(int row) {
    if (row < 0 || row >= rows) {
      throw new IndexOutOfBoundsException(
          "%s: expected a row from 0 to %d, found %d".formatted(name, rows - 1, row));
    }
  }

  /// `digits: 1,797 rows, 64 features, 10 classes`
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %,d row%s, %,d feature%s, %s%s",
        name,
        rows,
        rows == 1 ? "" : "s",
        features(),
        features() == 1 ? "" : "s",
        answers.summary(),
        weights == null ? "" : ", weighted");
  }
}

package dev.thalweg.train;

import dev.thalweg.data.Alignment;
import dev.thalweg.data.ColumnEncoding;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Fit;
import dev.thalweg.data.ImageShape;
import dev.thalweg.data.RowSource;
import dev.thalweg.data.Schema;
import dev.thalweg.data.SoundOptions;
import dev.thalweg.data.Standardizer;
import dev.thalweg.data.TableEncoding;
import dev.thalweg.data.Task;
import dev.thalweg.kernels.NotNull;
import java.util.List;
import java.util.Optional;

/// What a model must know of the data it was trained on in order to predict from new ones.
///
/// A row of a table goes through the encoding, which gives features, and through the standardizer,
/// which scales them; [FittedModel] does the second by itself.
///
/// ```java
/// try (var reader = fitted.preprocessing().encoding().open(file, CsvFormat.found())) {
///   var x = new float[1024 * fitted.preprocessing().features()];
///   for (int rows = reader.read(x); rows > 0; rows = reader.read(x)) {
///     fitted.predictRows(Arrays.copyOf(x, rows * fitted.preprocessing().features()));
///   }
/// }
/// ```
///
/// @param data the data set's name
/// @param task what is predicted
/// @param featureNames in the order of the features
/// @param image the size of the images that rows are; empty where they are none
/// @param fit how image files of other proportions become images of that size; [Fit#CROP] where
///   rows are none
/// @param sound how sound files become these images; empty where rows are no sounds
/// @param classNames in the order of the outputs; empty in a regression
/// @param standardizer means and scales of the training data, where features are scaled
/// @param targetStandardizer mean and scale of the targets of the training data, where a regression
///   was trained on scaled ones: what the network says times the scale plus the mean is predicted
/// @param encoding how columns of a table become features, fitted on the training data: what is
///   filled in for missing values, and the categories
public record Preprocessing(
    String data,
    Task task,
    List<String> featureNames,
    Optional<ImageShape> image,
    Fit fit,
    Optional<SoundOptions> sound,
    List<String> classNames,
    Optional<Standardizer> standardizer,
    Optional<Standardizer> targetStandardizer,
    TableEncoding encoding) {

  /// Copies the lists.
  ///
  /// @throws IllegalArgumentException if the encoding is of another number of features, another
  ///   task or other classes, sounds become images of another size, or targets are scaled that are
  ///   no single numbers
  public Preprocessing {
    featureNames = List.copyOf(featureNames);
    classNames = List.copyOf(classNames);
    if (encoding.features() != featureNames.size()
        || encoding.task() != task
        || !encoding.classNames().equals(classNames)) {
      throw new IllegalArgumentException(
          "table: expected columns that become "
              + featureNames.size()
              + " features for "
              + task
              + ", found "
              + encoding.features()
              + " for "
              + encoding.task());
    }
    image.ifPresent(shape -> {
      if (shape.size() != encoding.features()) {
        throw new IllegalArgumentException(
            "image: expected %d pixels, found %s".formatted(encoding.features(), shape));
      }
    });
    sound.ifPresent(how -> {
      if (!image.equals(Optional.of(how.shape()))) {
        throw new IllegalArgumentException(
            "sound: expected spectrograms of %s, found %s"
                .formatted(image.map(Object::toString).orElse("no size"), how.shape()));
      }
    });
    targetStandardizer.ifPresent(targets -> {
      if (task != Task.REGRESSION || targets.columns() != 1) {
        throw new IllegalArgumentException(
            "targets: expected one number to be scaled in a regression, found "
                + targets.columns()
                + " in a "
                + task);
      }
    });
  }

  Preprocessing(Schema train, Optional<Standardizer> standardizer, Optional<Standardizer> targets) {
    this(
        train.name(),
        train.task(),
        train.featureNames(),
        train.image(),
        train.fit(),
        train.sound(),
        train.classNames(),
        standardizer,
        targets,
        train
            .encoding()
            .orElseGet(() ->
                TableEncoding.ofNumbers(
                    train.featureNames(), train.targetName(), train.task(), train.classNames())));
  }

  /// Whether the columns of a table are the features themselves.
  boolean isPlain() {
    return encoding.equals(
        TableEncoding.ofNumbers(featureNames, encoding.target(), task, classNames));
  }

  /// What there is to know of data that are used as they are.
  public static Preprocessing of(Dataset train) {
    NotNull.check(train, "train");
    return new Preprocessing(train.schema(), Optional.empty(), Optional.empty());
  }

  /// What there is to know of data whose features are scaled.
  ///
  /// @param train as they came, or scaled
  public static Preprocessing of(Dataset train, Standardizer standardizer) {
    NotNull.check(train, "train");
    NotNull.check(standardizer, "standardizer");
    return new Preprocessing(train.schema(), Optional.of(standardizer), Optional.empty());
  }

  /// The same of a regression whose network was trained on scaled targets.
  ///
  /// @param targets fitted on the targets ([Standardizer#fitTargets(Dataset)])
  /// @throws IllegalArgumentException if it is no regression, or the standardizer not of one column
  public Preprocessing withTargetStandardizer(Standardizer targets) {
    NotNull.check(targets, "targets");
    return new Preprocessing(
        data,
        task,
        featureNames,
        image,
        fit,
        sound,
        classNames,
        standardizer,
        Optional.of(targets),
        encoding);
  }

  /// Whether the features are the pixels of images, which need no names.
  boolean isPixels() {
    return isPlain() && image.filter(shape -> shape.pixelNames().equals(featureNames)).isPresent();
  }

  /// Whether features are called as the buckets of texts are, which need not be said one by one.
  boolean isNamedByTexts() {
    return encoding.columns().stream().anyMatch(ColumnEncoding.OfText.class::isInstance)
        && featureNames.equals(encoding.featureNames());
  }

  /// The number of features.
  public int features() {
    return featureNames.size();
  }

  /// What the model expects rows to be.
  public Schema schema() {
    return Schema.of(data, featureNames, encoding);
  }

  /// Rows of features as the network wants them.
  ///
  /// @param x as they came, row-major
  /// @param to takes as many
  void apply(double[] x, float[] to, int rows) {
    if (standardizer.isPresent()) {
      standardizer.get().apply(x, to, rows);
      return;
    }
    for (int i = 0; i < rows * features(); i++) {
      to[i] = (float) x[i];
    }
  }

  /// What is predicted where the network of a regression says this, in the target's own unit.
  double prediction(float output) {
    return targetStandardizer.isPresent() ? targetStandardizer.get().inverted(output, 0) : output;
  }

  /// The rows with the features and answers that the network knows, as they came.
  ///
  /// @throws IllegalArgumentException if they can't be brought into line with the training data
  RowSource aligned(RowSource raw) {
    return Alignment.of(raw.schema(), schema()).apply(raw);
  }

  /// A line: `iris: 4 features, classification, standardizer of 4 columns`, and where targets are
  /// scaled `targets: standardizer of 1 column: mean 5.0, scale 2.0`.
  @Override
  public String toString() {
    return "%s: %d features, %s, %s%s"
        .formatted(
            data,
            features(),
            task,
            standardizer.map(Object::toString).orElse("features as they are"),
            targetStandardizer.map(targets -> ", targets: " + targets).orElse(""));
  }
}

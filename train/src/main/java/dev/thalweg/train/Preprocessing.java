package dev.thalweg.train;

import dev.thalweg.data.Alignment;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.RowSource;
import dev.thalweg.data.Schema;
import dev.thalweg.data.Standardizer;
import dev.thalweg.data.TableEncoding;
import dev.thalweg.data.Task;
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
/// @param classNames in the order of the outputs; empty in a regression
/// @param standardizer means and scales of the training data, where features are scaled
/// @param encoding how columns of a table become features, fitted on the training data: what is
///   filled in for missing values, and the categories
public record Preprocessing(
    String data,
    Task task,
    List<String> featureNames,
    List<String> classNames,
    Optional<Standardizer> standardizer,
    TableEncoding encoding) {

  /// Copies the lists.
  ///
  /// @throws IllegalArgumentException if the encoding is of another number of features, another
  ///   task or other classes
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
  }

  Preprocessing(Dataset train, Optional<Standardizer> standardizer) {
    this(train.schema(), standardizer);
  }

  Preprocessing(Schema train, Optional<Standardizer> standardizer) {
    this(
        train.name(),
        train.task(),
        train.featureNames(),
        train.classNames(),
        standardizer,
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
    return new Preprocessing(train, Optional.empty());
  }

  /// What there is to know of data whose features are scaled.
  ///
  /// @param train as they came, or scaled
  public static Preprocessing of(Dataset train, Standardizer standardizer) {
    return new Preprocessing(train, Optional.of(standardizer));
  }

  /// The number of features.
  public int features() {
    return featureNames.size();
  }

  /// What the model expects rows to be.
  public Schema schema() {
    return Schema.of(data, featureNames, encoding);
  }

  /// The data as the network wants them.
  ///
  /// @throws IllegalArgumentException if they can't be brought into line with the training data
  Dataset apply(Dataset raw) {
    Dataset aligned = Alignment.of(raw.schema(), schema()).apply(raw);
    return standardizer.map(s -> s.apply(aligned)).orElse(aligned);
  }

  /// The rows as the network wants them.
  ///
  /// @throws IllegalArgumentException if they can't be brought into line with the training data
  RowSource apply(RowSource raw) {
    RowSource aligned = Alignment.of(raw.schema(), schema()).apply(raw);
    return standardizer.map(s -> s.apply(aligned)).orElse(aligned);
  }

  /// A line: `iris: 4 features, classification, standardizer of 4 columns`.
  @Override
  public String toString() {
    return "%s: %d features, %s, %s"
        .formatted(
            data,
            features(),
            task,
            standardizer.map(Object::toString).orElse("features as they are"));
  }
}

package dev.thalweg.train;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Standardizer;
import dev.thalweg.data.Task;
import java.util.List;
import java.util.Optional;

/// What a model must know of the data it was trained on in order to predict from new ones.
///
/// @param data the data set's name
/// @param task what is predicted
/// @param featureNames in the order of the columns
/// @param classNames in the order of the outputs; empty in a regression
/// @param standardizer means and scales of the training data, where features are scaled
public record Preprocessing(
    String data,
    Task task,
    List<String> featureNames,
    List<String> classNames,
    Optional<Standardizer> standardizer) {

  /// Copies the lists.
  public Preprocessing {
    featureNames = List.copyOf(featureNames);
    classNames = List.copyOf(classNames);
  }

  Preprocessing(Dataset train, Optional<Standardizer> standardizer) {
    this(
        train.name(),
        train.task(),
        train.featureNames(),
        train.task() == Task.CLASSIFICATION ? train.classNames() : List.of(),
        standardizer);
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

  /// The data as the network wants them.
  ///
  /// @throws IllegalArgumentException if the number of features or the task is another
  Dataset apply(Dataset raw) {
    if (raw.features() != features() || raw.task() != task) {
      throw new IllegalArgumentException(
          raw.name()
              + ": the model expects "
              + features()
              + " features for "
              + task
              + ", found "
              + raw.features()
              + " for "
              + raw.task());
    }
    return standardizer.map(s -> s.apply(raw)).orElse(raw);
  }
}

package dev.thalweg.data;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What is known of rows without looking at them: the names of features and classes, what there is
/// to predict, the shape of a row.
public final class Schema {

  private final String name;
  private final Task task;
  private final Features features;
  private final String targetName;
  private final List<String> classNames;

  Schema(String name, Task task, Features features, String targetName, List<String> classNames) {
    this.name = name;
    this.task = task;
    this.features = features;
    this.targetName = targetName;
    this.classNames = classNames;
  }

  /// What is known of rows that an encoding makes of a table.
  ///
  /// @param featureNames what the features are called
  /// @throws IllegalArgumentException if there are more or fewer names than features
  public static Schema of(String name, List<String> featureNames, TableEncoding encoding) {
    return new Schema(
        name,
        encoding.task(),
        encoding.asFeatures().named(featureNames),
        encoding.target(),
        encoding.classNames());
  }

  /// What the data are called.
  public String name() {
    return name;
  }

  /// What there is to predict.
  public Task task() {
    return task;
  }

  /// How many features a row has, at least 1.
  public int features() {
    return features.count();
  }

  /// The names of the features.
  public List<String> featureNames() {
    return features.names();
  }

  /// The shape of a row, `[784]`, `[28, 28]` or `[32, 32, 3]`; a fresh array.
  public int[] shape() {
    return features.shape();
  }

  /// The image that a row is: of `[28, 28]` one of one channel; empty for a row of another number
  /// of dimensions.
  public Optional<ImageShape> image() {
    return ImageShape.of(features.shape());
  }

  /// How image files of other proportions become images of this size; [Fit#CROP] where rows are no
  /// images, or were none.
  public Fit fit() {
    return features.fit();
  }

  /// How sound files become rows; empty where rows are no sounds.
  public Optional<SoundOptions> sound() {
    return features.sound();
  }

  /// The name of what there is to predict.
  public String targetName() {
    return targetName;
  }

  /// The names of the classes; empty in a regression.
  public List<String> classNames() {
    return classNames;
  }

  /// How many outputs a network needs: one for each class, or one for the number.
  public int outputs() {
    return task == Task.CLASSIFICATION ? classNames.size() : 1;
  }

  /// How the rows were made of a table, where they were.
  public Optional<TableEncoding> encoding() {
    return features.encoding();
  }

  Features columns() {
    return features;
  }

  /// `cars.csv: 9 features, regression of mpg`
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %,d feature%s, %s of %s",
        name,
        features(),
        features() == 1 ? "" : "s",
        task,
        targetName);
  }
}

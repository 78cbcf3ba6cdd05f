package dev.thalweg.data;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A few rows of a data set, in arrays of their own that whoever takes the batch may change.
public final class Batch {

  private final int rows;
  private final int features;
  private final float[] x;
  private final int @Nullable [] labels;
  private final float @Nullable [] targets;
  private final float @Nullable [] weights;

  Batch(
      int rows,
      int features,
      float[] x,
      int @Nullable [] labels,
      float @Nullable [] targets,
      float @Nullable [] weights) {
    this.weights = weights;
    this.rows = rows;
    this.features = features;
    this.x = x;
    this.labels = labels;
    this.targets = targets;
  }

  /// How many rows there are.
  public int rows() {
    return rows;
  }

  /// How many features a row has.
  public int features() {
    return features;
  }

  /// What there is to predict.
  public Task task() {
    return labels != null ? Task.CLASSIFICATION : Task.REGRESSION;
  }

  /// The features, `rows × features`, row-major.
  public float[] x() {
    return x;
  }

  /// The class of each row.
  ///
  /// @throws IllegalStateException if the rows have targets instead
  public int[] labels() {
    if (labels == null) {
      throw new IllegalStateException("batch: expected labels, found targets of a regression");
    }
    return labels;
  }

  /// The number to predict of each row.
  ///
  /// @throws IllegalStateException if the rows have labels instead
  public float[] targets() {
    if (targets == null) {
      throw new IllegalStateException("batch: expected targets, found labels of a classification");
    }
    return targets;
  }

  /// How much each row counts; empty where all count alike.
  public Optional<float[]> sampleWeights() {
    return Optional.ofNullable(weights);
  }

  @Override
  public String toString() {
    return "batch: %d rows, %d features".formatted(rows, features);
  }
}

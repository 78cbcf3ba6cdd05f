package dev.thalweg.train;

import dev.thalweg.data.Task;
import dev.thalweg.tensor.Tensor;

/// The score of an epoch while it runs, from the predictions that its steps make anyway: accuracy,
/// or R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)² over the samples seen. Each prediction is older than its step
/// and has dropout in it, so this is a little lower than an evaluation on the same rows would be.
/// Samples count alike, whatever they weigh.
final class RunningScore implements Scores.Accumulator {

  private final Task task;

  /// Targets are taken relative to this, the first one seen, so that squares of large ones don't
  /// cancel.
  private double origin = Double.NaN;

  private long samples;
  private long right;
  private double squaredErrors;
  private double sum;
  private double squares;

  RunningScore(Task task) {
    this.task = task;
  }

  /// Counts a batch.
  ///
  /// @param prediction rows×outputs
  /// @param truth class indices or numbers, one for each row; or the shares of classes,
  ///   rows×classes, of which the largest counts
  void add(Tensor prediction, Tensor truth) {
    float[] y = truth.floats();
    float[] outputs = prediction.floats();
    int rows = truth.shape().dimension(0);
    int width = prediction.size() / rows;
    if (Double.isNaN(origin)) {
      origin = y[0];
    }
    samples += rows;
    if (task == Task.CLASSIFICATION) {
      int shares = y.length / rows;
      for (int row = 0; row < rows; row++) {
        float label = shares > 1 ? label(y, row, shares) : y[row];
        right += label(outputs, row, width) == label ? 1 : 0;
      }
      return;
    }
    for (int row = 0; row < rows; row++) {
      double error = (double) y[row] - outputs[row];
      double d = y[row] - origin;
      squaredErrors += error * error;
      sum += d;
      squares += d * d;
    }
  }

  /// The largest output's, the first of equal ones; of one output the second class where it is
  /// positive.
  private static int label(float[] outputs, int row, int width) {
    if (width == 1) {
      return outputs[row] > 0 ? 1 : 0;
    }
    int from = row * width;
    int best = 0;
    for (int i = 1; i < width; i++) {
      if (outputs[from + i] > outputs[from + best]) {
        best = i;
      }
    }
    return best;
  }

  /// The score since the last call, NaN where it has none; begins anew.
  @Override
  public double take() {
    double around = squares - sum * sum / samples;
    double score =
        task == Task.CLASSIFICATION
            ? (double) right / samples
            : around > 0 ? 1 - squaredErrors / around : Double.NaN;
    samples = 0;
    right = 0;
    squaredErrors = 0;
    sum = 0;
    squares = 0;
    return score;
  }

  @Override
  public double[] sums() {
    return new double[] {origin, samples, right, squaredErrors, sum, squares};
  }

  @Override
  public void restore(double... sums) {
    origin = sums[0];
    samples = (long) sums[1];
    right = (long) sums[2];
    squaredErrors = sums[3];
    sum = sums[4];
    squares = sums[5];
  }
}

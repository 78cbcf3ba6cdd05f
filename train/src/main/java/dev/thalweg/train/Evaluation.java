package dev.thalweg.train;

import dev.thalweg.data.Task;
import java.util.Locale;

/// How well a model does on data it is shown.
///
/// @param task what the data ask for
/// @param rows samples
/// @param loss mean over the samples, or what the model's loss computes on all of them
/// @param accuracy the fraction of samples whose most probable class is theirs; NaN in a regression
/// @param r2 1 − Σ(y − ŷ)² / Σ(y − ȳ)², with ȳ the mean of these targets; NaN in a classification
/// @param meanAbsoluteError mean of |y − ŷ|; NaN in a classification
public record Evaluation(
    Task task, int rows, double loss, double accuracy, double r2, double meanAbsoluteError) {

  /// The score that is better the larger: accuracy or R².
  public double score() {
    return task == Task.CLASSIFICATION ? accuracy : r2;
  }

  @Override
  public String toString() {
    return task == Task.CLASSIFICATION
        ? String.format(Locale.ROOT, "loss %.4f, accuracy %.4f (%,d rows)", loss, accuracy, rows)
        : String.format(
            Locale.ROOT,
            "loss %.4f, R² %.4f, mean absolute error %.4f (%,d rows)",
            loss,
            r2,
            meanAbsoluteError,
            rows);
  }
}

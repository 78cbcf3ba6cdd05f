package dev.thalweg.train;

import java.util.List;
import java.util.Locale;

/// How well trainings do that each leave another share of the rows out and are judged by it
/// ([Trainer#crossValidate]).
///
/// @param folds the evaluation of each training, at least one
public record CrossValidation(List<Evaluation> folds) {

  /// Copies the list.
  ///
  /// @throws IllegalArgumentException if there is no fold
  public CrossValidation {
    folds = List.copyOf(folds);
    if (folds.isEmpty()) {
      throw new IllegalArgumentException("cross-validation: expected at least 1 fold, found none");
    }
  }

  /// The values of a metric, fold after fold; NaN where a fold has none.
  ///
  /// @param metric a name as [Evaluation#values] has it: `accuracy`, `r2`, `loss`
  public List<Double> values(String metric) {
    return folds.stream().map(fold -> fold.values().getOrDefault(metric, Double.NaN)).toList();
  }

  /// The mean of a metric over the folds.
  public double mean(String metric) {
    return values(metric).stream().mapToDouble(value -> value).average().orElse(Double.NaN);
  }

  /// The standard deviation of a metric over the folds, √(Σ(x − x̄)² / (k − 1)).
  public double spread(String metric) {
    double mean = mean(metric);
    double squares = values(metric).stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    return Math.sqrt(squares / (folds.size() - 1));
  }

  /// `accuracy 0.9583 ± 0.0264, loss 0.1206 ± 0.0534 (mean ± standard deviation of 5)`
  @Override
  public String toString() {
    boolean classes = folds.getFirst().values().containsKey("accuracy");
    return "%s %s, loss %s (mean ± standard deviation of %d)"
        .formatted(
            classes ? "accuracy" : "R²",
            number(classes ? "accuracy" : "r2"),
            number("loss"),
            folds.size());
  }

  private String number(String metric) {
    return String.format(Locale.ROOT, "%.4f ± %.4f", mean(metric), spread(metric));
  }
}

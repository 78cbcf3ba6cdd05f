package dev.thalweg.cli;

import dev.thalweg.kernels.Engine;
import dev.thalweg.train.Evaluation;
import dev.thalweg.train.TrainingEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// How well trainings do that each leave another share of the rows to train on out, and are judged
/// by it. What is standardized, filled in and known of categories is of the rows that a training
/// has seen.
///
/// @param folds the evaluation of each training
record CrossValidation(List<Evaluation> folds) {

  /// Copies the list.
  CrossValidation {
    folds = List.copyOf(folds);
  }

  /// Trains as often as there are folds, on the rows to train on of a plan; those kept for the end
  /// have no part in it.
  ///
  /// @param observer told what happens, if there is one
  /// @throws Failure if there are more folds than rows
  static CrossValidation of(
      TrainPlan plan, int k, Engine engine, Optional<Consumer<TrainingEvent>> observer) {
    var division = plan.division();
    var parts = Failure.known("--folds", () -> division.train().folds(k, plan.config().seed()));
    var folds = new ArrayList<Evaluation>();
    for (var part : parts) {
      var fold =
          TrainPlan.of(
              plan.config(),
              new Division(part.train(), division.validation(), Optional.of(part.test()), false));
      folds.add(fold.fitDecided(engine, observer).evaluate(fold.test().orElseThrow()));
    }
    return new CrossValidation(folds);
  }

  /// The values of a metric, fold after fold.
  List<Double> values(String metric) {
    return folds.stream().map(fold -> fold.values().getOrDefault(metric, Double.NaN)).toList();
  }

  /// The mean of a metric over the folds.
  double mean(String metric) {
    return values(metric).stream().mapToDouble(value -> value).average().orElse(Double.NaN);
  }

  /// The standard deviation of a metric over the folds, √(Σ(x − x̄)² / (k − 1)).
  double spread(String metric) {
    var mean = mean(metric);
    var squares = values(metric).stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    return Math.sqrt(squares / (folds.size() - 1));
  }

  /// `5 folds: accuracy 0.9583 ± 0.0264, loss 0.1206 ± 0.0534 (mean ± standard deviation)`
  String text() {
    var names = folds.getFirst().values().sequencedKeySet().stream().toList();
    var score = names.contains("accuracy") ? "accuracy" : "r2";
    return "%s %s, loss %s (mean ± standard deviation of %d)"
        .formatted(score.equals("r2") ? "R²" : score, number(score), number("loss"), folds.size());
  }

  private String number(String metric) {
    return String.format(Locale.ROOT, "%.4f ± %.4f", mean(metric), spread(metric));
  }

  /// For each metric an object: `mean`, `spread`, and `values` fold after fold.
  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    for (var metric : folds.getFirst().values().sequencedKeySet()) {
      var figures = new LinkedHashMap<String, Object>();
      figures.put("mean", mean(metric));
      figures.put("spread", spread(metric));
      figures.put("values", values(metric));
      json.put(metric, figures);
    }
    return json;
  }
}

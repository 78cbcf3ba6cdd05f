package dev.thalweg.cli;

import dev.thalweg.kernels.Engine;
import dev.thalweg.train.CrossValidation;
import dev.thalweg.train.Evaluation;
import dev.thalweg.train.TrainingEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The cross-validation of a plan: what is standardized, filled in and known of categories is of
/// the rows that a training has seen.
final class FoldedPlan {

  private FoldedPlan() {}

  /// Trains as often as there are folds, on the rows to train on of a plan; those kept for the end
  /// have no part in it.
  ///
  /// @param observer told what happens, if there is one
  /// @throws Failure if there are more folds than rows
  static CrossValidation train(
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

  /// For each metric an object: `mean`, `spread`, and `values` fold after fold.
  static Map<String, Object> json(CrossValidation validated) {
    var json = new LinkedHashMap<String, Object>();
    for (var metric : validated.folds().getFirst().values().sequencedKeySet()) {
      var figures = new LinkedHashMap<String, Object>();
      figures.put("mean", validated.mean(metric));
      figures.put("spread", validated.spread(metric));
      figures.put("values", validated.values(metric));
      json.put(metric, figures);
    }
    return json;
  }
}

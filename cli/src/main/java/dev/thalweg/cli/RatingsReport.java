package dev.thalweg.cli;

import dev.thalweg.data.Ratings;
import dev.thalweg.kernels.Engine;
import dev.thalweg.train.RatingEvaluation;
import dev.thalweg.train.Recommender;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a training on ratings came to, for people and for programs.
///
/// @param plan what was to be done
/// @param model what came
/// @param tested how well it does on the part kept for the end, where there is one
/// @param run the run folder, which is in its place
/// @param weightsSha256 of its weights
/// @param engine on which it ran
record RatingsReport(
    RatingsPlan plan,
    Recommender model,
    Optional<RatingEvaluation> tested,
    Path run,
    String weightsSha256,
    Engine engine)
    implements ModelPlan.Report {

  private TrainingFacts facts() {
    return plan.facts(model, model.network().parameterCount(), weightsSha256, engine);
  }

  /// The RMSE of users' and items' biases alone.
  private Optional<Double> baseline() {
    return plan.data().test().map(some -> Recommender.baseline(plan.data().train(), some));
  }

  @Override
  public Map<String, @Nullable Object> json() {
    var json = facts().begin(run, RatingsData.TASK);
    json.put("users", model.users().size());
    json.put("items", model.items().size());
    tested.ifPresent(evaluation -> figures(json, "test_", evaluation));
    baseline().ifPresent(rmse -> json.put("test_baseline_rmse", rmse));
    facts().addEpochTo(json);
    sizes().addTo(json, "rows");
    facts().addTo(json);
    return json;
  }

  /// The figures of an evaluation.
  ///
  /// @param prefix before each name: `test_`
  static void figures(
      Map<String, @Nullable Object> json, String prefix, RatingEvaluation evaluation) {
    json.put(prefix + "rmse", evaluation.rmse());
    json.put(prefix + "mae", evaluation.mae());
    json.put(prefix + "recall_at_" + evaluation.k(), evaluation.recall());
    json.put(prefix + "ndcg_at_" + evaluation.k(), evaluation.ndcg());
    json.put(prefix + "unknown", evaluation.unknown());
  }

  @Override
  public String text() {
    var table = new Table().row("data", parts());
    facts().addTo(table);
    facts()
        .addEpochTo(
            table,
            epoch -> "RMSE " + Numbers.figure(Math.sqrt(epoch.validationLoss().orElseThrow())));
    tested.ifPresent(evaluation -> rows(table, "test ", evaluation, baseline()));
    return table.row("run", run.toString()).toString();
  }

  /// Adds a row for each figure.
  ///
  /// @param prefix before each name: `test `
  /// @param baseline the RMSE of biases alone, where it is known
  static void rows(
      Table table, String prefix, RatingEvaluation evaluation, Optional<Double> baseline) {
    table
        .row(
            prefix + "RMSE",
            Numbers.figure(evaluation.rmse())
                + baseline
                    .map(rmse ->
                        ", %s of that of user and item biases, %s"
                            .formatted(
                                Numbers.figure(evaluation.rmse() / rmse), Numbers.figure(rmse)))
                    .orElse("")
                + ", mean absolute error "
                + Numbers.figure(evaluation.mae()))
        .row(
            prefix + "ranks",
            "recall@%d %s, NDCG@%d %s, of items rated at least the mean"
                .formatted(
                    evaluation.k(),
                    Numbers.figure(evaluation.recall()),
                    evaluation.k(),
                    Numbers.figure(evaluation.ndcg())));
    if (evaluation.unknown() > 0) {
      table.row(
          prefix + "unknown",
          Numbers.count(evaluation.unknown())
              + " ratings of a user or an item that the training has not");
    }
  }

  private PartSizes sizes() {
    var data = plan.data();
    return new PartSizes(
        data.train().size(), data.validation().map(Ratings::size), data.test().map(Ratings::size));
  }

  /// `ratings.csv: 80,000 ratings to train, 20,000 to test, 1,682 items, 943 users`
  private String parts() {
    return "%s, %s items, %s users"
        .formatted(
            sizes().text(plan.config().data().name(), "ratings to train"),
            Numbers.count(model.items().size()),
            Numbers.count(model.users().size()));
  }
}

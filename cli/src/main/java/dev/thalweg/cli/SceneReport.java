package dev.thalweg.cli;

import dev.thalweg.data.Scenes;
import dev.thalweg.kernels.Engine;
import dev.thalweg.train.Detector;
import dev.thalweg.train.DetectorEvaluation;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a training on scenes came to, for people and for programs.
///
/// @param plan what was to be done
/// @param detector the model
/// @param tested how well it does on the scenes kept for the end, where there are some
/// @param run the run folder, which is in its place
/// @param weightsSha256 of its weights
/// @param engine on which it ran
record SceneReport(
    ScenePlan plan,
    Detector detector,
    Optional<DetectorEvaluation> tested,
    Path run,
    String weightsSha256,
    Engine engine)
    implements ModelPlan.Report {

  private TrainingFacts facts() {
    return plan.facts(detector, detector.network().parameterCount(), weightsSha256, engine);
  }

  @Override
  public Map<String, @Nullable Object> json() {
    var json = facts().begin(run, SceneData.TASK);
    json.put("test_loss", tested.map(DetectorEvaluation::loss).orElse(null));
    tested.ifPresent(evaluation -> figures(json, evaluation));
    facts().addEpochTo(json);
    sizes().addTo(json, "rows");
    facts().addTo(json);
    return json;
  }

  /// The figures of an evaluation but for its loss.
  static void figures(Map<String, @Nullable Object> json, DetectorEvaluation evaluation) {
    json.put("mean_iou", evaluation.meanIou());
    json.put("class_accuracy", evaluation.classAccuracy());
    json.put("precision", evaluation.precision());
    json.put("recall", evaluation.recall());
    json.put("boxes", evaluation.boxes());
  }

  @Override
  public String text() {
    var table =
        new Table().row("data", sizes().text(plan.config().data().name(), "scenes to train"));
    facts().addTo(table);
    facts()
        .addEpochTo(
            table,
            epoch ->
                "loss %s, mean IoU %s, class accuracy %s"
                    .formatted(
                        Numbers.figure(epoch.validationLoss().orElseThrow()),
                        Numbers.figure(epoch.validationScore().orElse(Double.NaN)),
                        Numbers.figure(
                            epoch.metrics().getOrDefault("class_accuracy", Double.NaN))));
    tested.ifPresent(evaluation -> rows(table, "test ", evaluation));
    return table.row("run", run.toString()).toString();
  }

  /// Adds a row for each figure.
  ///
  /// @param prefix before each name: `test `
  static void rows(Table table, String prefix, DetectorEvaluation evaluation) {
    table
        .row(
            prefix + "mean IoU",
            Numbers.figure(evaluation.meanIou())
                + " of the "
                + Numbers.count(evaluation.boxes())
                + " true boxes")
        .row(prefix + "class accuracy", Numbers.figure(evaluation.classAccuracy()))
        .row(
            prefix + "precision",
            "%s, recall %s, from an IoU of 0.5 on"
                .formatted(
                    Numbers.figure(evaluation.precision()), Numbers.figure(evaluation.recall())))
        .row(prefix + "loss", Numbers.figure(evaluation.loss()));
  }

  private PartSizes sizes() {
    var data = plan.data();
    return new PartSizes(
        data.train().rows(), data.validation().map(Scenes::rows), data.test().map(Scenes::rows));
  }
}

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
    return new TrainingFacts(
        plan.config(),
        plan.history(detector),
        "samples",
        detector.network().parameterCount(),
        weightsSha256,
        engine);
  }

  @Override
  public Map<String, @Nullable Object> json() {
    var json = facts().begin(run, SceneData.TASK);
    json.put("test_loss", tested.map(DetectorEvaluation::loss).orElse(null));
    tested.ifPresent(evaluation -> figures(json, evaluation));
    facts().addEpochTo(json);
    json.put("train_rows", plan.data().train().rows());
    json.put("validation_rows", plan.data().validation().map(Scenes::rows).orElse(0));
    json.put("test_rows", plan.data().test().map(Scenes::rows).orElse(0));
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
        new Table()
            .row("data", parts())
            .row("model", facts().model())
            .row("optimizer", plan.config().optimizer().orElseThrow())
            .row("trained", facts().trained());
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

  /// `digits-scene: 8,000 scenes to train, 2,000 to test`
  private String parts() {
    var data = plan.data();
    return plan.config().data().name()
        + ": "
        + Numbers.count(data.train().rows())
        + " scenes to train"
        + data.validation()
            .map(some -> ", " + Numbers.count(some.rows()) + " to validate")
            .orElse("")
        + data.test().map(some -> ", " + Numbers.count(some.rows()) + " to test").orElse("");
  }
}

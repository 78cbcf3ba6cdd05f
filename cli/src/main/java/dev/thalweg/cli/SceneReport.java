package dev.thalweg.cli;

import dev.thalweg.data.Scenes;
import dev.thalweg.kernels.Engine;
import dev.thalweg.train.Detector;
import dev.thalweg.train.DetectorEvaluation;
import dev.thalweg.train.History;
import dev.thalweg.train.TrainingEvent.EpochRecord;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
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

  private History history() {
    return detector.history().orElseThrow();
  }

  private TrainingFacts facts() {
    return new TrainingFacts(
        plan.config(),
        history(),
        "samples",
        detector.network().parameterCount(),
        weightsSha256,
        engine);
  }

  /// The epoch that the model is of: with patience the best one, whose weights were restored.
  private EpochRecord epoch() {
    return plan.config().patience().isPresent() ? history().best() : history().epochs().getLast();
  }

  @Override
  public Map<String, @Nullable Object> json() {
    var config = plan.config();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("run", run.toString());
    json.put("data", config.data().name());
    json.put("task", SceneData.TASK);
    json.put("model", config.model());
    json.put("optimizer", config.optimizer().orElseThrow());
    json.put("test_loss", tested.map(DetectorEvaluation::loss).orElse(null));
    tested.ifPresent(evaluation -> figures(json, evaluation));
    json.put("train_loss", epoch().loss());
    epoch()
        .validationLoss()
        .ifPresent(loss -> {
          json.put("validation_loss", loss);
          epoch().metrics().forEach((name, value) -> json.put("validation_" + name, value));
        });
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
    var config = plan.config();
    var table =
        new Table()
            .row("data", parts())
            .row(
                "model",
                config.model() + ", " + count(detector.network().parameterCount()) + " parameters")
            .row("optimizer", config.optimizer().orElseThrow())
            .row("trained", facts().trained());
    var epoch = epoch();
    epoch
        .validationLoss()
        .ifPresent(loss ->
            table.row(
                config.patience().isPresent() ? "best epoch" : "validation",
                "%sloss %s, mean IoU %s, class accuracy %s"
                    .formatted(
                        config.patience().isPresent()
                            ? "epoch %d of %d, whose weights the model has: validation "
                                .formatted(epoch.epoch(), history().epochs().size())
                            : "",
                        number(loss),
                        number(epoch.validationScore().orElse(Double.NaN)),
                        number(epoch.metrics().getOrDefault("class_accuracy", Double.NaN)))));
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
            number(evaluation.meanIou()) + " of the " + count(evaluation.boxes()) + " true boxes")
        .row(prefix + "class accuracy", number(evaluation.classAccuracy()))
        .row(
            prefix + "precision",
            "%s, recall %s, from an IoU of 0.5 on"
                .formatted(number(evaluation.precision()), number(evaluation.recall())))
        .row(prefix + "loss", number(evaluation.loss()));
  }

  /// `digits-scene: 8,000 scenes to train, 2,000 to test`
  private String parts() {
    var data = plan.data();
    return plan.config().data().name()
        + ": "
        + count(data.train().rows())
        + " scenes to train"
        + data.validation().map(some -> ", " + count(some.rows()) + " to validate").orElse("")
        + data.test().map(some -> ", " + count(some.rows()) + " to test").orElse("");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}

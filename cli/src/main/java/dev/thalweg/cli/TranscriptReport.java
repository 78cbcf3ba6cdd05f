package dev.thalweg.cli;

import dev.thalweg.data.Transcripts;
import dev.thalweg.kernels.Engine;
import dev.thalweg.train.History;
import dev.thalweg.train.TrainingEvent.EpochRecord;
import dev.thalweg.train.Transcriber;
import dev.thalweg.train.TranscriptEvaluation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a training on sounds with transcripts came to, for people and for programs.
///
/// @param plan what was to be done
/// @param model what came
/// @param tested how well it does on the part kept for the end, where there is one
/// @param run the run folder, which is in its place
/// @param weightsSha256 of its weights
/// @param engine on which it ran
record TranscriptReport(
    TranscriptPlan plan,
    Transcriber model,
    Optional<TranscriptEvaluation> tested,
    Path run,
    String weightsSha256,
    Engine engine)
    implements ModelPlan.Report {

  private History history() {
    return model.history().orElseThrow();
  }

  private TrainingFacts facts() {
    return new TrainingFacts(
        plan.config(),
        history(),
        "samples",
        model.network().parameterCount(),
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
    json.put("task", TranscriptData.TASK);
    json.put("model", config.model());
    json.put("optimizer", config.optimizer().orElseThrow());
    json.put("tokenizer", model.tokenizer().toString());
    json.put("vocabulary", model.tokenizer().size());
    json.put("test_loss", tested.map(TranscriptEvaluation::loss).orElse(null));
    json.put("test_error_rate", tested.map(TranscriptEvaluation::errorRate).orElse(null));
    tested.ifPresent(evaluation -> json.put("test_accuracy", evaluation.accuracy()));
    json.put("train_loss", epoch().loss());
    epoch()
        .validationLoss()
        .ifPresent(loss -> {
          json.put("validation_loss", loss);
          epoch().metrics().forEach((name, value) -> json.put("validation_" + name, value));
        });
    json.put("train_rows", plan.data().train().rows());
    json.put("validation_rows", plan.data().validation().map(Transcripts::rows).orElse(0));
    json.put("test_rows", plan.data().test().map(Transcripts::rows).orElse(0));
    facts().addTo(json);
    return json;
  }

  /// The figures of an evaluation.
  static void figures(Map<String, @Nullable Object> json, TranscriptEvaluation evaluation) {
    json.put("loss", evaluation.loss());
    json.put("error_rate", evaluation.errorRate());
    json.put("accuracy", evaluation.accuracy());
    json.put("tokens", evaluation.tokens());
    json.put("edits", evaluation.edits());
  }

  @Override
  public String text() {
    var config = plan.config();
    var table =
        new Table()
            .row("data", parts())
            .row("sounds", TranscriptData.described(plan.data().train().sounds()))
            .row("tokens", TranscriptData.described(model.tokenizer()))
            .row(
                "model",
                config.model() + ", " + count(model.network().parameterCount()) + " parameters")
            .row("optimizer", config.optimizer().orElseThrow())
            .row("trained", facts().trained());
    var epoch = epoch();
    epoch
        .validationLoss()
        .ifPresent(loss ->
            table.row(
                config.patience().isPresent() ? "best epoch" : "validation",
                "%sloss %s"
                    .formatted(
                        config.patience().isPresent()
                            ? "epoch %d of %d, whose weights the model has: validation "
                                .formatted(epoch.epoch(), history().epochs().size())
                            : "",
                        number(loss))));
    tested.ifPresent(evaluation -> rows(table, "test ", evaluation));
    return table.row("run", run.toString()).toString();
  }

  /// Adds a row for each figure.
  ///
  /// @param prefix before each name: `test `
  static void rows(Table table, String prefix, TranscriptEvaluation evaluation) {
    table
        .row(
            prefix + "error rate",
            "%s, %s edits of %s tokens"
                .formatted(
                    number(evaluation.errorRate()),
                    count(evaluation.edits()),
                    count(evaluation.tokens())))
        .row(
            prefix + "accuracy",
            "%s, %s of %s without a mistake"
                .formatted(
                    number(evaluation.accuracy()),
                    count(evaluation.right()),
                    count(evaluation.rows())))
        .row(prefix + "loss", number(evaluation.loss()));
  }

  /// `digits.csv: 80 sounds to train, 20 to test`
  private String parts() {
    var data = plan.data();
    return plan.config().data().name()
        + ": "
        + count(data.train().rows())
        + " sounds to train on"
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

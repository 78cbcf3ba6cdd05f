package dev.thalweg.cli;

import dev.thalweg.data.Transcripts;
import dev.thalweg.kernels.Engine;
import dev.thalweg.train.Transcriber;
import dev.thalweg.train.TranscriptEvaluation;
import java.nio.file.Path;
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

  private TrainingFacts facts() {
    return plan.facts(model, model.network().parameterCount(), weightsSha256, engine);
  }

  @Override
  public Map<String, @Nullable Object> json() {
    var json = facts().begin(run, TranscriptData.TASK);
    json.put("tokenizer", model.tokenizer().toString());
    json.put("vocabulary", model.tokenizer().size());
    json.put("test_loss", tested.map(TranscriptEvaluation::loss).orElse(null));
    json.put("test_error_rate", tested.map(TranscriptEvaluation::errorRate).orElse(null));
    tested.ifPresent(evaluation -> json.put("test_accuracy", evaluation.accuracy()));
    facts().addEpochTo(json);
    sizes().addTo(json, "rows");
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
    var table =
        new Table()
            .row("data", sizes().text(plan.config().data().name(), "sounds to train on"))
            .row("sounds", TranscriptData.described(plan.data().train().sounds()))
            .row("tokens", TranscriptData.described(model.tokenizer()));
    facts().addTo(table);
    facts()
        .addEpochTo(table, epoch -> "loss " + Numbers.figure(epoch.validationLoss().orElseThrow()));
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
                    Numbers.figure(evaluation.errorRate()),
                    Numbers.count(evaluation.edits()),
                    Numbers.count(evaluation.tokens())))
        .row(
            prefix + "accuracy",
            "%s, %s of %s without a mistake"
                .formatted(
                    Numbers.figure(evaluation.accuracy()),
                    Numbers.count(evaluation.right()),
                    Numbers.count(evaluation.rows())))
        .row(prefix + "loss", Numbers.figure(evaluation.loss()));
  }

  private PartSizes sizes() {
    var data = plan.data();
    return new PartSizes(
        data.train().rows(),
        data.validation().map(Transcripts::rows),
        data.test().map(Transcripts::rows));
  }
}

package dev.thalweg.cli;

import dev.thalweg.data.Corpus;
import dev.thalweg.kernels.Engine;
import dev.thalweg.train.LanguageEvaluation;
import dev.thalweg.train.LanguageModel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a training on a text came to, for people and for programs.
///
/// @param plan what was to be done
/// @param model what came
/// @param tested how well it foretells the part kept for the end, where there is one
/// @param run the run folder, which is in its place
/// @param weightsSha256 of its weights
/// @param engine on which it ran
record LanguageReport(
    LanguagePlan plan,
    LanguageModel model,
    Optional<LanguageEvaluation> tested,
    Path run,
    String weightsSha256,
    Engine engine)
    implements ModelPlan.Report {

  private TrainingFacts facts() {
    return new TrainingFacts(
        plan.config(),
        plan.history(model),
        "tokens",
        model.network().parameterCount(),
        weightsSha256,
        engine);
  }

  @Override
  public Map<String, @Nullable Object> json() {
    var json = facts().begin(run, TextData.TASK);
    json.put("tokenizer", model.tokenizer().toString());
    json.put("vocabulary", model.tokenizer().size());
    json.put("context", plan.context());
    json.put("test_loss", tested.map(LanguageEvaluation::loss).orElse(null));
    json.put(
        "test_bits_per_character", tested.map(LanguageEvaluation::bitsPerCharacter).orElse(null));
    tested.ifPresent(evaluation -> json.put("test_perplexity", evaluation.perplexity()));
    facts().addEpochTo(json);
    json.put("train_tokens", plan.data().train().size());
    json.put("validation_tokens", plan.data().validation().map(Corpus::size).orElse(0));
    json.put("test_tokens", plan.data().test().map(Corpus::size).orElse(0));
    facts().addTo(json);
    return json;
  }

  /// The figures of an evaluation.
  static void figures(Map<String, @Nullable Object> json, LanguageEvaluation evaluation) {
    json.put("tokens", evaluation.tokens());
    json.put("loss", evaluation.loss());
    json.put("bits_per_character", evaluation.bitsPerCharacter());
    json.put("perplexity", evaluation.perplexity());
  }

  @Override
  public String text() {
    var table =
        new Table()
            .row("data", parts())
            .row(
                "tokens",
                "%s, %s different, windows of %s"
                    .formatted(
                        model.tokenizer(),
                        Numbers.count(model.tokenizer().size()),
                        Numbers.count(plan.context())))
            .row("model", facts().model())
            .row("optimizer", plan.config().optimizer().orElseThrow())
            .row("trained", facts().trained());
    facts()
        .addEpochTo(table, epoch -> "loss " + Numbers.figure(epoch.validationLoss().orElseThrow()));
    tested.ifPresent(evaluation -> rows(table, "test ", evaluation));
    return table.row("run", run.toString()).toString();
  }

  /// Adds a row for each figure.
  ///
  /// @param prefix before each name: `test `
  static void rows(Table table, String prefix, LanguageEvaluation evaluation) {
    table
        .row(prefix + "bits per character", Numbers.figure(evaluation.bitsPerCharacter()))
        .row(
            prefix + "loss",
            "%s a token, a perplexity of %s"
                .formatted(
                    Numbers.figure(evaluation.loss()), Numbers.figure(evaluation.perplexity())));
  }

  /// `moby-dick: 951,722 characters to train on, 237,930 to test`
  private String parts() {
    var data = plan.data();
    return plan.config().data().name()
        + ": "
        + Numbers.count(data.train().characters())
        + " characters to train on"
        + data.validation()
            .map(some -> ", " + Numbers.count(some.characters()) + " to validate")
            .orElse("")
        + data.test().map(some -> ", " + Numbers.count(some.characters()) + " to test").orElse("");
  }
}

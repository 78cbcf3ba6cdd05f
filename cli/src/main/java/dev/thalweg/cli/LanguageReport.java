package dev.thalweg.cli;

import dev.thalweg.data.Corpus;
import dev.thalweg.kernels.Engine;
import dev.thalweg.train.LanguageEvaluation;
import dev.thalweg.train.LanguageModel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
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
    return plan.facts(model, model.network().parameterCount(), weightsSha256, engine);
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
    sizes(Corpus::size).addTo(json, "tokens");
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
            .row(
                "data",
                sizes(Corpus::characters)
                    .text(plan.config().data().name(), "characters to train on"))
            .row(
                "tokens",
                "%s, %s different, windows of %s%s"
                    .formatted(
                        model.tokenizer(),
                        Numbers.count(model.tokenizer().size()),
                        Numbers.count(plan.context()),
                        model.apart() ? ", attention within a document" : ""));
    facts().addTo(table);
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

  private PartSizes sizes(ToLongFunction<Corpus> size) {
    var data = plan.data();
    return new PartSizes(
        size.applyAsLong(data.train()),
        data.validation().map(size::applyAsLong),
        data.test().map(size::applyAsLong));
  }
}

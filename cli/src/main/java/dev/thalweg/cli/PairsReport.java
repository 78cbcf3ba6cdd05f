package dev.thalweg.cli;

import dev.thalweg.data.Pairs;
import dev.thalweg.kernels.Engine;
import dev.thalweg.train.TranslationEvaluation;
import dev.thalweg.train.Translator;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a training on pairs of texts came to, for people and for programs.
///
/// @param plan what was to be done
/// @param model what came
/// @param tested how well it does on the part kept for the end, where there is one
/// @param run the run folder, which is in its place
/// @param weightsSha256 of its weights
/// @param engine on which it ran
record PairsReport(
    PairsPlan plan,
    Translator model,
    Optional<TranslationEvaluation> tested,
    Path run,
    String weightsSha256,
    Engine engine)
    implements ModelPlan.Report {

  private TrainingFacts facts() {
    return plan.facts(model, model.network().parameterCount(), weightsSha256, engine);
  }

  @Override
  public Map<String, @Nullable Object> json() {
    var json = facts().begin(run, PairsData.TASK);
    json.put("source_tokenizer", model.tokens().source().toString());
    json.put("source_vocabulary", model.tokens().sources());
    json.put("target_tokenizer", model.tokens().target().toString());
    json.put("target_vocabulary", model.tokens().targets());
    tested.ifPresent(evaluation -> figures(json, "test_", evaluation));
    facts().addEpochTo(json);
    sizes().addTo(json, "rows");
    facts().addTo(json);
    return json;
  }

  /// The figures of an evaluation.
  ///
  /// @param prefix before each name: `test_`
  static void figures(
      Map<String, @Nullable Object> json, String prefix, TranslationEvaluation evaluation) {
    json.put(prefix + "loss", evaluation.loss());
    json.put(prefix + "token_accuracy", evaluation.tokenAccuracy());
    json.put(prefix + "token_error_rate", evaluation.tokenErrorRate());
    json.put(prefix + "text_error_rate", evaluation.textErrorRate());
    json.put(prefix + "texts", evaluation.texts());
    json.put(prefix + "beam", evaluation.beam());
  }

  @Override
  public String text() {
    var config = plan.config();
    var table =
        new Table()
            .row("data", sizes().text(plan.config().data().name(), "pairs to train"))
            .row("tokens", model.tokens().toString());
    facts().addTo(table);
    facts()
        .addEpochTo(table, epoch -> "loss " + Numbers.figure(epoch.validationLoss().orElseThrow()));
    tested.ifPresent(evaluation -> rows(table, "test ", config.data().name(), evaluation));
    return table.row("run", run.toString()).toString();
  }

  /// Adds a row for each figure.
  ///
  /// @param prefix before each name: `test `
  /// @param data what the pairs are called: of a dictionary tokens are phonemes, and texts words
  static void rows(Table table, String prefix, String data, TranslationEvaluation evaluation) {
    var words = PairsData.isName(data);
    table
        .row(
            prefix + (words ? "phoneme errors" : "token errors"),
            "%s of the %s, %s of the %s wrong, %s"
                .formatted(
                    Numbers.figure(evaluation.tokenErrorRate()),
                    words ? "phonemes" : "tokens",
                    Numbers.figure(evaluation.textErrorRate()),
                    words ? "words" : "texts",
                    evaluation.beam() == 1
                        ? "the most probable token each time"
                        : "beam " + evaluation.beam()))
        .row(
            prefix + "loss",
            "%s a token, given those before it; %s of them the most probable one"
                .formatted(
                    Numbers.figure(evaluation.loss()), Numbers.figure(evaluation.tokenAccuracy())));
  }

  private PartSizes sizes() {
    var data = plan.data();
    return new PartSizes(
        data.train().size(), data.validation().map(Pairs::size), data.test().map(Pairs::size));
  }
}

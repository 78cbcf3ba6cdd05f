package dev.thalweg.cli;

import dev.thalweg.data.Pairs;
import dev.thalweg.kernels.Engine;
import dev.thalweg.train.History;
import dev.thalweg.train.TrainingEvent.EpochRecord;
import dev.thalweg.train.TranslationEvaluation;
import dev.thalweg.train.Translator;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
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

  private History history() {
    return model.history().orElseThrow();
  }

  private TrainingFacts facts() {
    return new TrainingFacts(
        plan.config(),
        history(),
        "tokens",
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
    json.put("task", PairsData.TASK);
    json.put("model", config.model());
    json.put("optimizer", config.optimizer().orElseThrow());
    json.put("source_tokenizer", model.tokens().source().toString());
    json.put("source_vocabulary", model.tokens().sources());
    json.put("target_tokenizer", model.tokens().target().toString());
    json.put("target_vocabulary", model.tokens().targets());
    tested.ifPresent(evaluation -> figures(json, "test_", evaluation));
    json.put("train_loss", epoch().loss());
    epoch()
        .validationLoss()
        .ifPresent(loss -> {
          json.put("validation_loss", loss);
          epoch().metrics().forEach((name, value) -> json.put("validation_" + name, value));
        });
    json.put("train_rows", plan.data().train().size());
    json.put("validation_rows", plan.data().validation().map(Pairs::size).orElse(0));
    json.put("test_rows", plan.data().test().map(Pairs::size).orElse(0));
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
            .row("data", parts())
            .row("tokens", model.tokens().toString())
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
                    number(evaluation.tokenErrorRate()),
                    words ? "phonemes" : "tokens",
                    number(evaluation.textErrorRate()),
                    words ? "words" : "texts",
                    evaluation.beam() == 1
                        ? "the most probable token each time"
                        : "beam " + evaluation.beam()))
        .row(
            prefix + "loss",
            "%s a token, given those before it; %s of them the most probable one"
                .formatted(number(evaluation.loss()), number(evaluation.tokenAccuracy())));
  }

  /// `cmudict: 107,012 pairs to train, 26,772 to test`
  private String parts() {
    var data = plan.data();
    return plan.config().data().name()
        + ": "
        + count(data.train().size())
        + " pairs to train"
        + data.validation().map(some -> ", " + count(some.size()) + " to validate").orElse("")
        + data.test().map(some -> ", " + count(some.size()) + " to test").orElse("");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}

package dev.thalweg.cli;

import dev.thalweg.kernels.Engine;
import dev.thalweg.train.History;
import dev.thalweg.train.TrainingEvent.EpochRecord;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What is said of every training, whatever was trained.
///
/// @param config what was asked for, completed
/// @param history what came
/// @param unit what was counted: samples, or tokens
/// @param parameters of the network
/// @param weightsSha256 of the run folder's weights
/// @param engine on which it ran
record TrainingFacts(
    RunConfig config,
    History history,
    String unit,
    long parameters,
    String weightsSha256,
    Engine engine) {

  /// The epoch that the model is of: with patience the best one, whose weights were restored.
  EpochRecord epoch() {
    return config.patience().isPresent() ? history.best() : history.epochs().getLast();
  }

  /// The first fields of a report.
  Map<String, @Nullable Object> begin(Path run, String task) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("run", run.toString());
    json.put("data", config.data().name());
    json.put("task", task);
    json.put("model", config.model());
    json.put("optimizer", config.optimizer().orElseThrow());
    return json;
  }

  /// Adds what the epoch came to on the rows to train on, and on those that were watched.
  void addEpochTo(Map<String, @Nullable Object> json) {
    var epoch = epoch();
    json.put("train_loss", epoch.loss());
    epoch
        .validationLoss()
        .ifPresent(loss -> {
          json.put("validation_loss", loss);
          epoch.metrics().forEach((name, value) -> json.put("validation_" + name, value));
        });
  }

  /// `lstm(256, layers=2), 889,441 parameters`
  String model() {
    return config.model() + ", " + Numbers.count(parameters) + " parameters";
  }

  /// Adds the model, the optimizer and what was done.
  Table addTo(Table table) {
    return table
        .row("model", model())
        .row("optimizer", config.optimizer().orElseThrow())
        .row("trained", trained());
  }

  /// Adds what the epoch came to on the rows that were watched, where there were some.
  ///
  /// @param figures of it: `loss 0.2561`
  void addEpochTo(Table table, Function<EpochRecord, String> figures) {
    var epoch = epoch();
    if (epoch.validationLoss().isEmpty()) {
      return;
    }
    var best = config.patience().isPresent();
    table.row(
        best ? "best epoch" : "validation",
        (best
                ? "epoch %d of %d, whose weights the model has: validation "
                    .formatted(epoch.epoch(), history.epochs().size())
                : "")
            + figures.apply(epoch));
  }

  /// How private it was, where its steps were.
  void addPrivacyTo(Table table) {
    history.privacy().ifPresent(spent -> table.row("privacy", spent.toString()));
  }

  /// Adds the last fields of a report.
  void addTo(Map<String, @Nullable Object> json) {
    json.put("epochs", history.epochs().size());
    if (config.patience().isPresent()) {
      json.put("best_epoch", history.best().epoch());
    }
    json.put("batch", config.batch());
    json.put("steps", history.steps());
    if (history.skipped() > 0) {
      json.put("skipped_steps", history.skipped());
    }
    history
        .privacy()
        .ifPresent(spent -> {
          json.put("epsilon", Double.isFinite(spent.epsilon()) ? spent.epsilon() : null);
          json.put("epsilon_shuffled", Double.isFinite(spent.shuffled()) ? spent.shuffled() : null);
          json.put("delta", spent.delta());
        });
    json.put("seconds", history.seconds());
    json.put(unit + "_per_second", history.samplesPerSecond());
    json.put("parameters", parameters);
    json.put("seed", config.seed());
    json.put("provider", engine.provider());
    json.put("threads", engine.threads());
    json.put("stopped_because", history.reason().toString());
    json.put("weights_sha256", weightsSha256);
  }

  /// `20 epochs, 900 steps, 1.20 s, 24,000 samples/s`
  String trained() {
    var epochs = history.epochs().size();
    return String.format(
        Locale.ROOT,
        "%d epoch%s, %,d step%s%s, %.2f s, %,.0f %s/s%s",
        epochs,
        epochs == 1 ? "" : "s",
        history.steps(),
        history.steps() == 1 ? "" : "s",
        history.skipped() > 0
            ? String.format(
                Locale.ROOT, ", %,d skipped as gradients were not finite", history.skipped())
            : "",
        history.seconds(),
        history.samplesPerSecond(),
        unit,
        epochs < config.epochs().orElseThrow() ? ", stopped by patience" : "");
  }
}

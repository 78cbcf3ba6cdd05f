package dev.thalweg.cli;

import dev.thalweg.kernels.Engine;
import dev.thalweg.train.History;
import java.util.Locale;
import java.util.Map;
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

  /// Adds the last fields of a report.
  void addTo(Map<String, @Nullable Object> json) {
    json.put("epochs", history.epochs().size());
    if (config.patience().isPresent()) {
      json.put("best_epoch", history.best().epoch());
    }
    json.put("batch", config.batch());
    json.put("steps", history.steps());
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
        "%d epoch%s, %,d step%s, %.2f s, %,.0f %s/s%s",
        epochs,
        epochs == 1 ? "" : "s",
        history.steps(),
        history.steps() == 1 ? "" : "s",
        history.seconds(),
        history.samplesPerSecond(),
        unit,
        epochs < config.epochs().orElseThrow() ? ", stopped by patience" : "");
  }
}

package dev.thalweg.cli;

import dev.thalweg.cli.page.LineChart.Line;
import dev.thalweg.cli.page.Page;
import dev.thalweg.data.DataPlaces;
import dev.thalweg.train.Detector;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.History;
import dev.thalweg.train.LanguageModel;
import dev.thalweg.train.Recommender;
import dev.thalweg.train.RunException;
import dev.thalweg.train.RunFolder;
import dev.thalweg.train.StopReason;
import dev.thalweg.train.TrainingEvent.EpochRecord;
import dev.thalweg.train.Transcriber;
import dev.thalweg.train.Translator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;

/// What a page has of one run.
///
/// @param name of its folder
/// @param facts by name, in the order in which they are shown
/// @param epochs the figures of each
/// @param kind what follows from the kind of its model
/// @param config its configuration
record ReportedRun(
    Path folder,
    String name,
    SequencedMap<String, String> facts,
    List<EpochRecord> epochs,
    Reported kind,
    RunConfig config) {

  /// Looks at a run.
  ///
  /// @throws RunException if it is none
  /// @throws Failure if its configuration can't be read
  static ReportedRun of(Call call, DataPlaces places, Path folder) {
    var last = folder.toAbsolutePath().normalize().getFileName();
    var name = last == null ? folder.toString() : last.toString();
    var kind = kind(call, places, folder);
    var config = config(folder);
    var facts = new LinkedHashMap<String, String>();
    facts.put("data", config.data().name());
    facts.put("model", config.model());
    config.loss().ifPresent(loss -> facts.put("loss", loss));
    config.optimizer().ifPresent(optimizer -> facts.put("optimizer", optimizer));
    facts.put("batch", Integer.toString(config.batch()));
    facts.put("seed", Long.toString(config.seed()));
    facts.putAll(kind.facts());
    var epochs = RunFolder.readMetrics(folder);
    if (!epochs.isEmpty()) {
      var end = epochs.getLast();
      facts.put("epochs", Numbers.count(epochs.size()));
      facts.put("steps", Numbers.count(end.steps()));
      facts.put("seconds", String.format(Locale.ROOT, "%,.1f", end.seconds()));
    }
    RunEnvironment.of(folder).ifPresent(line -> facts.put("trained on", line));
    return new ReportedRun(folder, name, facts, epochs, kind, config);
  }

  private static Reported kind(Call call, DataPlaces places, Path folder) {
    return switch (RunKind.of(folder)) {
      case BOXES -> ReportedScenes.of(config(folder), Detector.load(folder));
      case RATINGS -> ReportedRatings.of(call, config(folder), folder, Recommender.load(folder));
      case PAIRS -> ReportedPairs.of(call, config(folder), folder, Translator.load(folder));
      case TEXTS -> ReportedText.of(call, config(folder), folder, LanguageModel.load(folder));
      case TRANSCRIPTS ->
          ReportedTranscripts.of(call, config(folder), folder, Transcriber.load(folder));
      case ROWS -> {
        // What is no run is called so, and not for a file that it lacks.
        var model = FittedModel.load(folder);
        yield ReportedRows.of(call, places, config(folder), folder, model);
      }
    };
  }

  private static RunConfig config(Path folder) {
    return RunConfig.read(folder.resolve(RunFolder.CONFIG));
  }

  /// Its epochs as the training had them, as far as they were written.
  History history() {
    return epochs.isEmpty()
        ? new History(epochs, 0, 0, 0, StopReason.EPOCHS)
        : new History(
            epochs, epochs.getLast().steps(), 0, epochs.getLast().seconds(), StopReason.EPOCHS);
  }

  /// Whether there is such a figure of an epoch.
  boolean has(ToDoubleFunction<EpochRecord> figure) {
    return epochs.stream().anyMatch(epoch -> Double.isFinite(figure.applyAsDouble(epoch)));
  }

  /// A figure of each epoch.
  Line line(String label, int colour, boolean dashed, ToDoubleFunction<EpochRecord> figure) {
    var x = epochs.stream().mapToDouble(EpochRecord::epoch).toArray();
    var y = epochs.stream().mapToDouble(figure).toArray();
    return new Line(label, colour, dashed, x, y);
  }

  /// Adds what is not compared.
  ///
  /// @param several whether there are others on the page
  void addTo(Page page, boolean several) {
    if (several) {
      page.add("<h2>" + Page.text(name) + "</h2>");
    }
    kind.sections().accept(page);
    page.add("<h3>The same run again</h3>");
    page.add(
        "<pre>thalweg train --config "
            + Page.text(folder.resolve(RunFolder.CONFIG).toString())
            + "</pre>");
    page.add(
        "<details><summary>config.yaml</summary><pre>"
            + Page.text(config.yaml())
            + "</pre></details>");
    checksum().ifPresent(line -> page.add("<p class=\"soft\">" + Page.text(line) + "</p>"));
  }

  private Optional<String> checksum() {
    try {
      return Files.readAllLines(folder.resolve(RunFolder.MODEL)).stream()
          .filter(line -> line.contains("\"weights_sha256\"") || line.contains("\"thalweg\""))
          .map(line -> line.strip().replaceAll("[\",]", ""))
          .reduce((one, two) -> one + "; " + two);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}

package dev.thalweg.cli;

import dev.thalweg.cli.page.Bitmap;
import dev.thalweg.cli.page.LineChart.Line;
import dev.thalweg.cli.page.Page;
import dev.thalweg.cli.picture.Pixels;
import dev.thalweg.data.DataException;
import dev.thalweg.data.DataPlaces;
import dev.thalweg.data.Images;
import dev.thalweg.data.Task;
import dev.thalweg.train.ConfusionMatrix;
import dev.thalweg.train.Detector;
import dev.thalweg.train.Evaluation;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.Generation;
import dev.thalweg.train.LanguageModel;
import dev.thalweg.train.Outcomes;
import dev.thalweg.train.Recommender;
import dev.thalweg.train.RunException;
import dev.thalweg.train.RunFolder;
import dev.thalweg.train.TrainingEvent.EpochRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
/// @param scoreName what its score is called
/// @param epochs the figures of each
/// @param evaluation of the rows that it kept for its test, where they are there
/// @param images those rows, where they are images
/// @param sample a text that the model has written, where it writes
/// @param yaml its configuration
record ReportedRun(
    Path folder,
    String name,
    SequencedMap<String, String> facts,
    String scoreName,
    List<EpochRecord> epochs,
    Optional<Evaluation> evaluation,
    Optional<Images> images,
    Optional<String> sample,
    String yaml) {

  /// Classes up to which they are shown as a matrix.
  private static final int MOST_CLASSES = 30;

  private static final int WORST = 24;
  private static final int SAMPLE = 400;

  /// Looks at a run.
  ///
  /// @throws RunException if it is none
  /// @throws Failure if its configuration can't be read
  static ReportedRun of(Call call, DataPlaces places, Path folder) {
    var last = folder.toAbsolutePath().normalize().getFileName();
    var name = last == null ? folder.toString() : last.toString();
    var facts = new LinkedHashMap<String, String>();
    if (Detector.isIn(folder)) {
      var config = config(folder, facts);
      facts.put("parameters", count(Detector.load(folder).network().parameterCount()));
      return made(
          folder,
          name,
          facts,
          "mean IoU",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          config);
    }
    if (Recommender.isIn(folder)) {
      var config = config(folder, facts);
      facts.put("parameters", count(Recommender.load(folder).network().parameterCount()));
      return made(
          folder,
          name,
          facts,
          "RMSE",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          config);
    }
    if (LanguageModel.isIn(folder)) {
      var config = config(folder, facts);
      var model = LanguageModel.load(folder);
      facts.put("parameters", count(model.network().parameterCount()));
      return made(
          folder,
          name,
          facts,
          "bits per token",
          Optional.empty(),
          Optional.empty(),
          Optional.of(written(model)),
          config);
    }
    var model = FittedModel.load(folder);
    var config = config(folder, facts);
    facts.put("parameters", count(model.network().parameterCount()));
    var score = model.preprocessing().task() == Task.CLASSIFICATION ? "accuracy" : "R²";
    try {
      var rows = EvaluateCommand.ownTest(call, places, config, folder);
      var data = rows.by(model.preprocessing().encoding());
      var evaluation = model.evaluate(data);
      facts.put("rows to test", count(data.rows()));
      evaluation
          .values()
          .forEach((figure, value) ->
              facts.put("test " + figure, String.format(Locale.ROOT, "%.4f", value)));
      return made(
          folder,
          name,
          facts,
          score,
          Optional.of(evaluation),
          data.images(),
          Optional.empty(),
          config);
    } catch (Failure | DataException noRows) {
      call.note(folder + ": without figures of its test: " + noRows.getMessage());
      return made(
          folder, name, facts, score, Optional.empty(), Optional.empty(), Optional.empty(), config);
    }
  }

  private static RunConfig config(Path folder, SequencedMap<String, String> facts) {
    var config = RunConfig.read(folder.resolve(RunFolder.CONFIG));
    facts.put("data", config.data().name());
    facts.put("model", config.model());
    config.loss().ifPresent(loss -> facts.put("loss", loss));
    config.optimizer().ifPresent(optimizer -> facts.put("optimizer", optimizer));
    facts.put("batch", Integer.toString(config.batch()));
    facts.put("seed", Long.toString(config.seed()));
    return config;
  }

  private static ReportedRun made(
      Path folder,
      String name,
      SequencedMap<String, String> facts,
      String score,
      Optional<Evaluation> evaluation,
      Optional<Images> images,
      Optional<String> sample,
      RunConfig config) {
    var epochs = RunFolder.readMetrics(folder);
    if (!epochs.isEmpty()) {
      var last = epochs.getLast();
      facts.put("epochs", count(epochs.size()));
      facts.put("steps", count(last.steps()));
      facts.put("seconds", String.format(Locale.ROOT, "%,.1f", last.seconds()));
    }
    return new ReportedRun(
        folder, name, facts, score, epochs, evaluation, images, sample, config.yaml());
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// A text from the most frequent beginning of one, a line end or the first token.
  private static String written(LanguageModel model) {
    var how = Generation.defaults().withTemperature(0.8).withLength(SAMPLE);
    for (var prompt : List.of("\n", "The ", "a")) {
      try {
        return model.generate(prompt, how).text().strip();
      } catch (DataException noSuchToken) {
        // The next one.
      }
    }
    return "";
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
    evaluation.ifPresent(tested -> {
      if (tested.task() == Task.CLASSIFICATION && tested.outcomes().classes() <= MOST_CLASSES) {
        page.add("<h3>How classes are told apart</h3>");
        classes(page, tested.confusion());
        matrix(page, tested.confusion());
      }
      worst(page, tested.outcomes());
    });
    sample.ifPresent(
        text -> page.add("<h3>What it writes</h3>\n<pre>" + Page.text(text) + "</pre>"));
    page.add("<h3>The same run again</h3>");
    page.add(
        "<pre>thalweg train --config "
            + Page.text(folder.resolve(RunFolder.CONFIG).toString())
            + "</pre>");
    page.add("<details><summary>config.yaml</summary><pre>" + Page.text(yaml) + "</pre></details>");
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

  private static void classes(Page page, ConfusionMatrix matrix) {
    var rows = new ArrayList<List<String>>();
    for (var k = 0; k < matrix.classes(); k++) {
      rows.add(
          List.of(
              Page.text(matrix.classNames().get(k)),
              number(matrix.precision(k)),
              number(matrix.recall(k)),
              number(matrix.f1(k)),
              count(matrix.support(k))));
    }
    page.table(List.of("class", "precision", "recall", "F1", "rows"), rows);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /// A row for each true class; the more of its rows, the stronger the colour.
  private static void matrix(Page page, ConfusionMatrix matrix) {
    var html =
        new StringBuilder(
            "<div class=\"wide\"><table class=\"matrix\"><caption>rows: the true class; columns:"
                + " the predicted one</caption>\n"
                + "<tr><th></th>");
    matrix
        .classNames()
        .forEach(each -> html.append("<th scope=\"col\">" + Page.text(each) + "</th>"));
    html.append("</tr>\n");
    for (var truth = 0; truth < matrix.classes(); truth++) {
      html.append("<tr><th scope=\"row\">" + Page.text(matrix.classNames().get(truth)) + "</th>");
      for (var said = 0; said < matrix.classes(); said++) {
        var share =
            matrix.support(truth) == 0
                ? 0
                : 100.0 * matrix.count(truth, said) / matrix.support(truth);
        html.append(
            String.format(
                Locale.ROOT,
                "<td style=\"background:color-mix(in srgb, var(%s) %.0f%%, transparent)\">%,d</td>",
                truth == said ? "--c2" : "--c1",
                share > 0 ? Math.max(8, share * 0.8) : 0,
                matrix.count(truth, said)));
      }
      html.append("</tr>\n");
    }
    page.add(html.append("</table></div>").toString());
  }

  private void worst(Page page, Outcomes outcomes) {
    var mistakes = ImageTiles.mistakes(outcomes);
    if (mistakes.isEmpty()) {
      page.add("<p>No mistake among the rows to test.</p>");
      return;
    }
    var classes = outcomes.task() == Task.CLASSIFICATION;
    page.add(
        "<h3>"
            + (classes
                ? "The worst of "
                    + count(mistakes.size())
                    + " mistakes: the true class got the smallest probability"
                : "The largest errors")
            + "</h3>");
    var shown = mistakes.stream().limit(WORST).toList();
    if (images.isPresent()) {
      page.add("<div class=\"tiles\">");
      for (var row : shown) {
        var pixels = Pixels.of(images.get(), row);
        page.add(
            "<figure><img alt=\"row "
                + row
                + "\" src=\""
                + new Bitmap(pixels.width(), pixels.height(), pixels.colours()).address()
                + "\"><figcaption>"
                + told(outcomes, row)
                + "</figcaption></figure>");
      }
      page.add("</div>");
      return;
    }
    page.table(
        List.of("row of the test part", "is, and what was said"),
        shown.stream().map(row -> List.of(count(row + 1L), told(outcomes, row))).toList());
  }

  private static String told(Outcomes outcomes, int row) {
    if (outcomes.task() == Task.REGRESSION) {
      return "is %s, said %s"
          .formatted(
              Numbers.text(outcomes.target(row), 4), Numbers.text(outcomes.prediction(row), 4));
    }
    var said = outcomes.predictedLabel(row);
    return "is %s, <span class=\"wrong\">%.2f %s</span>"
        .formatted(
            Page.text(outcomes.classNames().get(outcomes.label(row))),
            outcomes.probability(row, said),
            Page.text(outcomes.classNames().get(said)));
  }
}

package dev.thalweg.cli;

import dev.thalweg.cli.page.Bitmap;
import dev.thalweg.cli.page.Page;
import dev.thalweg.cli.picture.Pixels;
import dev.thalweg.cli.picture.Tiles;
import dev.thalweg.cli.picture.TrainingPicture.Judged;
import dev.thalweg.data.DataException;
import dev.thalweg.data.DataPlaces;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Task;
import dev.thalweg.train.ConfusionMatrix;
import dev.thalweg.train.Evaluation;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.Outcomes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a page has of a model of rows: how classes are told apart, and the worst predictions with
/// their images, texts or features.
///
/// @param rows that were kept for the test
/// @param data these as features
/// @param evaluation of them
record ReportedRows(Rows rows, Dataset data, Evaluation evaluation) {

  /// Classes up to which they are shown as a matrix.
  private static final int MOST_CLASSES = 30;

  /// Features of a row that are shown.
  private static final int MOST_FEATURES = 8;

  /// Characters of a text that are shown.
  private static final int MOST_CHARACTERS = 400;

  /// Looks at a run.
  static Reported of(
      Call call, DataPlaces places, RunConfig config, Path folder, FittedModel model) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("parameters", Numbers.count(model.network().parameterCount()));
    var score = model.preprocessing().task() == Task.CLASSIFICATION ? "accuracy" : "R²";
    var filters = ImageTiles.filters(model.network());
    try {
      var rows = EvaluateCommand.ownTest(call, places, config, folder);
      var data = rows.by(model.preprocessing().encoding());
      var evaluation = model.evaluate(data);
      facts.put("rows to test", Numbers.count(data.rows()));
      evaluation
          .values()
          .forEach((figure, value) -> facts.put("test " + figure, Numbers.figure(value)));
      var reported = new ReportedRows(rows, data, evaluation);
      return new Reported(
          score,
          facts,
          reported::addTo,
          () -> Optional.of(Judged.of("test", evaluation)),
          () -> {
            var tiles = new ArrayList<Tiles>();
            data.images().ifPresent(i -> tiles.addAll(ImageTiles.of(i, evaluation.outcomes())));
            filters.ifPresent(tiles::add);
            return tiles;
          });
    } catch (Failure | DataException noRows) {
      call.note(folder + ": without figures of its test: " + noRows.getMessage());
      return new Reported(
          score, facts, page -> {}, Optional::empty, () -> filters.map(List::of).orElse(List.of()));
    }
  }

  private void addTo(Page page) {
    if (evaluation.task() == Task.CLASSIFICATION
        && evaluation.outcomes().classes() <= MOST_CLASSES) {
      page.add("<h3>How classes are told apart</h3>");
      classes(page, evaluation.confusion());
      matrix(page, evaluation.confusion());
    }
    worst(page, evaluation.outcomes());
  }

  private static void classes(Page page, ConfusionMatrix matrix) {
    var rows = new ArrayList<List<String>>();
    for (var k = 0; k < matrix.classes(); k++) {
      rows.add(
          List.of(
              Page.text(matrix.classNames().get(k)),
              Numbers.figure(matrix.precision(k)),
              Numbers.figure(matrix.recall(k)),
              Numbers.figure(matrix.f1(k)),
              Numbers.count(matrix.support(k))));
    }
    page.table(List.of("class", "precision", "recall", "F1", "rows"), rows);
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
    page.add(
        "<h3>"
            + (outcomes.task() == Task.CLASSIFICATION
                ? "The worst of "
                    + Numbers.count(mistakes.size())
                    + " mistakes: the true class got the smallest probability"
                : "The largest errors")
            + "</h3>");
    var shown = mistakes.stream().limit(Reported.WORST).toList();
    if (data.images().isPresent()) {
      page.add("<div class=\"tiles\">");
      for (var row : shown) {
        var pixels = Pixels.of(data.images().get(), row);
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
        List.of("row of the test part", "is, and what was said", "what it is"),
        shown.stream()
            .map(row -> List.of(Numbers.count(row + 1L), told(outcomes, row), content(row)))
            .toList());
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

  /// The texts of a row, or the first of its features that are not 0.
  private String content(int row) {
    var texts = rows.texts(row);
    if (!texts.isEmpty()) {
      return texts.values().stream()
          .map(ReportedRows::shortened)
          .collect(Collectors.joining("<br/>"));
    }
    var features = data.row(row);
    var there = IntStream.range(0, features.length).filter(i -> features[i] != 0).boxed().toList();
    return there.stream()
            .limit(MOST_FEATURES)
            .map(i -> Page.text(data.featureNames().get(i) + " " + Numbers.text(features[i], 4)))
            .collect(Collectors.joining(", "))
        + (there.size() > MOST_FEATURES ? ", …" : "");
  }

  static String shortened(String text) {
    var points = text.codePointCount(0, text.length());
    return Page.text(
        points <= MOST_CHARACTERS
            ? text
            : text.substring(0, text.offsetByCodePoints(0, MOST_CHARACTERS)) + "…");
  }
}

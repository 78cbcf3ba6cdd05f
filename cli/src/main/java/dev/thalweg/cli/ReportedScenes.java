package dev.thalweg.cli;

import dev.thalweg.cli.page.Bitmap;
import dev.thalweg.cli.page.Page;
import dev.thalweg.cli.picture.Pixels;
import dev.thalweg.cli.picture.Tiles;
import dev.thalweg.cli.picture.TrainingPicture.Judged;
import dev.thalweg.data.Box;
import dev.thalweg.data.Scenes;
import dev.thalweg.train.Detection;
import dev.thalweg.train.Detector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a page has of a model of boxes: the scenes on which it does worst, with their boxes.
final class ReportedScenes {

  private static final String SCORE = "mean IoU";
  private static final int SHOWN = 12;

  private ReportedScenes() {}

  /// Looks at a run.
  static Reported of(RunConfig config, Detector detector) {
    var facts = new LinkedHashMap<String, String>();
    facts.put("parameters", Numbers.count(detector.network().parameterCount()));
    var test = SceneData.of(config).test();
    if (test.isEmpty()) {
      return Reported.plain(SCORE, facts);
    }
    var scenes = test.get();
    var evaluation = detector.evaluate(scenes);
    facts.put("scenes to test", Numbers.count(scenes.rows()));
    facts.put("test loss", Numbers.figure(evaluation.loss()));
    facts.put("test mean IoU", Numbers.figure(evaluation.meanIou()));
    facts.put("test class accuracy", Numbers.figure(evaluation.classAccuracy()));
    facts.put("test precision", Numbers.figure(evaluation.precision()));
    facts.put("test recall", Numbers.figure(evaluation.recall()));
    return new Reported(
        SCORE,
        facts,
        page -> addTo(page, scenes, detector.predict(scenes.images())),
        () ->
            Optional.of(
                new Judged("test", evaluation.loss(), evaluation.meanIou(), Optional.empty())),
        () -> {
          var tiles = new ArrayList<Tiles>(SceneTiles.of(detector, scenes));
          ImageTiles.filters(detector.network()).ifPresent(tiles::add);
          return tiles;
        });
  }

  private static void addTo(Page page, Scenes scenes, List<List<Detection>> found) {
    page.add(
        "<h3>The worst of "
            + Numbers.count(scenes.rows())
            + " scenes</h3>\n"
            + "<p>dashed what is true, solid what was found, orange what is wrong</p>");
    page.add("<div class=\"tiles\">");
    for (var row : SceneTiles.worst(scenes, found, SHOWN)) {
      page.add(drawn(scenes, row, found.get(row)));
    }
    page.add("</div>");
  }

  private static String drawn(Scenes scenes, int row, List<Detection> found) {
    var pixels = Pixels.of(scenes.images(), row);
    var svg =
        new StringBuilder(
            "<figure style=\"width:12rem\"><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
                .formatted(
                    pixels.width(),
                    pixels.height(),
                    Page.text("scene %d: %s".formatted(row + 1, said(scenes, found)))));
    svg.append(
        "<image width=\"%d\" height=\"%d\" style=\"image-rendering:pixelated\" href=\"%s\"/>"
            .formatted(
                pixels.width(),
                pixels.height(),
                new Bitmap(pixels.width(), pixels.height(), pixels.colours()).address()));
    for (var box : scenes.boxes(row)) {
      svg.append(frame(box, "#33cc99", " stroke-dasharray=\"1.5 1\""));
    }
    for (var each : found) {
      svg.append(
          frame(each.box(), SceneTiles.isRight(scenes, row, each) ? "#56b4e9" : "#ff7a1a", ""));
    }
    return svg.append("</svg><figcaption>")
        .append(Page.text(said(scenes, found)))
        .append("</figcaption></figure>")
        .toString();
  }

  private static String frame(Box box, String colour, String dashes) {
    return String.format(
        Locale.ROOT,
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"none\" stroke=\"%s\""
            + " stroke-width=\"0.6\"%s/>",
        box.left(),
        box.top(),
        box.width(),
        box.height(),
        colour,
        dashes);
  }

  private static String said(Scenes scenes, List<Detection> found) {
    var words = new ArrayList<String>();
    for (var each : found) {
      words.add(
          String.format(
              Locale.ROOT,
              "%s %.2f",
              scenes.classNames().get(each.box().label()),
              each.probability()));
    }
    return words.isEmpty() ? "nothing found" : "found " + String.join(", ", words);
  }
}

package dev.thalweg.cli.picture;

import dev.thalweg.cli.picture.EpochCurves.Curve;
import dev.thalweg.cli.picture.EpochCurves.Point;
import dev.thalweg.data.Task;
import dev.thalweg.train.Evaluation;
import dev.thalweg.train.History;
import dev.thalweg.train.TrainingEvent.EpochRecord;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.Styler.LegendPosition;

/// A training on one picture: loss and score by epoch, how the model did on rows that it was not
/// trained on, the surface of a grid, memory over time if it is wanted, images, under a heading
/// that states the figures.
///
/// @param title the first line
/// @param facts lines below it
/// @param history of the training, of at least one epoch
/// @param score what the score is called
/// @param judged rows that were predicted after the training
/// @param surface the scores of the grid whose best point was trained
/// @param memory whether the heap in use is shown
/// @param tiles images below all else, over the whole width
public record TrainingPicture(
    String title,
    List<String> facts,
    History history,
    String score,
    Optional<Judged> judged,
    Optional<GridSurface> surface,
    boolean memory,
    List<Tiles> tiles)
    implements Picture {

  /// What came of rows that it was not trained on.
  ///
  /// @param rows `test` or `validation`
  /// @param loss on them
  /// @param score on them
  /// @param evaluation of them, where each has one answer
  public record Judged(String rows, double loss, double score, Optional<Evaluation> evaluation) {

    /// An evaluation, and of which rows it is.
    public static Judged of(String rows, Evaluation evaluation) {
      return new Judged(rows, evaluation.loss(), evaluation.score(), Optional.of(evaluation));
    }
  }

  private static final int PANEL_WIDTH = 800;
  private static final int PANEL_HEIGHT = 620;
  private static final int MARGIN = 28;
  private static final int LINE = 28;

  /// Copies the lists.
  public TrainingPicture {
    facts = List.copyOf(facts);
    tiles = List.copyOf(tiles);
  }

  @Override
  public BufferedImage draw() {
    var panels = panels();
    var rows = Math.ceilDiv(panels.size(), 2);
    var top = MARGIN + LINE * (facts.size() + 1) + 16;
    var image =
        new BufferedImage(
            2 * PANEL_WIDTH,
            top
                + rows * PANEL_HEIGHT
                + tiles.stream().mapToInt(sheet -> sheet.height(2 * PANEL_WIDTH)).sum(),
            BufferedImage.TYPE_INT_RGB);
    var g = image.createGraphics();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, image.getWidth(), image.getHeight());
      heading(g, image.getWidth() - 2 * MARGIN);
      for (var i = 0; i < panels.size(); i++) {
        // The last of an odd number takes the whole width.
        var wide = i == panels.size() - 1 && i % 2 == 0;
        var part =
            (Graphics2D)
                g.create(
                    i % 2 * PANEL_WIDTH,
                    top + i / 2 * PANEL_HEIGHT,
                    wide ? 2 * PANEL_WIDTH : PANEL_WIDTH,
                    PANEL_HEIGHT);
        panels.get(i).paint(part, wide ? 2 * PANEL_WIDTH : PANEL_WIDTH, PANEL_HEIGHT);
        part.dispose();
      }
      var y = top + rows * PANEL_HEIGHT;
      for (var sheet : tiles) {
        var height = sheet.height(2 * PANEL_WIDTH);
        var part = (Graphics2D) g.create(0, y, 2 * PANEL_WIDTH, height);
        sheet.paint(part, 2 * PANEL_WIDTH, height);
        part.dispose();
        y += height;
      }
    } finally {
      g.dispose();
    }
    return image;
  }

  private void heading(Graphics2D g, int width) {
    g.setColor(Style.INK);
    var y = MARGIN + 14;
    g.setFont(Style.font(Font.BOLD, 24));
    g.drawString(Picture.fitting(g, title, width), MARGIN, y);
    g.setFont(Style.font(Font.PLAIN, 18));
    for (var fact : facts) {
      y += LINE;
      g.drawString(Picture.fitting(g, fact, width), MARGIN, y);
    }
  }

  private List<Panel> panels() {
    var panels = new ArrayList<Panel>();
    panels.add(
        EpochCurves.of("loss by epoch", "epoch", LegendPosition.InsideNE, true, losses())::paint);
    var scores = scores();
    if (scores.stream().anyMatch(curve -> !curve.points().isEmpty())) {
      panels.add(
          EpochCurves.of(score + " by epoch", "epoch", LegendPosition.InsideSE, false, scores)
              ::paint);
    }
    judged.ifPresent(j ->
        j.evaluation().ifPresent(evaluation -> panels.add(panel(j.rows(), evaluation)::paint)));
    surface.ifPresent(points -> panels.add(SurfacePanel.of(points)::paint));
    if (memory) {
      panels.add(heap()::paint);
    }
    return panels;
  }

  private IChart heap() {
    var curve =
        curve(
            "after each epoch, garbage included",
            EpochRecord::seconds,
            epoch -> epoch.heapBytes() / 0x1p20,
            Style.TRAINING);
    var chart =
        EpochCurves.of(
            "heap in use over time, MiB",
            "seconds",
            LegendPosition.InsideSE,
            false,
            List.of(curve));
    chart.getStyler().setXAxisMin(0.0).setYAxisMin(0.0);
    return chart;
  }

  private static IChart panel(String rows, Evaluation evaluation) {
    return evaluation.task() == Task.CLASSIFICATION
        ? ConfusionPanel.of(
            "confusion matrix of the %,d %s rows".formatted(evaluation.rows(), rows),
            evaluation.confusion())
        : PredictionPanel.of(
            "predicted and true values of the %,d %s rows".formatted(evaluation.rows(), rows),
            evaluation.outcomes());
  }

  private List<Curve> losses() {
    var curves = new ArrayList<Curve>();
    curves.add(curve("training", EpochRecord::epoch, EpochRecord::loss, Style.TRAINING));
    if (watched()) {
      curves.add(
          curve(
              "validation",
              EpochRecord::epoch,
              epoch -> epoch.validationLoss().orElse(Double.NaN),
              Style.VALIDATION));
    }
    judged.ifPresent(j -> curves.add(level(j.rows + ", at the end", j.loss())));
    return curves;
  }

  private List<Curve> scores() {
    var curves = new ArrayList<Curve>();
    curves.add(curve("training", EpochRecord::epoch, EpochRecord::score, Style.TRAINING));
    if (watched()) {
      curves.add(
          curve(
              "validation",
              EpochRecord::epoch,
              epoch -> epoch.validationScore().orElse(Double.NaN),
              Style.VALIDATION));
    }
    judged.ifPresent(j -> curves.add(level(j.rows + ", at the end", j.score())));
    return curves;
  }

  private boolean watched() {
    return history.epochs().getFirst().validationLoss().isPresent();
  }

  private Curve curve(
      String name, ToDoubleFunction<EpochRecord> x, ToDoubleFunction<EpochRecord> y, Color color) {
    return new Curve(
        name,
        history.epochs().stream()
            .map(epoch -> new Point(x.applyAsDouble(epoch), y.applyAsDouble(epoch)))
            .toList(),
        color,
        Style.SOLID);
  }

  /// A value that is known only for the end, as a line across.
  private Curve level(String name, double value) {
    var from = history.epochs().getFirst().epoch();
    var to = history.epochs().getLast().epoch();
    return new Curve(
        name,
        from == to
            ? List.of(new Point(from, value))
            : List.of(new Point(from, value), new Point(to, value)),
        Style.TEST,
        Style.DASHED);
  }
}

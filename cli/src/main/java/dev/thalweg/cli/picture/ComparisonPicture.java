package dev.thalweg.cli.picture;

import dev.thalweg.cli.picture.EpochCurves.Curve;
import dev.thalweg.cli.picture.EpochCurves.Point;
import dev.thalweg.train.TrainingEvent.EpochRecord;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.style.Styler.LegendPosition;

/// Loss and score by epoch of several trainings in the same panels: on the rows that were watched
/// where there were some, else on those that were trained on.
///
/// @param score what the score is called
/// @param runs in the order of their colours
public record ComparisonPicture(String score, List<Run> runs) implements Picture {

  /// A training.
  ///
  /// @param name in the legend
  /// @param epochs the figures of each
  public record Run(String name, List<EpochRecord> epochs) {

    /// Copies the list.
    public Run {
      epochs = List.copyOf(epochs);
    }
  }

  private static final int WIDTH = 800;
  private static final int HEIGHT = 620;

  /// Copies the list.
  public ComparisonPicture {
    runs = List.copyOf(runs);
  }

  @Override
  public BufferedImage draw() {
    var image = new BufferedImage(2 * WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    var g = image.createGraphics();
    try {
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, image.getWidth(), image.getHeight());
      EpochCurves.of(
              "loss by epoch",
              "epoch",
              LegendPosition.InsideNE,
              true,
              curves(EpochRecord::loss, epoch -> epoch.validationLoss().orElse(Double.NaN)))
          .paint(g, WIDTH, HEIGHT);
      g.translate(WIDTH, 0);
      EpochCurves.of(
              score + " by epoch",
              "epoch",
              LegendPosition.InsideSE,
              false,
              curves(EpochRecord::score, epoch -> epoch.validationScore().orElse(Double.NaN)))
          .paint(g, WIDTH, HEIGHT);
    } finally {
      g.dispose();
    }
    return image;
  }

  private List<Curve> curves(
      ToDoubleFunction<EpochRecord> own, ToDoubleFunction<EpochRecord> watched) {
    var curves = new ArrayList<Curve>();
    for (var i = 0; i < runs.size(); i++) {
      var run = runs.get(i);
      var isWatched =
          run.epochs.stream().anyMatch(epoch -> Double.isFinite(watched.applyAsDouble(epoch)));
      var figure = isWatched ? watched : own;
      var points =
          run.epochs.stream()
              .map(epoch -> new Point(epoch.epoch(), figure.applyAsDouble(epoch)))
              .toList();
      // Two of one name are two.
      var name = (i + 1) + " " + run.name + (isWatched ? " (validation)" : "");
      curves.add(
          new Curve(
              name,
              points,
              Style.OF_RUNS.get(i % Style.OF_RUNS.size()),
              i < Style.OF_RUNS.size() ? Style.SOLID : Style.DASHED));
    }
    return curves;
  }
}

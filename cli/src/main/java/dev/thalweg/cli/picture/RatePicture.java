package dev.thalweg.cli.picture;

import dev.thalweg.cli.picture.EpochCurves.Curve;
import dev.thalweg.cli.picture.EpochCurves.Point;
import dev.thalweg.train.RangeTest;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.style.Styler.LegendPosition;

/// A range test: the losses by learning rate, their average, and the rate that is suggested.
///
/// @param title the first line
/// @param found what the test came to
public record RatePicture(String title, RangeTest.Result found) implements Picture {

  private static final int WIDTH = 1200;
  private static final int HEIGHT = 760;

  /// What explodes is cut, so that the rest can be seen.
  private static final double MOST = 3;

  @Override
  public BufferedImage draw() {
    var suggested = nearest();
    var line = found.averages().get(suggested);
    var top = MOST * Math.max(found.averages().getFirst(), found.leastLoss());
    var chart =
        EpochCurves.of(
            title + String.format(Locale.ROOT, ", suggested rate %.2g", found.suggestion()),
            "learning rate",
            LegendPosition.InsideNW,
            false,
            List.of(
                new Curve("loss", points(found.losses(), top), Style.FAINT, Style.SOLID),
                new Curve("average", points(found.averages(), top), Style.TRAINING, Style.SOLID),
                new Curve(
                    "suggestion",
                    List.of(new Point(found.suggestion(), line)),
                    Style.VALIDATION,
                    Style.SOLID)));
    chart.getStyler().setXAxisLogarithmic(true).setXAxisDecimalPattern("0.#E0");
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    var g = image.createGraphics();
    try {
      chart.paint(g, WIDTH, HEIGHT);
    } finally {
      g.dispose();
    }
    return image;
  }

  private List<Point> points(List<Double> values, double top) {
    var points = new ArrayList<Point>();
    for (var i = 0; i < values.size() && values.get(i) <= top; i++) {
      points.add(new Point(found.rates().get(i), values.get(i)));
    }
    return points;
  }

  /// The step whose rate is nearest to the one that is suggested.
  private int nearest() {
    var nearest = 0;
    for (var i = 0; i < found.rates().size(); i++) {
      if (found.rates().get(i) <= found.suggestion()) {
        nearest = i;
      }
    }
    return nearest;
  }
}

package dev.thalweg.cli.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Curves over the epochs of a training, or over anything else that grows. What is not finite is
/// left out; one point alone is shown as a dot.
final class EpochCurves {

  /// A point of a curve.
  record Point(double x, double y) {

    private boolean finite() {
      return Double.isFinite(x) && Double.isFinite(y);
    }
  }

  /// One curve.
  ///
  /// @param name in the legend
  record Curve(String name, List<Point> points, Color color, BasicStroke stroke) {

    /// Only the points of which both numbers are finite.
    Curve {
      points = points.stream().filter(Point::finite).toList();
    }
  }

  /// Above this ratio of the largest to the smallest value a loss is drawn logarithmically.
  private static final double WIDE = 50;

  private EpochCurves() {}

  /// A panel of curves, the vertical axis logarithmic where values span much and
  /// `mayBeLogarithmic`.
  static XYChart of(
      String title,
      String across,
      LegendPosition legend,
      boolean mayBeLogarithmic,
      List<Curve> curves) {
    var chart = new XYChartBuilder().title(title).xAxisTitle(across).build();
    var styler = chart.getStyler();
    Style.apply(styler);
    styler.setLegendPosition(legend).setMarkerSize(9);
    var least = Double.POSITIVE_INFINITY;
    var most = Double.NEGATIVE_INFINITY;
    for (var curve : curves) {
      if (curve.points.isEmpty()) {
        continue;
      }
      var x = curve.points.stream().mapToDouble(Point::x).toArray();
      var y = curve.points.stream().mapToDouble(Point::y).toArray();
      for (var value : y) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
      var series = chart.addSeries(curve.name, x, y);
      series.setMarkerColor(curve.color).setLineColor(curve.color).setLineStyle(curve.stroke);
      series.setMarker(x.length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    }
    var logarithmic = mayBeLogarithmic && least > 0 && most > WIDE * least;
    styler
        .setYAxisLogarithmic(logarithmic)
        .setYAxisDecimalPattern(Style.pattern(least, most, logarithmic));
    if (least == most) {
      // An axis needs some length.
      var around = least == 0 ? 1 : Math.abs(least) / 10;
      styler.setYAxisMin(least - around).setYAxisMax(most + around);
    }
    return chart;
  }
}

package dev.thalweg.cli.picture;

import dev.thalweg.train.Outcomes;
import java.awt.Color;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Predicted against true numbers; a perfect model's points lie on the dashed line. Of more than
/// 5,000 rows every n-th is shown.
final class PredictionPanel {

  private static final int SHOWN = 5000;

  private PredictionPanel() {}

  static XYChart of(String title, Outcomes outcomes) {
    var chart =
        new XYChartBuilder().title(title).xAxisTitle("true").yAxisTitle("predicted").build();
    var styler = chart.getStyler();
    Style.apply(styler);
    styler.setLegendPosition(LegendPosition.InsideNW).setMarkerSize(8);
    var every = Math.ceilDiv(outcomes.rows(), SHOWN);
    var shown = Math.ceilDiv(outcomes.rows(), Math.max(1, every));
    var x = new double[shown];
    var y = new double[shown];
    var least = Double.POSITIVE_INFINITY;
    var most = Double.NEGATIVE_INFINITY;
    for (var i = 0; i < shown; i++) {
      x[i] = outcomes.target(i * every);
      y[i] = outcomes.prediction(i * every);
      least = Math.min(least, Math.min(x[i], y[i]));
      most = Math.max(most, Math.max(x[i], y[i]));
    }
    if (least == most) {
      least -= 1;
      most += 1;
    }
    var ideal =
        chart.addSeries("predicted = true", new double[] {least, most}, new double[] {least, most});
    ideal.setMarker(SeriesMarkers.NONE).setLineColor(Style.INK).setLineStyle(Style.DASHED);
    var points = chart.addSeries(every > 1 ? "every " + every + "th row" : "rows", x, y);
    points
        .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
        .setMarker(SeriesMarkers.CIRCLE)
        .setMarkerColor(faded(Style.TRAINING));
    return chart;
  }

  /// So that points which lie on each other look darker.
  private static Color faded(Color color) {
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), 130);
  }
}

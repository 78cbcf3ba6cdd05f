package dev.thalweg.cli.picture;

import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;

/// The scores of a grid, a cell for each pair of values: the darker the better, and white where a
/// training diverged. The numbers stand in the cells where there are at most 100.
final class SurfacePanel {

  private static final int WITH_NUMBERS = 100;
  private static final int LONGEST = 18;
  private static final Color WORST = new Color(0xFD, 0xE3, 0xCF);
  private static final Color BEST = new Color(0x7F, 0xB8, 0xE0);

  private SurfacePanel() {}

  static HeatMapChart of(GridSurface surface) {
    var over =
        surface.others().isEmpty() ? "" : ", the best over " + String.join(", ", surface.others());
    var chart =
        new HeatMapChartBuilder()
            .title(surface.score() + " of the grid's points" + over)
            .xAxisTitle(surface.across())
            .yAxisTitle(surface.down())
            .build();
    var styler = chart.getStyler();
    Style.apply(styler);
    var cells = surface.columns().size() * surface.rows().size();
    styler
        .setRangeColors(
            surface.smallerIsBetter() ? new Color[] {BEST, WORST} : new Color[] {WORST, BEST})
        .setDrawBorder(false)
        .setShowValue(cells <= WITH_NUMBERS)
        .setValueFont(Style.font(Font.PLAIN, surface.columns().size() <= 6 ? 17 : 12))
        .setValueFontColor(Style.INK)
        .setHeatMapValueDecimalPattern("0.0000")
        .setPlotContentSize(1)
        .setLegendVisible(false);
    styler.setPlotGridLinesVisible(false);
    var across = surface.columns().stream().map(SurfacePanel::shortened).toList();
    var longest = across.stream().mapToInt(String::length).max().orElse(0);
    styler.setXAxisLabelRotation(longest * across.size() > 60 ? 45 : 0);
    // XChart counts the labels of the other axis, too.
    styler.setXAxisMaxLabelCount(Math.max(across.size(), surface.rows().size()));
    // The axis goes upwards, a table downwards.
    var upwards = new ArrayList<>(surface.rows().stream().map(SurfacePanel::shortened).toList());
    Collections.reverse(upwards);
    chart.addSeries("scores", across, upwards, cells(surface));
    return chart;
  }

  private static List<Number[]> cells(GridSurface surface) {
    var cells = new ArrayList<Number[]>();
    var width = surface.columns().size();
    for (var i = 0; i < surface.scores().size(); i++) {
      var score = surface.scores().get(i);
      if (Double.isFinite(score)) {
        cells.add(new Number[] {i % width, surface.rows().size() - 1 - i / width, score});
      }
    }
    return cells;
  }

  private static String shortened(String text) {
    var points = text.codePointCount(0, text.length());
    return points <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }
}

package dev.thalweg.cli.picture;

import dev.thalweg.train.ConfusionMatrix;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;

/// How classes are confused: true classes down, predicted ones across, the darker the more rows of
/// the true class. Counts stand in the cells of up to 20 classes, and none where there is no row.
final class ConfusionPanel {

  private static final int WITH_COUNTS = 20;

  private ConfusionPanel() {}

  static HeatMapChart of(String title, ConfusionMatrix matrix) {
    var chart =
        new HeatMapChartBuilder().title(title).xAxisTitle("predicted").yAxisTitle("true").build();
    var classes = matrix.classes();
    var styler = chart.getStyler();
    Style.apply(styler);
    styler
        .setRangeColors(new Color[] {new Color(0xFD, 0xE3, 0xCF), new Color(0x7F, 0xB8, 0xE0)})
        .setDrawBorder(false)
        .setShowValue(classes <= WITH_COUNTS)
        .setValueFont(Style.font(Font.PLAIN, classes <= 10 ? 17 : 12))
        .setValueFontColor(Style.INK)
        .setHeatMapValueDecimalPattern("#,##0")
        .setPlotContentSize(1)
        .setLegendVisible(false);
    styler.setPlotGridLinesVisible(false);
    var across = matrix.classNames().stream().map(ConfusionPanel::shortened).toList();
    var longest = across.stream().mapToInt(String::length).max().orElse(0);
    styler.setXAxisLabelRotation(longest * classes > 60 ? 45 : 0);
    styler
        .setXAxisMaxLabelCount(classes)
        .setAxisTickLabelsFont(Style.font(Font.PLAIN, classes <= WITH_COUNTS ? 15 : 9));
    var down = new ArrayList<>(across);
    // The axis goes upwards, a matrix downwards.
    Collections.reverse(down);
    chart.addSeries("rows", across, down, cells(matrix));
    return chart;
  }

  private static List<Number[]> cells(ConfusionMatrix matrix) {
    var cells = new ArrayList<Number[]>();
    for (var truth = 0; truth < matrix.classes(); truth++) {
      for (var predicted = 0; predicted < matrix.classes(); predicted++) {
        var count = matrix.count(truth, predicted);
        if (count > 0) {
          cells.add(new Number[] {predicted, matrix.classes() - 1 - truth, count});
        }
      }
    }
    return cells;
  }

  private static String shortened(String name) {
    var points = name.codePointCount(0, name.length());
    return points <= 14 ? name : name.substring(0, name.offsetByCodePoints(0, 13)) + "…";
  }
}

package dev.thalweg.cli.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.style.AxesChartStyler;

/// What the panels of a picture share. Colours are Okabe and Ito's (2008), which the colour-blind
/// tell apart.
final class Style {

  static final Color INK = new Color(0x26, 0x26, 0x26);
  static final Color FAINT = new Color(0xDD, 0xDD, 0xDD);
  static final Color TRAINING = new Color(0x00, 0x72, 0xB2);
  static final Color VALIDATION = new Color(0xD5, 0x5E, 0x00);
  static final Color TEST = new Color(0x00, 0x9E, 0x73);

  /// Of several trainings.
  static final List<Color> OF_RUNS =
      List.of(
          TRAINING,
          VALIDATION,
          TEST,
          new Color(0xCC, 0x79, 0xA7),
          new Color(0xE6, 0x9F, 0x00),
          new Color(0x56, 0xB4, 0xE9),
          INK);

  /// A line, a dashed line, and one for what is only to be compared with.
  static final BasicStroke SOLID = new BasicStroke(2.5f);

  static final BasicStroke DASHED =
      new BasicStroke(
          2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {8f, 6f}, 0f);

  private Style() {}

  static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  /// How the numbers of an axis are written: as powers of ten where four digits behind the point
  /// would make several of them one.
  ///
  /// @param least of the values on it
  /// @param most of them
  static String pattern(double least, double most, boolean logarithmic) {
    double different = logarithmic ? least : most - least;
    return different > 0 && different < (logarithmic ? 1e-3 : 2e-3) ? "0.###E0" : "#,##0.####";
  }

  /// Fonts, colours and margins of a panel.
  static void apply(AxesChartStyler styler) {
    styler
        .setPlotGridLinesColor(FAINT)
        .setAxisTitleFont(font(Font.PLAIN, 17))
        .setAxisTickLabelsFont(font(Font.PLAIN, 15))
        .setAxisTickLabelsColor(INK)
        .setXAxisTickMarkSpacingHint(90)
        .setYAxisTickMarkSpacingHint(60)
        .setXAxisMaxLabelCount(12)
        .setXAxisDecimalPattern("#,##0.###")
        .setYAxisDecimalPattern("#,##0.####")
        .setLocale(Locale.ROOT)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setChartFontColor(INK)
        .setChartTitleFont(font(Font.BOLD, 19))
        .setChartTitleBoxVisible(false)
        .setChartPadding(18)
        .setLegendFont(font(Font.PLAIN, 16))
        .setLegendBorderColor(FAINT)
        .setLegendBackgroundColor(new Color(255, 255, 255, 220));
  }
}

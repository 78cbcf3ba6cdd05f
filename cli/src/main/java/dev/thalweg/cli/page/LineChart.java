package dev.thalweg.cli.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Lines over one axis, as SVG: the vertical axis logarithmic where values are positive and span
/// more than two powers of ten.
///
/// @param title above it
/// @param across what the horizontal axis counts
/// @param lines drawn in the colours of [Page]; points that are not finite are left out
public record LineChart(String title, String across, List<Line> lines) {

  /// One line.
  ///
  /// @param name in the legend
  /// @param colour 0 to 5
  /// @param dashed for what is compared with
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Line(String name, int colour, boolean dashed, double[] x, double[] y) {}

  private static final int WIDTH = 640;
  private static final int HEIGHT = 380;
  private static final int LEFT = 64;
  private static final int RIGHT = 12;
  private static final int TOP = 12;
  private static final int BOTTOM = 44;

  /// More points than pixels show nothing more.
  private static final int POINTS = 1500;

  private static final double SPAN = 100;

  /// Copies the list.
  public LineChart {
    lines = List.copyOf(lines);
  }

  /// An axis.
  private record Axis(double least, double most, boolean logarithmic, int from, int to) {

    double place(double value) {
      var share =
          logarithmic
              ? Math.log(value / least) / Math.log(most / least)
              : (value - least) / (most - least);
      return from + share * (to - from);
    }

    /// Round numbers along it.
    List<Double> ticks(int about) {
      var ticks = new ArrayList<Double>();
      if (logarithmic) {
        for (var power = Math.floor(Math.log10(least)); power <= Math.log10(most); power++) {
          for (var factor : new double[] {1, 3}) {
            var tick = factor * Math.pow(10, power);
            if (tick >= least && tick <= most) {
              ticks.add(tick);
            }
          }
        }
        return ticks;
      }
      var raw = (most - least) / about;
      var unit = Math.pow(10, Math.floor(Math.log10(raw)));
      var step = unit * (raw / unit > 5 ? 10 : raw / unit > 2 ? 5 : raw / unit > 1 ? 2 : 1);
      for (var i = Math.ceil(least / step); i * step <= most * (1 + 1e-12); i++) {
        ticks.add(i * step);
      }
      return ticks;
    }
  }

  /// The chart, with its legend.
  public String svg() {
    var across = axis(true);
    var up = axis(false);
    if (across == null || up == null) {
      return "<figure><figcaption>" + Page.text(title) + ": no values</figcaption></figure>";
    }
    var svg = new StringBuilder();
    svg.append("<figure style=\"margin:0\"><figcaption><strong>")
        .append(Page.text(title))
        .append("</strong></figcaption>\n<svg viewBox=\"0 0 ")
        .append(WIDTH + " " + HEIGHT)
        .append("\" role=\"img\" aria-label=\"")
        .append(Page.text(title + " by " + this.across + ": " + spoken()))
        .append("\">\n");
    for (var tick : up.ticks(6)) {
      var y = number(up.place(tick));
      svg.append(
          "<line x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\" stroke=\"var(--faint)\"/>"
              .formatted(LEFT, WIDTH - RIGHT, y, y));
      svg.append(
          "<text x=\"%d\" y=\"%s\" text-anchor=\"end\" dy=\"4\">%s</text>\n"
              .formatted(LEFT - 6, y, label(tick)));
    }
    for (var tick : across.ticks(8)) {
      if (tick != Math.rint(tick)) {
        continue; // what it counts is whole
      }
      svg.append(
          "<text x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
              .formatted(number(across.place(tick)), HEIGHT - BOTTOM + 18, label(tick)));
    }
    svg.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
            .formatted((LEFT + WIDTH) / 2, HEIGHT - 6, Page.text(this.across)));
    for (var line : lines) {
      svg.append(line(line, across, up));
    }
    return svg.append("</svg>\n").append(legend()).append("</figure>").toString();
  }

  private static String line(Line line, Axis across, Axis up) {
    var points = new StringBuilder();
    var every = Math.max(1, Math.ceilDiv(line.x.length, POINTS));
    var count = 0;
    for (var i = 0; i < line.x.length; i++) {
      if ((i % every == 0 || i == line.x.length - 1) && shown(line.x[i], line.y[i], up)) {
        points.append(number(across.place(line.x[i]))).append(',');
        points.append(number(up.place(line.y[i]))).append(' ');
        count++;
      }
    }
    var colour = "var(--c" + line.colour % 6 + ")";
    if (count == 1) {
      var point = points.toString().strip().split(",", -1);
      return "<circle cx=\"%s\" cy=\"%s\" r=\"4\" fill=\"%s\"/>\n"
          .formatted(point[0], point[1], colour);
    }
    return "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2.2\"%s points=\"%s\"/>\n"
        .formatted(
            colour, line.dashed ? " stroke-dasharray=\"7 5\"" : "", points.toString().strip());
  }

  private static boolean shown(double x, double y, Axis up) {
    return Double.isFinite(x) && Double.isFinite(y) && (!up.logarithmic || y > 0);
  }

  private String legend() {
    var legend = new StringBuilder("<ul class=\"legend\">");
    for (var line : lines) {
      legend.append(
          "<li><span style=\"background:var(--c%d)\"></span>%s</li>"
              .formatted(line.colour % 6, Page.text(line.name)));
    }
    return legend.append("</ul>").toString();
  }

  /// The last value of each line.
  private String spoken() {
    var text = new ArrayList<String>();
    for (var line : lines) {
      if (line.y.length > 0) {
        text.add(line.name + " ends at " + label(line.y[line.y.length - 1]));
      }
    }
    return String.join(", ", text);
  }

  private @Nullable Axis axis(boolean horizontal) {
    var least = Double.POSITIVE_INFINITY;
    var most = Double.NEGATIVE_INFINITY;
    for (var line : lines) {
      for (var value : horizontal ? line.x : line.y) {
        if (Double.isFinite(value)) {
          least = Math.min(least, value);
          most = Math.max(most, value);
        }
      }
    }
    if (least > most) {
      return null;
    }
    if (least == most) {
      var around = least == 0 ? 1 : Math.abs(least) / 10;
      least -= around;
      most += around;
    }
    var logarithmic = !horizontal && least > 0 && most > SPAN * least;
    return horizontal
        ? new Axis(least, most, false, LEFT, WIDTH - RIGHT)
        : new Axis(least, most, logarithmic, HEIGHT - BOTTOM, TOP);
  }

  private static String number(double place) {
    return String.format(Locale.ROOT, "%.1f", place);
  }

  private static String label(double value) {
    if (value == 0) {
      return "0";
    }
    var size = Math.abs(value);
    if (size >= 1e6 || size < 1e-4) {
      return String.format(Locale.ROOT, "%.0e", value);
    }
    var text = String.format(Locale.ROOT, "%.4f", value);
    return text.replaceFirst("\\.?0+$", "");
  }
}

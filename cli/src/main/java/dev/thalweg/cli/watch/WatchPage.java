package dev.thalweg.cli.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.cli.page.Page;
import dev.thalweg.formats.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The page itself: one file of HTML with all scripts and styles within.
final class WatchPage {

  /// The version is that of the build.
  private static final String CHARTS = "META-INF/resources/webjars/uplot/1.6.30/dist/";

  private WatchPage() {}

  /// The bytes of the page.
  static byte[] html(WatchedTraining training, List<OtherRun> others) throws IOException {
    var head = training.head();
    var runs = new ArrayList<Object>();
    for (var other : others) {
      var run = new LinkedHashMap<String, Object>();
      run.put("name", other.name());
      var rows = new ArrayList<Object>();
      for (var epoch : other.epochs()) {
        var row = new ArrayList<@Nullable Object>();
        row.add(epoch.epoch());
        row.add(finite(epoch.loss()));
        row.add(finite(epoch.validationLoss().orElse(Double.NaN)));
        row.add(finite(epoch.score()));
        row.add(finite(epoch.validationScore().orElse(Double.NaN)));
        rows.add(row);
      }
      run.put("epochs", rows);
      runs.add(run);
    }
    head.put("others", runs);
    var page = new Page(String.valueOf(head.get("run")));
    page.add(own("watch.html"));
    page.add("<style>" + charts("uPlot.min.css") + own("watch.css") + "</style>");
    page.add("<script>" + charts("uPlot.iife.min.js") + "</script>");
    // Nothing in a text ends the script.
    page.add("<script>const RUN = " + Json.write(head).replace("<", "\\u003c") + ";</script>");
    page.add("<script>" + own("watch.js") + "</script>");
    return page.html().getBytes(UTF_8);
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static String own(String name) throws IOException {
    try (var in = WatchPage.class.getResourceAsStream(name)) {
      return text(name, in);
    }
  }

  private static String charts(String name) throws IOException {
    try (var in = WatchPage.class.getClassLoader().getResourceAsStream(CHARTS + name)) {
      return text(name, in);
    }
  }

  private static String text(String name, @Nullable InputStream in) throws IOException {
    if (in == null) {
      throw new IOException(name + " is not in this build");
    }
    return new String(in.readAllBytes(), UTF_8);
  }
}

package dev.thalweg.cli;

import dev.thalweg.cli.page.LineChart;
import dev.thalweg.cli.page.LineChart.Line;
import dev.thalweg.cli.page.Page;
import dev.thalweg.formats.AtomicFile;
import dev.thalweg.train.TrainingEvent.EpochRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `report`: a page about a run, or several beside each other.
@CommandLine.Command(
    name = "report",
    sortOptions = false,
    description = "Writes a page about a run, or several beside each other.",
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg report RUN… [--option value]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  ./thalweg report runs/digits-1 runs/digits-2 --out digits.html --png pictures")
final class ReportCommand implements Command {

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      converter = Values.PathText.class,
      description = "Run folders that 'train' left.")
  List<Path> runs = List.of();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      order = 1,
      converter = Values.PathText.class,
      description =
          "The page: one file of HTML that needs no network. Default: the name of the first run"
              + " with .html, beside it.")
  @Nullable Path out;

  @Option(
      names = "--png",
      paramLabel = "DIR",
      order = 2,
      converter = Values.PathText.class,
      description =
          "Write pictures (PNG), too, into this folder: of each run what 'train --plot' draws, and"
              + " of several a comparison.")
  @Nullable Path png;

  @Mixin DownloadOption download = new DownloadOption();

  @Override
  public void run(Call call) {
    call.engine().run(() -> report(call));
  }

  private void report(Call call) {
    AverageCommand.refuseTwice("report", runs);
    var pictures = Optional.ofNullable(png).map(PictureFolder::at);
    var shown = new ArrayList<ReportedRun>();
    for (var run : runs) {
      shown.add(ReportedRun.of(call, download.places(call), run));
    }
    var first = runs.getFirst().toAbsolutePath().normalize();
    var file = out == null ? first.resolveSibling(first.getFileName() + ".html") : out;
    var html = page(shown).html();
    AtomicFile.write(file, stream -> stream.write(html.getBytes(StandardCharsets.UTF_8)));
    var json = new LinkedHashMap<String, Object>();
    json.put("report", file.toString());
    json.put("runs", runs.stream().map(Path::toString).toList());
    var table = new Table().row("report", file.toString());
    pictures.ifPresent(folder -> {
      var drawn = folder.draw(shown);
      json.put("pictures", drawn.stream().map(Path::toString).toList());
      drawn.forEach(picture -> table.row("picture", picture.toString()));
    });
    call.print(json, table.toString());
  }

  private static Page page(List<ReportedRun> runs) {
    var names = runs.stream().map(ReportedRun::name).collect(Collectors.joining(", "));
    var page = new Page(names);
    page.add("<h1>" + Page.text(names) + "</h1>");
    page.table(
        runs.size() == 1
            ? List.of()
            : List.of(
                "",
                runs.stream()
                    .map(run -> Page.text(run.name()))
                    .collect(Collectors.joining("</th><th scope=\"col\">"))),
        facts(runs));
    page.add("<div class=\"charts\">");
    page.add(
        chart("loss", runs, EpochRecord::loss, e -> e.validationLoss().orElse(Double.NaN)).svg());
    var score = runs.getFirst().kind().score();
    page.add(
        chart(score, runs, EpochRecord::score, e -> e.validationScore().orElse(Double.NaN)).svg());
    page.add("</div>");
    runs.forEach(run -> run.addTo(page, runs.size() > 1));
    return page.add(
        "<p class=\"soft\">Written by Thalweg "
            + Page.text(Thalweg.version())
            + " on Java "
            + Page.text(Runtime.version().toString())
            + "; everything is within this file.</p>");
  }

  /// A row for each fact that one of the runs has, a column for each run.
  private static List<List<String>> facts(List<ReportedRun> runs) {
    var names = new LinkedHashSet<String>();
    runs.forEach(run -> names.addAll(run.facts().keySet()));
    var rows = new ArrayList<List<String>>();
    for (var name : names) {
      var row = new ArrayList<String>();
      row.add(Page.text(name));
      runs.forEach(run -> row.add(Page.text(run.facts().getOrDefault(name, "–"))));
      rows.add(row);
    }
    return rows;
  }

  /// What each epoch came to: of one run on the rows to train on and those that were watched, of
  /// several on the watched ones where there are some.
  private static LineChart chart(
      String title,
      List<ReportedRun> runs,
      ToDoubleFunction<EpochRecord> own,
      ToDoubleFunction<EpochRecord> watched) {
    var lines = new ArrayList<Line>();
    for (var i = 0; i < runs.size(); i++) {
      var run = runs.get(i);
      var hasWatched = run.has(watched);
      if (runs.size() == 1 || !hasWatched) {
        lines.add(run.line(runs.size() == 1 ? "training" : run.name(), i, false, own));
      }
      if (hasWatched) {
        lines.add(
            run.line(
                runs.size() == 1 ? "validation" : run.name() + " (validation)",
                runs.size() == 1 ? 1 : i,
                runs.size() == 1,
                watched));
      }
    }
    return new LineChart(title.toLowerCase(Locale.ROOT), "epoch", lines);
  }
}

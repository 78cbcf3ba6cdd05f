package dev.thalweg.cli;

import dev.thalweg.data.DataPlaces;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.DatasetInfo;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.Ngrams;
import dev.thalweg.data.Pairs;
import dev.thalweg.data.Task;
import dev.thalweg.data.Texts;
import dev.thalweg.kernels.Nearest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `data`: the data sets that are found by name, or more about one of them, or about a file.
@CommandLine.Command(
    name = "data",
    sortOptions = false,
    description =
        "Lists the data sets that are found by name, or describes one, a CSV file, a text or a"
            + " folder of images, sounds or texts.",
    synopsisHeading = "Usage: ",
    customSynopsis = "thalweg data [DATA] [--option value]",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = {
      "  ./thalweg data iris",
      "  ./thalweg data cars.csv --target mpg",
      "  ./thalweg data photos --plot samples.png"
    })
final class DataCommand implements Command {

  private static final String PLOT = "--plot";

  @Parameters(
      arity = "0..1",
      paramLabel = "DATA",
      description =
          "The data set, by its name, or the CSV file, the text (.txt) or the folder of images,"
              + " sounds or texts to tell more about.")
  @Nullable String name;

  @Option(
      names = "--target",
      paramLabel = "COL",
      order = 1,
      description = "Of a file: the column to predict. Default: a guess.")
  @Nullable String target;

  @Option(
      names = PLOT,
      paramLabel = "FILE",
      order = 72,
      converter = Values.PathText.class,
      description = "Of images: a sheet (PNG) with samples of each class.")
  @Nullable Path plot;

  @Mixin CsvOptions csv = new CsvOptions();

  @Spec @Nullable CommandSpec spec;

  @Override
  public void run(Call call) {
    var asked = name;
    var sheet = Optional.ofNullable(plot).map(PlotFile::at);
    if (asked != null && !Rows.isName(asked)) {
      var path = DataFile.path(asked);
      DataFile.refuseSet(path);
      if (Files.isDirectory(path)) {
        refuseOptionsOfFiles("a folder", asked);
        if (Datasets.hasTexts(path)) {
          refusePicture(sheet, asked + " has texts");
          texts(call, asked, Failure.known(() -> Datasets.texts(path, Ngrams.standard())));
          return;
        }
        if (Datasets.hasSounds(path)) {
          refusePicture(sheet, asked + " has sounds");
          var sounds = Failure.known(() -> SoundDescription.of(path));
          call.print(sounds.json(), sounds.text());
          return;
        }
        var described = Failure.known(() -> FolderDescription.of(path));
        sheet.ifPresent(file -> file.write(described.sheet()::write));
        call.print(List.of(described.json()), described.text());
        return;
      }
      if (TextData.isCalledText(asked) && saidOfFiles().isEmpty()) {
        refusePicture(sheet, asked + " is a text");
        var text = TextData.read(asked);
        call.print(List.of(TextData.json(asked, text)), TextData.details(asked, text).toString());
        TextData.tableInstead(asked, text).ifPresent(call::note);
        return;
      }
      refusePicture(sheet, asked + " is a table");
      var described = FileDescription.of(path, csv.format(), Optional.ofNullable(target));
      call.print(List.of(described.json()), described.text());
      return;
    }
    refuseOptionsOfFiles("a data set by name", asked);
    if (asked == null) {
      refusePicture(sheet, "there are none");
      var all = Datasets.all();
      call.print(
          Stream.of(
                  all.stream().map(DataCommand::json),
                  Stream.of(SceneData.json()),
                  Stream.of(MovieLens.values()).map(MovieLens::json),
                  Texts.all().stream().map(TextData::json),
                  Pairs.all().stream().map(PairsData::json))
              .flatMap(Function.identity())
              .sorted(Comparator.comparing(json -> String.valueOf(json.get("name"))))
              .toList(),
          table(all));
      return;
    }
    if (SceneData.isMeant(asked)) {
      sheet.ifPresent(file -> file.write(SceneTiles.samples(SceneData.samples())::write));
      call.print(List.of(SceneData.json()), SceneData.details().toString());
      return;
    }
    var films = MovieLens.named(asked);
    if (films.isPresent()) {
      refusePicture(sheet, asked + " has ratings");
      call.print(List.of(films.get().json()), films.get().details().toString());
      return;
    }
    if (PairsData.isName(asked)) {
      refusePicture(sheet, asked + " has pairs of texts");
      var info =
          Pairs.all().stream().filter(each -> each.name().equals(asked)).findFirst().orElseThrow();
      call.print(List.of(PairsData.json(info)), PairsData.details(info).toString());
      return;
    }
    if (TextData.isName(asked)) {
      refusePicture(sheet, asked + " is a text");
      var info =
          Texts.all().stream().filter(text -> text.name().equals(asked)).findFirst().orElseThrow();
      call.print(List.of(TextData.json(info)), TextData.details(info).toString());
      return;
    }
    var info =
        Datasets.all().stream()
            .filter(known -> known.name().equals(asked))
            .findFirst()
            .orElseThrow(() -> Failure.usage(Nearest.sentence("data set", asked, Rows.names())));
    // To be told about a data set is no reason to download it.
    var data =
        info.present()
            ? Optional.of(Datasets.named(asked, DataPlaces.standard().withDownload(false)))
            : Optional.<Dataset>empty();
    sheet.ifPresent(file ->
        file.write(
            data.flatMap(d -> d.images().map(images -> FolderDescription.sheet(d, images)))
                    .orElseThrow(() ->
                        Failure.usage(
                            PLOT
                                + ": is for images, and "
                                + asked
                                + (data.isPresent() ? " has none" : " is not here")))
                ::write));
    call.print(List.of(json(info)), details(info, data));
  }

  /// A folder of texts.
  private static void texts(Call call, String asked, dev.thalweg.data.Table found) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", asked);
    json.put("rows", found.rows());
    json.put("task", found.task().toString());
    json.put("classes", found.classNames());
    var table =
        new Table()
            .row("name", asked)
            .row("texts", Numbers.count(found.rows()))
            .row("task", found.task().toString())
            .row("classes", String.join(", ", found.classNames()));
    call.print(List.of(json), table.toString());
  }

  private static void refusePicture(Optional<PlotFile> sheet, String reason) {
    if (sheet.isPresent()) {
      throw Failure.usage(PLOT + ": is for images, and " + reason);
    }
  }

  /// Options that are for a file are a mistake without one.
  private void refuseOptionsOfFiles(String kind, @Nullable String asked) {
    saidOfFiles()
        .ifPresent(option -> {
          throw Failure.usage(
              option
                  + ": is for a file, and "
                  + (asked == null ? "there is none" : asked + " is " + kind));
        });
  }

  /// An option that was said and is for a table.
  private Optional<String> saidOfFiles() {
    if (spec == null) {
      return Optional.empty();
    }
    var said = CommandLineOrigin.of(spec);
    return spec.options().stream()
        .filter(
            option -> !option.inherited() && !option.longestName().equals(PLOT) && said.has(option))
        .map(OptionSpec::longestName)
        .findFirst();
  }

  private static Map<String, @Nullable Object> json(DatasetInfo info) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("name", info.name());
    json.put("rows", info.rows());
    json.put("features", info.features());
    json.put("task", info.task().toString());
    json.put("licence", info.licence());
    json.put("source", info.source());
    json.put("present", info.present());
    json.put("folder", info.folder().map(Path::toString).orElse(null));
    return json;
  }

  private static String table(List<DatasetInfo> all) {
    var rows = new TreeMap<String, String[]>();
    for (var info : all) {
      rows.put(
          info.name(),
          new String[] {
            info.name(),
            Numbers.count(info.rows()),
            Numbers.count(info.features()),
            info.task().toString(),
            info.licence(),
            present(info)
          });
    }
    rows.put(SceneData.NAME, SceneData.row());
    for (var set : MovieLens.values()) {
      var row = set.row();
      rows.put(row[0], row);
    }
    Texts.all().forEach(text -> rows.put(text.name(), TextData.row(text)));
    Pairs.all().forEach(each -> rows.put(each.name(), PairsData.row(each)));
    var table = new Table().row("name", "rows", "features", "task", "licence", "present");
    rows.values().forEach(table::row);
    return table.toString();
  }

  private static String present(DatasetInfo info) {
    return info.folder().map(Path::toString).orElse(info.present() ? "yes" : "no");
  }

  private static String details(DatasetInfo info, Optional<Dataset> read) {
    var table =
        new Table()
            .row("name", info.name())
            .row("rows", Numbers.count(info.rows()))
            .row("features", Numbers.count(info.features()));
    read.ifPresent(data ->
        table
            .row("named", String.join(" ", shortened(data.featureNames())))
            .row("target", data.targetName()));
    table.row("task", info.task().toString());
    read.filter(data -> data.task() == Task.CLASSIFICATION)
        .ifPresent(data -> table.row("classes", classes(data)));
    table.row("licence", info.licence()).row("source", info.source());
    return table
        .row("present", info.present() ? present(info) : "no, 'train' downloads it")
        .toString();
  }

  /// Each class with its number of rows.
  private static String classes(Dataset data) {
    var counts = new int[data.classes()];
    for (var label : data.labels()) {
      counts[label]++;
    }
    var text = new StringBuilder();
    for (var i = 0; i < counts.length; i++) {
      text.append(i == 0 ? "" : ", ").append(data.classNames().get(i));
      text.append(" (").append(Numbers.count(counts[i])).append(')');
    }
    return text.toString();
  }

  private static List<String> shortened(List<String> names) {
    var last = names.size() - 1;
    return names.size() <= 8
        ? names
        : List.of(names.get(0), names.get(1), names.get(2), "…", names.get(last));
  }
}

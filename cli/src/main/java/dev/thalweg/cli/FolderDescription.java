package dev.thalweg.cli;

import dev.thalweg.cli.picture.ContactSheet;
import dev.thalweg.data.DataException;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.ImageOptions;
import dev.thalweg.data.ImageShape;
import dev.thalweg.data.ImageSurvey;
import dev.thalweg.data.Images;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a folder of images holds.
record FolderDescription(ImageSurvey survey) {

  /// Samples of a class on a sheet.
  private static final int SAMPLES = 12;

  private static final int SHOWN = 10;

  /// Looks at a folder.
  ///
  /// @throws DataException if it has no folder for each class
  static FolderDescription of(Path folder) {
    return new FolderDescription(ImageSurvey.of(folder, SAMPLES));
  }

  Map<String, @Nullable Object> json() {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("folder", survey.folder().toString());
    json.put("images", survey.images());
    json.put("classes", survey.classes());
    json.put("sizes", survey.sizes().entrySet().stream().map(FolderDescription::size).toList());
    json.put("grey", survey.grey());
    json.put("turned", survey.turned());
    json.put("unreadable", survey.broken());
    return json;
  }

  private static Map<String, Object> size(Map.Entry<ImageShape, Integer> size) {
    var json = new LinkedHashMap<String, Object>();
    json.put("height", size.getKey().height());
    json.put("width", size.getKey().width());
    json.put("images", size.getValue());
    return json;
  }

  String text() {
    var table =
        new Table()
            .row("folder", survey.folder().toString())
            .row("images", Numbers.count(survey.images()))
            .row(
                "classes",
                survey.classes().entrySet().stream()
                    .map(entry -> entry.getKey() + " (" + Numbers.count(entry.getValue()) + ")")
                    .collect(Collectors.joining(", ")));
    var readable = survey.images() - survey.broken().size();
    if (readable > 0) {
      table
          .row(survey.sizes().size() == 1 ? "size" : "sizes", sizes())
          .row(
              "colour",
              survey.grey() == readable
                  ? "grey"
                  : survey.grey() == 0
                      ? "yes"
                      : "yes, " + Numbers.count(survey.grey()) + " are grey");
    }
    if (survey.turned() > 0) {
      table.row("turned", Numbers.count(survey.turned()) + ", as their cameras were held");
    }
    var broken = survey.broken();
    for (var i = 0; i < Math.min(SHOWN, broken.size()); i++) {
      table.row(i == 0 ? "unreadable" : "", broken.get(i));
    }
    if (broken.size() > SHOWN) {
      table.row("", "and %s more".formatted(Numbers.count(broken.size() - SHOWN)));
    }
    return table.toString();
  }

  /// The most frequent, and what to do about them.
  private String sizes() {
    var sizes = survey.sizes();
    if (sizes.size() == 1) {
      return sizes.firstEntry().getKey().toString();
    }
    var first = sizes.firstEntry().getKey();
    return sizes.entrySet().stream()
            .limit(SHOWN)
            .map(size -> size.getKey() + " (" + Numbers.count(size.getValue()) + ")")
            .collect(Collectors.joining(", "))
        + (sizes.size() > SHOWN ? " and %d more".formatted(sizes.size() - SHOWN) : "")
        + "; 'train' wants one, as --size "
        + Math.min(64, Math.min(first.height(), first.width()));
  }

  /// Samples of each class. What turns out to be damaged is left out.
  ContactSheet sheet() {
    var lines = new ArrayList<ContactSheet.Line>();
    survey
        .samples()
        .forEach((name, files) ->
            lines.add(
                new ContactSheet.Line(
                    name,
                    survey.classes().getOrDefault(name, files.size()),
                    files.stream().flatMap(file -> sample(file).stream()).toList())));
    return new ContactSheet(
        title(survey.folder().toString(), survey.images(), lines.size()), lines);
  }

  private static Optional<Images> sample(Path file) {
    var options =
        ImageOptions.asTheyAre().withSize(ContactSheet.TILE, ContactSheet.TILE).withChannels(3);
    try {
      return Optional.of(Images.read(List.of(file), options));
    } catch (DataException damaged) {
      return Optional.empty();
    }
  }

  /// Samples of each class of a data set.
  ///
  /// @param images the rows of the data set
  static ContactSheet sheet(Dataset data, Images images) {
    var labels = data.labels();
    var lines = new ArrayList<ContactSheet.Line>();
    for (var i = 0; i < data.classes(); i++) {
      var label = i;
      var rows = IntStream.range(0, labels.length).filter(row -> labels[row] == label).toArray();
      var few = IntStream.of(rows).limit(SAMPLES).toArray();
      lines.add(
          new ContactSheet.Line(
              data.classNames().get(label),
              rows.length,
              few.length == 0 ? List.of() : List.of(images.subset(few))));
    }
    return new ContactSheet(title(data.name(), data.rows(), data.classes()), lines);
  }

  private static String title(String name, int images, int classes) {
    return "%s: %s images, %d classes".formatted(name, Numbers.count(images), classes);
  }
}

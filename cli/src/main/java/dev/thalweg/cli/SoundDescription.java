package dev.thalweg.cli;

import dev.thalweg.data.DataException;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.SoundSurvey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a folder of sounds holds.
///
/// @param surveys of the folder, or of its parts to train on and to test
record SoundDescription(List<SoundSurvey> surveys) {

  private static final int SHOWN = 10;

  SoundDescription {
    surveys = List.copyOf(surveys);
  }

  /// Looks at a folder.
  ///
  /// @throws DataException if it has no folder for each class
  static SoundDescription of(Path folder) {
    return new SoundDescription(Datasets.parts(folder).stream().map(SoundSurvey::of).toList());
  }

  List<Map<String, @Nullable Object>> json() {
    return surveys.stream().map(SoundDescription::json).toList();
  }

  private static Map<String, @Nullable Object> json(SoundSurvey survey) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("folder", survey.folder().toString());
    json.put("sounds", survey.sounds());
    json.put("classes", survey.classes());
    var rates = new ArrayList<Map<String, Object>>();
    survey
        .rates()
        .forEach((rate, count) -> {
          var one = new LinkedHashMap<String, Object>();
          one.put("rate", rate);
          one.put("sounds", count);
          rates.add(one);
        });
    json.put("rates", rates);
    json.put("several_channels", survey.stereo());
    json.put("shortest", survey.shortest());
    json.put("longest", survey.longest());
    json.put("seconds", survey.total());
    json.put("unreadable", survey.broken());
    return json;
  }

  String text() {
    return surveys.stream().map(SoundDescription::text).collect(Collectors.joining("\n"));
  }

  private static String text(SoundSurvey survey) {
    var table =
        new Table()
            .row("folder", survey.folder().toString())
            .row("sounds", count(survey.sounds()))
            .row(
                "classes",
                survey.classes().entrySet().stream()
                    .map(entry -> entry.getKey() + " (" + count(entry.getValue()) + ")")
                    .collect(Collectors.joining(", ")));
    if (survey.broken().size() < survey.sounds()) {
      table
          .row(
              "lengths",
              String.format(
                  Locale.ROOT,
                  "%.2f to %.2f s, %.1f s in all",
                  survey.shortest(),
                  survey.longest(),
                  survey.total()))
          .row(
              "rates",
              survey.rates().entrySet().stream()
                  .map(entry -> count(entry.getKey()) + " Hz (" + count(entry.getValue()) + ")")
                  .collect(Collectors.joining(", ")));
    }
    if (survey.stereo() > 0) {
      table.row("channels", count(survey.stereo()) + " have several, taken as their mean");
    }
    var broken = survey.broken();
    for (var i = 0; i < Math.min(SHOWN, broken.size()); i++) {
      table.row(i == 0 ? "unreadable" : "", broken.get(i));
    }
    if (broken.size() > SHOWN) {
      table.row("", "and %s more".formatted(count(broken.size() - SHOWN)));
    }
    return table.toString();
  }

  private static String count(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}

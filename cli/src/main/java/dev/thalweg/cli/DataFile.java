package dev.thalweg.cli;

import dev.thalweg.data.CsvFormat;
import dev.thalweg.data.CsvTable;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.Table;
import dev.thalweg.formats.Sha256;
import dev.thalweg.kernels.Nearest;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A file of rows that a training is asked to take.
final class DataFile {

  private static final int SHOWN = 30;

  private DataFile() {}

  /// Whether a text stands for a file and not for the name of a data set: there is one, or it has
  /// the marks of a path.
  static boolean isMeant(String data) {
    return data.contains(".")
        || data.contains("/")
        || data.contains(File.separator)
        || Files.exists(path(data));
  }

  /// The path of a file.
  ///
  /// @throws Failure if this system can't have it
  static Path path(String data) {
    try {
      return Path.of(data);
    } catch (InvalidPathException e) {
      throw Failure.usage(data + ": expected a path: " + e.getReason(), e);
    }
  }

  /// Refuses the files of a data set that has a name, which is what they are asked for by.
  static void refuseSet(Path place) {
    var names = Datasets.namesAt(place);
    if (!names.isEmpty()) {
      var parent = place.toAbsolutePath().getParent();
      var folder = Files.isDirectory(place) || parent == null ? place : parent;
      throw Failure.usage(
          "%s: has the files of the data set %s; expected 'train %s --folder %s'"
              .formatted(place, String.join(" or ", names), names.getFirst(), folder));
    }
  }

  /// What a file is called without its folder and what says of which kind it is.
  static String title(String data) {
    var name = path(data).getFileName();
    var title =
        (name == null ? data : name.toString()).replaceFirst("(?i)(\\.[a-z]+)?(\\.gz)?$", "");
    return title.isEmpty() ? "data" : title;
  }

  /// The rows of a file.
  ///
  /// @throws Failure if no target is said, a column that is said is not there, or is said to be for
  ///   two things
  /// @throws dev.thalweg.data.DataException if the file can't be read, or is not what was asked for
  static Table read(DataConfig config) {
    var file = path(config.name());
    var target =
        config
            .target()
            .orElseThrow(() ->
                Failure.usage(
                    "%s: expected --target COL, the column to predict; it has %s"
                        .formatted(file, listed(CsvTable.names(file, config.format())))));
    // A pipe can be read once.
    if (Files.isRegularFile(file)) {
      var names = CsvTable.names(file, config.format());
      check("--target", file, config.format(), names, List.of(target));
      check("--categorical", file, config.format(), names, config.categorical());
      check("--ignore", file, config.format(), names, config.ignored());
      check("--text", file, config.format(), names, config.texts());
      check("--weight", file, config.format(), names, config.weight().stream().toList());
    }
    checkRoles(config, file, target);
    var table = Table.read(file, config.tableOptions(target));
    refuseTokenizer(config, table);
    return table;
  }

  /// Refuses a way to take texts where there are none.
  static void refuseTokenizer(DataConfig config, Table table) {
    if (config.text().tokenizer().isPresent() && table.textNames().isEmpty()) {
      throw Failure.usage(
          "--tokenizer: is for texts, and %s has no column of texts; --text COL takes one for that"
              .formatted(config.name()));
    }
  }

  /// The SHA-256 of the bytes of a file; a pipe has none, it can be read once.
  static Optional<String> sha256(DataConfig config) {
    var file = path(config.name());
    return Files.isRegularFile(file) ? Optional.of(Sha256.of(file)) : Optional.empty();
  }

  /// A sentence for the user if a file is not as it was when a run was trained on it.
  ///
  /// @param config of that run
  /// @param now the SHA-256 of the file as it is
  static Optional<String> changed(DataConfig config, Optional<String> now) {
    return config
        .sha256()
        .filter(before -> now.filter(digits -> !digits.equals(before)).isPresent())
        .map(before ->
            "%s is not the file that the run was trained on: its SHA-256 is %s, and it was %s"
                .formatted(config.name(), shortened(now.orElse("")), shortened(before)));
  }

  private static String shortened(String digits) {
    return digits.substring(0, 12) + "…";
  }

  /// That columns are there which an option names.
  ///
  /// @throws Failure with the nearest, if one is not
  static void check(
      String option, Path file, CsvFormat format, List<String> names, List<String> said) {
    var there = new HashSet<>(names);
    for (var column : said) {
      if (!there.contains(column)) {
        throw Failure.usage(
            "%s: %s: %s%s"
                .formatted(
                    option,
                    file,
                    Nearest.sentence("column", column, names),
                    Files.isRegularFile(file) ? CsvTable.withoutColumn(column, file, format) : ""));
      }
    }
  }

  /// That no column is said to be for two things.
  private static void checkRoles(DataConfig config, Path file, String target) {
    if (config.ignored().contains(target)) {
      throw Failure.usage(
          "--ignore: %s: column '%s' cannot be both ignored and predicted".formatted(file, target));
    }
    for (var text : config.texts()) {
      var other =
          text.equals(target)
              ? "be predicted"
              : config.categorical().contains(text) ? "hold categories" : "";
      if (!other.isEmpty()) {
        throw Failure.usage(
            "--text: %s: column '%s' cannot both hold texts and %s".formatted(file, text, other));
      }
    }
    for (var weight : config.weight().stream().toList()) {
      var other =
          weight.equals(target)
              ? "be predicted"
              : config.ignored().contains(weight)
                  ? "be ignored"
                  : config.categorical().contains(weight)
                      ? "hold categories"
                      : config.texts().contains(weight) ? "hold texts" : "";
      if (!other.isEmpty()) {
        throw Failure.usage(
            "--weight: %s: column '%s' cannot both be the weight of rows and %s"
                .formatted(file, weight, other));
      }
    }
  }

  private static String listed(List<String> names) {
    return names.stream().limit(SHOWN).collect(Collectors.joining(", "))
        + (names.size() > SHOWN ? " and %,d more".formatted(names.size() - SHOWN) : "");
  }
}

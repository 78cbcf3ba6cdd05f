package dev.thalweg.cli;

import dev.thalweg.data.CsvTable;
import dev.thalweg.data.Table;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// A file of rows that a training is asked to take.
final class DataFile {

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

  /// What a file is called without its folder and what says of which kind it is.
  static String title(String data) {
    var name = path(data).getFileName();
    var title =
        (name == null ? data : name.toString()).replaceFirst("(?i)(\\.[a-z]+)?(\\.gz)?$", "");
    return title.isEmpty() ? "data" : title;
  }

  /// The rows of a file.
  ///
  /// @throws Failure if no target is said
  /// @throws dev.thalweg.data.DataException if the file can't be read, or is not what was asked for
  static Table read(DataConfig config) {
    var file = path(config.name());
    var target =
        config
            .target()
            .orElseThrow(() ->
                Failure.usage(
                    "%s: expected --target COL, the column to predict; it has %s"
                        .formatted(
                            file, String.join(", ", CsvTable.names(file, config.format())))));
    return Table.read(file, config.tableOptions(target));
  }
}

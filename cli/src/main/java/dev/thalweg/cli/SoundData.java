package dev.thalweg.cli;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.Split;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/// A folder of sounds that a training is asked to take.
final class SoundData {

  /// Options of files that are no sounds.
  private static final List<String> OTHERS =
      List.of(
          "target",
          "categorical",
          "ignore",
          "weight",
          "text",
          "tokenizer",
          "images",
          "size",
          "fit",
          "channels");

  private SoundData() {}

  /// Whether the rows are sound files in a folder.
  static boolean isMeant(DataConfig config) {
    return !Rows.isName(config.name())
        && Files.isDirectory(DataFile.path(config.name()))
        && Datasets.hasSounds(DataFile.path(config.name()));
  }

  /// Reads them.
  ///
  /// @throws Failure if an option is not for sounds
  static Dataset read(DataConfig config) {
    check(config);
    return Failure.known(() -> Datasets.sounds(DataFile.path(config.name()), config.sound()));
  }

  /// Reads them as they were divided into folders, if they were.
  ///
  /// @throws Failure if an option is not for sounds
  static Optional<Split> published(DataConfig config) {
    check(config);
    return Failure.known(() -> Datasets.published(DataFile.path(config.name()), config.sound()));
  }

  private static void check(DataConfig config) {
    for (var option : OTHERS) {
      if (config.options().containsKey(option)) {
        throw Failure.usage(
            "--%s: is for other files, and %s is a folder of sounds"
                .formatted(option, config.name()));
      }
    }
  }

  /// Refuses what was said of sound files where there are none.
  ///
  /// @param has what there is instead
  static void refuse(DataConfig config, String has) {
    for (var option : List.of("sample-rate", "seconds")) {
      if (config.options().containsKey(option)) {
        throw Failure.usage(
            "--%s: is for sound files, and %s %s".formatted(option, config.name(), has));
      }
    }
  }
}

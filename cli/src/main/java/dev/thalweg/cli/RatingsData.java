package dev.thalweg.cli;

import dev.thalweg.data.Ratings;
import dev.thalweg.formats.Sha256;
import java.util.List;
import java.util.Optional;

/// Ratings of a file: a user, an item and a number a row.
///
/// @param train the part to train on
/// @param validation the one to evaluate after each epoch
/// @param test the one kept for the end
record RatingsData(Ratings train, Optional<Ratings> validation, Optional<Ratings> test) {

  /// What is predicted, beside classification and regression.
  static final String TASK = "ratings";

  private static final List<String> OPTIONS =
      List.of(
          "data",
          "folder",
          "sha256",
          "task",
          "test",
          "validation",
          "separator",
          "header",
          "decimal",
          "thousands",
          "missing");

  /// Reads the ratings and divides them.
  ///
  /// @throws Failure if an option is for other data, or nothing is left to train on
  /// @throws dev.thalweg.data.DataException if the file can't be read, or has no ratings
  static RatingsData of(RunConfig config) {
    check(config);
    var data = config.data();
    var set = MovieLens.named(data.name());
    if (set.isEmpty() && Rows.isName(data.name())) {
      throw Failure.usage(
          "--task ratings: expected a file of users, items and ratings, found %s"
              .formatted(data.name()));
    }
    Divided.check(config, "ratings");
    var file =
        set.map(known -> known.found(data.folder())).orElseGet(() -> DataFile.path(data.name()));
    var all = Ratings.read(file, data.format());
    var parts = Divided.of(config, all, Ratings::split);
    return new RatingsData(parts.train(), parts.validation(), parts.test());
  }

  /// The SHA-256 of the file, where it is one.
  static Optional<String> sha256(DataConfig data) {
    return MovieLens.named(data.name())
        .map(set -> Optional.of(Sha256.of(set.found(data.folder()))))
        .orElseGet(() -> DataFile.sha256(data));
  }

  private static void check(RunConfig config) {
    config
        .start()
        .ifPresent(start -> {
          throw Failure.usage(
              "%s: a training on ratings begins with weights of its own, as they are of its users and items; found a run to begin with"
                  .formatted(start.run()));
        });
    Divided.refuseOthers(config, OPTIONS, "is for data with one answer a row, and %s has ratings");
  }
}

package dev.thalweg.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Data that are not rows, in the parts of a training.
///
/// @param train the part to train on
/// @param validation the one to evaluate after each epoch
/// @param test the one kept for the end
record Divided<D>(D train, Optional<D> validation, Optional<D> test) {

  /// Divides data by a seed.
  interface Division<D> {

    /// Two parts, the first of which has this share.
    List<D> split(D data, double share, long seed);
  }

  /// Checks that something is left to train on.
  ///
  /// @param things what the data are: `pairs`
  /// @throws Failure if not
  static void check(RunConfig config, String things) {
    var test = config.data().testFraction();
    var validation = config.data().validation();
    if (test + validation >= 1) {
      throw Failure.usage(
          "--test %s --validation %s: expected some %s to train on"
              .formatted(test, validation, things));
    }
  }

  /// Divides what was read by the shares that were asked for.
  ///
  /// @throws Failure if a part would be empty
  static <D> Divided<D> of(RunConfig config, D all, Division<D> division) {
    var test = config.data().testFraction();
    var validation = config.data().validation();
    var train = all;
    Optional<D> tested = Optional.empty();
    Optional<D> watched = Optional.empty();
    if (test > 0) {
      var parts = Failure.known("--test", () -> division.split(all, 1 - test, config.seed()));
      train = parts.getFirst();
      tested = Optional.of(parts.getLast());
    }
    if (validation > 0) {
      var rest = train;
      var parts =
          Failure.known(
              "--validation",
              () -> division.split(rest, 1 - validation / (1 - test), config.seed()));
      train = parts.getFirst();
      watched = Optional.of(parts.getLast());
    }
    return new Divided<>(train, watched, tested);
  }

  /// Refuses what is for other data.
  ///
  /// @param known the options that such data take
  /// @param sentence what is wrong with the others: `is for other data, and %s has pairs`, of the
  ///   name of the data
  /// @throws Failure if one was said
  static void refuseOthers(RunConfig config, List<String> known, String sentence) {
    Map<String, Object> said = new LinkedHashMap<>(config.data().options());
    config.loss().ifPresent(text -> said.put("loss", text));
    config.augment().ifPresent(text -> said.put("augment", text));
    config.folds().ifPresent(k -> said.put("folds", k));
    if (!config.scaleTarget()) {
      said.put("scale-target", "no");
    }
    said.putAll(config.choice().options());
    said.keySet().stream()
        .filter(option -> !known.contains(option))
        .findFirst()
        .ifPresent(option -> {
          throw Failure.usage("--" + option + ": " + sentence.formatted(config.data().name()));
        });
  }
}

package dev.thalweg.cli;

import dev.thalweg.data.DataPlaces;
import java.util.Optional;

/// The rows of a training in their parts.
///
/// @param train what is learned from
/// @param validation what is evaluated after each epoch
/// @param test what is kept for the end
/// @param published whether the test part is the one that its publisher made
record Division(Rows train, Optional<Rows> validation, Optional<Rows> test, boolean published) {

  /// Reads the rows and divides them.
  ///
  /// @throws Failure if they can't be had or divided so
  static Division of(DataConfig config, long seed, DataPlaces places) {
    var known = places(config, places);
    var published = Rows.published(config, known);
    if (published.isPresent()) {
      var parts = published.get();
      var all = (double) parts.train().rows() + parts.test().rows();
      return new Division(parts.train(), Optional.empty(), Optional.of(parts.test()), true)
          .validated(config.validation() * all / parts.train().rows(), seed);
    }
    var test = config.testFraction();
    if (test + config.validation() >= 1) {
      throw Failure.usage(
          "--test %s --validation %s: expected some rows to train on"
              .formatted(test, config.validation()));
    }
    var all = Rows.all(config, known);
    if (test == 0) {
      return new Division(all, Optional.empty(), Optional.empty(), false)
          .validated(config.validation(), seed);
    }
    var parts = withTest(all, config, seed);
    return new Division(parts.train(), Optional.empty(), Optional.of(parts.test()), false)
        .validated(config.validation() / (1 - test), seed);
  }

  private static Rows.Parts withTest(Rows all, DataConfig config, long seed) {
    var fraction = 1 - config.testFraction();
    if (config.test().isPresent()) {
      return Failure.known("--test", () -> all.split(fraction, seed));
    }
    try {
      return all.split(fraction, seed);
    } catch (IllegalArgumentException none) {
      throw Failure.working(noneToTest(all, config), none);
    }
  }

  /// Nobody asked for test rows, so the sentence says what is in their way and how to do without.
  /// Only of classes that have one row each there are none; numbers can always be divided.
  private static String noneToTest(Rows all, DataConfig config) {
    var classes = all.classNames();
    var numbers =
        !config.categorical().contains(all.targetName())
            && classes.stream().noneMatch(name -> Double.isNaN(Values.number(name)));
    return "%s: no row is left to test on: %d classes in %d rows; %s--test 0 trains on all rows"
        .formatted(
            all.name(),
            classes.size(),
            all.rows(),
            numbers
                ? "--task regression predicts '%s' as a number, ".formatted(all.targetName())
                : "");
  }

  private static DataPlaces places(DataConfig config, DataPlaces places) {
    return config.folder().map(places::withFolder).orElse(places);
  }

  /// The same with a validation part taken from the rows to train on.
  private Division validated(double fraction, long seed) {
    if (fraction == 0) {
      return this;
    }
    if (fraction >= 1) {
      throw Failure.usage("--validation: expected some rows to train on");
    }
    var parts = Failure.known("--validation", () -> train.split(1 - fraction, seed));
    return new Division(parts.train(), Optional.of(parts.test()), test, published);
  }
}

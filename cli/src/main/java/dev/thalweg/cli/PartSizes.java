package dev.thalweg.cli;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How much of a data set each part of a training has.
///
/// @param train to learn from
/// @param validation watched after each epoch, if there is such a part
/// @param test kept for the end, if there is such a part
record PartSizes(
    long train, Optional<? extends Number> validation, Optional<? extends Number> test) {

  /// `cmudict: 107,012 pairs to train, 26,772 to test`
  ///
  /// @param things what is learned from, and that it is: `pairs to train`
  String text(String data, String things) {
    return data
        + ": "
        + Numbers.count(train)
        + " "
        + things
        + validation.map(size -> ", " + Numbers.count(size.longValue()) + " to validate").orElse("")
        + test.map(size -> ", " + Numbers.count(size.longValue()) + " to test").orElse("");
  }

  /// Adds the sizes, those of parts that are not there as 0.
  ///
  /// @param unit what is counted: `rows`
  void addTo(Map<String, @Nullable Object> json, String unit) {
    json.put("train_" + unit, train);
    json.put("validation_" + unit, validation.map(Number::longValue).orElse(0L));
    json.put("test_" + unit, test.map(Number::longValue).orElse(0L));
  }
}

package dev.thalweg.cli;

import static dev.thalweg.cli.Failure.known;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Task;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.train.FittedModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How a model decides on classes after its training: which is the positive one, from which
/// probability on it is predicted, whether probabilities are calibrated.
///
/// @param positive a class
/// @param threshold of its probability
/// @param calibrate whether by temperature
record ClassChoice(Optional<String> positive, Optional<Threshold> threshold, boolean calibrate) {

  /// What was said, by the names of the options.
  Map<String, Object> options() {
    var options = new LinkedHashMap<String, Object>();
    positive.ifPresent(name -> options.put("positive", name));
    threshold.ifPresent(t ->
        options.put("threshold", t.isAuto() ? "auto" : (Object) t.probability().getAsDouble()));
    if (calibrate) {
      options.put("calibrate", true);
    }
    return options;
  }

  /// The option for which a validation part is needed, if there is one.
  Optional<String> chosenOnValidation() {
    return calibrate
        ? Optional.of("--calibrate")
        : threshold.filter(Threshold::isAuto).map(t -> "--threshold auto");
  }

  /// Whether it fits the rows.
  ///
  /// @param isValidated whether some are kept for what is chosen after the training
  /// @throws Failure if not
  void check(Dataset train, boolean isValidated) {
    var first = options().keySet().stream().findFirst();
    if (first.isEmpty()) {
      return;
    }
    if (train.task() == Task.REGRESSION) {
      throw Failure.usage(
          "--%s: is for classes, and %s has numbers to predict"
              .formatted(first.get(), train.name()));
    }
    var classes = train.classNames();
    positive.ifPresent(name -> {
      if (!classes.contains(name)) {
        throw Failure.usage("--positive: " + Nearest.sentence("class", name, classes));
      }
    });
    if (threshold.isPresent() && positive.isEmpty() && classes.size() > 2) {
      throw Failure.usage(
          "--threshold %s: expected --positive CLASS with it, as %s has %d classes"
              .formatted(threshold.get(), train.name(), classes.size()));
    }
    var needed = chosenOnValidation();
    if (needed.isPresent() && !isValidated) {
      throw Failure.usage(
          needed.get()
              + ": is chosen on a validation part, and there is none; --validation 0.2 keeps a"
              + " fifth of the rows for it");
    }
  }

  /// A model that decides so, but for what a validation part is needed for.
  FittedModel before(FittedModel fitted) {
    var named = positive.map(fitted::withPositive).orElse(fitted);
    return threshold
        .filter(t -> !t.isAuto())
        .map(t -> named.withThreshold(t.probability().orElseThrow()))
        .orElse(named);
  }

  /// A model that decides so. It is calibrated first: a threshold is of calibrated probabilities.
  FittedModel of(FittedModel fitted, Dataset validation) {
    var asked = before(fitted);
    var calibrated = calibrate ? known("--calibrate", () -> asked.calibrated(validation)) : asked;
    return threshold.filter(Threshold::isAuto).isPresent()
        ? known("--threshold auto", () -> calibrated.withBestThreshold(validation))
        : calibrated;
  }
}

package dev.thalweg.cli;

import dev.thalweg.kernels.NotNull;
import dev.thalweg.nn.Sequential;
import dev.thalweg.train.Detector;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.LanguageModel;
import dev.thalweg.train.Start;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The run from whose weights a training starts.
///
/// @param run its folder
/// @param frozen names of weights, paths or kinds of layers that stay as they are
record StartChoice(Path run, List<String> frozen) {

  /// Copies the list.
  StartChoice {
    frozen = List.copyOf(frozen);
  }

  /// By the names of the options of `train`.
  Map<String, Object> options() {
    var options = new LinkedHashMap<String, Object>();
    options.put("from", run.toString());
    if (!frozen.isEmpty()) {
      options.put("freeze", frozen);
    }
    return options;
  }

  /// That the new run does not take the place of the one that it starts from, without which its
  /// configuration repeats nothing.
  ///
  /// @throws Failure if it does
  void refuseAsPlace(@Nullable Path out) {
    if (out != null && normal(out).equals(normal(run))) {
      throw Failure.usage("--out: %s is the run that is started from".formatted(out));
    }
  }

  private static Path normal(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /// The model of the run.
  ///
  /// @throws dev.thalweg.train.RunException if it is no run
  Sequential model() {
    if (Detector.isIn(run)) {
      return Detector.load(run).network().model();
    }
    return LanguageModel.isIn(run)
        ? LanguageModel.load(run).network().model()
        : FittedModel.load(run).network().model();
  }

  /// From its weights and its scaling.
  ///
  /// @throws Failure if it is a model of texts or boxes
  Start ofRows() {
    if (Detector.isIn(run) || LanguageModel.isIn(run)) {
      throw Failure.usage(
          "--from: %s has a model of %s, and the data have rows"
              .formatted(run, Detector.isIn(run) ? "boxes" : "texts"));
    }
    return freezing(Start.from(FittedModel.load(run)));
  }

  /// From the weights of a language model, whose tokens the text must be of.
  ///
  /// @throws Failure if it is another model
  LanguageModel ofTexts() {
    if (!LanguageModel.isIn(run)) {
      FittedModel.load(run);
      throw Failure.usage(
          "--from: %s: expected a model of texts, found one of rows".formatted(run));
    }
    return LanguageModel.load(run);
  }

  /// From the weights of a model of boxes.
  ///
  /// @throws dev.thalweg.train.RunException if it is another model
  Start ofBoxes() {
    return freezing(Start.from(Detector.load(run).network()));
  }

  /// The same with what is frozen.
  Start freezing(Start from) {
    NotNull.check(from, "from");
    return frozen.isEmpty() ? from : from.freezing(frozen.toArray(String[]::new));
  }
}

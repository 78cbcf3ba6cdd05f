package dev.thalweg.cli;

import dev.thalweg.kernels.NotNull;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Sequential;
import dev.thalweg.train.Detector;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.LanguageModel;
import dev.thalweg.train.Start;
import dev.thalweg.train.Transcriber;
import dev.thalweg.train.Translator;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  /// @throws Failure if it is one of ratings
  Sequential model() {
    return switch (RunKind.of(run)) {
      case BOXES -> Detector.load(run).network().model();
      case TEXTS -> LanguageModel.load(run).network().model();
      case TRANSCRIPTS -> Transcriber.load(run).network().model();
      case ROWS -> FittedModel.load(run).network().model();
      case RATINGS -> throw ofRatings();
      case PAIRS -> Translator.load(run).network().model();
    };
  }

  /// Users and items are numbers of the training's own.
  private Failure ofRatings() {
    return Failure.usage(
        "%s: has a model of ratings, which can't be gone on from with others: its weights are of the users and items of its training"
            .formatted(run));
  }

  /// From its weights and its scaling.
  ///
  /// @throws Failure if it is a model of something else
  Start ofRows() {
    expect(RunKind.ROWS, "the data have rows");
    return freezing(Start.from(FittedModel.load(run)));
  }

  /// From the weights of a language model, whose tokens the text must be of.
  ///
  /// @throws Failure if it is another model
  LanguageModel ofTexts() {
    expect(RunKind.TEXTS, "the data are a text");
    return LanguageModel.load(run);
  }

  /// From the weights of a model of transcripts, whose tokens these must be of.
  ///
  /// @throws Failure if it is another model
  Transcriber ofTranscripts() {
    expect(RunKind.TRANSCRIPTS, "the data have transcripts");
    return Transcriber.load(run);
  }

  /// From the weights of a model of pairs of texts, whose tokens these must be of.
  ///
  /// @throws Failure if it is another model
  Translator ofPairs() {
    expect(RunKind.PAIRS, "the data have pairs of texts");
    return Translator.load(run);
  }

  /// From the weights of a model of boxes.
  ///
  /// @throws Failure if it is another model
  Start ofBoxes() {
    expect(RunKind.BOXES, "the data have boxes");
    return freezing(Start.from(Detector.load(run).network()));
  }

  /// That the run's model is of the data's kind.
  ///
  /// @param data what they are, a sentence
  private void expect(RunKind expected, String data) {
    var kind = RunKind.of(run);
    if (kind == RunKind.RATINGS) {
      throw ofRatings();
    }
    if (kind != expected) {
      throw Failure.usage("%s: has a model of %s, and %s".formatted(run, kind, data));
    }
  }

  /// What a training begins with; empty where it begins anew.
  ///
  /// @param from the network of the run that is gone on from
  /// @throws Failure if nothing is called what is to be frozen
  static Optional<Start> start(RunConfig config, Optional<Network> from) {
    return Failure.known(
        "--freeze",
        () ->
            from.flatMap(
                network -> config.start().map(choice -> choice.freezing(Start.from(network)))));
  }

  /// The same with what is frozen.
  Start freezing(Start from) {
    NotNull.check(from, "from");
    return frozen.isEmpty() ? from : from.freezing(frozen.toArray(String[]::new));
  }
}

package dev.thalweg.cli;

import dev.thalweg.kernels.Engine;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.train.History;
import dev.thalweg.train.RangeTest;
import dev.thalweg.train.RunFolder;
import dev.thalweg.train.Start;
import dev.thalweg.train.Trainer;
import dev.thalweg.train.TrainingEvent;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A training of a kind of model of its own, of which all is known and fits together: boxes on
/// scenes, texts. Rows with one answer each are a [TrainPlan].
///
/// @param <M> the model that comes of it
/// @param <E> what an evaluation of it comes to
interface ModelPlan<M, E> {

  /// The plan of a training that is of such a kind.
  ///
  /// @throws Failure if a text can't be read, or something does not fit the data
  static Optional<ModelPlan<?, ?>> of(RunConfig config) {
    if (SceneData.isMeant(config.data().name())) {
      return Optional.of(ScenePlan.of(config));
    }
    if (config.data().ratings()) {
      return Optional.of(RatingsPlan.of(config));
    }
    if (config.data().pairs()) {
      return Optional.of(PairsPlan.of(config));
    }
    if (config.data().transcripts()) {
      return Optional.of(TranscriptPlan.of(config));
    }
    return TextData.isMeant(config.data())
        ? Optional.of(LanguagePlan.of(config))
        : Optional.empty();
  }

  /// What is asked for, with all that follows from the data.
  RunConfig config();

  /// What the pace counts: `samples`, `tokens`.
  String unit();

  /// The SHA-256 of the file that it is trained on, where it is one.
  default Optional<String> sha256() {
    return DataFile.sha256(config().data());
  }

  /// Whose weights it begins with, if it does.
  default Optional<Start> start() {
    return Optional.empty();
  }

  /// Trains.
  ///
  /// @param observer told what happens, if there is one
  /// @param saved has the training saved while it runs
  /// @throws Failure if a text does not fit after all: a schedule that is longer than the run
  /// @throws dev.thalweg.train.DivergedException if a loss, gradient or weight is not finite
  default M fit(
      Engine engine, Optional<Consumer<TrainingEvent>> observer, UnaryOperator<Trainer> saved) {
    var usual = config().trainer().withEngine(engine);
    var plain = saved.apply(start().map(usual::withStart).orElse(usual));
    return Failure.known(() -> fit(observer.map(plain::withCallback).orElse(plain)));
  }

  /// Trains, by all that is set.
  default M fit(Trainer trainer) {
    return fit(trainer, optimizer());
  }

  /// Trains by another optimizer.
  M fit(Trainer trainer, Optimizer by);

  /// What makes the loss small.
  Optimizer optimizer();

  /// The losses of a short training by rates that grow.
  ///
  /// @throws Failure if the optimizer has no rate, or a text does not fit
  default RangeTest.Result tested(RangeTest test, Engine engine) {
    var usual = config().trainer().withEngine(engine);
    return Failure.known(
        () -> test.of(start().map(usual::withStart).orElse(usual), optimizer(), 1, this::fit));
  }

  /// What is said of every training.
  ///
  /// @param parameters of the network
  /// @param weightsSha256 of its weights
  default TrainingFacts facts(M model, long parameters, String weightsSha256, Engine engine) {
    return new TrainingFacts(config(), history(model), unit(), parameters, weightsSha256, engine);
  }

  /// How well a model does on what was kept for the end.
  Optional<E> test(M model);

  /// What its training came to.
  History history(M model);

  /// Writes a model.
  RunFolder write(RunFolder folder, M model);

  /// What it came to, for people and for programs.
  ///
  /// @param run the run folder, which is in its place
  /// @param weightsSha256 of its weights
  Report report(M model, Optional<E> tested, Path run, String weightsSha256, Engine engine);

  /// Draws it.
  void draw(PlotFile file, M model, Optional<E> tested, boolean memory);

  /// A report that can be printed.
  interface Report {

    /// One object, as `--format json` prints it.
    Map<String, @Nullable Object> json();

    /// A table.
    String text();
  }
}

package dev.thalweg.cli;

import static dev.thalweg.cli.Failure.known;

import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.train.Detector;
import dev.thalweg.train.Trainer;
import dev.thalweg.train.TrainingEvent;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A training on scenes of which all is known and fits together.
///
/// @param config with all that follows from the data
/// @param data the scenes
/// @param model of which a fresh network is trained
/// @param optimizer that makes the loss small
record ScenePlan(RunConfig config, SceneData data, Sequential model, Optimizer optimizer) {

  private static final int EPOCHS = 6;

  /// Makes the scenes, and reads the texts of model and optimizer.
  ///
  /// @throws Failure if a text can't be read, or something does not fit scenes
  static ScenePlan of(RunConfig config) {
    var data = SceneData.of(config);
    var model =
        known(
            "--model",
            () -> {
              var read = Models.parse(config.model(), data.train().classNames().size());
              Detector.check(read, data.train());
              return read;
            });
    var optimizer =
        known(
            "--optimizer",
            () -> Optimizer.parse(config.optimizer().orElse(TrainOptions.OPTIMIZER_OF_SCENES)));
    return new ScenePlan(
        config.completed(optimizer.toString(), config.epochs().orElse(EPOCHS)),
        data,
        model,
        optimizer);
  }

  /// Trains.
  ///
  /// @param observer told what happens, if there is one
  /// @param saved has the training saved while it runs
  /// @throws Failure if a text does not fit after all: a schedule that is longer than the run
  /// @throws dev.thalweg.train.DivergedException if a loss, gradient or weight is not finite
  Detector fit(
      Engine engine, Optional<Consumer<TrainingEvent>> observer, UnaryOperator<Trainer> saved) {
    var settings =
        Trainer.defaults()
            .withEpochs(config.epochs().orElseThrow())
            .withBatchSize(config.batch())
            .withSeed(config.seed())
            .withSampling(config.sampling())
            .withPatience(config.patience().orElse(0))
            .withEngine(engine);
    var plain = saved.apply(settings);
    var trainer = observer.map(plain::withCallback).orElse(plain);
    return known(() ->
        data.validation()
            .map(scenes -> Detector.fit(trainer, model, optimizer, data.train(), scenes))
            .orElseGet(() -> Detector.fit(trainer, model, optimizer, data.train())));
  }
}

package dev.thalweg.cli;

import static dev.thalweg.cli.Failure.known;

import dev.thalweg.cli.picture.Tiles;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.train.Detector;
import dev.thalweg.train.DetectorEvaluation;
import dev.thalweg.train.History;
import dev.thalweg.train.RunFolder;
import dev.thalweg.train.Start;
import dev.thalweg.train.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/// A training on scenes of which all is known and fits together.
///
/// @param config with all that follows from the data
/// @param data the scenes
/// @param model of which a fresh network is trained
/// @param optimizer that makes the loss small
/// @param start whose weights it begins with
record ScenePlan(
    RunConfig config, SceneData data, Sequential model, Optimizer optimizer, Optional<Start> start)
    implements ModelPlan<Detector, DetectorEvaluation> {

  private static final int EPOCHS = 6;

  /// Makes the scenes, and reads the texts of model and optimizer.
  ///
  /// @throws Failure if a text can't be read, or something does not fit scenes
  static ScenePlan of(RunConfig config) {
    var start = known("--freeze", () -> config.start().map(StartChoice::ofBoxes));
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
        optimizer,
        start);
  }

  @Override
  public Detector fit(Trainer trainer, Optimizer by) {
    return data.validation()
        .map(scenes -> Detector.fit(trainer, model, by, data.train(), scenes))
        .orElseGet(() -> Detector.fit(trainer, model, by, data.train()));
  }

  @Override
  public String unit() {
    return "samples";
  }

  @Override
  public Optional<String> sha256() {
    return Optional.empty();
  }

  @Override
  public Optional<DetectorEvaluation> test(Detector detector) {
    return data.test().map(detector::evaluate);
  }

  @Override
  public History history(Detector detector) {
    return detector.history().orElseThrow();
  }

  @Override
  public RunFolder write(RunFolder folder, Detector detector) {
    return folder.write(detector);
  }

  @Override
  public Report report(
      Detector detector,
      Optional<DetectorEvaluation> tested,
      Path run,
      String weightsSha256,
      Engine engine) {
    return new SceneReport(this, detector, tested, run, weightsSha256, engine);
  }

  @Override
  public void draw(
      PlotFile file, Detector detector, Optional<DetectorEvaluation> tested, boolean memory) {
    var tiles = new ArrayList<Tiles>();
    data.test().ifPresent(some -> tiles.addAll(SceneTiles.of(detector, some)));
    ImageTiles.filters(detector.network()).ifPresent(tiles::add);
    file.draw(
        config,
        history(detector),
        unit(),
        "mean IoU",
        tested.map(some ->
            new PlotFile.Tested(
                String.format(
                    Locale.ROOT,
                    "test mean IoU %.4f, class accuracy %.4f, loss %.4f",
                    some.meanIou(),
                    some.classAccuracy(),
                    some.loss()),
                some.loss(),
                some.meanIou())),
        tiles,
        memory);
  }
}

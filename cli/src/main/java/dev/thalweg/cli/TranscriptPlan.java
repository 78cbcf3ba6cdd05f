package dev.thalweg.cli;

import static dev.thalweg.cli.Failure.known;

import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.train.History;
import dev.thalweg.train.RunFolder;
import dev.thalweg.train.Start;
import dev.thalweg.train.Trainer;
import dev.thalweg.train.Transcriber;
import dev.thalweg.train.TranscriptEvaluation;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A training on sounds with transcripts of which all is known and fits together.
///
/// @param config with all that follows from the sounds
/// @param data the sounds
/// @param model of which a fresh network is trained
/// @param optimizer that makes the loss small
/// @param start whose weights it begins with
record TranscriptPlan(
    RunConfig config,
    TranscriptData data,
    Sequential model,
    Optimizer optimizer,
    Optional<Start> start)
    implements ModelPlan<Transcriber, TranscriptEvaluation> {

  private static final int WARM_UP = 100;

  /// Reads the sounds, and the texts of model and optimizer.
  ///
  /// @throws Failure if one can't be read, or something does not fit the sounds
  static TranscriptPlan of(RunConfig config) {
    var from = config.start().map(StartChoice::ofTranscripts);
    var data = TranscriptData.of(config, from.map(Transcriber::tokenizer));
    var model = known("--model", () -> Models.ofSteps(config.model(), data.tokenizer().size() + 1));
    var rows = data.train().rows();
    var epochs = config.epochs().orElseGet(() -> TrainPlan.enoughEpochs(rows, config.batch()));
    var steps = (long) epochs * Math.ceilDiv(rows, config.batch());
    var optimizer =
        known(
            "--optimizer",
            () -> Optimizer.parse(config.optimizer().orElseGet(() -> usualOptimizer(steps))));
    return new TranscriptPlan(
        config.completed(
            optimizer.toString(), epochs, DataFile.sha256(config.data()), data.train().sounds()),
        data,
        model,
        optimizer,
        StartChoice.start(config, from.map(Transcriber::network)));
  }

  /// A rate that rises for a tenth of the steps, up to 100, and falls to the end.
  private static String usualOptimizer(long steps) {
    return TrainOptions.warmedUp(TrainOptions.OPTIMIZER_OF_TRANSCRIPTS, "3e-3", WARM_UP, steps);
  }

  @Override
  public Transcriber fit(Trainer trainer, Optimizer by) {
    return data.validation()
        .map(some -> Transcriber.fit(trainer, model, by, data.train(), data.tokenizer(), some))
        .orElseGet(() -> Transcriber.fit(trainer, model, by, data.train(), data.tokenizer()));
  }

  @Override
  public String unit() {
    return "samples";
  }

  @Override
  public Optional<TranscriptEvaluation> test(Transcriber model) {
    return data.test().map(model::evaluate);
  }

  @Override
  public History history(Transcriber model) {
    return model.history().orElseThrow();
  }

  @Override
  public RunFolder write(RunFolder folder, Transcriber model) {
    return folder.write(model);
  }

  @Override
  public Report report(
      Transcriber model,
      Optional<TranscriptEvaluation> tested,
      Path run,
      String weightsSha256,
      Engine engine) {
    return new TranscriptReport(this, model, tested, run, weightsSha256, engine);
  }

  @Override
  public void draw(
      PlotFile file, Transcriber model, Optional<TranscriptEvaluation> tested, boolean memory) {
    file.draw(
        config,
        history(model),
        unit(),
        "error rate",
        tested.map(some ->
            new PlotFile.Tested(
                String.format(Locale.ROOT, "test error rate %.4f", some.errorRate()),
                some.loss(),
                some.errorRate())),
        List.of(),
        memory);
  }
}

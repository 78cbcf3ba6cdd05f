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
import dev.thalweg.train.TranslationEvaluation;
import dev.thalweg.train.Translator;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A training on pairs of texts of which all is known and fits together.
///
/// @param config with all that follows from the pairs
/// @param data the pairs
/// @param model of which a fresh network is trained
/// @param optimizer that makes the loss small
/// @param start whose weights it begins with
record PairsPlan(
    RunConfig config, PairsData data, Sequential model, Optimizer optimizer, Optional<Start> start)
    implements ModelPlan<Translator, TranslationEvaluation> {

  /// How many pairs are learned from without a word about epochs.
  private static final int PAIRS = 1_200_000;

  /// Few pairs are not gone through more often.
  private static final int MOST_EPOCHS = 100;

  private static final int WARM_UP = 400;

  /// Reads the pairs, and the texts of model and optimizer.
  ///
  /// @throws Failure if one can't be read, or something does not fit the pairs
  static PairsPlan of(RunConfig config) {
    var from = config.start().map(StartChoice::ofPairs);
    var data = PairsData.of(config, from.map(Translator::tokens));
    var tokens = data.tokens();
    var model =
        known("--model", () -> Models.ofPairs(config.model(), tokens.sources(), tokens.targets()));
    known(() -> {
      Translator.check(model, data.train(), tokens);
      return model;
    });
    var pairs = data.train().size();
    var epochs = config.epochs().orElseGet(() -> Math.clamp(PAIRS / pairs, 1, MOST_EPOCHS));
    var steps = (long) epochs * Math.ceilDiv(pairs, config.batch());
    var optimizer =
        known(
            "--optimizer",
            () -> Optimizer.parse(config.optimizer().orElseGet(() -> usualOptimizer(steps))));
    return new PairsPlan(
        config.completed(optimizer.toString(), epochs, DataFile.sha256(config.data())),
        data,
        model,
        optimizer,
        StartChoice.start(config, from.map(Translator::network)));
  }

  /// A rate that rises for a tenth of the steps, up to 400, and falls to the end.
  private static String usualOptimizer(long steps) {
    return TrainOptions.warmedUp(TrainOptions.OPTIMIZER_OF_PAIRS, "2e-3", WARM_UP, steps);
  }

  @Override
  public Translator fit(Trainer trainer, Optimizer by) {
    var train = data.train();
    return data.validation()
        .map(some -> Translator.fit(trainer, model, by, train, data.tokens(), some))
        .orElseGet(() -> Translator.fit(trainer, model, by, train, data.tokens()));
  }

  @Override
  public String unit() {
    return "tokens";
  }

  @Override
  public Optional<TranslationEvaluation> test(Translator model) {
    return data.test().map(some -> model.evaluate(some, 1));
  }

  @Override
  public History history(Translator model) {
    return model.history().orElseThrow();
  }

  @Override
  public RunFolder write(RunFolder folder, Translator model) {
    return folder.write(model);
  }

  @Override
  public Report report(
      Translator model,
      Optional<TranslationEvaluation> tested,
      Path run,
      String weightsSha256,
      Engine engine) {
    return new PairsReport(this, model, tested, run, weightsSha256, engine);
  }

  @Override
  public void draw(
      PlotFile file, Translator model, Optional<TranslationEvaluation> tested, boolean memory) {
    file.draw(
        config,
        history(model),
        unit(),
        "token accuracy",
        tested.map(some ->
            new PlotFile.Tested(
                String.format(Locale.ROOT, "test token errors %.4f", some.tokenErrorRate()),
                some.loss(),
                some.tokenAccuracy())),
        List.of(),
        memory);
  }
}

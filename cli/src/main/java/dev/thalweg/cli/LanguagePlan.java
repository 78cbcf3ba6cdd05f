package dev.thalweg.cli;

import static dev.thalweg.cli.Failure.known;

import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Positions;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.train.History;
import dev.thalweg.train.LanguageEvaluation;
import dev.thalweg.train.LanguageModel;
import dev.thalweg.train.RunFolder;
import dev.thalweg.train.Start;
import dev.thalweg.train.Trainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A training on a text of which all is known and fits together.
///
/// @param config with all that follows from the text
/// @param data the text
/// @param context how many tokens a window has
/// @param model of which a fresh network is trained
/// @param optimizer that makes the loss small
/// @param start whose weights it begins with
record LanguagePlan(
    RunConfig config,
    TextData data,
    int context,
    Sequential model,
    Optimizer optimizer,
    Optional<Start> start)
    implements ModelPlan<LanguageModel, LanguageEvaluation> {

  private static final int CONTEXT = 128;

  /// How many tokens are learned from without a word about epochs; how long that takes was not
  /// measured.
  private static final long TOKENS = 12_000_000;

  /// A short text is not gone through more often.
  private static final int MOST_EPOCHS = 100;

  /// Reads the text, and the texts of model and optimizer.
  ///
  /// @throws Failure if one can't be read, or something does not fit the text
  static LanguagePlan of(RunConfig config) {
    var from = config.start().map(StartChoice::ofTexts);
    var data = TextData.of(config, from.map(LanguageModel::tokenizer));
    var text = data.train();
    var model = known("--model", () -> Models.ofTokens(config.model(), text.tokenizer().size()));
    var context = config.data().text().context().orElseGet(() -> context(model));
    known(() -> {
      LanguageModel.check(model, text, context);
      return model;
    });
    var epochs = config.epochs().orElseGet(() -> usualEpochs(text.size()));
    var steps = (long) epochs * Math.ceilDiv(text.windows(context), config.batch());
    var optimizer =
        known(
            "--optimizer",
            () -> Optimizer.parse(config.optimizer().orElseGet(() -> usualOptimizer(steps))));
    return new LanguagePlan(
        config.completed(optimizer.toString(), epochs, DataFile.sha256(config.data()), context),
        data,
        context,
        model,
        optimizer,
        StartChoice.start(config, from.map(LanguageModel::network)));
  }

  private static int usualEpochs(int tokens) {
    return Math.clamp(TOKENS / tokens, 1, MOST_EPOCHS);
  }

  /// A rate that rises for a tenth of the steps, up to 100, and falls to the end.
  private static String usualOptimizer(long steps) {
    return TrainOptions.warmedUp(TrainOptions.OPTIMIZER_OF_TEXTS, "2e-3", 100, steps);
  }

  /// As many tokens as the model has places for.
  private static int context(Sequential model) {
    return model.layers().stream()
        .mapToInt(layer -> layer instanceof Positions places ? places.context() : 0)
        .filter(places -> places > 0)
        .min()
        .orElse(CONTEXT);
  }

  @Override
  public LanguageModel fit(Trainer trainer, Optimizer by) {
    return data.validation()
        .map(text -> LanguageModel.fit(trainer, model, by, data.train(), context, text))
        .orElseGet(() -> LanguageModel.fit(trainer, model, by, data.train(), context));
  }

  @Override
  public String unit() {
    return "tokens";
  }

  @Override
  public Optional<LanguageEvaluation> test(LanguageModel model) {
    return data.test().map(model::evaluate);
  }

  @Override
  public History history(LanguageModel model) {
    return model.history().orElseThrow();
  }

  @Override
  public RunFolder write(RunFolder folder, LanguageModel model) {
    return folder.write(model);
  }

  @Override
  public Report report(
      LanguageModel model,
      Optional<LanguageEvaluation> tested,
      Path run,
      String weightsSha256,
      Engine engine) {
    return new LanguageReport(this, model, tested, run, weightsSha256, engine);
  }

  @Override
  public void draw(
      PlotFile file, LanguageModel model, Optional<LanguageEvaluation> tested, boolean memory) {
    file.draw(
        config,
        history(model),
        unit(),
        "bits per token",
        tested.map(some ->
            new PlotFile.Tested(
                String.format(
                    Locale.ROOT,
                    "test bits per character %.4f, loss %.4f",
                    some.bitsPerCharacter(),
                    some.loss()),
                some.loss(),
                some.loss() / Math.log(2))),
        List.of(),
        memory);
  }
}

package dev.thalweg.cli;

import static dev.thalweg.cli.Failure.known;

import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Dense;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.train.History;
import dev.thalweg.train.RatingEvaluation;
import dev.thalweg.train.Recommender;
import dev.thalweg.train.RunFolder;
import dev.thalweg.train.Trainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A training on ratings of which all is known and fits together.
///
/// @param config with all that follows from the ratings
/// @param data the ratings
/// @param model of which a fresh network is trained
/// @param optimizer that makes the loss small
record RatingsPlan(RunConfig config, RatingsData data, Sequential model, Optimizer optimizer)
    implements ModelPlan<Recommender, RatingEvaluation> {

  /// How many items are shown, in the figures of ranks.
  static final int SHOWN = 10;

  private static final int EPOCHS = 20;

  /// Reads the ratings, and the texts of model and optimizer.
  ///
  /// @throws Failure if one can't be read, or something does not fit ratings
  static RatingsPlan of(RunConfig config) {
    var data = RatingsData.of(config);
    var model =
        known(
            "--model",
            () -> {
              var read = Models.ofRatings(config.model(), Recommender.tokens(data.train()));
              Recommender.check(read);
              return read;
            });
    var optimizer =
        known(
            "--optimizer",
            () -> Optimizer.parse(config.optimizer().orElseGet(() -> usualOptimizer(model))));
    return new RatingsPlan(
        config.completed(
            optimizer.toString(),
            config.epochs().orElse(EPOCHS),
            RatingsData.sha256(config.data())),
        data,
        model,
        optimizer);
  }

  /// Of planted factors (1,000 users, 500 items, 40,028 ratings with noise), `ncf(32)` at the rate
  /// of `factorization(32)` ends at an RMSE of 1.01 times that of biases, at 0.001 of 0.90.
  private static String usualOptimizer(Sequential model) {
    return model.layers().getLast() instanceof Dense
        ? TrainOptions.OPTIMIZER_OF_RATINGS_BY_LAYERS
        : TrainOptions.OPTIMIZER_OF_RATINGS;
  }

  @Override
  public Recommender fit(Trainer trainer, Optimizer by) {
    return data.validation()
        .map(some -> Recommender.fit(trainer, model, by, data.train(), some))
        .orElseGet(() -> Recommender.fit(trainer, model, by, data.train()));
  }

  @Override
  public String unit() {
    return "samples";
  }

  @Override
  public Optional<String> sha256() {
    return RatingsData.sha256(config.data());
  }

  @Override
  public Optional<RatingEvaluation> test(Recommender model) {
    return data.test().map(some -> model.evaluate(some, SHOWN));
  }

  @Override
  public History history(Recommender model) {
    return model.history().orElseThrow();
  }

  @Override
  public RunFolder write(RunFolder folder, Recommender model) {
    return folder.write(model);
  }

  @Override
  public Report report(
      Recommender model,
      Optional<RatingEvaluation> tested,
      Path run,
      String weightsSha256,
      Engine engine) {
    return new RatingsReport(this, model, tested, run, weightsSha256, engine);
  }

  @Override
  public void draw(
      PlotFile file, Recommender model, Optional<RatingEvaluation> tested, boolean memory) {
    file.draw(
        config,
        history(model),
        unit(),
        "RMSE",
        tested.map(some ->
            new PlotFile.Tested(
                String.format(Locale.ROOT, "test RMSE %.4f", some.rmse()),
                some.rmse() * some.rmse(),
                some.rmse())),
        List.of(),
        memory);
  }
}

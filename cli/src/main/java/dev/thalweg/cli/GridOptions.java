package dev.thalweg.cli;

import dev.thalweg.data.DataPlaces;
import dev.thalweg.data.Dataset;
import dev.thalweg.train.GridSearch;
import dev.thalweg.train.Score;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of a grid: what is searched, and how its points are judged.
final class GridOptions {

  @Option(
      names = "--grid",
      paramLabel = "KEY=V1,V2,…",
      order = 60,
      description =
          "Try each of these values, with those of every other --grid, and train the best: of an"
              + " option (model, loss, optimizer, augment, epochs, batch, sampling, patience), or"
              + " of an argument of model, loss or optimizer: 'lr=0.1,cosine(0.1, warmup=9)',"
              + " dropout=0,0.3, clip_norm=none,1. Commas in parentheses belong to a value. Judged"
              + " by cross-validation (--folds, 5 unless said otherwise), or where --validation is"
              + " given by that part.")
  @Nullable List<String> axes;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      order = 61,
      converter = Values.Count.class,
      description = "Judge the points of --grid with N seeds, from --seed on. Default: 1.")
  @Nullable Integer seeds;

  @Option(
      names = "--judge",
      paramLabel = "accuracy|precision|recall|f1|auc|pr_auc|log_loss|brier|r2|mae|rmse|loss",
      order = 62,
      converter = Values.ScoreName.class,
      description =
          "By what the points of --grid are compared: the largest is the best, of losses and errors"
              + " the smallest. Default: accuracy, or r2.")
  @Nullable Score judge;

  /// Says that there is nothing to search where these options were given.
  ///
  /// @param reason why not
  /// @throws Failure if they were
  void refuse(String reason) {
    var said = axes != null ? "--grid" : seeds != null ? "--seeds" : judge != null ? "--judge" : "";
    if (!said.isEmpty()) {
      throw Failure.usage(said + ": is for data with one answer a row, and " + reason);
    }
  }

  /// What is to be searched, if there is a grid.
  ///
  /// @param asked what is trained but for the values of the grid
  /// @throws Failure if the options contradict each other, or the grid means nothing
  Optional<GridPlan> plan(RunConfig asked, DataPlaces places) {
    if (axes == null) {
      if (seeds != null) {
        throw Failure.usage(
            "--seeds " + seeds + ": is about the points of a --grid, and there is none");
      }
      if (judge != null) {
        throw Failure.usage(
            "--judge " + judge + ": is about the points of a --grid, and there is none");
      }
      return Optional.empty();
    }
    var validation = asked.data().validation();
    if (validation > 0 && asked.folds().isPresent()) {
      throw Failure.usage(
          "--folds %d: expected one of --folds and --validation to judge the points of --grid"
              .formatted(asked.folds().get()));
    }
    asked
        .choice()
        .chosenOnValidation()
        .ifPresent(option -> {
          throw Failure.usage(
              option
                  + ": is chosen on a validation part, and the best point of --grid is trained on"
                  + " all rows; train it again with its settings and --validation");
        });
    var grid = Grid.parse(axes);
    // The best is trained on all rows but those of the test part.
    var whole = asked.forGrid();
    var plan = TrainPlan.of(whole, Division.of(whole.data(), whole.seed(), places));
    var figure = judge == null ? Score.of(plan.train().task()) : judge;
    Failure.known(
        "--judge",
        () -> {
          figure.check(plan.train().task());
          return figure;
        });
    var search = GridSearch.defaults().judgedBy(figure).withSeeds(seeds == null ? 1 : seeds);
    if (validation > 0) {
      var all = plan.train().rows() + plan.test().map(Dataset::rows).orElse(0);
      search = search.withValidation(validation * all / plan.train().rows());
    } else if (asked.folds().isPresent()) {
      search = search.withFolds(asked.folds().get());
    }
    return Optional.of(GridPlan.of(grid, whole, plan, search));
  }
}

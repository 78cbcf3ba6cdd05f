package dev.thalweg.cli;

import static dev.thalweg.cli.Failure.known;

import dev.thalweg.data.Dataset;
import dev.thalweg.kernels.Engine;
import dev.thalweg.train.FittedModel;
import dev.thalweg.train.GridSearch;
import dev.thalweg.train.GridSearch.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// A search of which all is known and fits together: every point has been read before the first is
/// trained.
///
/// @param whole the training of which points differ, on all rows that a point is trained and judged
///   on
/// @param candidates the points, in the order of the grid
/// @param search how they are judged
record GridPlan(TrainPlan whole, List<Candidate> candidates, GridSearch search) {

  /// A point of the grid.
  ///
  /// @param values by key, as they were typed
  /// @param plan its training on all rows
  record Candidate(SequencedMap<String, String> values, TrainPlan plan) {

    private FittedModel fit(long seed, Dataset train) {
      return known("--grid", () -> plan.fitOn(train, seed));
    }
  }

  /// Reads all points.
  ///
  /// @param asked what is trained but for the grid
  /// @param whole the same, with all that follows from the data
  /// @throws Failure if a key can't vary, or a value means nothing or does not fit the data
  static GridPlan of(Grid grid, RunConfig asked, TrainPlan whole, GridSearch search) {
    // How many epochs are enough depends on the rows a step, which may vary.
    var base = asked.withLoss(whole.loss().toString());
    var candidates = new ArrayList<Candidate>();
    for (var point : grid.points(base, whole::withUsualOptimizer)) {
      try {
        candidates.add(new Candidate(point.values(), whole.with(point.config())));
      } catch (Failure wrong) {
        throw Failure.usage("--grid: " + wrong.sentence(), wrong);
      }
    }
    return new GridPlan(whole, candidates, search.withSeed(asked.seed()));
  }

  /// Judges all points.
  ///
  /// @param observer told how far it is, if there is one
  /// @throws Failure if all points diverged, or a text does not fit after all
  GridRun run(Engine engine, Optional<Consumer<Progress>> observer) {
    var plain = search.withEngine(engine);
    var told = observer.map(plain::withListener).orElse(plain);
    var results =
        known(
            "--grid",
            () ->
                switch (whole.division().train()) {
                  case Rows.OfDataset(var data) -> told.run(candidates, data, Candidate::fit);
                  case Rows.OfTable(var table, _) -> told.run(candidates, table, Candidate::fit);
                });
    if (results.getFirst().diverged()) {
      throw Failure.working("--grid: training diverged at each of the points");
    }
    if (Double.isNaN(results.getFirst().score())) {
      throw Failure.working(
          "--judge %s: has no value for any point of --grid; of a part that has rows of one class only there is none"
              .formatted(search.judge().orElseThrow()));
    }
    return new GridRun(whole, search, candidates, results);
  }
}

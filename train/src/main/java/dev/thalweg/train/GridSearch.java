package dev.thalweg.train;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Split;
import dev.thalweg.kernels.Engine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Judges the points of a grid, each by k-fold cross-validation or on a part that is left out, over
/// several seeds. A seed decides the parts and, if the fit uses it, weights and batches, so the
/// spread over seeds says how much of a difference is chance.
///
/// ```java
/// var rates = List.of(0.1, 0.01, 0.001);
/// var results = GridSearch.defaults().withSeeds(3).run(rates, data, (rate, seed, train) ->
///     Trainer.defaults().withSeed(seed).fit(model, loss, Optimizers.adamw(rate), train));
/// var best = results.getFirst().point();
/// ```
///
/// Trainings run on all threads of the engine at once, each of them on one: the results are the
/// same bits for any number.
///
/// @param folds parts of the data, each of which is left out once; default 5; 1 for a single part
///   left out
/// @param validation the fraction of the rows that is left out where there is one fold
/// @param seeds how many, 0, 1, …; default 1
/// @param engine whose threads share the trainings; none: the one bound to the caller
public record GridSearch(int folds, double validation, int seeds, Optional<Engine> engine) {

  /// Trains a model as a point says.
  ///
  /// @param <P> what a point of the grid is
  @FunctionalInterface
  public interface Fit<P> {
    /// The model; called from several threads at once, and on an engine that the trainer should
    /// keep.
    ///
    /// @throws DivergedException if a number is not finite: the point is then the worst
    FittedModel fit(P point, long seed, Dataset train);
  }

  /// What a point came to.
  ///
  /// @param <P> what a point of the grid is
  /// @param point of the grid
  /// @param scores for each seed the mean over the folds of accuracy or R² on the rows that were
  ///   left out; NaN where a training diverged
  /// @param loss on these rows, the mean over all
  public record Result<P>(P point, List<Double> scores, double loss) {

    /// Copies the list.
    public Result {
      scores = List.copyOf(scores);
    }

    /// The mean over the seeds; NaN if a training diverged.
    public double score() {
      return scores.stream().mapToDouble(Double::doubleValue).sum() / scores.size();
    }

    /// The standard deviation over the seeds, √(Σ(s − s̄)² / (n − 1)); 0 for one seed.
    public double spread() {
      if (scores.size() == 1) {
        return 0;
      }
      double mean = score();
      double squares = 0;
      for (double score : scores) {
        squares += (score - mean) * (score - mean);
      }
      return Math.sqrt(squares / (scores.size() - 1));
    }

    /// Whether a training came to numbers that are not finite.
    public boolean diverged() {
      return Double.isNaN(score());
    }
  }

  private record Judged(double score, double loss) {}

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if there is no fold or no seed, or the fraction is not
  ///   between 0 and 1
  public GridSearch {
    if (folds < 1) {
      throw new IllegalArgumentException("folds must be at least 1, found " + folds);
    }
    if (!(validation > 0 && validation < 1)) {
      throw new IllegalArgumentException(
          "validation: expected a fraction between 0 and 1, found " + validation);
    }
    if (seeds < 1) {
      throw new IllegalArgumentException("seeds must be at least 1, found " + seeds);
    }
  }

  /// Five folds, one seed.
  public static GridSearch defaults() {
    return new GridSearch(5, 0.2, 1, Optional.empty());
  }

  /// This search with another number of folds.
  public GridSearch withFolds(int n) {
    return new GridSearch(n, validation, seeds, engine);
  }

  /// This search with one part left out, this fraction of the rows, instead of folds.
  public GridSearch withValidation(double fraction) {
    return new GridSearch(1, fraction, seeds, engine);
  }

  /// This search over so many seeds.
  public GridSearch withSeeds(int n) {
    return new GridSearch(folds, validation, n, engine);
  }

  /// This search on the threads of another engine.
  public GridSearch withEngine(Engine other) {
    return new GridSearch(folds, validation, seeds, Optional.of(other));
  }

  /// Judges all points.
  ///
  /// @return the best first: by score, of equal ones by loss, of equal ones in the order given;
  ///   those that diverged last
  /// @throws IllegalArgumentException if there are fewer rows than folds, or what the fit throws
  public <P> List<Result<P>> run(List<P> points, Dataset data, Fit<P> fit) {
    Engine all = engine.orElseGet(Engine::current);
    Engine one = Engine.of(all.provider(), 1);
    List<List<Split>> parts = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      parts.add(folds == 1 ? List.of(data.split(1 - validation, seed)) : data.folds(folds, seed));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(all.threads())) {
      List<Future<Judged>> judged = new ArrayList<>();
      for (P point : points) {
        for (int seed = 0; seed < seeds; seed++) {
          for (Split part : parts.get(seed)) {
            long of = seed;
            judged.add(threads.submit(() -> one.call(() -> judge(point, of, part, fit))));
          }
        }
      }
      return sorted(points, judged, threads);
    }
  }

  private static <P> Judged judge(P point, long seed, Split part, Fit<P> fit) {
    try {
      Evaluation tested = fit.fit(point, seed, part.train()).evaluate(part.test());
      return new Judged(tested.score(), tested.loss());
    } catch (DivergedException diverged) {
      return new Judged(Double.NaN, Double.POSITIVE_INFINITY);
    }
  }

  private <P> List<Result<P>> sorted(
      List<P> points, List<Future<Judged>> judged, ExecutorService threads) {
    List<Result<P>> results = new ArrayList<>();
    int next = 0;
    for (P point : points) {
      List<Double> scores = new ArrayList<>();
      double loss = 0;
      for (int seed = 0; seed < seeds; seed++) {
        double sum = 0;
        for (int fold = 0; fold < folds; fold++) {
          Judged one = result(judged.get(next++), threads);
          sum += one.score;
          loss += one.loss;
        }
        scores.add(sum / folds);
      }
      results.add(new Result<>(point, scores, loss / (seeds * folds)));
    }
    results.sort(
        Comparator.comparing((Result<P> r) -> r.diverged())
            .thenComparing(Comparator.comparingDouble((Result<P> r) -> r.score()).reversed())
            .thenComparingDouble(r -> r.loss()));
    return List.copyOf(results);
  }

  /// Waits; what one training throws ends the others.
  private static Judged result(Future<Judged> future, ExecutorService threads) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      threads.shutdownNow();
      throw e.getCause() instanceof RuntimeException wrong
          ? wrong
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the grid was searched", e);
    }
  }
}

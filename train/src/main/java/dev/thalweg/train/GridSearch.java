package dev.thalweg.train;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Split;
import dev.thalweg.data.Table;
import dev.thalweg.data.Task;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.NotNull;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Future.State;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

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
/// The rows that a point is judged on have no part in its training: a [Table] becomes features anew
/// for each part, by the means and categories of the rows that are trained on there.
///
/// Trainings run on all threads of the engine at once, each of them on one: the results are the
/// same bits for any number.
///
/// @param folds parts of the data, each of which is left out once; default 5; 1 for a single part
///   left out
/// @param validation the fraction of the rows that is left out where there is one fold
/// @param seed the first seed; default 0
/// @param seeds how many: seed, seed + 1, …; default 1
/// @param judge the figure that points are compared by; none: accuracy or R²
/// @param engine whose threads share the trainings; none: the one bound to the caller
/// @param listener told how far a search is, when it begins and after each training; one call at a
///   time, from any thread
public record GridSearch(
    int folds,
    double validation,
    long seed,
    int seeds,
    Optional<Score> judge,
    Optional<Engine> engine,
    Optional<Consumer<Progress>> listener) {

  /// Trains a model as a point says.
  ///
  /// @param <P> what a point of the grid is
  @FunctionalInterface
  public interface Fit<P> {
    /// The model; called from several threads at once, and on an engine that the trainer should
    /// keep.
    ///
    /// @param seed of the parts that the data are divided in, for the trainer to take as well
    /// @param train the rows to train on
    ///
    /// @throws DivergedException if a number is not finite: the point is then the worst
    FittedModel fit(P point, long seed, Dataset train);
  }

  /// What a point came to.
  ///
  /// @param <P> what a point of the grid is
  /// @param point of the grid
  /// @param folds for each seed the judge's figure of each fold's rows, which were left out; NaN
  ///   where a training diverged, or the rows have no such figure
  /// @param loss on these rows, the mean over all
  /// @param diverged whether a training came to numbers that are not finite
  public record Result<P>(P point, List<List<Double>> folds, double loss, boolean diverged) {

    /// Copies the lists.
    public Result {
      folds = folds.stream().map(List::copyOf).toList();
    }

    /// For each seed the mean over its folds.
    public List<Double> scores() {
      return folds.stream().map(Result::inOrder).toList();
    }

    /// The mean over the seeds; NaN if a training diverged, or a fold has no such figure.
    public double score() {
      return mean(scores());
    }

    /// The standard deviation over the seeds, √(Σ(s − s̄)² / (n − 1)); 0 for one seed.
    public double spread() {
      return spread(scores());
    }

    /// The standard deviation over all folds of all seeds; 0 for one part that is left out once.
    public double foldSpread() {
      return spread(folds.stream().flatMap(List::stream).toList());
    }

    private static double inOrder(List<Double> values) {
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      return sum / values.size();
    }

    private static double mean(List<Double> values) {
      return values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
    }

    private static double spread(List<Double> values) {
      if (values.size() == 1) {
        return 0;
      }
      double mean = mean(values);
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      return Math.sqrt(squares / (values.size() - 1));
    }
  }

  /// How far a search is.
  ///
  /// @param done how many trainings have ended
  /// @param trainings how many there are, of all points
  /// @param judged how many points are judged
  /// @param points how many there are
  /// @param best the best score of a point so far; NaN while none is judged, or none has one
  public record Progress(int done, int trainings, int judged, int points, double best) {}

  /// @param whole whether the training came to its end, and was not interrupted
  private record Judged(double score, double loss, boolean diverged, boolean whole) {}

  /// The parts of the data of a seed.
  @FunctionalInterface
  private interface Parts {
    /// Made when it is asked for: all of them at once would be many times the data.
    Split part(long seed, int fold);
  }

  /// What the trainings have come to while others run.
  private final class Board {

    private final Score rule;
    private final int points;
    private final int eachPoint;
    private final int[] missing;
    private final double[] sums;
    private int done;
    private int judged;
    private double best = Double.NaN;

    Board(int points, Score rule) {
      this.rule = rule;
      this.points = points;
      this.eachPoint = seeds * folds;
      this.missing = new int[points];
      this.sums = new double[points];
      Arrays.fill(missing, eachPoint);
    }

    synchronized void tell() {
      listener.ifPresent(
          to -> to.accept(new Progress(done, points * eachPoint, judged, points, best)));
    }

    synchronized Judged add(int point, Judged one) {
      done++;
      sums[point] += one.score;
      if (--missing[point] == 0) {
        judged++;
        double score = sums[point] / eachPoint;
        best = rule.isBetter(score, best) ? score : best;
      }
      tell();
      return one;
    }
  }

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
    return new GridSearch(5, 0.2, 0, 1, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// This search with another number of folds.
  public GridSearch withFolds(int n) {
    return new GridSearch(n, validation, seed, seeds, judge, engine, listener);
  }

  /// This search with one part left out, this fraction of the rows, instead of folds.
  public GridSearch withValidation(double fraction) {
    return new GridSearch(1, fraction, seed, seeds, judge, engine, listener);
  }

  /// This search with another first seed.
  public GridSearch withSeed(long first) {
    return new GridSearch(folds, validation, first, seeds, judge, engine, listener);
  }

  /// This search over so many seeds.
  public GridSearch withSeeds(int n) {
    return new GridSearch(folds, validation, seed, n, judge, engine, listener);
  }

  /// This search with points compared by another figure.
  public GridSearch judgedBy(Score score) {
    NotNull.check(score, "score");
    return new GridSearch(folds, validation, seed, seeds, Optional.of(score), engine, listener);
  }

  /// This search on the threads of another engine.
  public GridSearch withEngine(Engine other) {
    NotNull.check(other, "other");
    return new GridSearch(folds, validation, seed, seeds, judge, Optional.of(other), listener);
  }

  /// This search with somebody who is told how far it is.
  public GridSearch withListener(Consumer<Progress> other) {
    NotNull.check(other, "other");
    return new GridSearch(folds, validation, seed, seeds, judge, engine, Optional.of(other));
  }

  /// Judges all points on rows that are features.
  ///
  /// A thread that is interrupted meanwhile ends the trainings that run after their step; the
  /// points that are judged by then come back, and the thread is still interrupted.
  ///
  /// @return the best first: by score, of equal ones by loss, of equal ones in the order given;
  ///   then those without a score, and those that diverged last
  /// @throws IllegalArgumentException if there are no points, fewer rows than folds, the judge's
  ///   figure is for another task, or what the fit throws
  public <P> List<Result<P>> run(List<P> points, Dataset data, Fit<P> fit) {
    NotNull.check(points, "points");
    NotNull.check(data, "data");
    NotNull.check(fit, "fit");
    return run(
        points,
        judge(data.task()),
        (of, fold) -> folds == 1 ? data.split(1 - validation, of) : data.folds(folds, of).get(fold),
        fit);
  }

  /// Judges all points on the rows of a table. They become features by the means and categories of
  /// those that a training has, so that nothing is known of the rows that are left out.
  ///
  /// @return as of a data set
  /// @throws IllegalArgumentException if there are no points, fewer rows than folds, the judge's
  ///   figure is for another task, or what the fit throws
  /// @throws dev.thalweg.data.DataException if all values of a column are missing in a part
  public <P> List<Result<P>> run(List<P> points, Table data, Fit<P> fit) {
    NotNull.check(points, "points");
    NotNull.check(data, "data");
    NotNull.check(fit, "fit");
    return run(
        points,
        judge(data.task()),
        (of, fold) ->
            (folds == 1 ? data.split(1 - validation, of) : data.folds(folds, of).get(fold))
                .encoded(),
        fit);
  }

  private Score judge(Task task) {
    Score rule = judge.orElseGet(() -> Score.of(task));
    rule.check(task);
    return rule;
  }

  private <P> List<Result<P>> run(List<P> points, Score rule, Parts parts, Fit<P> fit) {
    if (points.isEmpty()) {
      throw new IllegalArgumentException("points: expected at least 1, found none");
    }
    Engine all = engine.orElseGet(Engine::current);
    Engine one = Engine.of(all.provider(), 1);
    Board board = new Board(points.size(), rule);
    board.tell();
    List<Future<Judged>> judged = new ArrayList<>();
    int most = Math.min(all.threads(), points.size() * seeds * folds);
    try (ExecutorService threads = started(most, Executors.defaultThreadFactory())) {
      for (int i = 0; i < points.size(); i++) {
        int index = i;
        P point = points.get(i);
        for (int n = 0; n < seeds; n++) {
          long number = seed + n;
          for (int f = 0; f < folds; f++) {
            int fold = f;
            judged.add(
                threads.submit(() ->
                    one.call(() ->
                        board.add(
                            index, judge(point, rule, number, parts.part(number, fold), fit)))));
          }
        }
      }
      await(judged, threads);
    }
    return sorted(points, rule, judged);
  }

  /// Threads that run already, as many as there can be.
  ///
  /// @throws OutOfMemoryError if not even one can be started
  static ThreadPoolExecutor started(int most, ThreadFactory factory) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            most, most, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    try {
      threads.prestartAllCoreThreads();
    } catch (OutOfMemoryError noMoreThreads) {
      if (threads.getPoolSize() == 0) {
        threads.shutdown();
        throw noMoreThreads;
      }
      threads.setCorePoolSize(threads.getPoolSize());
    }
    return threads;
  }

  private static <P> Judged judge(P point, Score rule, long seed, Split part, Fit<P> fit) {
    try {
      Evaluation tested = fit.fit(point, seed, part.train()).evaluate(part.test());
      double score = rule.figure().applyAsDouble(tested);
      return new Judged(score, tested.loss(), false, !Thread.currentThread().isInterrupted());
    } catch (DivergedException diverged) {
      return new Judged(Double.NaN, Double.POSITIVE_INFINITY, true, true);
    }
  }

  /// Waits for all. What one training throws ends the others; an interruption ends those that run
  /// after their step, and the thread is then still interrupted.
  private static void await(List<Future<Judged>> judged, ExecutorService threads) {
    try {
      for (Future<Judged> one : judged) {
        one.get();
      }
    } catch (ExecutionException e) {
      threads.shutdownNow();
      throw e.getCause() instanceof RuntimeException wrong
          ? wrong
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /// The points whose trainings all came to their end, the best first.
  private <P> List<Result<P>> sorted(List<P> points, Score rule, List<Future<Judged>> judged) {
    List<Result<P>> results = new ArrayList<>();
    int trainings = seeds * folds;
    for (int i = 0; i < points.size(); i++) {
      List<Future<Judged>> own = judged.subList(i * trainings, (i + 1) * trainings);
      if (own.stream().allMatch(one -> one.state() == State.SUCCESS && one.resultNow().whole)) {
        results.add(result(points.get(i), own));
      }
    }
    results.sort(
        Comparator.comparing((Result<P> r) -> r.diverged())
            .thenComparing(r -> Double.isNaN(r.score()))
            .thenComparingDouble(r -> rule.smallerIsBetter() ? r.score() : -r.score())
            .thenComparingDouble(r -> r.loss()));
    return List.copyOf(results);
  }

  private <P> Result<P> result(P point, List<Future<Judged>> judged) {
    List<List<Double>> scores = new ArrayList<>();
    double loss = 0;
    boolean diverged = false;
    for (int i = 0; i < seeds; i++) {
      List<Double> ofSeed = new ArrayList<>();
      for (int fold = 0; fold < folds; fold++) {
        Judged one = judged.get(i * folds + fold).resultNow();
        ofSeed.add(one.score);
        loss += one.loss;
        diverged |= one.diverged;
      }
      scores.add(ofSeed);
    }
    return new Result<>(point, scores, loss / (seeds * folds), diverged);
  }
}

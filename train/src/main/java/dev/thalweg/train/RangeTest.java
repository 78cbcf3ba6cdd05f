package dev.thalweg.train;

import dev.thalweg.data.Dataset;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/// A learning-rate range test: a short training whose rate grows from step to step, and the loss at
/// each, until it explodes (Smith 2017, "Cyclical learning rates for training neural networks",
/// arXiv 1506.01186).
///
/// ```java
/// var found = RangeTest.defaults().of(trainer, model, loss, Optimizers.sgd(0.1), data);
/// trainer.fit(model, loss, Optimizers.sgd(found.suggestion()), data);
/// ```
///
/// Step i of n, from 0 on, has the rate from · (to / from)^(i / (n − 1)). The losses are those of
/// the batches, which jump about; what is looked at is their average s_i = Σ_j≤i 0.95^(i − j) l_j /
/// Σ_j≤i 0.95^(i − j). The test ends when that is more than four times its least value, or the loss
/// is no number. Suggested is a tenth of the rate at which the average is least, the rule of thumb
/// of fastai's `lr_find(suggest_funcs=minimum)`: the largest rate with which the loss still falls
/// is too large for a whole training.
///
/// @param from the first rate, default 1e-6
/// @param to the last one, default 10
/// @param steps at most, default 200
public record RangeTest(double from, double to, int steps) {

  private static final double MEMORY = 0.95;
  private static final double EXPLODED = 4;

  /// Steps before the average says something.
  private static final int FIRST = 10;

  /// Checks the range.
  ///
  /// @throws IllegalArgumentException if the rates are not positive and growing, or there are fewer
  ///   than 20 steps
  public RangeTest {
    if (!(from > 0 && to > from && to < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "range test: expected rates that grow from above 0, found %s to %s".formatted(from, to));
    }
    if (steps < 2 * FIRST) {
      throw new IllegalArgumentException(
          "range test: expected at least %d steps, found %d".formatted(2 * FIRST, steps));
    }
  }

  /// 200 rates from 1e-6 to 10.
  public static RangeTest defaults() {
    return new RangeTest(1e-6, 10, 200);
  }

  /// What it came to.
  ///
  /// @param rates of the steps that were taken
  /// @param losses of their batches, before each step
  /// @param averages of these; see [RangeTest]
  /// @param suggestion a tenth of the rate at which the average is least
  /// @param exploded whether the loss exploded; else a larger rate might be better
  public record Result(
      List<Double> rates,
      List<Double> losses,
      List<Double> averages,
      double suggestion,
      boolean exploded) {

    /// Copies the lists.
    public Result {
      rates = List.copyOf(rates);
      losses = List.copyOf(losses);
      averages = List.copyOf(averages);
    }

    /// The least average.
    public double leastLoss() {
      return averages.get(best(averages));
    }

    /// `lr 0.0316, a tenth of the rate of the least loss 0.2137`.
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "lr %.3g, a tenth of the rate of the least loss %.4f",
          suggestion,
          leastLoss());
    }
  }

  /// Trains a fresh network of the model, of which nothing is kept. Epochs, patience, validation,
  /// checkpoints and callbacks of the trainer are not looked at; its conditions are.
  ///
  /// @param optimizer whose `lr` is tried out
  /// @throws IllegalArgumentException if the optimizer has no learning rate, or as [Trainer#fit]
  /// @throws IllegalStateException if a condition or an interrupt ended it before it said something
  public Result of(
      Trainer trainer, Sequential model, Loss loss, Optimizer optimizer, Dataset data) {
    NotNull.check(trainer, "trainer");
    NotNull.check(model, "model");
    NotNull.check(loss, "loss");
    NotNull.check(optimizer, "optimizer");
    NotNull.check(data, "data");
    long stepsPerEpoch = Math.ceilDiv(data.rows(), Math.min(trainer.batchSize(), data.rows()));
    return of(
        trainer, optimizer, stepsPerEpoch, (one, growing) -> one.fit(model, loss, growing, data));
  }

  /// The same of a training of any kind.
  ///
  /// ```java
  /// RangeTest.defaults().of(trainer, optimizer, 1,
  ///     (one, growing) -> Translator.fit(one, model, growing, pairs, tokens));
  /// ```
  ///
  /// @param optimizer whose `lr` is tried out
  /// @param stepsPerEpoch how many steps an epoch has, or fewer: with 1 there are always enough
  /// @param training trains by a trainer, which it takes as it is, and an optimizer
  /// @throws IllegalArgumentException if the optimizer has no learning rate, or as the training
  /// @throws IllegalStateException if a condition or an interrupt ended it before it said something
  public Result of(
      Trainer trainer,
      Optimizer optimizer,
      long stepsPerEpoch,
      BiConsumer<? super Trainer, ? super Optimizer> training) {
    NotNull.check(trainer, "trainer");
    NotNull.check(optimizer, "optimizer");
    NotNull.check(training, "training");
    Optimizer growing = withRate(optimizer, Schedule.of("range_test", this::rate));
    var seen = new Seen();
    Trainer test =
        trainer
            .alone()
            .withEpochs((int) Math.ceilDiv(steps, stepsPerEpoch))
            .withCallback(event -> {
              if (event instanceof TrainingEvent.StepEnded ended) {
                seen.add(ended.loss());
              }
            })
            .withStopWhen(event -> seen.losses.size() >= steps || seen.exploded);
    try {
      training.accept(test, growing);
    } catch (DivergedException e) {
      seen.exploded = true;
    }
    if (seen.losses.size() <= FIRST) {
      throw new IllegalStateException(
          "range test: expected more than %d steps, found an end after %d: the loss explodes at %s, or it was stopped"
              .formatted(FIRST, seen.losses.size(), from));
    }
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < seen.losses.size(); i++) {
      rates.add(rate(i));
    }
    return new Result(
        rates, seen.losses, seen.averages, rates.get(best(seen.averages)) / 10, seen.exploded);
  }

  /// The rate of a step.
  private double rate(long step) {
    return from * Math.pow(to / from, (double) step / (steps - 1));
  }

  private static Optimizer withRate(Optimizer optimizer, Schedule rate) {
    try {
      return optimizer.with("lr", rate);
    } catch (IllegalArgumentException otherName) {
      try {
        return optimizer.with("learning_rate", rate);
      } catch (IllegalArgumentException none) {
        throw new IllegalArgumentException(
            "range test: expected an optimizer with a learning rate, found " + optimizer, none);
      }
    }
  }

  /// Where the average is least, of those that say something.
  private static int best(List<Double> averages) {
    int best = FIRST;
    for (int i = FIRST; i < averages.size(); i++) {
      best = averages.get(i) < averages.get(best) ? i : best;
    }
    return best;
  }

  /// The losses so far.
  private static final class Seen {
    private final List<Double> losses = new ArrayList<>();
    private final List<Double> averages = new ArrayList<>();
    private double sum;
    private double weight;
    private double least = Double.POSITIVE_INFINITY;
    private boolean exploded;

    void add(double loss) {
      sum = MEMORY * sum + loss;
      weight = MEMORY * weight + 1;
      double average = sum / weight;
      losses.add(loss);
      averages.add(average);
      if (losses.size() > FIRST) {
        exploded = average > EXPLODED * least;
        least = Math.min(least, average);
      }
    }
  }
}

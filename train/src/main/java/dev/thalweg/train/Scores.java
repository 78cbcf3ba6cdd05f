package dev.thalweg.train;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;

/// Metrics while they add up, batch after batch, by name: in memory that does not grow with the
/// data. The first one named is the score that progress shows.
///
/// ```java
/// scores.mean("accuracy", right, batch.rows());
/// scores.mean("rmse", squares, batch.rows(), Math::sqrt);
/// ```
///
/// For one thread. What is added is added in double, in the order in which it comes.
public final class Scores {

  /// A metric that adds up in its own way.
  public interface Accumulator {

    /// The value of what was added since the last call, NaN where it has none; begins anew.
    double take();

    /// What was added since then, for a checkpoint.
    double[] sums();

    /// Goes back to what [#sums] gave.
    void restore(double... sums);
  }

  private final SequencedMap<String, Accumulator> accumulators = new LinkedHashMap<>();

  /// What accumulators that are not made yet begin with.
  private final Map<String, double[]> restored = new HashMap<>();

  /// None yet.
  public Scores() {}

  /// A mean, and what is made of it at the end.
  private static final class Mean implements Accumulator {
    private final DoubleUnaryOperator last;
    private double sum;
    private double weight;

    Mean(DoubleUnaryOperator last) {
      this.last = last;
    }

    @Override
    public double take() {
      double value = last.applyAsDouble(sum / weight);
      sum = 0;
      weight = 0;
      return value;
    }

    @Override
    public double[] sums() {
      return new double[] {sum, weight};
    }

    @Override
    public void restore(double... sums) {
      sum = sums[0];
      weight = sums[1];
    }
  }

  /// Adds to a mean, Σ sum / Σ weight.
  ///
  /// @param sum over the batch
  /// @param weight what it is to be divided by: the number of rows, of tokens, …
  public void mean(String name, double sum, double weight) {
    mean(name, sum, weight, DoubleUnaryOperator.identity());
  }

  /// Adds to a function of a mean, such as the root of the mean square.
  ///
  /// @param sum over the batch
  /// @param weight what it is to be divided by
  /// @param last of the mean, at the end; that of the first call counts
  public void mean(String name, double sum, double weight, DoubleUnaryOperator last) {
    Mean mean = of(name, Mean.class, () -> new Mean(last));
    mean.sum += sum;
    mean.weight += weight;
  }

  /// The accumulator of this name, made where there is none yet.
  ///
  /// @param type of all that have this name
  /// @throws IllegalArgumentException if another kind of metric has the name
  public <A extends Accumulator> A of(String name, Class<A> type, Supplier<A> make) {
    Accumulator known =
        accumulators.computeIfAbsent(
            name,
            n -> {
              Accumulator made = make.get();
              double[] sums = restored.remove(n);
              if (sums != null) {
                int expected = made.sums().length;
                if (sums.length != expected) {
                  throw new RunException(
                      "scores of the checkpoint: expected %d sums of %s, found %d"
                          .formatted(expected, n, sums.length));
                }
                made.restore(sums);
              }
              return made;
            });
    if (!type.isInstance(known)) {
      throw new IllegalArgumentException(
          "scores: expected one kind of metric named " + name + ", found two");
    }
    return type.cast(known);
  }

  /// The values since the last call, in the order in which they were first named; begins anew.
  public SequencedMap<String, Double> take() {
    SequencedMap<String, Double> values = new LinkedHashMap<>();
    accumulators.forEach((name, accumulator) -> values.put(name, accumulator.take()));
    return Collections.unmodifiableSequencedMap(values);
  }

  /// What was added since the last [#take], by name: for a checkpoint.
  SequencedMap<String, double[]> sums() {
    SequencedMap<String, double[]> sums = new LinkedHashMap<>();
    accumulators.forEach((name, accumulator) -> sums.put(name, accumulator.sums()));
    return sums;
  }

  /// Goes on with what [#sums] gave, in a training that has not begun.
  void restore(Map<String, double[]> sums) {
    restored.putAll(sums);
  }

  /// The names so far: `accuracy, iou`.
  @Override
  public String toString() {
    return String.join(", ", accumulators.keySet());
  }
}

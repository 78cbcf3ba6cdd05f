package dev.thalweg.data;

import java.util.Iterator;
import java.util.NoSuchElementException;

/// The batches of one epoch of a data set, for loops written by hand.
///
/// ```java
/// for (int epoch = 0; epoch < 20; epoch++) {
///   for (var batch : data.batches(32).shuffled(seed).epoch(epoch)) { … }
/// }
/// ```
///
/// An immutable value: iterating twice gives the same batches twice, each with arrays of its own.
public final class Batches implements Iterable<Batch> {

  private final Dataset data;
  private final BatchOrder order;
  private final int epoch;

  Batches(Dataset data, BatchOrder order, int epoch) {
    this.data = data;
    this.order = order;
    this.epoch = epoch;
  }

  /// Every row once, in a random order that depends on seed and epoch.
  public Batches shuffled(long seed) {
    return new Batches(data, BatchOrder.shuffled(order.rows(), order.batch(), seed), epoch);
  }

  /// Every row drawn among all, depending on seed and epoch.
  public Batches withReplacement(long seed) {
    return new Batches(data, BatchOrder.withReplacement(order.rows(), order.batch(), seed), epoch);
  }

  /// Another epoch; the first one, 0, is the default.
  ///
  /// @throws IllegalArgumentException if it is negative
  public Batches epoch(int epoch) {
    if (epoch < 0) {
      throw new IllegalArgumentException("epoch: expected at least 0, found " + epoch);
    }
    return new Batches(data, order, epoch);
  }

  /// How many batches there are; the last one may be smaller.
  public int count() {
    return order.batches();
  }

  /// The order that the rows come in.
  public BatchOrder order() {
    return order;
  }

  @Override
  public Iterator<Batch> iterator() {
    int[] rows = order.epoch(epoch);
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < order.batches();
      }

      @Override
      public Batch next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the epoch has %d batches".formatted(order.batches()));
        }
        int index = next++;
        return data.batch(rows, order.start(index), order.size(index));
      }
    };
  }

  @Override
  public String toString() {
    return "%d batches of %d rows of %s, %s"
        .formatted(order.batches(), order.batch(), data, order.sampling());
  }
}

package dev.thalweg.data;

import dev.thalweg.kernels.Philox;

/// Which rows come in which batch of which epoch: a pure function of seed and epoch, so that
/// nothing has to be saved to go on after an interruption.
///
/// An epoch is `rows` draws cut into [#batches] batches of `batch` rows; the last one is smaller
/// where `batch` does not divide `rows`, and the only one where `batch` is larger.
///
/// @param sampling in what order
/// @param rows how many rows there are
/// @param batch how many of them make a batch
/// @param seed what the random orders depend on; [Sampling#SEQUENTIAL] does not look at it
public record BatchOrder(Sampling sampling, int rows, int batch, long seed) {

  /// Rows that are drawn in a call: what is called often the JIT compiles sooner than what goes
  /// round often.
  private static final int PIECE = 64;

  /// Checks that there is at least one row, and one in a batch.
  ///
  /// @throws IllegalArgumentException if not
  public BatchOrder {
    if (rows < 1) {
      throw new IllegalArgumentException("batches: expected at least 1 row, found " + rows);
    }
    if (batch < 1) {
      throw new IllegalArgumentException("batch: expected at least 1 row, found " + batch);
    }
  }

  /// Every row once, in an order that is another for each epoch.
  ///
  /// @throws IllegalArgumentException if `rows` or `batch` is below 1
  public static BatchOrder shuffled(int rows, int batch, long seed) {
    return new BatchOrder(Sampling.SHUFFLE, rows, batch, seed);
  }

  /// Every row once, as they stand.
  ///
  /// @throws IllegalArgumentException if `rows` or `batch` is below 1
  public static BatchOrder sequential(int rows, int batch) {
    return new BatchOrder(Sampling.SEQUENTIAL, rows, batch, 0);
  }

  /// Every draw among all rows, each row with the same probability.
  ///
  /// @throws IllegalArgumentException if `rows` or `batch` is below 1
  public static BatchOrder withReplacement(int rows, int batch, long seed) {
    return new BatchOrder(Sampling.REPLACEMENT, rows, batch, seed);
  }

  /// How many batches an epoch has: `rows / batch`, rounded up.
  public int batches() {
    return (rows - 1) / batch + 1;
  }

  /// Where in the order of an epoch a batch begins.
  ///
  /// @throws IndexOutOfBoundsException if there is no such batch
  public int start(int index) {
    if (index < 0 || index >= batches()) {
      throw new IndexOutOfBoundsException(
          "batch %d: expected 0 to %d".formatted(index, batches() - 1));
    }
    return index * batch;
  }

  /// How many rows a batch has: `batch`, or what is left for the last one.
  ///
  /// @throws IndexOutOfBoundsException if there is no such batch
  public int size(int index) {
    return Math.min(batch, rows - start(index));
  }

  /// The rows of an epoch in their order; a fresh array.
  ///
  /// @param epoch counted from 0
  /// @throws IllegalArgumentException if the epoch is negative
  public int[] epoch(int epoch) {
    var order = new int[rows];
    fill(epoch, order);
    return order;
  }

  /// Writes the rows of an epoch in their order, without allocating an array.
  ///
  /// @param epoch counted from 0
  /// @param order filled from index 0 on; at least as long as there are rows
  /// @throws IllegalArgumentException if the epoch is negative or the array too short
  public void fill(int epoch, int[] order) {
    if (epoch < 0) {
      throw new IllegalArgumentException("epoch: expected at least 0, found " + epoch);
    }
    if (order.length < rows) {
      throw new IllegalArgumentException(
          "batch order: expected room for %d rows, found %d".formatted(rows, order.length));
    }
    switch (sampling) {
      case SEQUENTIAL -> {
        for (int i = 0; i < rows; i++) {
          order[i] = i;
        }
      }
      case SHUFFLE -> {
        Philox random = RandomStreams.shuffle(seed, epoch);
        for (int i = 0; i < rows; i += PIECE) {
          shuffle(random, order, i, Math.min(i + PIECE, rows));
        }
      }
      case REPLACEMENT -> {
        Philox random = RandomStreams.replacement(seed, epoch);
        for (int i = 0; i < rows; i += PIECE) {
          draw(random, order, i, Math.min(i + PIECE, rows));
        }
      }
    }
  }

  /// [Philox#permutation] without its array: each number takes the place of one before it, which
  /// moves to the end.
  private static void shuffle(Philox random, int[] order, int from, int to) {
    for (int i = from; i < to; i++) {
      int j = random.below(i, i + 1);
      order[i] = order[j];
      order[j] = i;
    }
  }

  private void draw(Philox random, int[] order, int from, int to) {
    for (int i = from; i < to; i++) {
      order[i] = random.below(i, rows);
    }
  }
}

package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;
import java.util.Arrays;
import java.util.Comparator;

/// Which sequences come in which batch of which epoch, so that those of a batch are of similar
/// length, and little of it fills up: a pure function of seed and epoch.
///
/// The sequences of an epoch, in the order of [BatchOrder], are taken in pools of 32 batches; those
/// of a pool are sorted by length, equal ones in the order in which they came, and cut into
/// batches; at last the batches of the epoch are put into random order. All have as many sequences,
/// but for one that has what is left. With [Sampling#SEQUENTIAL] sequences stay as they stand.
public final class BucketOrder {

  private static final int POOL = 32;

  private final BatchOrder order;
  private final int[] lengths;

  /// An order of sequences of these lengths.
  ///
  /// @param sampling in what order they come to the pools
  /// @param batch how many make a batch
  /// @param seed what the random orders depend on
  /// @throws IllegalArgumentException if there is no sequence, or none in a batch
  public BucketOrder(Sampling sampling, int batch, long seed, int... lengths) {
    NotNull.check(sampling, "sampling");
    NotNull.check(lengths, "lengths");
    this.order = new BatchOrder(sampling, lengths.length, batch, seed);
    this.lengths = lengths.clone();
  }

  /// How many batches an epoch has.
  public int batches() {
    return order.batches();
  }

  /// The batches of an epoch in their order, the places of the sequences of each; fresh arrays.
  ///
  /// @param epoch counted from 0
  /// @throws IllegalArgumentException if the epoch is negative
  public int[][] epoch(int epoch) {
    int[] each = order.epoch(epoch);
    boolean asTheyStand = order.sampling() == Sampling.SEQUENTIAL;
    int pool = POOL * order.batch();
    for (int from = 0; !asTheyStand && from < each.length; from += pool) {
      int to = Math.min(each.length, from + pool);
      int[] sorted =
          Arrays.stream(each, from, to)
              .boxed()
              .sorted(Comparator.comparingInt((Integer i) -> lengths[i]))
              .mapToInt(Integer::intValue)
              .toArray();
      System.arraycopy(sorted, 0, each, from, sorted.length);
    }
    int[] places =
        asTheyStand ? null : RandomStreams.buckets(order.seed(), epoch).permutation(batches());
    int[][] batches = new int[batches()][];
    for (int i = 0; i < batches.length; i++) {
      int from = order.start(i);
      batches[places == null ? i : places[i]] =
          Arrays.copyOfRange(each, from, from + order.size(i));
    }
    return batches;
  }

  /// `1,672 batches of 64`
  @Override
  public String toString() {
    return String.format(java.util.Locale.ROOT, "%,d batches of %,d", batches(), order.batch());
  }
}

package dev.thalweg.train;

import dev.thalweg.data.BucketOrder;
import dev.thalweg.data.Sampling;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Pairs of sequences in batches of similar length: as inputs targets, which begin with the token
/// of their end, and sources, both with their lengths; as targets the tokens of targets, then their
/// end. A target of [TokenBatches#NONE] does not count: it is behind the end.
final class PairBatches implements BatchSource {

  /// Sorted by the length of targets, then by that of sources, up to this.
  private static final int LONGEST = 1 << 15;

  private final int[][] sources;
  private final int[][] targets;
  private final int end;
  private final IntFunction<int[][]> order;
  private final int batches;
  private final long count;

  /// The tensors of each size seen: rows, steps of targets and of sources.
  private final Map<List<Integer>, TensorBatch> sizes = new HashMap<>();

  private PairBatches(
      int[][] sources, int[][] targets, int end, IntFunction<int[][]> order, int batches) {
    this.sources = sources;
    this.targets = targets;
    this.end = end;
    this.order = order;
    this.batches = batches;
    this.count = Arrays.stream(targets).mapToLong(target -> target.length + 1L).sum();
  }

  /// In random order, batches of similar length.
  ///
  /// @param end the token with which targets begin and end
  static PairBatches toTrainOn(
      int[][] sources, int[][] targets, int end, int rows, Sampling sampling, long seed) {
    var buckets = new BucketOrder(sampling, rows, seed, keys(sources, targets));
    return new PairBatches(sources, targets, end, buckets::epoch, buckets.batches());
  }

  private static int[] keys(int[][] sources, int[][] targets) {
    int[] keys = new int[sources.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] =
          Math.min(LONGEST, targets[i].length) * LONGEST + Math.min(LONGEST - 1, sources[i].length);
    }
    return keys;
  }

  /// From the shortest to the longest.
  static PairBatches toJudge(int[][] sources, int[][] targets, int end, int rows) {
    int[] keys = keys(sources, targets);
    int[] sorted =
        IntStream.range(0, keys.length)
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> keys[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[][] each = new int[Math.ceilDiv(sorted.length, rows)][];
    for (int i = 0; i < each.length; i++) {
      each[i] = Arrays.copyOfRange(sorted, i * rows, Math.min(sorted.length, (i + 1) * rows));
    }
    return new PairBatches(sources, targets, end, epoch -> each, each.length);
  }

  @Override
  public long batches() {
    return batches;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public Reader epoch(int epoch) {
    int[][] each = order.apply(epoch);
    return new Reader() {
      private int next;

      @Override
      public @Nullable TensorBatch next() {
        return next == each.length ? null : batch(each[next++]);
      }

      @Override
      public void close() {
        next = each.length;
      }
    };
  }

  private TensorBatch batch(int... rows) {
    int longest = 1;
    int widest = 1;
    int counted = 0;
    for (int row : rows) {
      longest = Math.max(longest, targets[row].length + 1);
      widest = Math.max(widest, sources[row].length);
      counted += targets[row].length + 1;
    }
    TensorBatch batch =
        sizes.computeIfAbsent(List.of(rows.length, longest, widest), PairBatches::tensors);
    int[] x = batch.x().ints();
    int[] y = batch.y().ints();
    int[] s = batch.inputs().get(1).ints();
    for (int i = 0; i < rows.length; i++) {
      int[] target = targets[rows[i]];
      int[] source = sources[rows[i]];
      for (int t = 0; t < longest; t++) {
        x[i * longest + t] = t == 0 ? end : t <= target.length ? target[t - 1] : 0;
        y[i * longest + t] =
            t < target.length ? target[t] : t == target.length ? end : TokenBatches.NONE;
      }
      for (int t = 0; t < widest; t++) {
        s[i * widest + t] = t < source.length ? source[t] : 0;
      }
      batch.lengths().getFirst().ints()[i] = target.length + 1;
      batch.lengths().get(1).ints()[i] = source.length;
    }
    return batch.withCount(counted);
  }

  /// On arrays of their own, also where they are made within a step.
  private static TensorBatch tensors(List<Integer> size) {
    int rows = size.getFirst();
    Tensor targets = tokens(rows, size.get(1));
    return new TensorBatch(
            List.of(targets, tokens(rows, size.get(2))),
            List.of(tokens(rows, size.get(1))),
            Optional.empty())
        .withLengths(lengths(rows), lengths(rows));
  }

  private static Tensor tokens(int rows, int steps) {
    return Tensor.wrap(Shape.of(rows, steps), new int[rows * steps]);
  }

  private static Tensor lengths(int rows) {
    return Tensor.wrap(Shape.of(rows), new int[rows]);
  }
}

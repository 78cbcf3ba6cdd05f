package dev.thalweg.data;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// The rows of a data set as a source, in an order for each epoch.
record DatasetSource(Dataset data, IntFunction<int[]> order) implements RowSource {

  /// In the order of [BatchOrder].
  DatasetSource(Dataset data, Sampling sampling, long seed) {
    this(data, new BatchOrder(sampling, data.rows(), 1, seed)::epoch);
  }

  /// In that of [BucketOrder], a batch that has what is left at the end.
  DatasetSource(Dataset data, BucketOrder buckets) {
    this(
        data,
        epoch -> {
          int[][] batches = buckets.epoch(epoch);
          int most = Arrays.stream(batches).mapToInt(batch -> batch.length).max().orElse(0);
          return IntStream.concat(
                  Arrays.stream(batches)
                      .filter(batch -> batch.length == most)
                      .flatMapToInt(Arrays::stream),
                  Arrays.stream(batches)
                      .filter(batch -> batch.length < most)
                      .flatMapToInt(Arrays::stream))
              .toArray();
        });
  }

  @Override
  public Schema schema() {
    return data.schema();
  }

  @Override
  public long rows() {
    return data.rows();
  }

  @Override
  public boolean weighted() {
    return data.isWeighted();
  }

  @Override
  public BatchReader pass(int epoch) {
    int[] rows = order.apply(epoch);
    return new BatchReader() {
      private int next;

      @Override
      public int read(float[] x, float[] answers) {
        int count = Math.min(answers.length, rows.length - next);
        Checks.room(x, answers, data.features());
        data.gather(rows, next, count, x, 0);
        data.gatherAnswers(rows, next, count, answers, 0);
        next += count;
        return count;
      }

      @Override
      public int read(float[] x, float[] answers, float[] weights) {
        Checks.room(weights, answers);
        int from = next;
        int count = read(x, answers);
        data.gatherSampleWeights(rows, from, count, weights, 0);
        return count;
      }

      @Override
      public int read(double[] x, double[] answers, float[] weights) {
        int count = Math.min(answers.length, rows.length - next);
        Checks.room(x, answers, weights, data.features());
        data.gatherExact(rows, next, count, x, answers);
        data.gatherSampleWeights(rows, next, count, weights, 0);
        next += count;
        return count;
      }

      @Override
      public void close() {
        next = rows.length;
      }
    };
  }
}

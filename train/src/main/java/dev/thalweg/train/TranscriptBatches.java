package dev.thalweg.train;

import dev.thalweg.data.BatchOrder;
import dev.thalweg.data.Recordings;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.Tokenizer;
import dev.thalweg.data.Transcripts;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sounds with the tokens of what is said in them, as batches: rows×steps×numbers, filled up with 0
/// to the longest of the batch and a multiple of 8, with their lengths; and rows×tokens, filled up
/// with −1.
final class TranscriptBatches implements BatchSource {

  /// Fills up targets.
  static final int NONE = -1;

  private static final int MULTIPLE = 8;

  private final Recordings sounds;
  private final int[][] tokens;
  private final BatchOrder order;

  TranscriptBatches(
      Transcripts data, Tokenizer tokenizer, int batch, Sampling sampling, long seed) {
    this.sounds = data.sounds();
    this.tokens = new int[data.rows()][];
    Arrays.setAll(tokens, row -> data.tokens(row, tokenizer));
    this.order = new BatchOrder(sampling, data.rows(), Math.min(batch, data.rows()), seed);
  }

  /// The most steps of a sound.
  int mostSteps() {
    int most = 1;
    for (int row = 0; row < sounds.rows(); row++) {
      most = Math.max(most, sounds.steps(row));
    }
    return most;
  }

  @Override
  public long batches() {
    return order.batches();
  }

  @Override
  public long count() {
    return sounds.rows();
  }

  @Override
  public Reader epoch(int epoch) {
    int[] rows = order.epoch(epoch);
    return new Reader() {
      private int next;

      @Override
      public @Nullable TensorBatch next() {
        if (next == order.batches()) {
          return null;
        }
        int start = order.start(next);
        TensorBatch batch = batch(Arrays.copyOfRange(rows, start, start + order.size(next)));
        next++;
        return batch;
      }

      @Override
      public void close() {
        next = order.batches();
      }
    };
  }

  private TensorBatch batch(int... rows) {
    int steps = 1;
    int labels = 1;
    for (int row : rows) {
      steps = Math.max(steps, sounds.steps(row));
      labels = Math.max(labels, tokens[row].length);
    }
    steps = Math.ceilDiv(steps, MULTIPLE) * MULTIPLE;
    int width = sounds.width();
    float[] x = new float[rows.length * steps * width];
    int[] y = new int[rows.length * labels];
    int[] lengths = new int[rows.length];
    Arrays.fill(y, NONE);
    for (int i = 0; i < rows.length; i++) {
      sounds.read(rows[i], x, i * steps * width);
      lengths[i] = sounds.steps(rows[i]);
      System.arraycopy(tokens[rows[i]], 0, y, i * labels, tokens[rows[i]].length);
    }
    return new TensorBatch(
            List.of(Tensor.wrap(Shape.of(rows.length, steps, width), x)),
            List.of(Tensor.wrap(Shape.of(rows.length, labels), y)),
            Optional.empty())
        .withLengths(Tensor.wrap(Shape.of(rows.length), lengths));
  }
}

package dev.thalweg.train;

import dev.thalweg.data.BucketOrder;
import dev.thalweg.data.Recordings;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.Tokenizer;
import dev.thalweg.data.Transcripts;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sounds with the tokens of what is said in them, as batches of similar length:
/// rows×steps×numbers, filled up with 0 to the longest of the batch and a multiple of 8, with their
/// lengths; and rows×tokens, filled up with −1.
final class TranscriptBatches implements BatchSource {

  /// Fills up targets.
  static final int NONE = -1;

  private static final int MULTIPLE = 8;

  private final Recordings sounds;
  private final int[][] tokens;
  private final BucketOrder order;

  /// The tensors of each size seen: rows, steps and tokens.
  private final Map<List<Integer>, TensorBatch> sizes = new HashMap<>();

  TranscriptBatches(
      Transcripts data, Tokenizer tokenizer, int batch, Sampling sampling, long seed) {
    this.sounds = data.sounds();
    this.tokens = new int[data.rows()][];
    Arrays.setAll(tokens, row -> data.tokens(row, tokenizer));
    int[] steps = new int[data.rows()];
    Arrays.setAll(steps, sounds::steps);
    this.order = new BucketOrder(sampling, Math.min(batch, data.rows()), seed, steps);
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
    int[][] each = order.epoch(epoch);
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
    int steps = 1;
    int labels = 1;
    for (int row : rows) {
      steps = Math.max(steps, sounds.steps(row));
      labels = Math.max(labels, tokens[row].length);
    }
    steps = Math.ceilDiv(steps, MULTIPLE) * MULTIPLE;
    TensorBatch batch = sizes.computeIfAbsent(List.of(rows.length, steps, labels), this::tensors);
    int width = sounds.width();
    float[] x = batch.x().floats();
    int[] y = batch.y().ints();
    Arrays.fill(x, 0);
    Arrays.fill(y, NONE);
    for (int i = 0; i < rows.length; i++) {
      sounds.read(rows[i], x, i * steps * width);
      batch.lengths().getFirst().ints()[i] = sounds.steps(rows[i]);
      System.arraycopy(tokens[rows[i]], 0, y, i * labels, tokens[rows[i]].length);
    }
    return batch;
  }

  /// On arrays of their own, also where they are made within a step.
  private TensorBatch tensors(List<Integer> size) {
    int rows = size.getFirst();
    Shape x = Shape.of(rows, size.get(1), sounds.width());
    Shape y = Shape.of(rows, size.get(2));
    return new TensorBatch(
            List.of(Tensor.wrap(x, new float[x.size()])),
            List.of(Tensor.wrap(y, new int[y.size()])),
            Optional.empty())
        .withLengths(Tensor.wrap(Shape.of(rows), new int[rows]));
  }
}

package dev.thalweg.train;

import dev.thalweg.data.BatchReader;
import dev.thalweg.data.RowSource;
import dev.thalweg.data.Schema;
import dev.thalweg.tensor.Shape;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the batches of a training into arrays that are made once; the tensors on them are the same
/// objects in each step.
final class Feed implements BatchSource {

  private final RowSource source;
  private final Shape sample;
  private final int batch;
  private final TensorBatch whole;
  private @Nullable TensorBatch last;

  /// @param batch rows of all batches but the last of an epoch, which may have fewer
  /// @param sample the shape of a row
  Feed(RowSource source, Shape sample, int batch) {
    this.source = source;
    this.sample = sample;
    this.batch = (int) Math.min(batch, source.rows());
    this.whole = tensors(this.batch);
  }

  private TensorBatch tensors(int rows) {
    Schema schema = source.schema();
    return TensorBatch.of(
        schema.task(),
        sample,
        new float[rows * schema.features()],
        new float[rows],
        source.weighted() ? Optional.of(new float[rows]) : Optional.empty());
  }

  @Override
  public long batches() {
    return Math.ceilDiv(source.rows(), batch);
  }

  @Override
  public long count() {
    return source.rows();
  }

  @Override
  public Reader epoch(int epoch) {
    BatchReader rows = source.pass(epoch);
    return new Reader() {
      @Override
      public @Nullable TensorBatch next() {
        return Feed.this.next(rows);
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }

  private @Nullable TensorBatch next(BatchReader rows) {
    float[] x = whole.x().floats();
    float[] y = whole.y().floats();
    int read =
        whole.weights().isPresent()
            ? rows.read(x, y, whole.weights().get().floats())
            : rows.read(x, y);
    return read == 0 ? null : read == batch ? whole : shorter(read);
  }

  private TensorBatch shorter(int rows) {
    TensorBatch some = last;
    if (some == null || some.rows() != rows) {
      some = tensors(rows);
      last = some;
    }
    System.arraycopy(whole.x().floats(), 0, some.x().floats(), 0, some.x().size());
    System.arraycopy(whole.y().floats(), 0, some.y().floats(), 0, rows);
    if (whole.weights().isPresent() && some.weights().isPresent()) {
      float[] from = whole.weights().get().floats();
      System.arraycopy(from, 0, some.weights().get().floats(), 0, rows);
    }
    return some;
  }
}

package dev.thalweg.train;

import dev.thalweg.data.AugmentedSource;
import dev.thalweg.data.BatchReader;
import dev.thalweg.data.RowSource;
import dev.thalweg.data.Schema;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the batches of a training into arrays that are made once; the tensors on them are the same
/// objects in each step.
final class Feed implements BatchSource {

  private final RowSource source;
  private final Shape sample;
  private final int batch;
  private final Optional<AugmentedSource> mixtures;
  private final TensorBatch whole;
  private final float[] answers;
  private final float[] others;
  private final float[] shares;
  private @Nullable TensorBatch last;

  /// @param sample the shape of a row
  /// @param batch rows of all batches but the last of an epoch, which may have fewer
  Feed(RowSource source, Shape sample, int batch) {
    this(source, sample, batch, Optional.empty());
  }

  /// @param sample the shape of a row
  /// @param batch rows of all batches but the last of an epoch, which may have fewer
  /// @param mixtures the other parts of rows of two classes: then targets are distributions
  Feed(RowSource source, Shape sample, int batch, Optional<AugmentedSource> mixtures) {
    this.source = source;
    this.sample = sample;
    this.batch = (int) Math.min(batch, source.rows());
    this.mixtures = mixtures;
    this.whole = tensors(this.batch);
    int mixed = mixtures.isPresent() ? this.batch : 0;
    this.answers = mixtures.isPresent() ? new float[mixed] : whole.y().floats();
    this.others = new float[mixed];
    this.shares = new float[mixed];
  }

  private TensorBatch tensors(int rows) {
    Schema schema = source.schema();
    TensorBatch plain =
        TensorBatch.of(
            schema.task(),
            sample,
            new float[rows * schema.features()],
            new float[rows],
            source.weighted() ? Optional.of(new float[rows]) : Optional.empty());
    if (mixtures.isEmpty()) {
      return plain;
    }
    // An array of its own: one of the step's would be taken back with the step.
    Shape shares = Shape.of(rows, schema.classNames().size());
    Tensor shared = Tensor.wrap(shares, new float[shares.size()]);
    return new TensorBatch(plain.inputs(), List.of(shared), plain.weights());
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
    Optional<AugmentedSource.Mixtures> parts = mixtures.map(m -> m.mixtures(epoch));
    return new Reader() {
      @Override
      public @Nullable TensorBatch next() {
        return Feed.this.next(rows, parts);
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }

  private @Nullable TensorBatch next(BatchReader rows, Optional<AugmentedSource.Mixtures> parts) {
    float[] x = whole.x().floats();
    int read =
        whole.weights().isPresent()
            ? rows.read(x, answers, whole.weights().get().floats())
            : rows.read(x, answers);
    if (parts.isPresent()) {
      parts.get().read(others, shares, read);
      share(read);
    }
    return read == 0 ? null : read == batch ? whole : shorter(read);
  }

  /// Targets that give each row's two classes their shares.
  private void share(int rows) {
    float[] y = whole.y().floats();
    int classes = whole.y().shape().dimension(1);
    Arrays.fill(y, 0, rows * classes, 0);
    for (int row = 0; row < rows; row++) {
      y[row * classes + (int) answers[row]] += shares[row];
      y[row * classes + (int) others[row]] += 1 - shares[row];
    }
  }

  private TensorBatch shorter(int rows) {
    TensorBatch some = last;
    if (some == null || some.rows() != rows) {
      some = tensors(rows);
      last = some;
    }
    System.arraycopy(whole.x().floats(), 0, some.x().floats(), 0, some.x().size());
    System.arraycopy(whole.y().floats(), 0, some.y().floats(), 0, some.y().size());
    if (whole.weights().isPresent() && some.weights().isPresent()) {
      float[] from = whole.weights().get().floats();
      System.arraycopy(from, 0, some.weights().get().floats(), 0, rows);
    }
    return some;
  }
}

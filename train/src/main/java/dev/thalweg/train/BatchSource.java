package dev.thalweg.train;

import dev.thalweg.data.RowSource;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// Batches that a training passes through again in each epoch: of rows with their answers, of
/// sequences, of whatever an [Objective] takes.
///
/// The pass of an epoch gives the same batches in the same order each time.
public interface BatchSource {

  /// How many batches an epoch has, at least 1.
  long batches();

  /// How much all batches of an epoch count as: rows, or tokens; see [TensorBatch#count].
  long count();

  /// The batches of an epoch, to be closed.
  ///
  /// @param epoch counted from 0
  Reader epoch(int epoch);

  /// Rows with one answer each, read into arrays that are used again.
  ///
  /// @param batchSize rows of all batches but the last of an epoch, which may have fewer
  /// @throws IllegalArgumentException if it is not positive
  static BatchSource of(RowSource rows, int batchSize) {
    NotNull.check(rows, "rows");
    return of(rows, Shape.of(rows.schema().shape()), batchSize);
  }

  /// The same in another shape: `Shape.of(784)` for images that are to be rows of numbers.
  ///
  /// @param sample the shape of a row
  /// @param batchSize rows of all batches but the last of an epoch, which may have fewer
  /// @throws IllegalArgumentException if it is not positive, or the shape has another number of
  ///   elements than a row
  static BatchSource of(RowSource rows, Shape sample, int batchSize) {
    NotNull.check(rows, "rows");
    NotNull.check(sample, "sample");
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize must be at least 1, found " + batchSize);
    }
    if (sample.size() != rows.schema().features()) {
      throw new IllegalArgumentException(
          "batches: expected a sample of %d numbers, found %s"
              .formatted(rows.schema().features(), sample));
    }
    return new Feed(rows, sample, batchSize);
  }

  /// The batches of one epoch, one after the other.
  interface Reader extends AutoCloseable {

    /// The next batch, valid until another one is read; null after the last. Its tensors are F32,
    /// tokens and the like I32, and best on arrays that are used again.
    @Nullable TensorBatch next();

    /// Gives back what it holds, also before the end.
    @Override
    void close();
  }
}

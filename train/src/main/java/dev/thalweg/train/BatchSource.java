package dev.thalweg.train;

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

  /// The batches of one epoch, one after the other.
  interface Reader extends AutoCloseable {

    /// The next batch, valid until another one is read; null after the last. Its tensors are F32,
    /// and best on arrays that are used again.
    @Nullable TensorBatch next();

    /// Gives back what it holds, also before the end.
    @Override
    void close();
  }
}

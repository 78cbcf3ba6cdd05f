package dev.thalweg.train;

import dev.thalweg.data.Dataset;
import dev.thalweg.kernels.DType;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.Optional;

/// Gathers the batches of a training into arrays that are made once; the tensors on them are the
/// same objects in each step.
final class Feed {

  private final Dataset data;
  private final float[] answers;
  private final TensorBatch whole;
  private final TensorBatch last;
  private final Optional<SampleWeights> weights;

  /// @param batch rows of all batches but the last of an epoch, which may have fewer
  /// @param weights of the rows of the data, where they differ
  Feed(Dataset data, int batch, Optional<SampleWeights> weights) {
    this.weights = weights;
    this.data = data;
    this.answers = TensorBatch.answers(data);
    this.whole = tensors(Math.min(batch, data.rows()));
    this.last = tensors(data.rows() % whole.y().size());
  }

  private TensorBatch tensors(int rows) {
    return TensorBatch.of(
        data.task(), data.features(), new float[rows * data.features()], new float[rows]);
  }

  /// The batch of these rows; valid until the next one is loaded.
  ///
  /// @param rows an order of the rows, of which `count` from `from` on are taken
  TensorBatch load(int[] rows, int from, int count) {
    TensorBatch batch = count == whole.y().size() ? whole : last;
    data.gather(rows, from, count, batch.x().floats(), 0);
    float[] y = batch.y().floats();
    for (int i = 0; i < count; i++) {
      y[i] = answers[rows[from + i]];
    }
    return batch;
  }

  /// The weights of these rows, where they differ.
  Optional<Tensor> weights(int[] rows, int from, int count) {
    if (weights.isEmpty()) {
      return Optional.empty();
    }
    Tensor some = Tensor.zeros(DType.F32, Shape.of(count));
    for (int i = 0; i < count; i++) {
      some.floats()[i] = weights.get().of(rows[from + i]);
    }
    return Optional.of(some);
  }
}

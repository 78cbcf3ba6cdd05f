package dev.thalweg.train;

import dev.thalweg.data.Dataset;
import java.util.Optional;

/// Gathers the batches of a training into arrays that are made once; the tensors on them are the
/// same objects in each step.
final class Feed {

  private final Dataset data;
  private final float[] answers;
  private final boolean weighted;
  private final TensorBatch whole;
  private final TensorBatch last;

  /// @param batch rows of all batches but the last of an epoch, which may have fewer
  Feed(Dataset data, int batch) {
    this.data = data;
    this.answers = TensorBatch.answers(data);
    this.weighted = data.sampleWeights().isPresent();
    this.whole = tensors(Math.min(batch, data.rows()));
    this.last = tensors(data.rows() % whole.y().size());
  }

  private TensorBatch tensors(int rows) {
    return TensorBatch.of(
        data.task(),
        data.features(),
        new float[rows * data.features()],
        new float[rows],
        weighted ? Optional.of(new float[rows]) : Optional.empty());
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
    batch.weights().ifPresent(
        weights -> data.gatherSampleWeights(rows, from, count, weights.floats(), 0));
    return batch;
  }
}

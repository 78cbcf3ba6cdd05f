package dev.thalweg.train;

import dev.thalweg.data.Batch;
import dev.thalweg.data.Batches;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Task;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.Iterator;
import java.util.Optional;

/// A batch as the tensors that networks and losses take, for a loop written by hand.
///
/// ```java
/// for (var batch : TensorBatch.of(data.batches(32).shuffled(seed))) {
///   var loss = Losses.mse(network.apply(batch.x()), batch.y());
///   run.step(loss.gradients(network.parameters()));
/// }
/// ```
///
/// @param x features, rows×features
/// @param y class indices, a vector of rows, or the numbers to predict, rows×1
/// @param weights how much each row counts, a vector of rows, as losses take them; empty where all
///   count alike
public record TensorBatch(Tensor x, Tensor y, Optional<Tensor> weights) {

  /// The tensors of a batch, F32.
  public static TensorBatch of(Batch batch) {
    float[] answers =
        batch.task() == Task.CLASSIFICATION ? widened(batch.labels()) : batch.targets();
    return of(batch.task(), batch.features(), batch.x(), answers, batch.sampleWeights());
  }

  /// The tensors of each batch in turn, F32, on arrays of their own.
  public static Iterable<TensorBatch> of(Batches batches) {
    return () -> {
      Iterator<Batch> each = batches.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return each.hasNext();
        }

        @Override
        public TensorBatch next() {
          return of(each.next());
        }
      };
    };
  }

  /// How many samples there are.
  public int rows() {
    return x.shape().dimension(0);
  }

  /// The tensors on these arrays.
  static TensorBatch of(
      Task task, int features, float[] x, float[] answers, Optional<float[]> weights) {
    int rows = answers.length;
    return new TensorBatch(
        Tensor.wrap(Shape.of(rows, features), x),
        Tensor.wrap(task == Task.CLASSIFICATION ? Shape.of(rows) : Shape.of(rows, 1), answers),
        weights.map(values -> Tensor.wrap(Shape.of(rows), values)));
  }

  /// What is to be predicted for each row: the class index, or the number.
  static float[] answers(Dataset data) {
    return data.task() == Task.CLASSIFICATION ? widened(data.labels()) : data.targets();
  }

  private static float[] widened(int[] labels) {
    float[] numbers = new float[labels.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = labels[i];
    }
    return numbers;
  }
}

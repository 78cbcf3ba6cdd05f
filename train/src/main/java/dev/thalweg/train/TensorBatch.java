package dev.thalweg.train;

import dev.thalweg.data.Batch;
import dev.thalweg.data.Batches;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Task;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.Iterator;
import java.util.List;
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
/// @param inputs what a network is given, rows first: of a table the features, rows×features; of
///   images rows×height×width×channels
/// @param targets what is to be said: class indices, a vector of rows, or the numbers to predict,
///   rows×1; none where the inputs are their own targets
/// @param weights how much each row or token counts, as losses take them; empty where all count
///   alike
/// @param lengths of sequences: for each input a vector of I32, how many steps of each row are
///   real, the others being there to fill up; none at all where all are whole
/// @param count what the batch counts as in means over batches: its rows, or real tokens
public record TensorBatch(
    List<Tensor> inputs,
    List<Tensor> targets,
    Optional<Tensor> weights,
    List<Tensor> lengths,
    int count) {

  /// Copies the lists.
  ///
  /// @throws IllegalArgumentException if there is no input, or numbers of rows or of lengths differ
  public TensorBatch {
    inputs = List.copyOf(inputs);
    targets = List.copyOf(targets);
    lengths = List.copyOf(lengths);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("batch: expected at least one input, found none");
    }
    int rows = rows(inputs.getFirst());
    if (!lengths.isEmpty() && lengths.size() != inputs.size()) {
      throw new IllegalArgumentException(
          "batch: expected lengths for each of %d inputs, found %d"
              .formatted(inputs.size(), lengths.size()));
    }
    for (List<Tensor> each :
        List.of(inputs, targets, lengths, weights.map(List::of).orElse(List.of()))) {
      for (Tensor tensor : each) {
        if (tensor.shape().rank() == 0 || tensor.shape().dimension(0) != rows) {
          throw new IllegalArgumentException(
              "batch: expected %d rows in each tensor, found shape %s"
                  .formatted(rows, tensor.shape()));
        }
      }
    }
  }

  /// A batch of whole rows, each of which counts.
  ///
  /// @throws IllegalArgumentException if there is no input, or numbers of rows differ
  public TensorBatch(List<Tensor> inputs, List<Tensor> targets, Optional<Tensor> weights) {
    this(inputs, targets, weights, List.of(), inputs.isEmpty() ? 0 : rows(inputs.getFirst()));
  }

  private static int rows(Tensor input) {
    return input.shape().rank() == 0 ? 0 : input.shape().dimension(0);
  }

  /// This batch of sequences of their own lengths.
  ///
  /// @param each for each input a vector of I32
  /// @throws IllegalArgumentException if there is not one for each input, or numbers of rows differ
  public TensorBatch withLengths(Tensor... each) {
    NotNull.check(each, "each");
    return new TensorBatch(inputs, targets, weights, List.of(each), count);
  }

  /// This batch, counting as so much: as its real tokens, where a loss is a mean over those.
  public TensorBatch withCount(int other) {
    return new TensorBatch(inputs, targets, weights, lengths, other);
  }

  /// Rows with one answer each.
  ///
  /// @param x features, rows first
  /// @param y class indices, a vector of rows, or the numbers to predict, rows×1
  public static TensorBatch of(Tensor x, Tensor y) {
    return new TensorBatch(List.of(x), List.of(y), Optional.empty());
  }

  /// The first input: the features.
  public Tensor x() {
    return inputs.getFirst();
  }

  /// The first target: what is to be predicted.
  ///
  /// @throws java.util.NoSuchElementException if there is none
  public Tensor y() {
    return targets.getFirst();
  }

  /// The tensors of a batch, F32.
  public static TensorBatch of(Batch batch) {
    float[] answers =
        batch.task() == Task.CLASSIFICATION ? widened(batch.labels()) : batch.targets();
    return of(batch.task(), Shape.of(batch.features()), batch.x(), answers, batch.sampleWeights());
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
    return x().shape().dimension(0);
  }

  /// Some of the rows, as a batch of their own: copies, counted by their share.
  ///
  /// @param from the first, from 0
  /// @param to behind the last
  TensorBatch rows(int from, int to) {
    return new TensorBatch(
        inputs.stream().map(each -> each.rows(from, to)).toList(),
        targets.stream().map(each -> each.rows(from, to)).toList(),
        weights.map(each -> each.rows(from, to)),
        lengths.stream().map(each -> each.rows(from, to)).toList(),
        Math.max(1, Math.toIntExact((long) count * (to - from) / rows())));
  }

  /// The tensors on these arrays.
  static TensorBatch of(
      Task task, Shape sample, float[] x, float[] answers, Optional<float[]> weights) {
    int rows = answers.length;
    return new TensorBatch(
        List.of(Tensor.wrap(batch(rows, sample), x)),
        List.of(
            Tensor.wrap(task == Task.CLASSIFICATION ? Shape.of(rows) : Shape.of(rows, 1), answers)),
        weights.map(values -> Tensor.wrap(Shape.of(rows), values)));
  }

  /// The shape of as many samples.
  static Shape batch(int rows, Shape sample) {
    int[] sizes = new int[sample.rank() + 1];
    sizes[0] = rows;
    System.arraycopy(sample.dimensions(), 0, sizes, 1, sample.rank());
    return Shape.of(sizes);
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

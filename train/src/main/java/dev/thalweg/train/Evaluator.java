package dev.thalweg.train;

import dev.thalweg.data.BatchReader;
import dev.thalweg.data.Task;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Network;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

/// Runs a network over rows in parts ([RowsAtOnce]), keeps what it says and what is true, and
/// computes the loss of all rows at once: whatever weights classes have and whatever a user's own
/// loss does, it is the loss of the data and not a mean of parts. The features are not kept.
final class Evaluator {

  private final Network network;
  private final Loss loss;
  private final Preprocessing preprocessing;
  private final Map<String, Metric> own;

  Evaluator(Network network, Loss loss, Preprocessing preprocessing, Map<String, Metric> own) {
    this.network = network;
    this.loss = loss;
    this.preprocessing = preprocessing;
    this.own = own;
  }

  /// The evaluation on all rows that are left to be read, as they came. The loss is that of
  /// training: where targets are scaled it is of scaled ones, and all else in their own unit.
  ///
  /// @throws IllegalArgumentException if there are none, or more than arrays can hold
  Evaluation evaluate(BatchReader data, StepScope scope) {
    int features = network.input().size();
    int width = network.output().size();
    int part = RowsAtOnce.of(network);
    float[] outputs = new float[part * width];
    double[] answers = new double[part];
    double[] raw = new double[part * features];
    float[] x = new float[part * features];
    double[] partAnswers = new double[part];
    float[] weights = new float[part];
    int rows = 0;
    for (int read = data.read(raw, partAnswers, weights);
        read > 0;
        read = data.read(raw, partAnswers, weights)) {
      if (rows + read > answers.length) {
        int room = Math.min(2 * answers.length, (Integer.MAX_VALUE - 8) / width);
        if (rows + read > room) {
          throw new IllegalArgumentException(
              "evaluate: expected at most %,d rows, found more".formatted(room));
        }
        outputs = Arrays.copyOf(outputs, room * width);
        answers = Arrays.copyOf(answers, room);
      }
      preprocessing.apply(raw, x, read);
      Tensor batch =
          Tensor.wrap(
              TensorBatch.batch(read, network.input()),
              read == part ? x : Arrays.copyOf(x, read * features));
      Tensor prediction = scope.silently(() -> network.apply(batch));
      System.arraycopy(prediction.floats(), 0, outputs, rows * width, read * width);
      System.arraycopy(partAnswers, 0, answers, rows, read);
      scope.endStep();
      rows += read;
    }
    if (rows == 0) {
      throw new IllegalArgumentException("evaluate: expected at least 1 row, found none");
    }
    outputs = Arrays.copyOf(outputs, rows * width);
    answers = Arrays.copyOf(answers, rows);
    boolean classes = preprocessing.task() == Task.CLASSIFICATION;
    if (classes) {
      checkLabels(answers, preprocessing.classNames().size());
    }
    Tensor predictions = Tensor.wrap(Shape.of(rows, width), outputs);
    Tensor targets =
        Tensor.wrap(classes ? Shape.of(rows) : Shape.of(rows, 1), asTrainedOn(answers));
    double value = scope.silently(() -> loss.of(predictions, targets)).item();
    scope.endStep();
    return new Evaluation(value, new Outcomes(preprocessing, outputs, answers), own);
  }

  private float[] asTrainedOn(double[] answers) {
    float[] numbers = new float[answers.length];
    if (preprocessing.targetStandardizer().isPresent()) {
      preprocessing.targetStandardizer().get().apply(answers, numbers, answers.length);
      return numbers;
    }
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = (float) answers[row];
    }
    return numbers;
  }

  private static void checkLabels(double[] labels, int classes) {
    for (int row = 0; row < labels.length; row++) {
      if (labels[row] >= classes) {
        throw new IllegalArgumentException(
            "evaluate: expected one of the model's "
                + classes
                + " classes, found number "
                + (int) labels[row]
                + " in row "
                + row);
      }
    }
  }
}

package dev.thalweg.train;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Task;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Network;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Runs a network over data in parts of 1,024 rows, keeps what it says, and computes the loss of
/// all rows at once: whatever weights classes have and whatever a user's own loss does, it is the
/// loss of the data and not a mean of parts.
final class Evaluator {

  private static final int PART = 1024;

  private Evaluator() {}

  /// The evaluation on data that have been scaled as the network's training data were.
  ///
  /// @param classNames of the model; empty in a regression
  static Evaluation evaluate(
      Network network,
      Loss loss,
      Dataset data,
      List<String> classNames,
      Map<String, Metric> own,
      StepScope scope) {
    float[] features = data.x();
    float[] answers = TensorBatch.answers(data);
    boolean classes = data.task() == Task.CLASSIFICATION;
    if (classes) {
      checkLabels(answers, classNames.size());
    }
    int rows = data.rows();
    int width = network.output().size();
    float[] outputs = new float[rows * width];
    for (int from = 0; from < rows; from += PART) {
      int to = Math.min(from + PART, rows);
      Tensor x =
          Tensor.wrap(
              Shape.of(to - from, data.features()),
              Arrays.copyOfRange(features, from * data.features(), to * data.features()));
      Tensor prediction = scope.silently(() -> network.apply(x));
      System.arraycopy(prediction.floats(), 0, outputs, from * width, (to - from) * width);
      scope.endStep();
    }
    Tensor predictions = Tensor.wrap(Shape.of(rows, width), outputs);
    Tensor targets = Tensor.wrap(classes ? Shape.of(rows) : Shape.of(rows, 1), answers);
    double value = scope.silently(() -> loss.of(predictions, targets)).item();
    scope.endStep();
    return new Evaluation(value, new Outcomes(data.task(), classNames, outputs, answers), own);
  }

  private static void checkLabels(float[] labels, int classes) {
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

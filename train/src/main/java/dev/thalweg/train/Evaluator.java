package dev.thalweg.train;

import dev.thalweg.data.BatchReader;
import dev.thalweg.data.RowSource;
import dev.thalweg.data.Task;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Network;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Runs a network over rows in parts of 1,024, keeps what it says and what is true, and computes
/// the loss of all rows at once: whatever weights classes have and whatever a user's own loss does,
/// it is the loss of the data and not a mean of parts. The features are not kept.
final class Evaluator {

  private static final int PART = 1024;

  private Evaluator() {}

  /// The evaluation on rows that have been scaled as the network's training data were.
  ///
  /// @param classNames of the model; empty in a regression
  static Evaluation evaluate(
      Network network,
      Loss loss,
      RowSource data,
      List<String> classNames,
      Map<String, Metric> own,
      StepScope scope) {
    try (BatchReader rows = data.pass(0)) {
      return evaluate(network, loss, data.schema().task(), rows, classNames, own, scope);
    }
  }

  /// The evaluation on all rows that are left to be read.
  ///
  /// @throws IllegalArgumentException if there are none, or more than arrays can hold
  static Evaluation evaluate(
      Network network,
      Loss loss,
      Task task,
      BatchReader data,
      List<String> classNames,
      Map<String, Metric> own,
      StepScope scope) {
    int features = network.input().size();
    int width = network.output().size();
    float[] outputs = new float[PART * width];
    float[] answers = new float[PART];
    float[] x = new float[PART * features];
    float[] partAnswers = new float[PART];
    int rows = 0;
    for (int read = data.read(x, partAnswers); read > 0; read = data.read(x, partAnswers)) {
      if (rows + read > answers.length) {
        int room = Math.min(2 * answers.length, (Integer.MAX_VALUE - 8) / width);
        if (rows + read > room) {
          throw new IllegalArgumentException(
              "evaluate: expected at most %,d rows, found more".formatted(room));
        }
        outputs = Arrays.copyOf(outputs, room * width);
        answers = Arrays.copyOf(answers, room);
      }
      Tensor part =
          Tensor.wrap(
              Shape.of(read, features), read == PART ? x : Arrays.copyOf(x, read * features));
      Tensor prediction = scope.silently(() -> network.apply(part));
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
    boolean classes = task == Task.CLASSIFICATION;
    if (classes) {
      checkLabels(answers, classNames.size());
    }
    Tensor predictions = Tensor.wrap(Shape.of(rows, width), outputs);
    Tensor targets = Tensor.wrap(classes ? Shape.of(rows) : Shape.of(rows, 1), answers);
    double value = scope.silently(() -> loss.of(predictions, targets)).item();
    scope.endStep();
    return new Evaluation(value, new Outcomes(task, classNames, outputs, answers), own);
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

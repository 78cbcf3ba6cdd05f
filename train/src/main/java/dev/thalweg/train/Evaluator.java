package dev.thalweg.train;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Task;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Network;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import java.util.Arrays;

/// Runs a network over data in fixed parts of 1,024 rows and adds up how well it does.
final class Evaluator {

  private static final int PART = 1024;

  private Evaluator() {}

  /// The evaluation on data that have been scaled as the network's training data were.
  static Evaluation evaluate(Network network, Loss loss, Dataset data, StepScope scope) {
    float[] features = data.x();
    float[] answers = TensorBatch.answers(data);
    boolean classes = data.task() == Task.CLASSIFICATION;
    boolean sums = loss.reduction() == Loss.Reduction.SUM;
    double totalLoss = 0;
    long right = 0;
    double absolute = 0;
    double squared = 0;
    for (int from = 0; from < data.rows(); from += PART) {
      int to = Math.min(from + PART, data.rows());
      TensorBatch batch =
          TensorBatch.of(
              data.task(),
              data.features(),
              Arrays.copyOfRange(features, from * data.features(), to * data.features()),
              Arrays.copyOfRange(answers, from, to));
      Tensor prediction = scope.silently(() -> network.apply(batch.x()));
      double value = scope.silently(() -> loss.of(prediction, batch.y())).item();
      totalLoss += sums ? value : value * (to - from);
      if (classes) {
        int[] best = prediction.argMax();
        for (int i = 0; i < best.length; i++) {
          right += best[i] == (int) answers[from + i] ? 1 : 0;
        }
      } else {
        float[] predicted = prediction.floats();
        for (int i = 0; i < predicted.length; i++) {
          double error = (double) answers[from + i] - predicted[i];
          absolute += Math.abs(error);
          squared += error * error;
        }
      }
      scope.endStep();
    }
    double n = data.rows();
    return new Evaluation(
        data.task(),
        data.rows(),
        sums ? totalLoss : totalLoss / n,
        classes ? right / n : Double.NaN,
        classes ? Double.NaN : 1 - squared / squaresAroundMean(answers),
        classes ? Double.NaN : absolute / n);
  }

  private static double squaresAroundMean(float[] targets) {
    double mean = 0;
    for (float y : targets) {
      mean += y;
    }
    mean /= targets.length;
    double squares = 0;
    for (float y : targets) {
      squares += (y - mean) * (y - mean);
    }
    return squares;
  }
}

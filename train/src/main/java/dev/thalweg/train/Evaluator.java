package dev.thalweg.train;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Task;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Network;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;

/// Runs a network over data in fixed parts of 1,024 rows and adds up how well it does.
final class Evaluator {

  private static final int PART = 1024;

  private Evaluator() {}

  /// The evaluation on data that have been scaled as the network's training data were.
  static Evaluation evaluate(Network network, Loss loss, Dataset data, StepScope scope) {
    double totalLoss = 0;
    long right = 0;
    double absolute = 0;
    double squared = 0;
    for (int from = 0; from < data.rows(); from += PART) {
      int count = Math.min(PART, data.rows() - from);
      float[] x = new float[count * data.features()];
      System.arraycopy(data.x(), from * data.features(), x, 0, x.length);
      float[] y = targets(data, from, count);
      Tensor prediction =
          scope.silently(() -> network.apply(Batches.features(data, x, count)));
      Tensor value =
          scope.silently(() -> loss.of(prediction, Batches.targets(data, y, count)));
      totalLoss += value.item() * count;
      if (data.task() == Task.CLASSIFICATION) {
        int[] best = prediction.argMax();
        for (int i = 0; i < count; i++) {
          right += best[i] == (int) y[i] ? 1 : 0;
        }
      } else {
        float[] predicted = prediction.floats();
        for (int i = 0; i < count; i++) {
          double error = (double) y[i] - predicted[i];
          absolute += Math.abs(error);
          squared += error * error;
        }
      }
      scope.endStep();
    }
    double n = data.rows();
    boolean classes = data.task() == Task.CLASSIFICATION;
    return new Evaluation(
        data.task(),
        data.rows(),
        totalLoss / n,
        classes ? right / n : Double.NaN,
        classes ? Double.NaN : 1 - squared / squaresAroundMean(data),
        classes ? Double.NaN : absolute / n);
  }

  private static float[] targets(Dataset data, int from, int count) {
    float[] y = new float[count];
    if (data.task() == Task.CLASSIFICATION) {
      int[] labels = data.labels();
      for (int i = 0; i < count; i++) {
        y[i] = labels[from + i];
      }
    } else {
      System.arraycopy(data.targets(), from, y, 0, count);
    }
    return y;
  }

  private static double squaresAroundMean(Dataset data) {
    double mean = 0;
    for (float y : data.targets()) {
      mean += y;
    }
    mean /= data.rows();
    double squares = 0;
    for (float y : data.targets()) {
      squares += (y - mean) * (y - mean);
    }
    return squares;
  }
}

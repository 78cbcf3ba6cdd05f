package dev.thalweg.bench;

import dev.thalweg.kernels.HasValues;
import dev.thalweg.nn.Dense;
import dev.thalweg.optim.OptimizerRun;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.optim.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// A perceptron as plain arrays: weights, gradients, and the activations and their gradients of one
/// batch. Layer l has `widths[l]` inputs and `widths[l + 1]` outputs; relu between layers, softmax
/// cross-entropy at the end.
final class Perceptron {

  final int[] widths;
  final int batch;
  final float[][] weights;
  final float[][] biases;
  final float[][] weightGradients;
  final float[][] biasGradients;

  /// Of layer l, `batch × widths[l]`; the first is the batch's input.
  final float[][] outputs;

  /// Gradients of outputs, none for the input.
  final float[][] deltas;

  final float[] normalizers;
  final float[] losses;

  private final OptimizerRun optimizer;
  private final List<HasValues> gradients = new ArrayList<>();

  Perceptron(Workload workload, long seed) {
    widths =
        IntStream.concat(
                IntStream.of(workload.inputs()),
                workload.network().layers().stream().mapToInt(layer -> ((Dense) layer).units()))
            .toArray();
    batch = workload.batch();
    int layers = widths.length - 1;
    weights = new float[layers][];
    biases = new float[layers][];
    weightGradients = new float[layers][];
    biasGradients = new float[layers][];
    outputs = new float[layers + 1][];
    deltas = new float[layers + 1][];
    normalizers = new float[2 * batch];
    losses = new float[batch];
    Random random = new Random(seed);
    List<Parameter> parameters = new ArrayList<>();
    outputs[0] = new float[0];
    deltas[0] = new float[0];
    for (int l = 0; l < layers; l++) {
      int in = widths[l];
      int out = widths[l + 1];
      weights[l] = new float[in * out];
      double limit = Math.sqrt(6.0 / in);
      for (int i = 0; i < weights[l].length; i++) {
        weights[l][i] = (float) ((2 * random.nextDouble() - 1) * limit);
      }
      biases[l] = new float[out];
      weightGradients[l] = new float[in * out];
      biasGradients[l] = new float[out];
      outputs[l + 1] = new float[batch * out];
      deltas[l + 1] = new float[batch * out];
      parameters.add(Parameter.of("weights" + l, weights[l]));
      parameters.add(Parameter.of("bias" + l, biases[l]));
      gradients.add(Parameter.of("weights" + l, weightGradients[l]));
      gradients.add(Parameter.of("bias" + l, biasGradients[l]));
    }
    optimizer = Optimizers.adamw(1e-3).withWeightDecay(0.01).attach(parameters);
  }

  int layers() {
    return weights.length;
  }

  /// One AdamW step on the engine in force.
  void update() {
    optimizer.step(gradients);
  }

  /// From −log p of each row, and of the probabilities in the last delta to the loss's gradient.
  ///
  /// @param from the first row
  /// @param to the row after the last
  void lossOfRows(int[] labels, int from, int to) {
    int last = layers();
    int classes = widths[last];
    float[] logits = outputs[last];
    float[] delta = deltas[last];
    float scale = 1f / batch;
    for (int row = from; row < to; row++) {
      int right = row * classes + labels[row];
      losses[row] = normalizers[2 * row + 1] - (logits[right] - normalizers[2 * row]);
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        delta[i] *= scale;
      }
      delta[right] -= scale;
    }
  }

  double meanLoss() {
    double sum = 0;
    for (float loss : losses) {
      sum += loss;
    }
    return sum / batch;
  }

  /// A figure that differs where any bit of any weight does, as good as surely.
  int hash() {
    int hash = Arrays.deepHashCode(weights);
    return 31 * hash + Arrays.deepHashCode(biases);
  }
}

package dev.thalweg.bench;

import dev.thalweg.data.Dataset;
import dev.thalweg.nn.Activation;
import dev.thalweg.nn.Layer;
import dev.thalweg.nn.Layers;
import dev.thalweg.nn.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// A perceptron and random data to train it on, and how long to measure it.
///
/// @param name as the user types it
/// @param widths of the inputs, the hidden layers (relu) and the logits
/// @param batch rows a step
/// @param batches of which the data consist
/// @param warmUp steps before the first window
/// @param windows how many are measured
/// @param window steps of one window
record Workload(
    String name,
    List<Integer> widths,
    int batch,
    int batches,
    int warmUp,
    int windows,
    int window) {

  /// 784-512-512-10, batch 128: bound by matrix products and by AdamW's memory traffic.
  static final Workload WIDE =
      new Workload("wide", List.of(784, 512, 512, 10), 128, 10, 300, 15, 60);

  /// 64-64-10, batch 32: bound by what a step costs besides arithmetic. Some 50,000 steps go by
  /// until the vector kernels have taken over from the scalar ones and the JIT has settled.
  static final Workload SMALL =
      new Workload("small", List.of(64, 64, 10), 32, 45, 100_000, 200, 200);

  /// Six layers of 256, batch 512: activations beyond the second-level cache.
  static final Workload DEEP =
      new Workload("deep", List.of(256, 256, 256, 256, 256, 256, 256, 10), 512, 4, 200, 15, 40);

  static Workload named(String name) {
    return switch (name) {
      case "wide" -> WIDE;
      case "small" -> SMALL;
      case "deep" -> DEEP;
      default ->
          throw new IllegalArgumentException(
              "workload: expected wide, small or deep, found " + name);
    };
  }

  int inputs() {
    return widths.getFirst();
  }

  int classes() {
    return widths.getLast();
  }

  Sequential model() {
    List<Layer> layers = new ArrayList<>();
    for (int width : widths.subList(1, widths.size() - 1)) {
      layers.add(Layers.dense(width, Activation.RELU));
    }
    layers.add(Layers.dense(classes()));
    return Sequential.of(layers.toArray(Layer[]::new));
  }

  /// Normally distributed features, labels by a random linear rule: the same at every call.
  Dataset data() {
    Random random = new Random(42);
    int rows = batch * batches;
    float[] rule = normal(random, inputs() * classes());
    float[] x = normal(random, rows * inputs());
    int[] labels = new int[rows];
    for (int row = 0; row < rows; row++) {
      double best = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes(); c++) {
        double score = 0;
        for (int i = 0; i < inputs(); i++) {
          score += (double) x[row * inputs() + i] * rule[i * classes() + c];
        }
        if (score > best) {
          best = score;
          labels[row] = c;
        }
      }
    }
    List<String> names = IntStream.range(0, classes()).mapToObj(Integer::toString).toList();
    return Dataset.classification(name, x, inputs(), labels, names);
  }

  private static float[] normal(Random random, int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }
}

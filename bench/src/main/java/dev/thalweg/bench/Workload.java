package dev.thalweg.bench;

import dev.thalweg.data.Corpus;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Pairs;
import dev.thalweg.data.Tokenizer;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// A model and random data to train it on, and how long to measure it.
///
/// @param name as the user types it
/// @param shape of a sample
/// @param model its layers
/// @param classes the number of logits
/// @param batch rows a step
/// @param batches of which the data consist
/// @param warmUp steps before the first window
/// @param windows how many are measured
/// @param window steps of one window
record Workload(
    String name,
    List<Integer> shape,
    String model,
    int classes,
    int batch,
    int batches,
    int warmUp,
    int windows,
    int window) {

  /// 784-512-512-10, batch 128: bound by matrix products and by AdamW's memory traffic.
  static final Workload WIDE = perceptron("wide", 128, 10, 300, 15, 60, 784, 512, 512, 10);

  /// 64-64-10, batch 32: bound by what a step costs besides arithmetic. Some 50,000 steps go by
  /// until the vector kernels have taken over from the scalar ones and the JIT has settled.
  static final Workload SMALL = perceptron("small", 32, 45, 100_000, 200, 200, 64, 64, 10);

  /// Six layers of 256, batch 512: activations beyond the second-level cache.
  static final Workload DEEP =
      perceptron("deep", 512, 4, 200, 15, 40, 256, 256, 256, 256, 256, 256, 256, 10);

  /// Two convolutions on 28×28 images, batch 64.
  static final Workload CNN =
      new Workload(
          "cnn",
          List.of(28, 28, 1),
          "conv2d(32, 3, padding=same, activation=relu) | max_pool(2)"
              + " | conv2d(64, 3, padding=same, activation=relu) | max_pool(2)"
              + " | flatten | dense(128, relu) | dense(10)",
          10,
          64,
          10,
          150,
          15,
          15);

  /// ResNet-20 on 32×32×3 images, batch 64.
  static final Workload RESNET =
      new Workload("resnet", List.of(32, 32, 3), "resnet(20)", 10, 64, 10, 60, 15, 4);

  /// An LSTM of 256 over 64 steps of 64 numbers, batch 32.
  static final Workload LSTM =
      new Workload(
          "lstm", List.of(64, 64), "lstm(256) | last | dense(10)", 10, 32, 10, 150, 15, 15);

  /// A GPT of four blocks over windows of 128 of 81 tokens, batch 16.
  static final Workload GPT =
      new Workload(
          "gpt",
          List.of(128),
          "gpt(layers=4, width=128, heads=4, context=128)",
          81,
          16,
          10,
          100,
          15,
          10);

  /// A transformer of three encoder and three decoder blocks over pairs of 24 of 60 tokens, batch
  /// 64.
  static final Workload SEQ2SEQ =
      new Workload(
          "seq2seq",
          List.of(24),
          "transformer(layers=3, width=128, heads=4, context=24)",
          60,
          64,
          10,
          100,
          15,
          10);

  static Workload perceptron(
      String name, int batch, int batches, int warmUp, int windows, int window, int... widths) {
    StringBuilder model = new StringBuilder();
    for (int i = 1; i < widths.length - 1; i++) {
      model.append("dense(").append(widths[i]).append(", relu) | ");
    }
    int classes = widths[widths.length - 1];
    model.append("dense(").append(classes).append(')');
    return new Workload(
        name,
        List.of(widths[0]),
        model.toString(),
        classes,
        batch,
        batches,
        warmUp,
        windows,
        window);
  }

  static Workload named(String name) {
    return switch (name) {
      case "wide" -> WIDE;
      case "small" -> SMALL;
      case "deep" -> DEEP;
      case "cnn" -> CNN;
      case "resnet" -> RESNET;
      case "lstm" -> LSTM;
      case "gpt" -> GPT;
      case "seq2seq" -> SEQ2SEQ;
      default ->
          throw new IllegalArgumentException(
              "workload: expected wide, small, deep, cnn, resnet, lstm, gpt or seq2seq, found "
                  + name);
    };
  }

  int inputs() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /// Whether it learns how a text goes on.
  boolean ofTokens() {
    return name.equals(GPT.name);
  }

  /// Whether it learns to make one sequence of another.
  boolean ofPairs() {
    return name.equals(SEQ2SEQ.name);
  }

  Sequential network() {
    return ofPairs()
        ? Models.ofPairs(model, classes, classes)
        : ofTokens() ? Models.ofTokens(model, classes) : Models.parse(model, classes);
  }

  /// Random characters, as many as the batches take.
  Corpus text() {
    Random random = new Random(42);
    StringBuilder text = new StringBuilder();
    // An epoch begins within a window.
    for (int i = 0; i < (batch * batches + 1) * inputs(); i++) {
      text.append((char) ('0' + (i < classes ? i : random.nextInt(classes))));
    }
    return Corpus.of(name, text.toString(), Tokenizer.characters(text.toString()));
  }

  /// Random characters, on the left as many as the context has, on the right one fewer, which an
  /// end follows.
  Pairs pairs() {
    Random random = new Random(42);
    List<String> sources = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    for (int row = 0; row < batch * batches; row++) {
      sources.add(drawn(random, inputs(), classes));
      targets.add(drawn(random, inputs() - 1, classes - 1));
    }
    return Pairs.of(name, sources, targets);
  }

  private static String drawn(Random random, int length, int different) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('0' + random.nextInt(different)));
    }
    return text.toString();
  }

  /// Normally distributed features, labels by a random linear rule: the same at every call.
  Dataset data() {
    Random random = new Random(42);
    int rows = batch * batches;
    float[] rule = normal(random, inputs() * classes);
    float[] x = normal(random, rows * inputs());
    int[] labels = new int[rows];
    for (int row = 0; row < rows; row++) {
      double best = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        double score = 0;
        for (int i = 0; i < inputs(); i++) {
          score += (double) x[row * inputs() + i] * rule[i * classes + c];
        }
        if (score > best) {
          best = score;
          labels[row] = c;
        }
      }
    }
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    return Dataset.classification(name, x, inputs(), labels, names)
        .withShape(shape.stream().mapToInt(Integer::intValue).toArray());
  }

  private static float[] normal(Random random, int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }
}

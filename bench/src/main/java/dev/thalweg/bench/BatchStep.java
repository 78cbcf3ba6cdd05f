package dev.thalweg.bench;

import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Kernels;
import dev.thalweg.kernels.UnaryFunction;
import java.util.Arrays;

/// One training step of a [Perceptron], written by hand on the kernels, in two ways to share it
/// between threads.
interface BatchStep {

  /// Gradients of the loss on one batch, and the update.
  ///
  /// @param x batch × inputs
  /// @param labels one a row
  /// @return the loss before the update
  double train(float[] x, int[] labels);

  /// Each operation goes over the whole batch and is split between the threads by the engine.
  static BatchStep byOperation(Perceptron net, Engine engine) {
    return (x, labels) -> {
      net.outputs[0] = x;
      int last = net.layers();
      int rows = net.batch;
      for (int l = 0; l < last; l++) {
        int in = net.widths[l];
        int out = net.widths[l + 1];
        float[] y = net.outputs[l + 1];
        engine.fillRows(rows, out, net.biases[l], 0, y, 0, out);
        engine.matmul(
            false,
            false,
            rows,
            out,
            in,
            net.outputs[l],
            0,
            in,
            net.weights[l],
            0,
            out,
            y,
            0,
            out,
            true);
        if (l + 1 < last) {
          engine.map(UnaryFunction.RELU, y, 0, y, 0, rows * out);
        }
      }
      int classes = net.widths[last];
      engine.softmaxRows(
          rows,
          classes,
          net.outputs[last],
          0,
          classes,
          net.deltas[last],
          0,
          classes,
          net.normalizers,
          0);
      net.lossOfRows(labels, 0, rows);
      for (int l = last - 1; l >= 0; l--) {
        weightGradients(net, engine, l);
        if (l > 0) {
          int in = net.widths[l];
          int out = net.widths[l + 1];
          float[] delta = net.deltas[l];
          engine.matmul(
              false,
              true,
              rows,
              in,
              out,
              net.deltas[l + 1],
              0,
              out,
              net.weights[l],
              0,
              out,
              delta,
              0,
              in,
              false);
          engine.gate(delta, 0, net.outputs[l], 0, delta, 0, rows * in);
        }
      }
      engine.run(net::update);
      return net.meanLoss();
    };
  }

  /// Chunks of rows go forward and backward through all layers, each on one thread; the weight
  /// gradients follow as products over the whole batch, split by the engine.
  ///
  /// @param chunk rows; fixed, so that no bit depends on the number of threads
  static BatchStep byChunk(Perceptron net, Engine engine, int chunk) {
    return (x, labels) -> {
      net.outputs[0] = x;
      engine.parallel(
          net.batch, chunk, (from, to) -> passOfRows(net, engine.kernels(), labels, from, to));
      for (int l = net.layers() - 1; l >= 0; l--) {
        weightGradients(net, engine, l);
      }
      engine.run(net::update);
      return net.meanLoss();
    };
  }

  private static void passOfRows(Perceptron net, Kernels kernels, int[] labels, int from, int to) {
    int last = net.layers();
    int rows = to - from;
    for (int l = 0; l < last; l++) {
      int in = net.widths[l];
      int out = net.widths[l + 1];
      float[] y = net.outputs[l + 1];
      int start = from * out;
      kernels.fillRows(rows, out, net.biases[l], 0, y, start, out);
      kernels.matmul(
          false,
          false,
          rows,
          out,
          in,
          net.outputs[l],
          from * in,
          in,
          net.weights[l],
          0,
          out,
          y,
          start,
          out,
          true);
      if (l + 1 < last) {
        kernels.map(UnaryFunction.RELU, y, start, y, start, rows * out);
      }
    }
    int classes = net.widths[last];
    kernels.softmaxRows(
        rows,
        classes,
        net.outputs[last],
        from * classes,
        classes,
        net.deltas[last],
        from * classes,
        classes,
        net.normalizers,
        2 * from);
    net.lossOfRows(labels, from, to);
    for (int l = last - 1; l > 0; l--) {
      int in = net.widths[l];
      int out = net.widths[l + 1];
      float[] delta = net.deltas[l];
      kernels.matmul(
          false,
          true,
          rows,
          in,
          out,
          net.deltas[l + 1],
          from * out,
          out,
          net.weights[l],
          0,
          out,
          delta,
          from * in,
          in,
          false);
      kernels.gate(delta, from * in, net.outputs[l], from * in, delta, from * in, rows * in);
    }
  }

  private static void weightGradients(Perceptron net, Engine engine, int l) {
    int in = net.widths[l];
    int out = net.widths[l + 1];
    float[] delta = net.deltas[l + 1];
    engine.matmul(
        true,
        false,
        in,
        out,
        net.batch,
        net.outputs[l],
        0,
        in,
        delta,
        0,
        out,
        net.weightGradients[l],
        0,
        out,
        false);
    Arrays.fill(net.biasGradients[l], 0);
    engine.columnSums(net.batch, out, delta, 0, out, net.biasGradients[l], 0);
  }
}

package dev.thalweg.train;

import dev.thalweg.data.Task;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.UnaryFunction;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.RowPass;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/// Predictions for one row after the other, from any number of threads and without a lock: arrays
/// are taken from a small pool and given back. The same bits as predicting the row among others.
///
/// Where all layers are those of a perceptron, a [RowPass] does it, with no garbage but the result;
/// else the network itself, in a [StepScope] of the pool, with no array but the result.
final class RowPredictor {

  /// Places of the pool; more threads than these at once make arrays of their own.
  private static final int PLACES = 64;

  private final Network network;
  private final Optional<RowPass> pass;
  private final Preprocessing preprocessing;
  private final Engine engine;
  private final boolean classes;
  private final int outputs;
  private final AtomicReferenceArray<Scratch> pool = new AtomicReferenceArray<>(PLACES);

  /// What one call needs.
  private final class Scratch {
    final float[] x;
    final float[] spare;
    final float[] normalizer = new float[2];
    final Optional<Applied> applied;

    Scratch() {
      int inputs = network.input().size();
      int width = Math.max(pass.map(RowPass::width).orElse(inputs), 2);
      x = new float[pass.isPresent() ? width : inputs];
      spare = new float[Math.max(width, outputs)];
      applied = pass.isPresent() ? Optional.empty() : Optional.of(new Applied(x, spare));
    }

    float[] outputs() {
      return applied.isPresent()
          ? applied.get().outputs()
          : pass.orElseThrow().apply(engine, x, spare);
    }
  }

  /// The network applied to one row. What is the same in each call is made once.
  private final class Applied {
    private final StepScope scope = new StepScope(engine);
    private final float[] to;
    private final Supplier<float[]> inScope = this::inScope;
    private final Supplier<Tensor> network;

    /// @param x the row, which is in it when it is asked for
    /// @param to takes the outputs
    Applied(float[] x, float[] to) {
      Tensor batch = Tensor.wrap(TensorBatch.batch(1, RowPredictor.this.network.input()), x);
      this.network = () -> RowPredictor.this.network.apply(batch);
      this.to = to;
    }

    float[] outputs() {
      return scope.call(inScope);
    }

    private float[] inScope() {
      try {
        Tensor y = scope.silently(network);
        System.arraycopy(y.floats(), 0, to, 0, outputs);
        return to;
      } finally {
        scope.endStep();
      }
    }
  }

  RowPredictor(Network network, Preprocessing preprocessing, Engine engine) {
    this.network = network;
    this.pass = RowPass.of(network);
    this.preprocessing = preprocessing;
    this.engine = engine;
    this.classes = preprocessing.task() == Task.CLASSIFICATION;
    this.outputs = network.output().size();
  }

  /// The probability of each class, or the number.
  ///
  /// @param features of the right number, not scaled
  double[] predict(double[] features) {
    int place = (int) Thread.currentThread().threadId() & (PLACES - 1);
    Scratch mine = pool.getAndSet(place, null);
    Scratch scratch = mine == null ? new Scratch() : mine;
    preprocessing.apply(features, scratch.x, 1);
    double[] prediction = result(scratch.outputs(), scratch);
    pool.set(place, scratch);
    return prediction;
  }

  private double[] result(float[] y, Scratch scratch) {
    if (!classes) {
      return new double[] {preprocessing.prediction(y[0])};
    }
    if (outputs == 1) {
      // The probabilities of both classes from the logit of the second.
      y[1] = y[0];
      engine.map(UnaryFunction.NEGATE, y, 0, y, 0, 1);
      engine.map(UnaryFunction.SIGMOID, y, 0, y, 0, 2);
      return new double[] {y[0], y[1]};
    }
    engine.softmaxRows(1, outputs, y, 0, outputs, y, 0, outputs, scratch.normalizer, 0);
    double[] probabilities = new double[outputs];
    for (int i = 0; i < outputs; i++) {
      probabilities[i] = y[i];
    }
    return probabilities;
  }
}

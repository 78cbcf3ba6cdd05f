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
/// Where all layers are known to [RowPass], it does it, with no garbage but the result; else the
/// network itself, in a [StepScope] of the pool, with no array but the result.
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
  private interface Call {
    /// Where the row is put.
    float[] row();

    /// Its outputs, at the start of an array that has room for one more.
    float[] outputs();
  }

  /// The call of a [RowPass].
  private final class Passed implements Call {
    private final RowPass pass;
    private final RowPass.Arrays arrays;

    Passed(RowPass pass) {
      this.pass = pass;
      this.arrays = pass.arrays();
    }

    @Override
    public float[] row() {
      return arrays.row();
    }

    @Override
    public float[] outputs() {
      return pass.apply(engine, arrays);
    }
  }

  /// A call and what else it needs.
  private final class Scratch {
    final Call call = pass.isPresent() ? new Passed(pass.get()) : new Applied();
    final float[] normalizer = new float[2];
  }

  /// The network applied to one row. What is the same in each call is made once.
  private final class Applied implements Call {
    private final StepScope scope = new StepScope(engine);
    private final float[] row = new float[network.input().size()];
    private final float[] to = new float[Math.max(2, outputs)];
    private final Supplier<float[]> inScope = this::inScope;
    private final Supplier<Tensor> applied;

    Applied() {
      Tensor batch = Tensor.wrap(TensorBatch.batch(1, network.input()), row);
      this.applied = () -> network.apply(batch);
    }

    @Override
    public float[] row() {
      return row;
    }

    @Override
    public float[] outputs() {
      return scope.call(inScope);
    }

    private float[] inScope() {
      try {
        Tensor y = scope.silently(applied);
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
    // one row is too little to share, and whoever has many cores calls from many threads
    this.engine = engine.withThreads(1);
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
    preprocessing.apply(features, scratch.call.row(), 1);
    double[] prediction = result(scratch.call.outputs(), scratch.normalizer);
    pool.set(place, scratch);
    return Predicted.finite(prediction);
  }

  private double[] result(float[] y, float[] normalizer) {
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
    engine.softmaxRows(1, outputs, y, 0, outputs, y, 0, outputs, normalizer, 0);
    double[] probabilities = new double[outputs];
    for (int i = 0; i < outputs; i++) {
      probabilities[i] = y[i];
    }
    return probabilities;
  }
}

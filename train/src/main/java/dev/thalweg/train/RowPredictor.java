package dev.thalweg.train;

import dev.thalweg.data.Task;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.UnaryFunction;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.RowPass;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Predictions for one row after the other, from any number of threads, with no garbage but the
/// result: arrays are taken from a small pool and given back. The same bits as predicting the row
/// among others.
final class RowPredictor {

  /// Places of the pool; more threads than these at once make arrays of their own.
  private static final int PLACES = 64;

  private final RowPass pass;
  private final Preprocessing preprocessing;
  private final Engine engine;
  private final boolean classes;
  private final int outputs;
  private final AtomicReferenceArray<Scratch> pool = new AtomicReferenceArray<>(PLACES);

  private static final class Scratch {
    final float[] x;
    final float[] spare;
    final float[] normalizer = new float[2];

    Scratch(int width) {
      x = new float[width];
      spare = new float[width];
    }
  }

  private RowPredictor(RowPass pass, Network network, Preprocessing preprocessing, Engine engine) {
    this.pass = pass;
    this.preprocessing = preprocessing;
    this.engine = engine;
    this.classes = preprocessing.task() == Task.CLASSIFICATION;
    this.outputs = network.output().size();
  }

  /// One for this network; empty where its layers know only tensors.
  static Optional<RowPredictor> of(Network network, Preprocessing preprocessing, Engine engine) {
    return RowPass.of(network).map(pass -> new RowPredictor(pass, network, preprocessing, engine));
  }

  /// The probability of each class, or the number.
  ///
  /// @param features of the right number, not scaled
  double[] predict(double[] features) {
    int place = (int) Thread.currentThread().threadId() & (PLACES - 1);
    Scratch mine = pool.getAndSet(place, null);
    Scratch scratch = mine == null ? new Scratch(Math.max(pass.width(), 2)) : mine;
    float[] x = scratch.x;
    preprocessing.apply(features, x, 1);
    float[] y = pass.apply(engine, x, scratch.spare);
    double[] prediction = result(y, scratch);
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

package dev.thalweg.optim.minimize;

import dev.thalweg.kernels.Values;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// L-BFGS as PyTorch has it: several directions a step, within limits of evaluations and
/// tolerances.
public final class IteratedLbfgs implements Search {
  private final int iterations;
  private final int evaluations;
  private final double smallGradient;
  private final double smallChange;
  private final boolean searches;
  private final boolean uphill;
  private final History history;
  private final Numbers direction;
  private final Numbers before;

  /// How many directions there were; how far the last was gone.
  private final Numbers progress = new Numbers(2);

  /// @param iterations of a step, at most
  /// @param evaluations of a step, at most
  /// @param smallGradient whose largest number ends a step
  /// @param smallChange of the point, or of the value, which ends a step
  /// @param remembered steps
  /// @param searches until the conditions of Wolfe hold
  /// @param uphill whether the value is made large
  /// @param size of the vector
  public IteratedLbfgs(
      int iterations,
      int evaluations,
      double smallGradient,
      double smallChange,
      int remembered,
      boolean searches,
      boolean uphill,
      int size) {
    this.iterations = iterations;
    this.evaluations = evaluations;
    this.smallGradient = smallGradient;
    this.smallChange = smallChange;
    this.searches = searches;
    this.uphill = uphill;
    history = new History(size, remembered);
    direction = new Numbers(size);
    before = new Numbers(size);
  }

  @Override
  public void step(Space given) {
    Space space = uphill ? new UpsideDown(given) : given;
    double[] x = space.start();
    double[] gradient = space.gradient();
    double value = space.value();
    int looked = 1;
    if (Vectors.largest(gradient) <= smallGradient) {
      return;
    }
    for (int iteration = 1; iteration <= iterations; iteration++) {
      progress.setFirst(progress.first() + 1);
      double[] d = next(gradient);
      System.arraycopy(d, 0, direction.doubles(), 0, d.length);
      System.arraycopy(gradient, 0, before.doubles(), 0, d.length);
      double lastValue = value;
      double first = progress.first() == 1 ? Math.min(1, 1 / Vectors.sumOfMagnitudes(gradient)) : 1;
      double t = first * space.number("lr");
      progress.doubles()[1] = t;
      double slope = Vectors.dot(gradient, d);
      if (slope > -smallChange) {
        break;
      }
      if (searches) {
        var line = new Line(space, x, d, value, gradient, slope);
        Line.Place end = line.strongWolfe(t, 0.9, 1e-9, evaluations - looked);
        looked += line.evaluations();
        t = end.step();
        progress.doubles()[1] = t;
        value = end.value();
        gradient = end.gradient();
        x = Vectors.along(x, t, d);
        space.moveTo(x);
      } else {
        x = Vectors.along(x, t, d);
        if (iteration == iterations) {
          space.moveTo(x);
          break;
        }
        gradient = new double[d.length];
        value = space.evaluate(x, gradient);
        looked++;
      }
      if (looked >= evaluations
          || Vectors.largest(gradient) <= smallGradient
          || Math.abs(t) * Vectors.largest(d) <= smallChange
          || Math.abs(value - lastValue) < smallChange) {
        break;
      }
    }
  }

  /// The direction; what came of the last one is remembered first.
  private double[] next(double[] gradient) {
    if (progress.first() == 1) {
      return Vectors.times(-1, gradient);
    }
    double[] s = Vectors.times(progress.doubles()[1], direction.doubles());
    history.add(s, Vectors.along(gradient, -1, before.doubles()), 1e-10);
    return history.direction(gradient);
  }

  @Override
  public SequencedMap<String, Values> state() {
    var state = new LinkedHashMap<String, Values>();
    history.addTo(state);
    state.put("direction", direction);
    state.put("gradient", before);
    state.put("progress", progress);
    return Collections.unmodifiableSequencedMap(state);
  }
}

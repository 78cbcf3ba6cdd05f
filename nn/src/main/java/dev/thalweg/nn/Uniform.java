package dev.thalweg.nn;

import dev.thalweg.kernels.Philox;
import dev.thalweg.tensor.Shape;

/// Equally likely between two bounds, the upper one excluded.
record Uniform(double low, double high) implements Initializer {

  Uniform {
    if (!(low <= high) || !Float.isFinite((float) low) || !Float.isFinite((float) high)) {
      throw new IllegalArgumentException(
          "uniform: expected finite bounds in order, found " + low + " and " + high);
    }
  }

  @Override
  public float[] draw(Shape shape, int fanIn, int fanOut, Philox random) {
    float[] values = new float[shape.size()];
    random.uniform(0, values, 0, values.length, (float) low, (float) high);
    return values;
  }

  @Override
  public String toString() {
    return "uniform(" + Layers.number(low) + ", " + Layers.number(high) + ")";
  }
}

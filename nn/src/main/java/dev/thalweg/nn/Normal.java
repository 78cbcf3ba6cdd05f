package dev.thalweg.nn;

import dev.thalweg.kernels.Philox;
import dev.thalweg.tensor.Shape;

/// Normal numbers.
record Normal(double mean, double std) implements Initializer {

  Normal {
    if (!Float.isFinite((float) mean) || !(std >= 0) || !Float.isFinite((float) std)) {
      throw new IllegalArgumentException(
          "normal: expected a finite mean and a standard deviation of at least 0, found "
              + mean
              + " and "
              + std);
    }
  }

  @Override
  public float[] draw(Shape shape, int fanIn, int fanOut, Philox random) {
    float[] values = new float[shape.size()];
    random.normal(0, values, 0, values.length, (float) mean, (float) std);
    return values;
  }

  @Override
  public String toString() {
    return "normal(" + Layers.number(mean) + ", " + Layers.number(std) + ")";
  }
}

package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.Philox;
import dev.thalweg.tensor.Shape;

/// Normal numbers.
record Normal(double mean, double std) implements Initializer {

  private static final Argument<Double> MEAN =
      Argument.of("mean", Kind.number(Range.ANY), 0.0, "the mean");

  private static final Argument<Double> STD =
      Argument.of("std", Kind.number(Range.ANY), 0.05, "the standard deviation");

  private static final Signature SIGNATURE = Signature.of("normal", "normal numbers", 2, MEAN, STD);

  static final Written<Initializer> KIND =
      new Written<>(SIGNATURE, arguments -> new Normal(arguments.get(MEAN), arguments.get(STD)));

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
    return Written.text(SIGNATURE.with(MEAN, mean).with(STD, std));
  }
}

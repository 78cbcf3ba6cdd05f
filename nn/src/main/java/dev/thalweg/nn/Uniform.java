package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.Philox;
import dev.thalweg.tensor.Shape;

/// Equally likely between two bounds, the upper one excluded.
record Uniform(double low, double high) implements Initializer {

  private static final Argument<Double> LOW =
      Argument.of("low", Kind.number(Range.ANY), -0.05, "the lower bound");

  private static final Argument<Double> HIGH =
      Argument.of("high", Kind.number(Range.ANY), 0.05, "the upper bound");

  private static final Signature SIGNATURE =
      Signature.of("uniform", "numbers between two bounds", 2, LOW, HIGH);

  static final Written<Initializer> KIND =
      new Written<>(SIGNATURE, arguments -> new Uniform(arguments.get(LOW), arguments.get(HIGH)));

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
    return Written.text(SIGNATURE.with(LOW, low).with(HIGH, high));
  }
}

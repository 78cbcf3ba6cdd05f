package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.Philox;
import dev.thalweg.tensor.Shape;
import java.util.Arrays;

/// The same value everywhere.
record Constant(double value) implements Initializer {

  private static final Argument<Double> VALUE =
      Argument.required("value", Kind.number(Range.ANY), "of every weight");

  private static final Signature SIGNATURE =
      Signature.of("constant", "one value everywhere", 1, VALUE);

  static final Written<Initializer> KIND =
      new Written<>(SIGNATURE, arguments -> new Constant(arguments.get(VALUE)));

  Constant {
    if (!Float.isFinite((float) value)) {
      throw new IllegalArgumentException("constant: expected a finite float, found " + value);
    }
    value += 0.0; // −0 is written as 0
  }

  @Override
  public float[] draw(Shape shape, int fanIn, int fanOut, Philox random) {
    float[] values = new float[shape.size()];
    Arrays.fill(values, (float) value);
    return values;
  }

  @Override
  public String toString() {
    return value == 0 ? "zeros" : value == 1 ? "ones" : Written.text(SIGNATURE.with(VALUE, value));
  }
}

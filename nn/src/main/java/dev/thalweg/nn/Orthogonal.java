package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.Philox;
import dev.thalweg.tensor.Shape;

/// A matrix whose rows (or columns, where there are fewer of them) are orthonormal, times a gain:
/// uniformly distributed among all such (Saxe, McClelland, Ganguli 2013; Mezzadri 2006).
///
/// The matrix has the parameter's last dimension as columns and the others as rows, as in Keras.
/// Normal numbers in double are made orthogonal by Gram and Schmidt's method, each vector twice,
/// with lengths positive: that is the Q of the one QR decomposition whose R has a positive
/// diagonal, which PyTorch and Keras reach by signs. One thread adds in a fixed order, so the bits
/// are the same everywhere. It costs 4 m n² operations for n vectors of length m ≥ n: nothing for a
/// layer of hundreds of units, a while for thousands.
///
/// @param gain what each vector's length is; 1 by default
record Orthogonal(double gain) implements Initializer {

  private static final int BLOCK = 16;

  private static final Argument<Double> GAIN =
      Argument.of("gain", Kind.number(Range.ANY), 1.0, "the length of each vector");

  private static final Signature SIGNATURE =
      Signature.of("orthogonal", "orthonormal rows or columns", 1, GAIN);

  static final Written<Initializer> KIND =
      new Written<>(SIGNATURE, arguments -> new Orthogonal(arguments.get(GAIN)));

  Orthogonal {
    if (!Float.isFinite((float) gain)) {
      throw new IllegalArgumentException("orthogonal: expected a finite gain, found " + gain);
    }
  }

  @Override
  public float[] draw(Shape shape, int fanIn, int fanOut, Philox random) {
    int columns = shape.rank() == 0 ? 1 : shape.dimension(-1);
    int rows = columns == 0 ? 0 : shape.size() / columns;
    int count = Math.min(rows, columns);
    int length = Math.max(rows, columns);
    double[][] vectors = new double[count][length];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < length; j++) {
        vectors[i][j] = random.normal((long) i * length + j);
      }
    }
    orthonormalize(vectors);
    float[] values = new float[shape.size()];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double entry = rows < columns ? vectors[i][j] : vectors[j][i];
        values[i * columns + j] = (float) (gain * entry);
      }
    }
    return values;
  }

  /// Block after block, so that the vectors that are done are read once for each block and not once
  /// for each vector.
  private static void orthonormalize(double[][] vectors) {
    for (int start = 0; start < vectors.length; start += BLOCK) {
      int end = Math.min(start + BLOCK, vectors.length);
      for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < start; k++) {
          for (int i = start; i < end; i++) {
            remove(vectors[k], vectors[i]);
          }
        }
      }
      for (int i = start; i < end; i++) {
        double[] v = vectors[i];
        for (int pass = 0; pass < 2; pass++) {
          for (int k = start; k < i; k++) {
            remove(vectors[k], v);
          }
        }
        double norm = Math.sqrt(dot(v, v));
        for (int j = 0; j < v.length; j++) {
          v[j] /= norm;
        }
      }
    }
  }

  /// Takes from v what it has of the direction q, whose length is 1.
  private static void remove(double[] q, double[] v) {
    double along = dot(q, v);
    for (int j = 0; j < v.length; j++) {
      v[j] -= along * q[j];
    }
  }

  /// Four sums side by side, since one alone would wait for itself.
  private static double dot(double[] a, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = 0;
    for (; j + 3 < a.length; j += 4) {
      s0 += a[j] * b[j];
      s1 += a[j + 1] * b[j + 1];
      s2 += a[j + 2] * b[j + 2];
      s3 += a[j + 3] * b[j + 3];
    }
    for (; j < a.length; j++) {
      s0 += a[j] * b[j];
    }
    return (s0 + s1) + (s2 + s3);
  }

  @Override
  public String toString() {
    return Written.text(SIGNATURE.with(GAIN, gain));
  }
}

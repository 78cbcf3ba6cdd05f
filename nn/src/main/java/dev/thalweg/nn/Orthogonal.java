package dev.thalweg.nn;

import dev.thalweg.kernels.Philox;
import dev.thalweg.tensor.Shape;

/// A matrix whose rows (or columns, where there are fewer of them) are orthonormal, times a gain:
/// uniformly distributed among all such (Saxe, McClelland, Ganguli 2013; Mezzadri 2006).
///
/// The matrix has the parameter's last dimension as columns and the others as rows, as in Keras.
/// Normal numbers in double are made orthogonal by Gram and Schmidt's method, each vector twice,
/// with lengths positive: that is the Q of the one QR decomposition whose R has a positive
/// diagonal, which PyTorch and Keras reach by signs. Additions run in order; nothing depends on
/// threads. It costs 4 m n² operations for n vectors of length m ≥ n: a second for 1,000 of 1,000,
/// about.
///
/// @param gain what each vector's length is; 1 by default
record Orthogonal(double gain) implements Initializer {

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

  private static void orthonormalize(double[][] vectors) {
    for (int i = 0; i < vectors.length; i++) {
      double[] v = vectors[i];
      for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < i; k++) {
          double[] q = vectors[k];
          double along = dot(q, v);
          for (int j = 0; j < v.length; j++) {
            v[j] -= along * q[j];
          }
        }
      }
      double norm = Math.sqrt(dot(v, v));
      for (int j = 0; j < v.length; j++) {
        v[j] /= norm;
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  @Override
  public String toString() {
    return gain == 1 ? "orthogonal" : "orthogonal(" + Layers.number(gain) + ")";
  }
}

package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;

/// Pairs of features turned by angles that grow with the place: rotary positions. The gradient is
/// turned back.
final class Turned extends Operation {
  private static final double BASE = 10_000;

  /// Numbers that take about a nanosecond.
  private static final double SPEED = 1;

  private final int heads;
  private final int width;
  private final int first;
  private final boolean back;

  private Turned(Tensor x, int heads, int width, int first, boolean back) {
    super("rotary", x);
    this.heads = heads;
    this.width = width;
    this.first = first;
    this.back = back;
  }

  static Tensor of(Tensor x, int heads, int width, int first, boolean back) {
    Shape shape = x.shape();
    if (shape.rank() != 3
        || width < 2
        || width % 2 != 0
        || heads < 0
        || first < 0
        || heads * width > shape.dimension(2)) {
      throw new IllegalArgumentException(
          "rotary: expected sequences of [rows, steps, features] with %d heads of an even width %d or more, from place 0 on, found shape %s and place %d"
              .formatted(heads, width, shape, first));
    }
    Turned made = new Turned(x, heads, width, first, back);
    Tensor y = made.result(x.dtype(), shape);
    if (x.dtype() == DType.F32) {
      made.turn(x.floats(), y.floats(), shape);
    } else {
      made.turn(x.doubles(), y.doubles(), shape);
    }
    return y;
  }

  /// Cosines and sines, step by step, pair by pair.
  private double[] turns(int steps) {
    int half = width / 2;
    double[] turns = Tensor.empty(DType.F64, Shape.of(2 * steps * half)).doubles();
    for (int i = 0; i < half; i++) {
      double speed = StrictMath.pow(BASE, -2.0 * i / width);
      for (int t = 0; t < steps; t++) {
        double angle = (first + t) * speed;
        turns[2 * (t * half + i)] = StrictMath.cos(angle);
        turns[2 * (t * half + i) + 1] = back ? -StrictMath.sin(angle) : StrictMath.sin(angle);
      }
    }
    return turns;
  }

  private void turn(float[] x, float[] y, Shape shape) {
    int steps = shape.dimension(1);
    int features = shape.dimension(2);
    int half = width / 2;
    double[] turns = turns(steps);
    engine()
        .share(
            shape.dimension(0) * steps,
            features / SPEED,
            (from, to) -> {
              for (int token = from; token < to; token++) {
                int at = token * features;
                int turn = token % steps * half;
                for (int h = 0; h < heads; h++, at += width) {
                  for (int i = 0; i < half; i++) {
                    float c = (float) turns[2 * (turn + i)];
                    float s = (float) turns[2 * (turn + i) + 1];
                    float a = x[at + i];
                    float b = x[at + half + i];
                    y[at + i] = a * c - b * s;
                    y[at + half + i] = b * c + a * s;
                  }
                }
                System.arraycopy(x, at, y, at, features - heads * width);
              }
            });
  }

  private void turn(double[] x, double[] y, Shape shape) {
    int steps = shape.dimension(1);
    int features = shape.dimension(2);
    int half = width / 2;
    double[] turns = turns(steps);
    for (int token = 0; token < shape.dimension(0) * steps; token++) {
      int at = token * features;
      int turn = token % steps * half;
      for (int h = 0; h < heads; h++, at += width) {
        for (int i = 0; i < half; i++) {
          double c = turns[2 * (turn + i)];
          double s = turns[2 * (turn + i) + 1];
          double a = x[at + i];
          double b = x[at + half + i];
          y[at + i] = a * c - b * s;
          y[at + half + i] = b * c + a * s;
        }
      }
      System.arraycopy(x, at, y, at, features - heads * width);
    }
  }

  @Override
  protected void backward(Tensor y, Tensor g, Wanted by) {
    by.add(0, of(g, heads, width, first, !back));
  }
}

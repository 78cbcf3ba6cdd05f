package dev.thalweg.kernels;

import java.util.Random;

/// Random geometries and numbers for tests of convolution and pooling.
final class Geometries {
  private Geometries() {}

  static Convolution convolution(Random random) {
    while (true) {
      int groups = 1 + random.nextInt(random.nextBoolean() ? 1 : 4);
      int depth = 1 + random.nextInt(random.nextInt(4) == 0 ? 1 : 9);
      int own = 1 + random.nextInt(random.nextInt(4) == 0 ? 1 : 9);
      Window window = window(random);
      int height = 1 + random.nextInt(11);
      int width = 1 + random.nextInt(11);
      if (window.outputHeight(height) > 0 && window.outputWidth(width) > 0) {
        return new Convolution(window, height, width, groups * depth, groups * own, groups);
      }
    }
  }

  static Window window(Random random) {
    return new Window(
        1 + random.nextInt(4),
        1 + random.nextInt(4),
        1 + random.nextInt(3),
        1 + random.nextInt(3),
        1 + random.nextInt(3),
        1 + random.nextInt(3),
        random.nextInt(3),
        random.nextInt(3),
        random.nextInt(3),
        random.nextInt(3));
  }

  static float[] numbers(Random random, int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextFloat() - 0.5f;
    }
    return x;
  }

  static double[] doubles(float... x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i];
    }
    return y;
  }
}

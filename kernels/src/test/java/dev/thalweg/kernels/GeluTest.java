package dev.thalweg.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeluTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 17, 2048, 2049, 70_001})
  void itIsTheGradientOfGelu(int n) {
    float[] x = new float[n];
    float[] g = new float[n];
    Philox.of(1, 2).normal(0, x, 0, n, 0, 3);
    Philox.of(1, 3).normal(0, g, 0, n, 0, 1);
    float[] y = new float[n];
    float[] slopes = new float[n];
    Engine engine = Engine.of("scalar", 3);
    Gelu.forward(engine, x, y, slopes, n);
    float[] plain = new float[n];
    engine.map(UnaryFunction.GELU, x, 0, plain, 0, n);
    assertThat(y).isEqualTo(plain);
    Gelu.back(engine, slopes, g, y, n);
    double h = 1e-3;
    for (int i = 0; i < n; i += 1 + n / 97) {
      double slope = (gelu(x[i] + h) - gelu(x[i] - h)) / (2 * h);
      assertThat((double) y[i]).as("at %s", x[i]).isCloseTo(g[i] * slope, within(3e-6));
    }
  }

  /// x Φ(x), Φ by a series of the density's integral.
  private static double gelu(double x) {
    double term = x;
    double sum = x;
    for (int k = 1; k < 400; k++) {
      term *= x * x / (2 * k + 1);
      sum += term;
    }
    return x * (0.5 + sum * StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI));
  }
}

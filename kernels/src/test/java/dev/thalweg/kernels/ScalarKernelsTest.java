package dev.thalweg.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Element by element, beside the definition, wherever the arrays begin.
class ScalarKernelsTest {

  @Test
  void arraysAndNumbersFromAnyStartAndInPlace() {
    for (int way = 0; way < 4 * 3 * 3 * 3; way++) {
      Random random = new Random(way);
      int n = random.nextInt(40);
      int xStep = way & 1;
      int yStep = way >> 1 & 1;
      int xStart = way / 4 % 3;
      int yStart = way / 12 % 3;
      int zStart = way / 36;
      float[] x = Geometries.numbers(random, 3 + n);
      float[] y = Geometries.numbers(random, 3 + n);
      for (BinaryFunction f : BinaryFunction.values()) {
        float[] z = Geometries.numbers(random, 4 + n);
        float[] expected = z.clone();
        for (int i = 0; i < n; i++) {
          float a = x[xStart + i * xStep];
          float b = y[yStart + i * yStep];
          expected[zStart + i] =
              switch (f) {
                case ADD -> a + b;
                case SUBTRACT -> a - b;
                case MULTIPLY -> a * b;
                case DIVIDE -> a / b;
                case MAXIMUM -> Math.max(a, b);
                case MINIMUM -> Math.min(a, b);
              };
        }
        ScalarKernels.INSTANCE.zip(f, x, xStart, xStep, y, yStart, yStep, z, zStart, n);
        assertThat(z).as("%s way %d", f, way).isEqualTo(expected);
        if (xStep == 1 && xStart == zStart) {
          float[] inPlace = x.clone();
          ScalarKernels.INSTANCE.zip(f, inPlace, xStart, 1, y, yStart, yStep, inPlace, xStart, n);
          for (int i = 0; i < n; i++) {
            assertThat(inPlace[xStart + i]).isEqualTo(expected[zStart + i]);
          }
        }
      }
    }
  }
}

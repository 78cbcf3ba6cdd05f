package dev.thalweg.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Every element is one chain of fused multiply-adds in the order of the inner index, bit for bit.
class ScalarMatmulTest {

  @Test
  void everyElementIsOneChainOfFusedMultiplyAdds() {
    for (long seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      int m = size(random, 20);
      int n = size(random, 300);
      int k = random.nextInt(10) == 0 ? 0 : size(random, 300);
      boolean transposeA = random.nextBoolean();
      boolean transposeB = random.nextBoolean();
      boolean accumulate = random.nextBoolean();
      int aStride = (transposeA ? m : k) + random.nextInt(4);
      int bStride = (transposeB ? k : n) + random.nextInt(4);
      int cStride = n + random.nextInt(4);
      int aStart = random.nextInt(5);
      int bStart = random.nextInt(5);
      int cStart = random.nextInt(5);
      float[] a = numbers(random, aStart + (transposeA ? k : m) * aStride);
      float[] b = numbers(random, bStart + (transposeB ? n : k) * bStride);
      float[] c = numbers(random, cStart + m * cStride);
      float[] expected = c.clone();
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          int at = cStart + i * cStride + j;
          float sum = accumulate ? expected[at] : 0;
          for (int p = 0; p < k; p++) {
            float x = a[aStart + (transposeA ? p * aStride + i : i * aStride + p)];
            float y = b[bStart + (transposeB ? j * bStride + p : p * bStride + j)];
            sum = Math.fma(x, y, sum);
          }
          expected[at] = sum;
        }
      }
      ScalarMatmul.matmul(
          transposeA,
          transposeB,
          m,
          n,
          k,
          a,
          aStart,
          aStride,
          b,
          bStart,
          bStride,
          c,
          cStart,
          cStride,
          accumulate);
      assertThat(c).as("seed %d: %d×%d×%d", seed, m, k, n).isEqualTo(expected);
    }
  }

  /// Mostly small, sometimes beyond a block.
  private static int size(Random random, int large) {
    return 1 + random.nextInt(random.nextInt(4) == 0 ? large : 12);
  }

  private static float[] numbers(Random random, int n) {
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return numbers;
  }
}

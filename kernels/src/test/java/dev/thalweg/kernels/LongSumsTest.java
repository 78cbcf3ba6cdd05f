package dev.thalweg.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Products of more than 4,096 terms are chains of 4,096, added in order.
class LongSumsTest {
  private static final int[] SIZES = {4095, 4096, 4097, 8192, 3 * 4096 + 5};

  @Test
  void eachBlockIsAChainAndTheirSumsAreAddedInOrder() {
    for (int k : SIZES) {
      for (int flags = 0; flags < 8; flags++) {
        boolean transposeA = (flags & 1) != 0;
        boolean transposeB = (flags & 2) != 0;
        boolean accumulate = (flags & 4) != 0;
        Random random = new Random(k + flags);
        int m = 1 + random.nextInt(6);
        int n = 1 + random.nextInt(40);
        float[] a = Geometries.numbers(random, 2 + m * k);
        float[] b = Geometries.numbers(random, 3 + k * n);
        float[] c = Geometries.numbers(random, 1 + m * (n + 2));
        float[] expected = c.clone();
        double[] inDouble = Geometries.doubles(c);
        double[] expectedInDouble = Geometries.doubles(c);
        for (int i = 0; i < m; i++) {
          for (int j = 0; j < n; j++) {
            int at = 1 + i * (n + 2) + j;
            float total = accumulate ? c[at] : 0;
            double doubleTotal = total;
            for (int from = 0; from < k; from += 4096) {
              float s = from == 0 ? total : 0;
              double t = from == 0 ? doubleTotal : 0;
              for (int p = from; p < Math.min(k, from + 4096); p++) {
                float x = a[2 + (transposeA ? p * m + i : i * k + p)];
                float y = b[3 + (transposeB ? j * k + p : p * n + j)];
                s = Math.fma(x, y, s);
                t = Math.fma((double) x, (double) y, t);
              }
              total = from == 0 ? s : total + s;
              doubleTotal = from == 0 ? t : doubleTotal + t;
            }
            expected[at] = total;
            expectedInDouble[at] = doubleTotal;
          }
        }
        int as = transposeA ? m : k;
        int bs = transposeB ? k : n;
        float[] found = c.clone();
        Engine engine = Engine.of("scalar", 1 + flags % 3);
        engine.matmul(
            transposeA, transposeB, m, n, k, a, 2, as, b, 3, bs, found, 1, n + 2, accumulate);
        assertThat(found).as("%d × %d × %d, %d", m, k, n, flags).isEqualTo(expected);
        engine.matmul(
            transposeA,
            transposeB,
            m,
            n,
            k,
            Geometries.doubles(a),
            2,
            as,
            Geometries.doubles(b),
            3,
            bs,
            inDouble,
            1,
            n + 2,
            accumulate);
        assertThat(inDouble).as("%d × %d × %d, %d", m, k, n, flags).isEqualTo(expectedInDouble);
      }
    }
  }
}

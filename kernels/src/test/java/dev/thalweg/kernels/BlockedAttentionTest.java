package dev.thalweg.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Attention in blocks beside its definition in double, with more steps than a block has.
class BlockedAttentionTest {

  private static float[] numbers(Random random, int n) {
    return Geometries.numbers(random, n);
  }

  private static boolean sees(BlockedAttention a, int length, int[] firsts, int b, int i, int j) {
    int p = i + a.keys() - a.queries();
    return j < length
        && (firsts.length == 0 || j >= firsts[b * a.queries() + i])
        && (!a.causal() || j <= p)
        && (a.window() == 0 || Math.abs(p - j) < a.window());
  }

  /// Probabilities of one query, in double; all 0 where nothing is seen.
  private static double[] probabilities(
      BlockedAttention a, int length, int[] firsts, float[] q, float[] k, int b, int h, int i) {
    int own = h / (a.heads() / a.keyHeads());
    double[] p = new double[a.keys()];
    double most = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < p.length; j++) {
      double s = 0;
      for (int c = 0; c < a.width(); c++) {
        s +=
            (double) q[((b * a.queries() + i) * a.heads() + h) * a.width() + c]
                * k[((b * a.keys() + j) * a.keyHeads() + own) * a.width() + c];
      }
      double distance = Math.abs(i + a.keys() - a.queries() - j);
      p[j] =
          s / Math.sqrt(a.width())
              - (a.alibi() ? BlockedAttention.slope(h, a.heads()) : 0) * distance;
      if (sees(a, length, firsts, b, i, j)) {
        most = Math.max(most, p[j]);
      }
    }
    double sum = 0;
    for (int j = 0; j < p.length; j++) {
      p[j] = sees(a, length, firsts, b, i, j) ? Math.exp(p[j] - most) : 0;
      sum += p[j];
    }
    for (int j = 0; j < p.length; j++) {
      p[j] = sum == 0 ? 0 : p[j] / sum;
    }
    return p;
  }

  @ParameterizedTest
  @CsvSource({
    "2, 150, 150, 4, 4, 8, true, 0, false, false, false",
    "2, 70, 300, 4, 2, 16, true, 0, true, true, false",
    "3, 130, 200, 2, 1, 5, false, 0, true, true, false",
    "1, 300, 300, 2, 2, 7, true, 50, false, false, false",
    "2, 260, 260, 1, 1, 32, false, 20, false, true, false",
    "2, 40, 20, 2, 2, 3, true, 0, false, true, false",
    "2, 1, 129, 2, 2, 4, true, 0, true, false, false",
    "1, 64, 128, 1, 1, 64, false, 0, false, false, false",
    "3, 260, 260, 2, 1, 5, true, 0, false, false, true",
    "2, 150, 300, 2, 2, 8, true, 90, true, true, true",
    "2, 140, 140, 1, 1, 6, false, 0, false, true, true"
  })
  void isItsDefinition(
      int batch,
      int queries,
      int keys,
      int heads,
      int keyHeads,
      int width,
      boolean causal,
      int window,
      boolean alibi,
      boolean short_,
      boolean packed) {
    var a =
        new BlockedAttention(batch, queries, keys, heads, keyHeads, width, causal, window, alibi);
    Random random = new Random(keys);
    int qStride = heads * width;
    int kStride = keyHeads * width;
    float[] q = numbers(random, batch * queries * qStride);
    float[] k = numbers(random, batch * keys * kStride);
    float[] v = numbers(random, batch * keys * kStride);
    float[] dy = numbers(random, q.length);
    int[] lengths = new int[short_ ? batch : 0];
    for (int b = 0; b < lengths.length; b++) {
      lengths[b] = b == 0 ? keys / 3 : b == 1 ? 0 : keys;
    }
    int[] firsts = new int[packed ? batch * queries : 0];
    for (int b = 0; packed && b < batch; b++) {
      int begins = 0;
      for (int i = 0; i < queries; i++) {
        int place = i + keys - queries;
        begins = random.nextInt(40) == 0 ? place : begins;
        // one that sees nothing
        firsts[b * queries + i] = i == queries / 2 ? keys : begins;
      }
    }
    double[] y = new double[q.length];
    double[] dq = new double[q.length];
    double[] dk = new double[k.length];
    double[] dv = new double[k.length];
    for (int b = 0; b < batch; b++) {
      for (int h = 0; h < heads; h++) {
        for (int i = 0; i < queries; i++) {
          int length = short_ ? lengths[b] : keys;
          double[] p = probabilities(a, length, firsts, q, k, b, h, i);
          int at = (b * queries + i) * qStride + h * width;
          double total = 0;
          double[] dp = new double[keys];
          for (int j = 0; j < keys; j++) {
            int from = (b * keys + j) * kStride + h / (heads / keyHeads) * width;
            for (int c = 0; c < width; c++) {
              y[at + c] += p[j] * v[from + c];
              dp[j] += (double) dy[at + c] * v[from + c];
              dv[from + c] += p[j] * dy[at + c];
            }
            total += p[j] * dp[j];
          }
          for (int j = 0; j < keys; j++) {
            int from = (b * keys + j) * kStride + h / (heads / keyHeads) * width;
            double ds = p[j] * (dp[j] - total) / Math.sqrt(width);
            for (int c = 0; c < width; c++) {
              dq[at + c] += ds * k[from + c];
              dk[from + c] += ds * q[at + c];
            }
          }
        }
      }
    }
    Engine engine = Engine.of("scalar", 2);
    float[] found = new float[q.length];
    float[] logs = new float[batch * queries * heads];
    float[] foundQ = new float[q.length];
    float[] foundK = new float[k.length];
    float[] foundV = new float[k.length];
    a.forward(
        engine, q, 0, qStride, k, 0, kStride, v, 0, kStride, lengths, firsts, found, 0, qStride,
        logs, 0);
    near("y", found, y);
    a.back(
        engine, q, 0, qStride, k, 0, kStride, v, 0, kStride, lengths, firsts, found, 0, qStride, dy,
        0, qStride, logs, 0, foundQ, 0, qStride, foundK, 0, kStride, foundV, 0, kStride);
    near("dq", foundQ, dq);
    near("dk", foundK, dk);
    near("dv", foundV, dv);
  }

  private static void near(String what, float[] found, double[] expected) {
    for (int i = 0; i < found.length; i++) {
      double error = Math.abs(found[i] - expected[i]) / (1 + Math.abs(expected[i]));
      assertThat(error).as(what + " " + i).isLessThan(3e-6);
    }
  }

  @Test
  void headsThatAreNotDividedAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BlockedAttention(1, 2, 2, 4, 3, 8, false, 0, false))
        .withMessage("attention: expected heads of keys that divide the 4 heads, found 3");
  }
}

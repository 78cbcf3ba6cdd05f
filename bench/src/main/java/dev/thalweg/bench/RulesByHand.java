package dev.thalweg.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Update rules as one would write each of them in Java, in one loop, with their defaults written
/// out: what the loops made of their formulas are compared with ([RuleMemory]).
final class RulesByHand {

  /// One pass over some elements of a parameter, its gradient and the slots.
  interface Loop {
    /// @param t the number of the step, from 1
    void run(float[][] all, int t, int from, int to);
  }

  private RulesByHand() {}

  /// Numbers between −0.5 and 0.5.
  static float[] filled(int n, int seed) {
    var random = new SplittableRandom(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextDouble() - 0.5f;
    }
    return x;
  }

  /// The rule by hand; null where there is none.
  static @Nullable Loop of(String method) {
    return switch (method) {
      case "sgd" -> RulesByHand::sgd;
      case "optimistic" -> RulesByHand::optimistic;
      case "momentum" -> RulesByHand::momentum;
      case "signum" -> RulesByHand::signum;
      case "sgdw" -> RulesByHand::sgdw;
      case "qhm" -> RulesByHand::qhm;
      case "aggmo" -> RulesByHand::aggmo;
      case "adagrad" -> RulesByHand::adagrad;
      case "rmsprop_tf" -> RulesByHand::rmspropTf;
      case "rprop" -> RulesByHand::rprop;
      case "adadelta" -> RulesByHand::adadelta;
      case "ftrl" -> RulesByHand::ftrl;
      case "sm3" -> RulesByHand::sm3;
      case "adamw" -> RulesByHand::adamw;
      case "lion" -> RulesByHand::lion;
      case "adamax" -> RulesByHand::adamax;
      case "amsgrad" -> RulesByHand::amsgrad;
      case "radam" -> RulesByHand::radam;
      case "adabelief" -> RulesByHand::adabelief;
      case "yogi" -> RulesByHand::yogi;
      case "adabound" -> RulesByHand::adabound;
      case "laprop" -> RulesByHand::laprop;
      case "adopt" -> RulesByHand::adopt;
      case "ademamix" -> RulesByHand::ademamix;
      case "adan" -> RulesByHand::adan;
      case "schedule_free_adamw" -> RulesByHand::scheduleFreeAdamw;
      default -> null;
    };
  }

  /// How many arrays the rule has by hand.
  static int arrays(String method, int otherwise) {
    return switch (method) {
      case "sm3" -> 4;
      case "aggmo" -> 4;
      default -> otherwise;
    };
  }

  /// Sets slots to what they are before the first step, where that isn't 0.
  static void begin(String method, float[][] all) {
    float[] a = all.length > 2 ? all[2] : all[0];
    float[] b = all.length > 3 ? all[3] : a;
    switch (method) {
      case "rmsprop_tf" -> Arrays.fill(a, 1);
      case "rprop" -> Arrays.fill(a, 0.01f);
      case "ftrl" -> Arrays.fill(a, 0.1f);
      case "yogi" -> {
        Arrays.fill(a, 1e-6f);
        Arrays.fill(b, 1e-6f);
      }
      case "schedule_free_adamw" -> System.arraycopy(all[0], 0, a, 0, a.length);
      default -> {}
    }
  }

  /// A loop that reads as many arrays and writes all of them but the gradient, and has a sum and a
  /// product for each.
  static Loop bytes(int arrays) {
    return switch (arrays) {
      case 2 -> RulesByHand::sgd;
      case 3 -> RulesByHand::momentum;
      case 4 -> RulesByHand::bytes4;
      case 5 -> RulesByHand::bytes5;
      case 6 -> RulesByHand::bytes6;
      default -> RulesByHand::bytes7;
    };
  }

  private static void bytes4(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    float[] b = all[3];
    for (int i = from; i < to; i++) {
      float x = g[i];
      float aa = 0.9f * a[i] + x;
      float bb = 0.9f * b[i] + x;
      a[i] = aa;
      b[i] = bb;
      p[i] -= 0.01f * (aa + bb);
    }
  }

  private static void bytes5(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    float[] b = all[3];
    float[] c = all[4];
    for (int i = from; i < to; i++) {
      float x = g[i];
      float aa = 0.9f * a[i] + x;
      float bb = 0.9f * b[i] + x;
      float cc = 0.9f * c[i] + x;
      a[i] = aa;
      b[i] = bb;
      c[i] = cc;
      p[i] -= 0.01f * (aa + bb + cc);
    }
  }

  private static void bytes6(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    float[] b = all[3];
    float[] c = all[4];
    float[] d = all[5];
    for (int i = from; i < to; i++) {
      float x = g[i];
      float aa = 0.9f * a[i] + x;
      float bb = 0.9f * b[i] + x;
      float cc = 0.9f * c[i] + x;
      float dd = 0.9f * d[i] + x;
      a[i] = aa;
      b[i] = bb;
      c[i] = cc;
      d[i] = dd;
      p[i] -= 0.01f * (aa + bb + cc + dd);
    }
  }

  private static void bytes7(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    float[] b = all[3];
    float[] c = all[4];
    float[] d = all[5];
    float[] e = all[6];
    for (int i = from; i < to; i++) {
      float x = g[i];
      float aa = 0.9f * a[i] + x;
      float bb = 0.9f * b[i] + x;
      float cc = 0.9f * c[i] + x;
      float dd = 0.9f * d[i] + x;
      float ee = 0.9f * e[i] + x;
      a[i] = aa;
      b[i] = bb;
      c[i] = cc;
      d[i] = dd;
      e[i] = ee;
      p[i] -= 0.01f * (aa + bb + cc + dd + ee);
    }
  }

  private static void sgd(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    for (int i = from; i < to; i++) {
      p[i] -= 0.01f * g[i];
    }
  }

  private static void optimistic(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    boolean first = t == 1;
    for (int i = from; i < to; i++) {
      float x = g[i];
      p[i] -= 0.01f * (2 * x - (first ? x : a[i]));
      a[i] = x;
    }
  }

  private static void momentum(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    for (int i = from; i < to; i++) {
      float v = 0.9f * a[i] + g[i];
      a[i] = v;
      p[i] -= 0.01f * v;
    }
  }

  private static void signum(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    for (int i = from; i < to; i++) {
      float m = 0.9f * a[i] + 0.1f * g[i];
      a[i] = m;
      p[i] -= 0.001f * Math.signum(m);
    }
  }

  private static void sgdw(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    for (int i = from; i < to; i++) {
      float v = 0.9f * a[i] + g[i];
      a[i] = v;
      p[i] = p[i] * (1 - 1e-6f) - 0.01f * v;
    }
  }

  private static void qhm(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    for (int i = from; i < to; i++) {
      float m = 0.999f * a[i] + 0.001f * g[i];
      a[i] = m;
      p[i] -= 0.7f * m + 0.3f * g[i];
    }
  }

  private static void aggmo(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    float[] b = all[3];
    for (int i = from; i < to; i++) {
      float x = g[i];
      float v2 = 0.9f * a[i] + x;
      float v3 = 0.99f * b[i] + x;
      a[i] = v2;
      b[i] = v3;
      p[i] -= 0.1f / 3 * (x + v2 + v3);
    }
  }

  private static void adagrad(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    for (int i = from; i < to; i++) {
      float x = g[i];
      float s = a[i] + x * x;
      a[i] = s;
      p[i] -= 0.01f * x / ((float) Math.sqrt(s) + 1e-10f);
    }
  }

  private static void rmspropTf(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    for (int i = from; i < to; i++) {
      float x = g[i];
      float v = 0.9f * a[i] + 0.1f * x * x;
      a[i] = v;
      p[i] -= 0.01f * x / (float) Math.sqrt(v + 1e-10f);
    }
  }

  private static void rprop(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    float[] b = all[3];
    for (int i = from; i < to; i++) {
      float same = g[i] * b[i];
      float factor = same > 0 ? 1.2f : same < 0 ? 0.5f : 1;
      float size = Math.min(Math.max(a[i] * factor, 1e-6f), 50);
      float x = same < 0 ? 0 : g[i];
      a[i] = size;
      b[i] = x;
      p[i] -= Math.signum(x) * size;
    }
  }

  private static void adadelta(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    float[] b = all[3];
    for (int i = from; i < to; i++) {
      float x = g[i];
      float v = 0.95f * a[i] + 0.05f * x * x;
      float move = (float) Math.sqrt(b[i] + 1e-6f) / (float) Math.sqrt(v + 1e-6f) * x;
      a[i] = v;
      b[i] = 0.95f * b[i] + 0.05f * move * move;
      p[i] -= move;
    }
  }

  private static void ftrl(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    float[] b = all[3];
    for (int i = from; i < to; i++) {
      float x = g[i];
      float n = a[i] + x * x;
      float root = (float) Math.sqrt(n);
      float z = b[i] + x - (root - (float) Math.sqrt(a[i])) * 1000 * p[i];
      a[i] = n;
      b[i] = z;
      p[i] = -z / (root * 1000);
    }
  }

  private static void sm3(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    float[] b = all[3];
    for (int i = from; i < to; i++) {
      float x = g[i];
      float v = a[i] + x * x;
      float u = v > 0 ? x / (float) Math.sqrt(v + 1e-8f) : 0;
      float m = 0.9f * b[i] + 0.1f * u;
      a[i] = v;
      b[i] = m;
      p[i] -= 0.1f * m;
    }
  }

  private static void adamw(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    float[] b = all[3];
    float first = 1 / (1 - (float) Math.pow(0.9, t));
    float root = (float) (1 / Math.sqrt(1 - Math.pow(0.999, t)));
    for (int i = from; i < to; i++) {
      float x = g[i];
      float m = a[i] + (x - a[i]) * 0.1f;
      float v = b[i] + (x * x - b[i]) * 0.001f;
      a[i] = m;
      b[i] = v;
      p[i] -= 0.001f * (first * m / ((float) Math.sqrt(v) * root + 1e-8f) + 0.01f * p[i]);
    }
  }

  private static void lion(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    for (int i = from; i < to; i++) {
      float x = g[i];
      float m = a[i];
      p[i] -= 1e-4f * Math.signum(0.9f * m + 0.1f * x);
      a[i] = 0.99f * m + 0.01f * x;
    }
  }

  private static void adamax(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    float[] b = all[3];
    float rate = 0.002f / (1 - (float) Math.pow(0.9, t));
    for (int i = from; i < to; i++) {
      float x = g[i];
      float m = 0.9f * a[i] + 0.1f * x;
      float u = Math.max(0.999f * b[i], Math.abs(x) + 1e-8f);
      a[i] = m;
      b[i] = u;
      p[i] -= rate * m / u;
    }
  }

  private static void amsgrad(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    float[] b = all[3];
    float[] c = all[4];
    for (int i = from; i < to; i++) {
      float x = g[i];
      float m = a[i] + (x - a[i]) * 0.1f;
      float v = b[i] + (x * x - b[i]) * 0.001f;
      float largest = Math.max(c[i], v);
      a[i] = m;
      b[i] = v;
      c[i] = largest;
      p[i] -= 0.001f * m / ((float) Math.sqrt(largest) + 1e-8f);
    }
  }

  private static void radam(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    float[] b = all[3];
    double power = Math.pow(0.999, t);
    double longest = 2 / (1 - 0.999) - 1;
    double length = longest - 2 * t * power / (1 - power);
    float rate = 0.001f / (1 - (float) Math.pow(0.9, t));
    boolean adaptive = length > 4;
    float trust =
        (float)
            (Math.sqrt((length - 4) * (length - 2) * longest)
                / Math.sqrt((longest - 4) * (longest - 2) * length)
                * Math.sqrt(1 - power));
    for (int i = from; i < to; i++) {
      float x = g[i];
      float m = 0.9f * a[i] + 0.1f * x;
      float v = 0.999f * b[i] + 0.001f * x * x;
      a[i] = m;
      b[i] = v;
      p[i] -= adaptive ? rate * m * trust / ((float) Math.sqrt(v) + 1e-8f) : rate * m;
    }
  }

  private static void adabelief(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    float[] b = all[3];
    float rate = 0.001f / (1 - (float) Math.pow(0.9, t));
    float root = (float) (1 / Math.sqrt(1 - Math.pow(0.999, t)));
    for (int i = from; i < to; i++) {
      float x = g[i];
      float m = 0.9f * a[i] + 0.1f * x;
      float d = x - m;
      float v = 0.999f * b[i] + 0.001f * d * d + 1e-16f;
      a[i] = m;
      b[i] = v;
      p[i] -= rate * m / ((float) Math.sqrt(v) * root + 1e-16f);
    }
  }

  private static void yogi(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    float[] b = all[3];
    float rate = 0.01f / (1 - (float) Math.pow(0.9, t));
    float root = (float) (1 / Math.sqrt(1 - Math.pow(0.999, t)));
    for (int i = from; i < to; i++) {
      float x = g[i];
      float square = x * x;
      float m = 0.9f * a[i] + 0.1f * x;
      float v = b[i] - 0.001f * Math.signum(b[i] - square) * square;
      a[i] = m;
      b[i] = v;
      p[i] -= rate * m / ((float) Math.sqrt(v) * root + 0.001f);
    }
  }

  private static void adabound(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    float[] b = all[3];
    double rate = 0.001 * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
    float scaled = (float) rate;
    float least = (float) (0.1 * (1 - 1 / (0.001 * t + 1)));
    float most = (float) (0.1 * (1 + 1 / (0.001 * t)));
    for (int i = from; i < to; i++) {
      float x = g[i];
      float m = 0.9f * a[i] + 0.1f * x;
      float v = 0.999f * b[i] + 0.001f * x * x;
      a[i] = m;
      b[i] = v;
      p[i] -= Math.min(Math.max(scaled / ((float) Math.sqrt(v) + 1e-8f), least), most) * m;
    }
  }

  private static void laprop(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    float[] b = all[3];
    float rate = 4e-4f / (1 - (float) Math.pow(0.9, t));
    float root = (float) (1 / Math.sqrt(1 - Math.pow(0.999, t)));
    for (int i = from; i < to; i++) {
      float x = g[i];
      float v = 0.999f * b[i] + 0.001f * x * x;
      float m = 0.9f * a[i] + 0.1f * x / ((float) Math.sqrt(v) * root + 1e-15f);
      a[i] = m;
      b[i] = v;
      p[i] -= rate * m;
    }
  }

  private static void adopt(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    float[] b = all[3];
    float most = (float) Math.pow(t - 1, 0.25);
    float keep = t > 1 ? 0.9999f : 0;
    float take = t > 1 ? 0.0001f : 1;
    for (int i = from; i < to; i++) {
      float x = g[i];
      float u = x / Math.max((float) Math.sqrt(b[i]), 1e-6f);
      float m = 0.9f * a[i] + 0.1f * Math.min(Math.max(u, -most), most);
      a[i] = m;
      b[i] = keep * b[i] + take * x * x;
      p[i] -= 0.001f * m;
    }
  }

  private static void ademamix(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    float[] b = all[3];
    float[] c = all[4];
    float first = 1 / (1 - (float) Math.pow(0.9, t));
    float root = (float) (1 / Math.sqrt(1 - Math.pow(0.999, t)));
    for (int i = from; i < to; i++) {
      float x = g[i];
      float m = 0.9f * a[i] + 0.1f * x;
      float slow = 0.9999f * b[i] + 0.0001f * x;
      float v = 0.999f * c[i] + 0.001f * x * x;
      a[i] = m;
      b[i] = slow;
      c[i] = v;
      p[i] -= 0.001f * (m * first + 8 * slow) / ((float) Math.sqrt(v) * root + 1e-8f);
    }
  }

  private static void adan(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    float[] b = all[3];
    float[] c = all[4];
    float[] d = all[5];
    float known = t > 1 ? 1 : 0;
    float first = 1 / (1 - (float) Math.pow(0.98, t));
    float second = 0.92f / (1 - (float) Math.pow(0.92, t));
    float root = (float) (1 / Math.sqrt(1 - Math.pow(0.99, t)));
    for (int i = from; i < to; i++) {
      float x = g[i];
      float change = (x - a[i]) * known;
      float ahead = x + 0.92f * change;
      float m = 0.98f * b[i] + 0.02f * x;
      float n = 0.92f * c[i] + 0.08f * change;
      float v = 0.99f * d[i] + 0.01f * ahead * ahead;
      a[i] = x;
      b[i] = m;
      c[i] = n;
      d[i] = v;
      p[i] -= 0.001f * (m * first + n * second) / ((float) Math.sqrt(v) * root + 1e-8f);
    }
  }

  private static void scheduleFreeAdamw(float[][] all, int t, int from, int to) {
    float[] p = all[0];
    float[] g = all[1];
    float[] a = all[2];
    float[] b = all[3];
    float share = 1f / t;
    float move = 0.0025f * (0.9f * (1 - share) - 1);
    float root = (float) (1 / Math.sqrt(1 - Math.pow(0.999, t)));
    for (int i = from; i < to; i++) {
      float x = g[i];
      float v = 0.999f * b[i] + 0.001f * x * x;
      float u = x / ((float) Math.sqrt(v) * root + 1e-8f);
      p[i] = p[i] + (a[i] - p[i]) * share + move * u;
      a[i] -= 0.0025f * u;
      b[i] = v;
    }
  }
}

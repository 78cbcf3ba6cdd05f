package dev.thalweg.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Pooling beside the loops of its definition.
class PoolingTest {

  private static Pooling pooling(Random random) {
    while (true) {
      Window w = Geometries.window(random);
      int height = 1 + random.nextInt(9);
      int width = 1 + random.nextInt(9);
      if (w.outputHeight(height) > 0
          && w.outputWidth(width) > 0
          && Math.max(w.top(), w.bottom()) < w.spanY()
          && Math.max(w.left(), w.right()) < w.spanX()
          && reaches(w, height, width)) {
        return new Pooling(w, height, width, 1 + random.nextInt(20));
      }
    }
  }

  /// Whether each window has a tap in the image.
  private static boolean reaches(Window w, int height, int width) {
    boolean all = true;
    for (int oy = 0; oy < w.outputHeight(height); oy++) {
      boolean any = false;
      for (int k = 0; k < w.kernelHeight(); k++) {
        int at = oy * w.strideY() - w.top() + k * w.dilationY();
        any |= at >= 0 && at < height;
      }
      all &= any;
    }
    for (int ox = 0; ox < w.outputWidth(width); ox++) {
      boolean any = false;
      for (int k = 0; k < w.kernelWidth(); k++) {
        int at = ox * w.strideX() - w.left() + k * w.dilationX();
        any |= at >= 0 && at < width;
      }
      all &= any;
    }
    return all;
  }

  private static final class Definition {
    private final Pooling p;
    private final int images;
    private final float[] x;
    private final float[] dy;

    Definition(Pooling p, int images, float[] x, float[] dy) {
      this.p = p;
      this.images = images;
      this.x = x;
      this.dy = dy;
    }

    int input(int output, int tap) {
      Window w = p.window();
      int pixel = output / p.channels();
      int ox = pixel % p.outputWidth();
      int oy = pixel / p.outputWidth() % p.outputHeight();
      int image = pixel / p.outputWidth() / p.outputHeight();
      int iy = oy * w.strideY() - w.top() + tap / w.kernelWidth() * w.dilationY();
      int ix = ox * w.strideX() - w.left() + tap % w.kernelWidth() * w.dilationX();
      return iy < 0 || iy >= p.height() || ix < 0 || ix >= p.width()
          ? -1
          : ((image * p.height() + iy) * p.width() + ix) * p.channels() + output % p.channels();
    }

    /// Numbers in a window, with padding where it counts.
    int count(int output, boolean countPadding) {
      Window w = p.window();
      int count = 0;
      int pixel = output / p.channels();
      for (int tap = 0; tap < w.taps(); tap++) {
        int iy =
            pixel / p.outputWidth() % p.outputHeight() * w.strideY()
                + tap / w.kernelWidth() * w.dilationY();
        int ix = pixel % p.outputWidth() * w.strideX() + tap % w.kernelWidth() * w.dilationX();
        boolean padded =
            iy < p.height() + w.top() + w.bottom() && ix < p.width() + w.left() + w.right();
        count += input(output, tap) >= 0 || (countPadding && padded) ? 1 : 0;
      }
      return count;
    }
  }

  @Test
  void allOperationsAreTheirDefinitionsAtAnyGeometryAndNumberOfThreads() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Pooling p = pooling(random);
      int images = 1 + random.nextInt(3);
      float[] x = Geometries.numbers(random, images * p.inputSize());
      for (int i = 0; i < x.length; i++) {
        x[i] = Math.round(x[i] * 8); // so that numbers are often equal
      }
      float[] dy = Geometries.numbers(random, images * p.outputSize());
      var d = new Definition(p, images, x, dy);
      Engine engine = Engine.of("scalar", 1 + random.nextInt(3));
      maxima(d, engine, "seed " + seed + ": " + p);
      means(d, engine, random.nextBoolean(), "seed " + seed + ": " + p);
    }
  }

  private static void maxima(Definition d, Engine engine, String what) {
    Pooling p = d.p;
    float[] y = new float[d.dy.length];
    int[] taps = new int[y.length];
    p.maximum(engine, d.images, d.x, 0, y, 0, taps, 0);
    int[] bestTaps = new int[y.length];
    float[] expected = new float[y.length];
    float[] dx = new float[d.x.length];
    for (int i = 0; i < y.length; i++) {
      int best = -1;
      for (int t = 0; t < p.window().taps(); t++) {
        int at = d.input(i, t);
        if (at >= 0 && (best < 0 || d.x[at] > d.x[d.input(i, best)])) {
          best = t;
        }
      }
      bestTaps[i] = best;
      best = d.input(i, best);
      expected[i] = d.x[best];
      dx[best] += d.dy[i];
    }
    assertThat(taps).as(what).isEqualTo(bestTaps);
    assertThat(y).as(what).isEqualTo(expected);
    float[] found = new float[dx.length];
    Arrays.fill(found, Float.NaN);
    p.maximumBack(engine, d.images, d.dy, 0, taps, 0, found, 0);
    assertThat(found).as(what).isEqualTo(dx);
    double[] y2 = new double[y.length];
    int[] taps2 = new int[y.length];
    p.maximum(engine, d.images, Geometries.doubles(d.x), 0, y2, 0, taps2, 0);
    assertThat(y2).as(what).isEqualTo(Geometries.doubles(y));
    assertThat(taps2).as(what).isEqualTo(taps);
    double[] dx2 = new double[dx.length];
    p.maximumBack(engine, d.images, Geometries.doubles(d.dy), 0, taps, 0, dx2, 0);
    near(what, dx2, dx);
  }

  private static void near(String what, double[] found, float[] expected) {
    double error = 0;
    for (int i = 0; i < found.length; i++) {
      error = Math.max(error, Math.abs(found[i] - expected[i]));
    }
    assertThat(error).as(what).isLessThan(1e-5);
  }

  private static void means(Definition d, Engine engine, boolean countPadding, String what) {
    Pooling p = d.p;
    float[] expected = new float[d.dy.length];
    float[] dx = new float[d.x.length];
    double[] expected2 = new double[d.dy.length];
    for (int i = 0; i < expected.length; i++) {
      for (int t = 0; t < p.window().taps(); t++) {
        int at = d.input(i, t);
        expected[i] += at < 0 ? 0 : d.x[at];
        if (at >= 0) {
          dx[at] += d.dy[i] / d.count(i, countPadding);
        }
      }
      expected2[i] = (double) expected[i] / d.count(i, countPadding);
      expected[i] /= d.count(i, countPadding);
    }
    float[] y = new float[expected.length];
    p.mean(engine, d.images, countPadding, d.x, 0, y, 0);
    assertThat(y).as(what).isEqualTo(expected);
    float[] found = new float[dx.length];
    p.meanBack(engine, d.images, countPadding, d.dy, 0, found, 0);
    assertThat(found).as(what).isEqualTo(dx);
    double[] y2 = new double[y.length];
    p.mean(engine, d.images, countPadding, Geometries.doubles(d.x), 0, y2, 0);
    assertThat(y2).as(what).isEqualTo(expected2);
    double[] dx2 = new double[dx.length];
    p.meanBack(engine, d.images, countPadding, Geometries.doubles(d.dy), 0, dx2, 0);
    near(what, dx2, dx);
  }

  @Test
  void aNotANumberWinsAndMinusInfinityIsANumberToo() {
    Pooling p = new Pooling(Window.of(1, 4).withStride(1, 4), 1, 8, 1);
    float none = Float.NEGATIVE_INFINITY;
    float[] x = {1, Float.NaN, 3, Float.NaN, none, none, none, none};
    float[] y = new float[2];
    int[] taps = new int[2];
    p.maximum(Engine.of("scalar", 1), 1, x, 0, y, 0, taps, 0);
    assertThat(y[0]).isNaN();
    assertThat(y[1]).isEqualTo(none);
    assertThat(taps).containsExactly(3, 0);
  }

  @Test
  void whatDoesNotFitIsRefusedInOneSentence() {
    assertThatThrownBy(() -> new Pooling(Window.of(3, 3), 2, 9, 1))
        .hasMessage(
            "pooling: expected a window of at most 2 x 9, the image with its padding, found 3 x 3");
    assertThatThrownBy(() -> new Pooling(Window.of(2, 2).withPadding(2, 0), 2, 9, 1))
        .hasMessage("pooling: expected padding smaller than the window of 2 x 2, found 2, 2, 0, 0");
  }
}

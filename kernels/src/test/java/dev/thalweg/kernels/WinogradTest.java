package dev.thalweg.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// 3×3 convolution by squares beside plain loops over the matrices of its definition, bit for bit,
/// and beside the sum of products in double.
class WinogradTest {

  /// One image's squares with zeros around them: side by side, four numbers each, two apart.
  private static final class Source {
    private final float[] x;
    private final int height;
    private final int width;
    private final int channels;
    private final int offsetY;
    private final int offsetX;

    Source(float[] x, int height, int width, int channels, int offsetY, int offsetX) {
      this.x = x;
      this.height = height;
      this.width = width;
      this.channels = channels;
      this.offsetY = offsetY;
      this.offsetX = offsetX;
    }

    float[][] square(int image, int row, int column, int channel) {
      float[][] d = new float[4][4];
      for (int r = 0; r < 4; r++) {
        for (int s = 0; s < 4; s++) {
          int iy = 2 * row + offsetY + r;
          int ix = 2 * column + offsetX + s;
          if (iy >= 0 && iy < height && ix >= 0 && ix < width) {
            d[r][s] = x[((image * height + iy) * width + ix) * channels + channel];
          }
        }
      }
      return d;
    }
  }

  private interface Map {
    float[] of(float... x);
  }

  private static float[][] rowsThenColumns(float[][] d, Map map) {
    return turned(each(turned(each(d, map)), map));
  }

  private static float[][] each(float[][] d, Map map) {
    float[][] y = new float[d.length][];
    for (int i = 0; i < d.length; i++) {
      y[i] = map.of(d[i]);
    }
    return y;
  }

  private static float[][] turned(float[][] d) {
    float[][] y = new float[d[0].length][d.length];
    for (int i = 0; i < d.length; i++) {
      for (int j = 0; j < d[0].length; j++) {
        y[j][i] = d[i][j];
      }
    }
    return y;
  }

  private static float[] inputs(float... d) {
    return new float[] {d[0] - d[2], d[1] + d[2], d[2] - d[1], d[1] - d[3]};
  }

  private static float[] outputs(float... m) {
    return new float[] {m[0] + m[1] + m[2], m[1] - m[2] - m[3]};
  }

  private static float[] outputsBack(float... y) {
    return new float[] {y[0], y[0] + y[1], y[0] - y[1], -y[1]};
  }

  private static float[] weights(float... w) {
    float outer = w[0] + w[2];
    return new float[] {w[0], (outer + w[1]) * 0.5f, (outer - w[1]) * 0.5f, w[2]};
  }

  private static float[] weightsBack(float... u) {
    float half = (u[1] + u[2]) * 0.5f;
    return new float[] {u[0] + half, (u[1] - u[2]) * 0.5f, half + u[3]};
  }

  private static float[] convolve(
      Source source, int images, float[][][][] w, float[] bias, int height, int width) {
    int outputs = w[0].length;
    float[] y = new float[images * height * width * outputs];
    float[][][][] u = new float[w.length][outputs][][];
    for (int c = 0; c < w.length; c++) {
      for (int f = 0; f < outputs; f++) {
        u[c][f] =
            turned(
                each(turned(each(turned(w[c][f]), WinogradTest::weights)), WinogradTest::weights));
        u[c][f] = turned(u[c][f]);
      }
    }
    for (int image = 0; image < images; image++) {
      for (int row = 0; 2 * row < height; row++) {
        for (int column = 0; 2 * column < width; column++) {
          float[][][] m = new float[outputs][4][4];
          for (int c = 0; c < w.length; c++) {
            float[][] v =
                rowsThenColumns(source.square(image, row, column, c), WinogradTest::inputs);
            for (int f = 0; f < outputs; f++) {
              for (int i = 0; i < 16; i++) {
                m[f][i / 4][i % 4] =
                    Math.fma(v[i / 4][i % 4], u[c][f][i / 4][i % 4], m[f][i / 4][i % 4]);
              }
            }
          }
          for (int f = 0; f < outputs; f++) {
            float[][] t = rowsThenColumns(m[f], WinogradTest::outputs);
            for (int i = 0; i < 4; i++) {
              int iy = 2 * row + i / 2;
              int ix = 2 * column + i % 2;
              if (iy < height && ix < width) {
                y[((image * height + iy) * width + ix) * outputs + f] =
                    bias.length > 0 ? t[i / 2][i % 2] + bias[f] : t[i / 2][i % 2];
              }
            }
          }
        }
      }
    }
    return y;
  }

  private static float[] byWeights(
      Convolution c, Source source, float[] dy, int images, int together, float[] before) {
    int height = c.outputHeight();
    int width = c.outputWidth();
    int across = (width + 1) / 2;
    int squares = (height + 1) / 2 * across;
    var target = new Source(dy, height, width, c.filters(), 0, 0);
    float[] dw = before.clone();
    for (int ch = 0; ch < c.channels(); ch++) {
      for (int f = 0; f < c.filters(); f++) {
        float[][] sum = new float[4][4];
        for (int begin = 0; begin < images * squares; begin += together) {
          float[][] block = new float[4][4];
          for (int t = begin; t < Math.min(begin + together, images * squares); t++) {
            int row = t % squares / across;
            float[][] v =
                rowsThenColumns(
                    source.square(t / squares, row, t % across, ch), WinogradTest::inputs);
            float[][] s = target.square(t / squares, row, t % across, f);
            float[][] d =
                rowsThenColumns(
                    new float[][] {{s[0][0], s[0][1]}, {s[1][0], s[1][1]}},
                    WinogradTest::outputsBack);
            for (int i = 0; i < 16; i++) {
              block[i / 4][i % 4] = Math.fma(v[i / 4][i % 4], d[i / 4][i % 4], block[i / 4][i % 4]);
            }
          }
          for (int i = 0; i < 16; i++) {
            sum[i / 4][i % 4] =
                begin == 0 ? block[i / 4][i % 4] : sum[i / 4][i % 4] + block[i / 4][i % 4];
          }
        }
        float[][] g = rowsThenColumns(sum, WinogradTest::weightsBack);
        for (int k = 0; k < 9; k++) {
          dw[(k * c.channels() + ch) * c.filters() + f] += g[k / 3][k % 3];
        }
      }
    }
    return dw;
  }

  @Test
  void allOperationsAreTheirDefinitionAtAnySizeAndNumberOfThreads() {
    for (int seed = 0; seed < 24; seed++) {
      Random random = new Random(seed);
      Window window =
          new Window(
              3,
              3,
              1,
              1,
              1,
              1,
              random.nextInt(3),
              random.nextInt(3),
              random.nextInt(3),
              random.nextInt(3));
      int side = seed == 7 ? 70 : 12;
      Convolution c =
          new Convolution(
              window,
              4 + random.nextInt(side),
              4 + random.nextInt(side),
              16 + random.nextInt(4),
              16 + random.nextInt(4),
              1);
      if (Winograd.fits(c.forwardTaps(), c.filters())) {
        check(c, 1 + random.nextInt(seed % 8 == 0 ? 40 : 4), "seed " + seed + ": " + c, random);
      }
    }
  }

  @Test
  void anImageOfMoreThan1024SquaresIsSummedInPieces() {
    Convolution c = new Convolution(Window.of(3, 3).withPadding(1, 1), 65, 67, 16, 16, 1);
    check(c, 2, c.toString(), new Random(3));
  }

  @Test
  void noImagesHaveAGradientOfZeros() {
    Convolution c = new Convolution(Window.of(3, 3), 10, 10, 16, 16, 1);
    float[] dw = new float[c.weights()];
    Arrays.fill(dw, Float.NaN);
    float[] none = new float[0];
    c.byWeights(Engine.of("scalar", 1), 0, none, 0, none, 0, dw, 0, false);
    assertThat(dw).containsOnly(0);
  }

  /// So many channels that the sums of one block are kept at a time.
  @Test
  void blocksThatAreNotKeptTogetherAreAdded() {
    Convolution c = new Convolution(Window.of(3, 3).withPadding(1, 1), 4, 4, 256, 256, 1);
    int images = c.imagesTogether() + 1;
    Random random = new Random(5);
    float[] x = Geometries.numbers(random, images * c.inputSize());
    float[] dy = Geometries.numbers(random, images * c.outputSize());
    float[] dw = new float[c.weights()];
    Engine engine = Engine.of("scalar", 2);
    c.byWeights(engine, images, x, 0, dy, 0, dw, 0, false);
    double[] expected = new double[dw.length];
    c.byWeights(
        engine, images, Geometries.doubles(x), 0, Geometries.doubles(dy), 0, expected, 0, false);
    near(c.toString(), expected, dw, 5e-5);
  }

  /// Of one image without padding, beside the sums in double.
  @Test
  void theErrorIsNoLargerThanThatOfOneChain() {
    for (int channels : new int[] {16, 64, 256}) {
      Random random = new Random(channels);
      Convolution c = new Convolution(Window.of(3, 3), 10, 10, channels, 16, 1);
      assertThat(Winograd.fits(c.forwardTaps(), 16)).isTrue();
      float[] x = Geometries.numbers(random, c.inputSize());
      float[] w = Geometries.numbers(random, c.weights());
      float[] y = new float[c.outputSize()];
      c.forward(Engine.of("scalar", 1), 1, x, 0, w, 0, new float[0], 0, y, 0);
      double squares = 0;
      double chains = 0;
      for (int o = 0; o < y.length; o++) {
        int corner = (o / 16 / 8 * 10 + o / 16 % 8) * channels;
        float chain = 0;
        double exact = 0;
        for (int k = 0; k < 9 * channels; k++) {
          int tap = k / channels;
          float pixel = x[corner + (tap / 3 * 10 + tap % 3) * channels + k % channels];
          chain = Math.fma(pixel, w[k * 16 + o % 16], chain);
          exact += (double) pixel * w[k * 16 + o % 16];
        }
        squares += (y[o] - exact) * (y[o] - exact);
        chains += (chain - exact) * (chain - exact);
      }
      assertThat(Math.sqrt(squares / chains)).as("%d channels", channels).isBetween(0.1, 1.0);
    }
  }

  private static void check(Convolution c, int images, String what, Random random) {
    Window k = c.window();
    float[] x = Geometries.numbers(random, images * c.inputSize());
    float[] w = Geometries.numbers(random, c.weights());
    float[] dy = Geometries.numbers(random, images * c.outputSize());
    float[] bias = Geometries.numbers(random, random.nextBoolean() ? c.filters() : 0);
    float[] before = Geometries.numbers(random, c.weights());
    Engine engine = Engine.of("scalar", 1 + random.nextInt(4));

    float[][][][] weights = new float[c.channels()][c.filters()][3][3];
    float[][][][] back = new float[c.filters()][c.channels()][3][3];
    for (int i = 0; i < w.length; i++) {
      int tap = i / c.filters() / c.channels();
      int ch = i / c.filters() % c.channels();
      weights[ch][i % c.filters()][tap / 3][tap % 3] = w[i];
      back[i % c.filters()][ch][2 - tap / 3][2 - tap % 3] = w[i];
    }
    var source = new Source(x, c.height(), c.width(), c.channels(), -k.top(), -k.left());
    float[] y = new float[dy.length];
    c.forward(engine, images, x, 0, w, 0, bias, 0, y, 0);
    assertThat(y)
        .as(what)
        .isEqualTo(convolve(source, images, weights, bias, c.outputHeight(), c.outputWidth()));
    var gradient =
        new Source(dy, c.outputHeight(), c.outputWidth(), c.filters(), k.top() - 2, k.left() - 2);
    float[] dx = new float[x.length];
    c.byInput(engine, images, dy, 0, w, 0, dx, 0);
    assertThat(dx)
        .as(what)
        .isEqualTo(convolve(gradient, images, back, new float[0], c.height(), c.width()));
    int squares = (c.outputHeight() + 1) / 2 * ((c.outputWidth() + 1) / 2);
    int together = squares > 1024 ? 1024 : c.imagesTogether() * squares;
    float[] dw = before.clone();
    c.byWeights(engine, images, x, 0, dy, 0, dw, 0, true);
    assertThat(dw).as(what).isEqualTo(byWeights(c, source, dy, images, together, before));
    c.byWeights(engine, images, x, 0, dy, 0, dw, 0, false);
    assertThat(dw)
        .as(what)
        .isEqualTo(byWeights(c, source, dy, images, together, new float[dw.length]));
    nearDouble(c, images, x, w, dy, bias, y, dx, dw, what);
  }

  /// An error is that of a sum of some hundred terms below a quarter, or of all pixels.
  private static void nearDouble(
      Convolution c,
      int images,
      float[] x,
      float[] w,
      float[] dy,
      float[] bias,
      float[] y,
      float[] dx,
      float[] dw,
      String what) {
    Engine engine = Engine.of("scalar", 1);
    double[] x2 = Geometries.doubles(x);
    double[] w2 = Geometries.doubles(w);
    double[] dy2 = Geometries.doubles(dy);
    double[] y2 = new double[y.length];
    c.forward(engine, images, x2, 0, w2, 0, Geometries.doubles(bias), 0, y2, 0);
    near(what, y2, y, 1e-5);
    double[] dx2 = new double[dx.length];
    c.byInput(engine, images, dy2, 0, w2, 0, dx2, 0);
    near(what, dx2, dx, 1e-5);
    double[] dw2 = new double[dw.length];
    c.byWeights(engine, images, x2, 0, dy2, 0, dw2, 0, false);
    near(what, dw2, dw, 1e-5 * Math.sqrt(images * (double) c.outputSize() / c.filters()));
  }

  private static void near(String what, double[] expected, float[] found, double most) {
    double error = 0;
    for (int i = 0; i < found.length; i++) {
      error = Math.max(error, Math.abs(found[i] - expected[i]));
    }
    assertThat(error).as(what).isLessThan(most);
  }
}

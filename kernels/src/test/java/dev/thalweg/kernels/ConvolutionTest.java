package dev.thalweg.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Convolution and its gradients beside the loops of their definition, in the order that
/// [Convolution] states, bit for bit.
class ConvolutionTest {

  /// The definition, in double beside which F32 takes its own roundings.
  private static final class Definition {
    private final Convolution c;
    private final int images;
    private final float[] x;
    private final float[] w;
    private final float[] dy;

    Definition(Convolution c, int images, float[] x, float[] w, float[] dy) {
      this.c = c;
      this.images = images;
      this.x = x;
      this.w = w;
      this.dy = dy;
    }

    /// The tap's input pixel of an output pixel, or −1.
    int input(int image, int oy, int ox, int ky, int kx) {
      Window k = c.window();
      int iy = oy * k.strideY() - k.top() + ky * k.dilationY();
      int ix = ox * k.strideX() - k.left() + kx * k.dilationX();
      return iy < 0 || iy >= c.height() || ix < 0 || ix >= c.width()
          ? -1
          : ((image * c.height() + iy) * c.width() + ix) * c.channels();
    }

    int weight(int ky, int kx, int channel, int filter) {
      int depth = c.channels() / c.groups();
      return ((ky * c.window().kernelWidth() + kx) * depth + channel) * c.filters() + filter;
    }

    interface Term {
      void at(int output, int input, int weight);
    }

    /// All terms, output pixels in order, then filters, then taps and channels.
    void terms(int image, Term term) {
      int depth = c.channels() / c.groups();
      int own = c.filters() / c.groups();
      for (int oy = 0; oy < c.outputHeight(); oy++) {
        for (int ox = 0; ox < c.outputWidth(); ox++) {
          for (int f = 0; f < c.filters(); f++) {
            for (int ky = 0; ky < c.window().kernelHeight(); ky++) {
              for (int kx = 0; kx < c.window().kernelWidth(); kx++) {
                int pixel = input(image, oy, ox, ky, kx);
                for (int ch = 0; pixel >= 0 && ch < depth; ch++) {
                  int output =
                      ((image * c.outputHeight() + oy) * c.outputWidth() + ox) * c.filters() + f;
                  term.at(output, pixel + f / own * depth + ch, weight(ky, kx, ch, f));
                }
              }
            }
          }
        }
      }
    }

    float[] forward(float[] bias) {
      float[] y = new float[images * c.outputSize()];
      for (int i = 0; i < y.length && bias.length > 0; i++) {
        y[i] = bias[i % c.filters()];
      }
      for (int i = 0; i < images; i++) {
        terms(i, (o, p, q) -> y[o] = Math.fma(x[p], w[q], y[o]));
      }
      return y;
    }

    float[] byInput() {
      float[] dx = new float[images * c.inputSize()];
      for (int i = 0; i < images; i++) {
        terms(i, (o, p, q) -> dx[p] = Math.fma(dy[o], w[q], dx[p]));
      }
      return dx;
    }

    float[] byWeights(float[] before) {
      float[] dw = before.clone();
      for (int i = 0; i < images; i += c.imagesTogether()) {
        float[] block = new float[c.weights()];
        for (int j = i; j < Math.min(images, i + c.imagesTogether()); j++) {
          terms(j, (o, p, q) -> block[q] = Math.fma(x[p], dy[o], block[q]));
        }
        for (int q = 0; q < dw.length; q++) {
          dw[q] += block[q];
        }
      }
      return dw;
    }
  }

  @Test
  void allOperationsAreTheirDefinitionsAtAnyGeometryAndNumberOfThreads() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Convolution c = Geometries.convolution(random);
      int images = 1 + random.nextInt(4);
      var d =
          new Definition(
              c,
              images,
              Geometries.numbers(random, images * c.inputSize()),
              Geometries.numbers(random, c.weights()),
              Geometries.numbers(random, images * c.outputSize()));
      float[] bias = Geometries.numbers(random, random.nextBoolean() ? c.filters() : 0);
      float[] before = Geometries.numbers(random, c.weights());
      Engine engine = Engine.of("scalar", 1 + random.nextInt(4));
      String what = "seed " + seed + ": " + c;
      float[] y = new float[images * c.outputSize()];
      c.forward(engine, images, d.x, 0, d.w, 0, bias, 0, y, 0);
      assertThat(y).as(what).isEqualTo(d.forward(bias));
      float[] dx = new float[images * c.inputSize()];
      c.byInput(engine, images, d.dy, 0, d.w, 0, dx, 0);
      assertThat(dx).as(what).isEqualTo(d.byInput());
      float[] dw = before.clone();
      c.byWeights(engine, images, d.x, 0, d.dy, 0, dw, 0, true);
      assertThat(dw).as(what).isEqualTo(d.byWeights(before));
      c.byWeights(engine, images, d.x, 0, d.dy, 0, dw, 0, false);
      assertThat(dw).as(what).isEqualTo(d.byWeights(new float[c.weights()]));
      inDouble(c, d, bias, engine, what, y, dx, dw);
    }
  }

  @Test
  void imagesOfManyChannelsAreReadInPlaceAndByChannelsAndEachByItself() {
    Window three = Window.of(3, 3);
    Window[] windows = {
      three.withPadding(1, 1),
      three.withPadding(0, 2, 2, 1),
      three.withDilation(2, 1),
      Window.of(1, 3).withPadding(0, 1),
      Window.of(2, 2).withStride(2, 1).withPadding(1, 0)
    };
    for (int i = 0; i < windows.length; i++) {
      Random random = new Random(i);
      check(new Convolution(windows[i], 9, 13, 17, 5, 1), random);
      check(new Convolution(windows[i], 9, 13, 17, 17, 17), random);
    }
  }

  private static void check(Convolution c, Random random) {
    int images = 10;
    var d =
        new Definition(
            c,
            images,
            Geometries.numbers(random, images * c.inputSize()),
            Geometries.numbers(random, c.weights()),
            Geometries.numbers(random, images * c.outputSize()));
    float[] bias = Geometries.numbers(random, c.filters());
    float[] before = Geometries.numbers(random, c.weights());
    Engine engine = Engine.of("scalar", 3);
    float[] y = new float[images * c.outputSize()];
    c.forward(engine, images, d.x, 0, d.w, 0, bias, 0, y, 0);
    assertThat(y).as(c.toString()).isEqualTo(d.forward(bias));
    float[] dx = new float[images * c.inputSize()];
    c.byInput(engine, images, d.dy, 0, d.w, 0, dx, 0);
    assertThat(dx).as(c.toString()).isEqualTo(d.byInput());
    float[] dw = before.clone();
    c.byWeights(engine, images, d.x, 0, d.dy, 0, dw, 0, true);
    assertThat(dw).as(c.toString()).isEqualTo(d.byWeights(before));
  }

  private static void inDouble(
      Convolution c,
      Definition d,
      float[] bias,
      Engine engine,
      String what,
      float[] y,
      float[] dx,
      float[] dw) {
    double[] x2 = Geometries.doubles(d.x);
    double[] w2 = Geometries.doubles(d.w);
    double[] dy2 = Geometries.doubles(d.dy);
    double[] y2 = new double[y.length];
    c.forward(engine, d.images, x2, 0, w2, 0, Geometries.doubles(bias), 0, y2, 0);
    near(what, y2, y);
    double[] dx2 = new double[dx.length];
    c.byInput(engine, d.images, dy2, 0, w2, 0, dx2, 0);
    near(what, dx2, dx);
    double[] dw2 = new double[dw.length];
    c.byWeights(engine, d.images, x2, 0, dy2, 0, dw2, 0, false);
    near(what, dw2, dw);
    c.byWeights(engine, d.images, x2, 0, dy2, 0, dw2, 0, true);
    for (int i = 0; i < dw2.length; i++) {
      dw2[i] /= 2;
    }
    near(what, dw2, dw);
  }

  private static void near(String what, double[] found, float[] expected) {
    double error = 0;
    for (int i = 0; i < found.length; i++) {
      error = Math.max(error, Math.abs(found[i] - expected[i]));
    }
    assertThat(error).as(what).isLessThan(2e-5);
  }

  @Test
  void aBatchMayBeTakenInParts() {
    Random random = new Random(1);
    Convolution c =
        new Convolution(Window.of(3, 3).withPadding(1, 1).withStride(2, 1), 20, 31, 3, 5, 1);
    assertThat(c.imagesTogether()).isEqualTo(2);
    int images = 7;
    float[] x = Geometries.numbers(random, images * c.inputSize());
    float[] w = Geometries.numbers(random, c.weights());
    float[] dy = Geometries.numbers(random, images * c.outputSize());
    Engine engine = Engine.of("scalar", 3);
    float[] y = new float[dy.length];
    float[] dx = new float[x.length];
    float[] dw = new float[w.length];
    c.forward(engine, images, x, 0, w, 0, new float[0], 0, y, 0);
    c.byInput(engine, images, dy, 0, w, 0, dx, 0);
    c.byWeights(engine, images, x, 0, dy, 0, dw, 0, false);
    float[] y2 = new float[dy.length];
    float[] dx2 = new float[x.length];
    float[] dw2 = new float[w.length];
    for (int from = 0; from < images; from += 4) {
      int n = Math.min(4, images - from);
      int in = from * c.inputSize();
      int out = from * c.outputSize();
      c.forward(engine, n, x, in, w, 0, new float[0], 0, y2, out);
      c.byInput(engine, n, dy, out, w, 0, dx2, in);
      c.byWeights(engine, n, x, in, dy, out, dw2, 0, from > 0);
    }
    assertThat(y2).isEqualTo(y);
    assertThat(dx2).isEqualTo(dx);
    assertThat(dw2).isEqualTo(dw);
  }

  @Test
  void aLargeImageIsSummedInPiecesOf4096Pixels() {
    Random random = new Random(2);
    Convolution c = new Convolution(Window.of(1, 3), 1, 9002, 1, 2, 1);
    float[] x = Geometries.numbers(random, 2 * c.inputSize());
    float[] dy = Geometries.numbers(random, 2 * c.outputSize());
    float[] expected = new float[6];
    for (int image = 0; image < 2; image++) {
      for (int from = 0; from < 9000; from += 4096) {
        for (int q = 0; q < 6; q++) {
          float s = 0;
          for (int p = from; p < Math.min(9000, from + 4096); p++) {
            s = Math.fma(x[image * 9002 + p + q / 2], dy[(image * 9000 + p) * 2 + q % 2], s);
          }
          expected[q] += s;
        }
      }
    }
    float[] dw = new float[6];
    c.byWeights(Engine.of("scalar", 2), 2, x, 0, dy, 0, dw, 0, false);
    assertThat(dw).isEqualTo(expected);
  }

  @Test
  void paddingIsZerosThatTakePart() {
    Convolution c = new Convolution(Window.of(1, 3).withPadding(0, 1), 1, 1, 1, 1, 1);
    float[] y = new float[1];
    float[] w = {Float.POSITIVE_INFINITY, 1, 1};
    c.forward(Engine.of("scalar", 1), 1, new float[] {1}, 0, w, 0, new float[0], 0, y, 0);
    assertThat(y[0]).isNaN();
  }

  @Test
  void whatDoesNotFitIsRefusedInOneSentence() {
    assertThatThrownBy(() -> new Convolution(Window.of(5, 5).withPadding(1, 0), 2, 9, 1, 1, 1))
        .hasMessage(
            "convolution: expected a kernel of at most 4 x 9, the image with its padding, found 5 x"
                + " 5");
    assertThatThrownBy(() -> new Convolution(Window.of(1, 1), 2, 9, 6, 4, 3))
        .hasMessage("convolution: expected groups that divide 6 channels and 4 filters, found 3");
    assertThatThrownBy(() -> new Convolution(Window.of(1, 1), 2, 0, 6, 4, 1))
        .hasMessage(
            "convolution: expected an image and filters, found 2 x 0, 6 channels, 4 filters");
    assertThatThrownBy(() -> Window.of(0, 1))
        .hasMessage("kernel: expected 1 or more, found 0 and 1");
    assertThatThrownBy(() -> Window.of(1, 1).withPadding(-1, 0))
        .hasMessage("padding: expected 0 or more, found -1 and -1");
  }

  @Test
  void samePaddingHalvesTheImageByStrideTwo() {
    Window w = Window.of(3, 3).withStride(2, 2).withSamePadding(28, 27);
    assertThat(w.outputHeight(28)).isEqualTo(14);
    assertThat(w.outputWidth(27)).isEqualTo(14);
    assertThat(w.top()).isEqualTo(0);
    assertThat(w.bottom()).isEqualTo(1);
    assertThat(w.left()).isEqualTo(1);
    assertThat(w.right()).isEqualTo(1);
  }
}

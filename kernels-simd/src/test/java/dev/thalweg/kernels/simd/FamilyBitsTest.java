package dev.thalweg.kernels.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.AdaptivePooling;
import dev.thalweg.kernels.BlockedAttention;
import dev.thalweg.kernels.Convolution;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Gelu;
import dev.thalweg.kernels.GroupNorm;
import dev.thalweg.kernels.Permutation;
import dev.thalweg.kernels.Philox;
import dev.thalweg.kernels.Pooling;
import dev.thalweg.kernels.Recurrence;
import dev.thalweg.kernels.RowNorm;
import dev.thalweg.kernels.Rows;
import dev.thalweg.kernels.Upsampling;
import dev.thalweg.kernels.Window;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Families of kernels have the same bits on scalar and vector kernels, on one thread and several.
@Tag("vectors")
class FamilyBitsTest {
  private static final float[] NONE = {};

  private final List<Engine> engines =
      List.of(
          Engine.of("scalar", 1),
          Engine.of(SimdKernels.EAGER, 1),
          Engine.of(SimdKernels.EAGER, 2),
          Engine.of("scalar", 3));

  private static float[] random(Philox random, int from, int n) {
    float[] x = new float[n];
    random.normal(from, x, 0, n, 0, 1);
    return x;
  }

  /// What a family computes with an engine: its results, one after the other.
  private interface Work {
    void on(Engine engine, List<float[]> results);
  }

  private void same(String what, Work work) {
    List<float[]> first = new ArrayList<>();
    work.on(engines.getFirst(), first);
    for (Engine engine : engines.subList(1, engines.size())) {
      List<float[]> found = new ArrayList<>();
      work.on(engine, found);
      for (int i = 0; i < first.size(); i++) {
        assertThat(found.get(i)).as("%s, %s, result %d", what, engine, i).isEqualTo(first.get(i));
      }
    }
  }

  private static float[] into(List<float[]> results, int n) {
    float[] result = new float[n];
    results.add(result);
    return result;
  }

  private void convolution(Convolution c, int images, Philox random) {
    float[] x = random(random, 0, images * c.inputSize());
    float[] w = random(random, 10_000_000, c.weights());
    float[] bias = random(random, 20_000_000, images % 2 == 0 ? 0 : c.filters());
    float[] dy = random(random, 30_000_000, images * c.outputSize());
    same(
        images + " of " + c,
        (engine, results) -> {
          c.forward(engine, images, x, 0, w, 0, bias, 0, into(results, dy.length), 0);
          c.byInput(engine, images, dy, 0, w, 0, into(results, x.length), 0);
          c.byWeights(engine, images, x, 0, dy, 0, into(results, w.length), 0, false);
        });
  }

  @Test
  void geluAndItsGradients() {
    for (int n : new int[] {1, 31, 2048, 2063, 50_000}) {
      float[] x = random(Philox.of(n, 1), 0, n);
      float[] g = random(Philox.of(n, 2), 0, n);
      same(
          "gelu of " + n,
          (engine, results) -> {
            float[] slopes = into(results, n);
            Gelu.forward(engine, x, into(results, n), slopes, n);
            Gelu.back(engine, slopes, g, into(results, n), n);
          });
    }
  }

  @Test
  void convolutionOfRandomGeometry() {
    for (int number = 0; number < 60; ) {
      Philox random = Philox.of(number, 11);
      int[] r = new int[16];
      for (int i = 0; i < 16; i++) {
        r[i] = random.below(i, 3);
      }
      Window window =
          new Window(
              1 + r[0], 1 + r[1], 1 + r[2], 1 + r[3], 1 + r[4], 1 + r[5], r[6], r[7], r[8], r[9]);
      int groups = r[10] == 0 ? 1 + random.below(20, 4) : 1;
      int height = 5 + random.below(21, 9);
      int width = 5 + random.below(22, 9);
      convolution(
          new Convolution(
              window,
              height,
              width,
              groups * (1 + random.below(23, 20)),
              groups * (1 + random.below(24, 40)),
              groups),
          1 + r[11],
          random);
      number++;
    }
  }

  @Test
  void convolutionOfShapesInUse() {
    Philox random = Philox.of(1, 12);
    Window three = Window.of(3, 3).withPadding(1, 1);
    convolution(new Convolution(three, 28, 28, 1, 32, 1), 3, random);
    convolution(new Convolution(three, 14, 14, 32, 64, 1), 9, random);
    convolution(new Convolution(three, 15, 9, 17, 37, 1), 9, random);
    convolution(new Convolution(three, 70, 66, 16, 16, 1), 2, random);
    convolution(new Convolution(Window.of(3, 3), 8, 11, 20, 130, 1), 5, random);
    convolution(new Convolution(three.withStride(2, 2), 16, 16, 32, 64, 1), 5, random);
    convolution(new Convolution(three, 16, 16, 24, 24, 24), 6, random);
    convolution(new Convolution(three, 4, 4, 500, 20, 1), 2, random);
    convolution(new Convolution(Window.of(1, 1), 9, 9, 40, 50, 1), 5, random);
    convolution(new Convolution(Window.of(1, 5).withPadding(0, 2), 1, 5000, 3, 4, 1), 2, random);
  }

  @Test
  void pooling() {
    for (int number = 0; number < 30; number++) {
      Philox random = Philox.of(number, 13);
      Window window =
          Window.of(2 + random.below(0, 2), 2 + random.below(1, 2))
              .withStride(1 + random.below(2, 2), 1 + random.below(3, 3))
              .withPadding(random.below(4, 2), random.below(5, 2));
      var p = new Pooling(window, 20, 9 + random.below(6, 20), 1 + random.below(7, 70));
      float[] x = random(random, 100, 4 * p.inputSize());
      float[] dy = random(random, 9_000_000, 4 * p.outputSize());
      int[] taps = new int[dy.length];
      same(
          p.toString(),
          (engine, results) -> {
            p.maximum(engine, 4, x, 0, into(results, dy.length), 0, taps, 0);
            p.maximumBack(engine, 4, dy, 0, taps, 0, into(results, x.length), 0);
            p.mean(engine, 4, true, x, 0, into(results, dy.length), 0);
            p.meanBack(engine, 4, false, dy, 0, into(results, x.length), 0);
          });
    }
  }

  @Test
  void enlargingAndAdaptiveMeans() {
    Philox random = Philox.of(1, 14);
    var u = new Upsampling(9, 11, 33, 20, 17);
    var p = new AdaptivePooling(20, 17, 33, 3, 4);
    float[] x = random(random, 0, 4 * u.inputSize());
    float[] y = random(random, 1_000_000, 4 * u.outputSize());
    float[] dy = random(random, 2_000_000, 4 * p.outputSize());
    same(
        "enlarging",
        (engine, results) -> {
          u.nearest(engine, 4, x, 0, into(results, y.length), 0);
          u.bilinear(engine, 4, x, 0, into(results, y.length), 0);
          u.nearestBack(engine, 4, y, 0, into(results, x.length), 0);
          u.bilinearBack(engine, 4, y, 0, into(results, x.length), 0);
          p.mean(engine, 4, y, 0, into(results, dy.length), 0);
          p.meanBack(engine, 4, dy, 0, into(results, y.length), 0);
        });
  }

  @Test
  void normalisation() {
    Philox random = Philox.of(1, 15);
    for (int columns : new int[] {5, 16, 36, 128}) {
      int rows = 1500;
      float[] x = random(random, 0, rows * columns);
      float[] dy = random(random, 1_000_000, rows * columns);
      float[] gamma = random(random, 2_000_000, columns);
      for (GroupNorm n :
          List.of(
              new GroupNorm(1, rows, columns, columns),
              new GroupNorm(5, 300, columns, columns % 4 == 0 ? 4 : 1))) {
        same(
            n.toString(),
            (engine, results) -> {
              float[] mean = into(results, n.statistics());
              float[] variance = into(results, n.statistics());
              float[] y = into(results, x.length);
              float[] dx = into(results, x.length);
              float[] dgamma = into(results, columns);
              float[] dbeta = into(results, columns);
              n.moments(engine, x, 0, mean, 0, variance, 0);
              n.apply(engine, x, 0, mean, 0, variance, 0, 1e-5, gamma, 0, gamma, 0, y, 0);
              n.back(
                  engine, x, 0, dy, 0, mean, 0, variance, 0, 1e-5, gamma, 0, dx, 0, dgamma, 0,
                  dbeta, 0);
            });
      }
      for (boolean centred : new boolean[] {true, false}) {
        var n = new RowNorm(rows, columns, centred);
        same(
            n.toString(),
            (engine, results) -> {
              float[] mean = into(results, rows);
              float[] inverse = into(results, rows);
              float[] y = into(results, x.length);
              float[] dx = into(results, x.length);
              float[] dgamma = into(results, columns);
              n.forward(engine, x, 0, 1e-5, gamma, 0, NONE, 0, y, 0, mean, 0, inverse, 0);
              n.back(engine, x, 0, dy, 0, mean, 0, inverse, 0, gamma, 0, dx, 0, dgamma, 0, NONE, 0);
            });
      }
    }
  }

  @Test
  void rowsProductsAndAxes() {
    Philox random = Philox.of(1, 16);
    float[] x = random(random, 0, 60_000);
    float[] y = random(random, 1_000_000, 60_000);
    int[] numbers = new int[1200];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.below(2_000_000 + i, 40);
    }
    same(
        "rows",
        (engine, results) -> {
          engine.columnSums(5000, 12, x, 0, 12, into(results, 12), 0);
          Rows.columnDots(engine, 1000, 50, x, 0, 60, y, 0, 60, into(results, 50), 0);
          Rows.dots(engine, 1000, 50, x, 0, 60, y, 0, 60, into(results, 1000), 0);
          Rows.scatterAdd(engine, 1200, 50, numbers, 0, x, 0, 40, into(results, 2000), 0);
          Rows.matmul(
              engine,
              6,
              false,
              true,
              70,
              50,
              100,
              x,
              0,
              7000,
              100,
              y,
              0,
              5000,
              100,
              into(results, 21_000),
              0,
              3500,
              50,
              false);
          Permutation.copy(
              engine,
              new int[] {4, 50, 6, 50},
              new int[] {0, 2, 3, 1},
              x,
              0,
              into(results, 60_000),
              0);
        });
  }

  @Test
  void attention() {
    for (int number = 0; number < 20; number++) {
      Philox random = Philox.of(number, 17);
      int keyHeads = 1 + random.below(0, 3);
      int heads = keyHeads * (1 + random.below(1, 2));
      int width = 1 + random.below(2, 40);
      int queries = 1 + random.below(3, 200);
      int keys = queries + random.below(4, 2) * 90;
      int window = random.below(5, 3) * 40;
      var a =
          new BlockedAttention(
              3,
              queries,
              keys,
              heads,
              keyHeads,
              width,
              random.below(6, 2) == 0,
              window,
              random.below(7, 2) == 0);
      int[] lengths = random.below(8, 2) == 0 ? new int[0] : new int[] {keys, keys / 2, 1};
      int[] firsts = new int[random.below(9, 2) == 0 ? 0 : 3 * queries];
      for (int i = 0; i < firsts.length; i++) {
        firsts[i] = i % queries / 50 * 50;
      }
      int own = heads * width;
      int stride = own + 2 * keyHeads * width;
      float[] x = random(random, 1000, 3 * keys * stride);
      float[] dy = random(random, 10_000_000, 3 * queries * own);
      int k = own;
      int v = own + keyHeads * width;
      same(
          a.toString(),
          (engine, results) -> {
            float[] y = into(results, dy.length);
            float[] logs = into(results, 3 * queries * heads);
            float[] dx = into(results, x.length);
            a.forward(
                engine, x, 0, stride, x, k, stride, x, v, stride, lengths, firsts, y, 0, own, logs,
                0);
            a.back(
                engine, x, 0, stride, x, k, stride, x, v, stride, lengths, firsts, y, 0, own, dy, 0,
                own, logs, 0, dx, 0, stride, dx, k, stride, dx, v, stride);
          });
    }
  }

  @Test
  void recurrence() {
    for (Recurrence.Cell cell : Recurrence.Cell.values()) {
      for (int units : new int[] {5, 48, 130}) {
        Philox random = Philox.of(units, 18);
        int batch = 7;
        int steps = 9;
        int inputs = 33;
        var r = new Recurrence(cell, batch, steps, inputs, units);
        int columns = cell.gates() * units;
        float[] x = random(random, 0, batch * steps * inputs);
        float[] w = random(random, 1_000_000, inputs * columns);
        float[] u = random(random, 2_000_000, units * columns);
        float[] b = random(random, 3_000_000, columns);
        float[] d = cell == Recurrence.Cell.GRU ? b : NONE;
        float[] dy = random(random, 4_000_000, batch * steps * units);
        int[] lengths = {9, 9, 1, 0, 5, 9, 9};
        int states = batch * units;
        same(
            r.toString(),
            (engine, results) -> {
              float[] y = into(results, dy.length);
              float[] hidden = into(results, (steps + 1) * states);
              float[] cells = into(results, (steps + 1) * states);
              float[] kept = into(results, steps * cell.kept() * states);
              r.forward(engine, x, w, u, b, d, lengths, y, steps * units, hidden, cells, kept);
              float[] dx = into(results, x.length);
              float[] slopes = into(results, steps * cell.slopes() * states);
              r.back(
                  engine,
                  w,
                  u,
                  lengths,
                  hidden,
                  cells,
                  kept,
                  dy,
                  steps * units,
                  NONE,
                  NONE,
                  dx,
                  into(results, states),
                  into(results, states),
                  slopes);
              r.byWeights(
                  engine,
                  x,
                  hidden,
                  slopes,
                  into(results, w.length),
                  into(results, u.length),
                  into(results, columns),
                  d.length == 0 ? NONE : into(results, columns));
            });
      }
    }
  }
}

package dev.thalweg.bench;

import dev.thalweg.kernels.Convolution;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Pooling;
import dev.thalweg.kernels.Window;
import java.util.Arrays;
import java.util.Locale;

/// Times convolution and its gradients on the shapes of LeNet, of a small network on 28×28 images
/// and of ResNet-20, and beside them what a core can do at most.
///
/// `java --add-modules jdk.incubator.vector -cp … dev.thalweg.bench.Convolutions [THREADS] [rounds]
/// [provider]`: printed are medians in GFLOP/s, a multiply-add counting as two, and their fraction
/// of a product that stays in the first-level cache, measured in the same rounds, times the
/// threads.
public final class Convolutions {

  private record Shape(String name, int images, Convolution convolution) {}

  private static final Window THREE = Window.of(3, 3).withPadding(1, 1);

  private static final Shape[] SHAPES = {
    shape("cnn 1", 28, 1, 32, THREE),
    shape("cnn 2", 14, 32, 64, THREE),
    shape("lenet 1", 28, 1, 6, Window.of(5, 5).withPadding(2, 2)),
    shape("lenet 2", 14, 6, 16, Window.of(5, 5)),
    shape("resnet first", 32, 3, 16, THREE),
    shape("resnet 32", 32, 16, 16, THREE),
    shape("resnet 32/2", 32, 16, 32, THREE.withStride(2, 2)),
    shape("resnet 16", 16, 32, 32, THREE),
    shape("resnet 16/2", 16, 32, 64, THREE.withStride(2, 2)),
    shape("resnet 8", 8, 64, 64, THREE),
    shape("resnet 1x1/2", 32, 16, 32, Window.of(1, 1).withStride(2, 2))
  };

  private static final long WARM_NANOS = 1_500_000_000L;
  private static final long TURN_NANOS = 30_000_000L;

  private Convolutions() {}

  private static Shape shape(String name, int size, int channels, int filters, Window window) {
    return new Shape(name, 64, new Convolution(window, size, size, channels, filters, 1));
  }

  /// See the class.
  public static void main(String[] args) {
    int threads = args.length > 0 ? Integer.parseInt(args[0]) : 1;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 9;
    Engine engine = Engine.of(args.length > 2 ? args[2] : "auto", threads);
    System.out.println(engine);
    System.out.printf(
        Locale.ROOT,
        "%-14s %9s %22s %22s %22s%n",
        "64 images",
        "MFLOP",
        "forward",
        "by input",
        "by weights");
    for (Shape s : SHAPES) {
      print(s, engine, rounds);
    }
    pooling(engine, rounds);
  }

  private static void print(Shape s, Engine engine, int rounds) {
    Convolution c = s.convolution;
    int n = s.images;
    float[] x = filled(n * c.inputSize());
    float[] w = filled(c.weights());
    float[] bias = filled(c.filters());
    float[] y = new float[n * c.outputSize()];
    float[] dy = filled(y.length);
    float[] dx = new float[x.length];
    float[] dw = new float[w.length];
    Runnable[] contenders = {
      peak(engine),
      () -> c.forward(engine, n, x, 0, w, 0, bias, 0, y, 0),
      () -> c.byInput(engine, n, dy, 0, w, 0, dx, 0),
      () -> c.byWeights(engine, n, x, 0, dy, 0, dw, 0, false)
    };
    double flops = 2.0 * n * c.multiplyAdds();
    double[] work = {2.0 * PEAK_PRODUCTS * PEAK_SIZE, flops, flops, flops};
    double[][] speed = speeds(contenders, work, rounds);
    System.out.printf(Locale.ROOT, "%-14s %9.1f", s.name, flops / 1e6);
    double most = median(speed[0]) * engine.threads();
    for (int i = 1; i < contenders.length; i++) {
      double[] fractions = new double[rounds];
      for (int r = 0; r < rounds; r++) {
        fractions[r] = speed[i][r] / (speed[0][r] * engine.threads());
      }
      System.out.printf(Locale.ROOT, "   %7.1f GFLOP/s %.2f", median(speed[i]), median(fractions));
    }
    System.out.printf(Locale.ROOT, "   (of %.0f)%n", most);
  }

  private static final int PEAK_PRODUCTS = 200;
  private static final int PEAK_SIZE = 12 * 64 * 128;

  /// Products of 12 × 128 by 128 × 64 numbers, on this thread.
  private static Runnable peak(Engine engine) {
    float[] a = filled(12 * 128);
    float[] b = filled(128 * 64);
    float[] packed = new float[128 * 64];
    float[] c = new float[12 * 64];
    engine.kernels().pack(false, 64, 128, b, 0, 64, packed, 0);
    return () -> {
      for (int i = 0; i < PEAK_PRODUCTS; i++) {
        engine
            .kernels()
            .matmulPacked(false, 12, 64, 128, a, 0, 128, packed, 0, 128, c, 0, 64, false);
      }
    };
  }

  /// Work per nanosecond of each contender's turns: GFLOP/s.
  private static double[][] speeds(Runnable[] contenders, double[] work, int rounds) {
    int[] times = new int[contenders.length];
    for (int i = 0; i < contenders.length; i++) {
      long end = System.nanoTime() + WARM_NANOS;
      int calls = 0;
      long last = 0;
      while (System.nanoTime() < end) {
        long begin = System.nanoTime();
        contenders[i].run();
        last = System.nanoTime() - begin;
        calls++;
      }
      times[i] = (int) Math.clamp(TURN_NANOS / Math.max(1, last), 1, Math.max(1, calls));
    }
    double[][] speed = new double[contenders.length][rounds];
    for (int r = 0; r < rounds; r++) {
      for (int i = 0; i < contenders.length; i++) {
        int c = (r + i) % contenders.length;
        long begin = System.nanoTime();
        for (int t = 0; t < times[c]; t++) {
          contenders[c].run();
        }
        speed[c][r] = work[c] * times[c] / (System.nanoTime() - begin);
      }
    }
    return speed;
  }

  private static void pooling(Engine engine, int rounds) {
    var p = new Pooling(Window.of(2, 2).withStride(2, 2), 28, 28, 32);
    float[] x = filled(64 * p.inputSize());
    float[] y = new float[64 * p.outputSize()];
    int[] taps = new int[y.length];
    float[] dx = new float[x.length];
    Runnable[] contenders = {
      () -> p.maximum(engine, 64, x, 0, y, 0, taps, 0),
      () -> p.maximumBack(engine, 64, y, 0, taps, 0, dx, 0),
      () -> p.mean(engine, 64, true, x, 0, y, 0)
    };
    double[] work = new double[contenders.length];
    Arrays.fill(work, x.length);
    double[][] speed = speeds(contenders, work, rounds);
    System.out.printf(
        Locale.ROOT,
        "pooling 2x2 of 28x28x32, inputs a nanosecond: maximum %.2f, back %.2f, mean %.2f%n",
        median(speed[0]),
        median(speed[1]),
        median(speed[2]));
  }

  private static double median(double... x) {
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static float[] filled(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (i * 7919 % 1000 - 500) / 500f;
    }
    return x;
  }
}

package dev.thalweg.bench;

import dev.thalweg.kernels.Convolution;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Pooling;
import dev.thalweg.kernels.Window;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Times convolution and its gradients on the shapes of LeNet, of a small network on 28×28 images
/// and of ResNet-20, and beside them what a core can do at most.
///
/// `java --add-modules jdk.incubator.vector -cp … dev.thalweg.bench.Convolutions [THREADS] [rounds]
/// [provider] [shapes that begin with]`: printed are medians in GFLOP/s, a multiply-add counting as
/// two, and their fraction of what chains of fused multiply-adds in registers reach, measured in
/// the same rounds, times the threads. Of one thread the time on the processor is taken, so that a
/// busy machine falsifies less.
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

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
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
    String prefix = args.length > 3 ? args[3] : "";
    for (Shape s : SHAPES) {
      if (s.name.startsWith(prefix)) {
        print(s, engine, rounds);
      }
    }
    if ("pooling".startsWith(prefix)) {
      pooling(engine, rounds);
    }
  }

  private static long now(Engine engine) {
    return engine.threads() == 1 ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
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
    float[] sink = new float[1];
    Runnable[] contenders = {
      () -> sink[0] += peak(PEAK_ROUNDS),
      () -> c.forward(engine, n, x, 0, w, 0, bias, 0, y, 0),
      () -> c.byInput(engine, n, dy, 0, w, 0, dx, 0),
      () -> c.byWeights(engine, n, x, 0, dy, 0, dw, 0, false)
    };
    double flops = 2.0 * n * c.multiplyAdds();
    double[] work = {2.0 * PEAK_ROUNDS * PEAK_SIZE, flops, flops, flops};
    double[][] speed = speeds(engine, contenders, work, rounds);
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

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int PEAK_ROUNDS = 20_000;
  private static final int PEAK_SIZE = 12 * S.length();

  /// Twelve chains of fused multiply-adds in registers.
  private static float peak(int rounds) {
    FloatVector x = FloatVector.broadcast(S, 0.999f);
    FloatVector y = FloatVector.broadcast(S, 1e-3f);
    FloatVector a = x;
    FloatVector b = x;
    FloatVector c = x;
    FloatVector d = x;
    FloatVector e = x;
    FloatVector f = x;
    FloatVector g = y;
    FloatVector h = y;
    FloatVector i = y;
    FloatVector j = y;
    FloatVector k = y;
    FloatVector l = y;
    for (int r = 0; r < rounds; r++) {
      a = a.fma(x, y);
      b = b.fma(x, y);
      c = c.fma(x, y);
      d = d.fma(x, y);
      e = e.fma(x, y);
      f = f.fma(x, y);
      g = g.fma(x, y);
      h = h.fma(x, y);
      i = i.fma(x, y);
      j = j.fma(x, y);
      k = k.fma(x, y);
      l = l.fma(x, y);
    }
    FloatVector sum = a.add(b).add(c.add(d)).add(e.add(f).add(g.add(h)));
    return sum.add(i.add(j).add(k.add(l))).lane(0);
  }

  /// Work per nanosecond of each contender's turns: GFLOP/s.
  private static double[][] speeds(
      Engine engine, Runnable[] contenders, double[] work, int rounds) {
    int[] times = new int[contenders.length];
    for (int i = 0; i < contenders.length; i++) {
      long end = now(engine) + WARM_NANOS;
      int calls = 0;
      long last = 0;
      while (now(engine) < end) {
        long begin = now(engine);
        contenders[i].run();
        last = now(engine) - begin;
        calls++;
      }
      times[i] = Math.clamp(TURN_NANOS / Math.max(1, last), 1, Math.max(1, calls));
    }
    double[][] speed = new double[contenders.length][rounds];
    for (int r = 0; r < rounds; r++) {
      for (int i = 0; i < contenders.length; i++) {
        int c = (r + i) % contenders.length;
        long begin = now(engine);
        for (int t = 0; t < times[c]; t++) {
          contenders[c].run();
        }
        speed[c][r] = work[c] * times[c] / (now(engine) - begin);
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
    double[][] speed = speeds(engine, contenders, work, rounds);
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

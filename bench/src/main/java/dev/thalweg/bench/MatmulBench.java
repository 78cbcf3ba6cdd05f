package dev.thalweg.bench;

import dev.thalweg.kernels.Engine;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/// Times the matrix product beside another implementation, interleaved in one process.
///
/// `java --add-modules jdk.incubator.vector -cp … dev.thalweg.bench.MatmulBench THREADS [PEER]
/// [rounds]`: PEER is the name of a class with a public no-argument constructor that implements
/// [Product], or `scalar` for the scalar kernels (the default). Each round times a batch of calls
/// of each; printed are the medians in GFLOP/s and the median of the ratios of the rounds, above 1
/// where Thalweg is faster.
public final class MatmulBench {

  /// C = op(A) op(B), dense.
  public interface Product {
    /// Does the product with that many threads.
    void multiply(
        int threads,
        boolean transposeA,
        boolean transposeB,
        int m,
        int n,
        int k,
        float[] a,
        float[] b,
        float[] c);
  }

  private record Shape(boolean transposeA, boolean transposeB, int m, int k, int n) {}

  private static final Shape[] SHAPES = {
    new Shape(false, false, 128, 128, 128),
    new Shape(false, false, 256, 256, 256),
    new Shape(false, false, 512, 512, 512),
    new Shape(false, false, 1024, 1024, 1024),
    new Shape(false, false, 2048, 2048, 2048),
    new Shape(false, false, 128, 784, 512),
    new Shape(false, false, 128, 512, 512),
    new Shape(false, false, 128, 512, 10),
    new Shape(false, false, 32, 64, 64),
    new Shape(false, false, 8, 16, 16),
    // what a backward pass adds
    new Shape(true, false, 784, 128, 512),
    new Shape(true, false, 512, 128, 512),
    new Shape(true, false, 512, 2048, 512),
    new Shape(true, false, 512, 128, 10),
    new Shape(true, false, 64, 32, 64),
    new Shape(false, true, 128, 512, 512),
    new Shape(false, true, 128, 10, 512),
    new Shape(false, true, 32, 10, 64)
  };

  private static final long WARM_NANOS = 300_000_000L;
  private static final long PAUSE_NANOS = 2_000_000L;

  private MatmulBench() {}

  /// See the class.
  public static void main(String[] args) throws ReflectiveOperationException {
    int threads = Integer.parseInt(args[0]);
    String peerName = args.length > 1 ? args[1] : "scalar";
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 31;
    Engine engine = Engine.of("auto", threads);
    Product ours = of(engine);
    Product peer =
        peerName.equals("scalar")
            ? of(Engine.of("scalar", threads))
            : Class.forName(peerName)
                .asSubclass(Product.class)
                .getDeclaredConstructor()
                .newInstance();
    System.out.println(engine + " beside " + peerName);
    for (Shape s : SHAPES) {
      measure(s, threads, 1, ours, peer); // compiles everything before anything counts
    }
    System.out.println("measured:");
    for (Shape s : SHAPES) {
      measure(s, threads, rounds, ours, peer);
    }
  }

  private static Product of(Engine engine) {
    return (threads, transposeA, transposeB, m, n, k, a, b, c) ->
        engine.matmul(
            transposeA,
            transposeB,
            m,
            n,
            k,
            a,
            0,
            transposeA ? m : k,
            b,
            0,
            transposeB ? k : n,
            c,
            0,
            n,
            false);
  }

  private static void measure(Shape s, int threads, int rounds, Product ours, Product peer) {
    float[] a = filled(s.m * s.k);
    float[] b = filled(s.k * s.n);
    float[] c = new float[s.m * s.n];
    double flops = 2.0 * s.m * s.n * s.k;
    int batch = (int) Math.clamp(1e9 / flops, 1, 100_000);
    Product[] both = {ours, peer};
    for (Product p : both) {
      long until = System.nanoTime() + WARM_NANOS;
      while (System.nanoTime() < until) {
        run(p, s, threads, Math.max(1, batch / 100), a, b, c);
      }
    }
    double[][] seconds = new double[2][rounds];
    double[] ratios = new double[rounds];
    for (int r = 0; r < rounds; r++) {
      for (int i = 0; i < 2; i++) {
        int which = (r + i) % 2;
        LockSupport.parkNanos(PAUSE_NANOS); // until the other's workers no longer spin
        long start = System.nanoTime();
        run(both[which], s, threads, batch, a, b, c);
        seconds[which][r] = (System.nanoTime() - start) * 1e-9 / batch;
      }
      ratios[r] = seconds[1][r] / seconds[0][r];
    }
    for (double[] x : new double[][] {seconds[0], seconds[1], ratios}) {
      Arrays.sort(x);
    }
    int mid = rounds / 2;
    System.out.printf(
        Locale.ROOT,
        "%s%s %4d x %4d x %4d  ours %7.1f  peer %7.1f GFLOP/s  ratio %.2f (quartiles %.2f %.2f)%n",
        s.transposeA ? "T" : "-",
        s.transposeB ? "T" : "-",
        s.m,
        s.k,
        s.n,
        flops / seconds[0][mid] / 1e9,
        flops / seconds[1][mid] / 1e9,
        ratios[mid],
        ratios[rounds / 4],
        ratios[rounds * 3 / 4]);
  }

  private static void run(
      Product p, Shape s, int threads, int times, float[] a, float[] b, float[] c) {
    for (int i = 0; i < times; i++) {
      p.multiply(threads, s.transposeA, s.transposeB, s.m, s.n, s.k, a, b, c);
    }
  }

  private static float[] filled(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (i * 7919 % 1000 - 500) / 500f;
    }
    return x;
  }
}

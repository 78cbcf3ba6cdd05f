package dev.thalweg.bench;

import dev.thalweg.kernels.BinaryFunction;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Kernels;
import dev.thalweg.kernels.ScalarKernels;
import dev.thalweg.kernels.UnaryFunction;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/// Times every element-wise kernel and reduction beside its scalar twin, interleaved in one
/// process: nanoseconds an element, and scalar time over vector time.
///
/// `java --add-modules jdk.incubator.vector [-XX:UseAVX=2 | -XX:MaxVectorSize=16] -cp …
/// dev.thalweg.bench.KernelBench [elements] [rounds]`
public final class KernelBench {
  private static final long WARM_NANOS = 1_500_000_000L;
  private static final int ELEMENTS = 4096;

  private KernelBench() {}

  /// See the class.
  public static void main(String[] args) {
    int n = args.length > 0 ? Integer.parseInt(args[0]) : ELEMENTS;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 21;
    float[] x = filled(n + 8, 7919);
    float[] y = filled(n + 8, 104_729);
    float[] z = new float[n + 8];
    float[] sink = new float[n + 8];
    Map<String, Consumer<Kernels>> kernels = new LinkedHashMap<>();
    for (UnaryFunction f : UnaryFunction.values()) {
      kernels.put("map " + f, k -> k.map(f, x, 0, z, 0, n));
    }
    kernels.put("map NEGATE, other start", k -> k.map(UnaryFunction.NEGATE, x, 1, z, 2, n));
    kernels.put("map RELU, other start", k -> k.map(UnaryFunction.RELU, x, 1, z, 2, n));
    for (BinaryFunction f : BinaryFunction.values()) {
      kernels.put("zip " + f, k -> k.zip(f, x, 0, 1, y, 0, 1, z, 0, n));
      kernels.put("zip " + f + ", other starts", k -> k.zip(f, x, 1, 1, y, 2, 1, z, 0, n));
    }
    kernels.put("gate", k -> k.gate(x, 0, y, 0, z, 0, n));
    kernels.put("sum", k -> sink[0] += k.sum(x, 0, n));
    kernels.put("max", k -> sink[1] += k.max(x, 0, n));
    kernels.put("columnSums of 64", k -> k.columnSums(n / 64, 64, x, 0, 64, sink, 0));
    kernels.put("columnSums of 10", k -> k.columnSums(n / 10, 10, x, 0, 10, sink, 0));
    kernels.put("softmaxRows of 10", k -> k.softmaxRows(n / 10, 10, x, 0, 10, z, 0, 10, sink, 0));
    kernels.put(
        "softmaxRows of 256", k -> k.softmaxRows(n / 256, 256, x, 0, 256, z, 0, 256, sink, 0));
    kernels.put("transpose", k -> k.transpose(64, n / 64, x, 0, n / 64, z, 0, 64));
    kernels.put("fillRows of 64", k -> k.fillRows(n / 64, 64, x, 0, z, 0, 64));
    Kernels simd = Engine.of("auto", 1).kernels();
    System.out.println(
        Engine.of("auto", 1) + ", " + n + " elements, ns an element, scalar / vector");
    kernels.forEach((name, kernel) -> measure(name, kernel, simd, n, rounds));
  }

  private static void measure(
      String name, Consumer<Kernels> kernel, Kernels simd, int n, int rounds) {
    Kernels[] both = {simd, ScalarKernels.INSTANCE};
    int batch = Math.max(1, 2_000_000 / n);
    long end = System.nanoTime() + WARM_NANOS;
    while (System.nanoTime() < end) {
      for (Kernels k : both) {
        kernel.accept(k);
      }
    }
    double[][] nanos = new double[2][rounds];
    double[] ratios = new double[rounds];
    for (int r = 0; r < rounds; r++) {
      for (int i = 0; i < 2; i++) {
        int which = (r + i) % 2;
        long start = System.nanoTime();
        for (int j = 0; j < batch; j++) {
          kernel.accept(both[which]);
        }
        nanos[which][r] = (System.nanoTime() - start) / (double) batch / n;
      }
      ratios[r] = nanos[1][r] / nanos[0][r];
    }
    for (double[] v : new double[][] {nanos[0], nanos[1], ratios}) {
      Arrays.sort(v);
    }
    System.out.printf(
        Locale.ROOT,
        "%-28s vector %6.3f  scalar %6.3f  ratio %5.2f%n",
        name,
        nanos[0][rounds / 2],
        nanos[1][rounds / 2],
        ratios[rounds / 2]);
  }

  private static float[] filled(int n, int factor) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (i * (long) factor % 1000 - 500) / 100f;
    }
    return x;
  }
}

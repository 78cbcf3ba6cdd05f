package dev.thalweg.kernels.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.kernels.BinaryFunction;
import dev.thalweg.kernels.Kernels;
import dev.thalweg.kernels.UnaryFunction;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Compiled kernels allocate nothing: what the JIT boxes shows here first.
@Tag("vectors")
class AllocationTest {
  /// Calls of a kernel until its allocation stops, at most.
  private static final int PATIENCE = 4_000;

  private static final int CALLS = 50;

  /// Bytes that a call of a function may have all the same: in some JVMs two vectors of it stay
  /// objects (`LOG1P`, an Intel of 512 bits). Those of all its numbers would be 100,000 bytes.
  private static final long TWO_VECTORS = 2 * 96;

  private final Object threads;
  private final Method allocated;
  private float sink;

  // by reflection: the module under test does not read java.management
  AllocationTest() throws ReflectiveOperationException {
    threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    allocated =
        Class.forName("com.sun.management.ThreadMXBean")
            .getMethod("getCurrentThreadAllocatedBytes");
  }

  private long allocatedBytes() {
    try {
      return (long) allocated.invoke(threads);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no count of allocated bytes", e);
    }
  }

  @Test
  void noKernelAllocatesOnceWarm() {
    Kernels eager = SimdKernels.EAGER;
    int n = 20_011;
    float[] x = new float[1 << 19];
    float[] y = new float[1 << 19];
    float[] z = new float[1 << 19];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i * 7919 % 1000 - 500) / 500f;
      y[i] = (i * 104_729 % 1000 - 500) / 500f;
    }
    Map<String, Runnable> kernels = new TreeMap<>();
    for (UnaryFunction f : UnaryFunction.values()) {
      if (f == UnaryFunction.SIN || f == UnaryFunction.COS) {
        continue; // StrictMath makes an array of two for each reduction of its argument
      }
      kernels.put("map " + f, () -> eager.map(f, x, 1, z, 2, n));
    }
    for (BinaryFunction f : BinaryFunction.values()) {
      kernels.put("zip " + f, () -> eager.zip(f, x, 1, 1, y, 0, 0, z, 2, n));
    }
    kernels.put("gate", () -> eager.gate(x, 1, y, 2, z, 3, n));
    kernels.put("sum", () -> sink += eager.sum(x, 1, n));
    kernels.put("areModerate", () -> sink += eager.areModerate(x, 1, n) ? 1 : 0);
    kernels.put("max", () -> sink += eager.max(x, 1, n));
    kernels.put("columnSums", () -> eager.columnSums(100, 171, x, 1, 173, z, 0));
    for (int columns : new int[] {10, 171}) {
      kernels.put(
          "softmaxRows " + columns,
          () -> eager.softmaxRows(100, columns, x, 1, columns, z, 2, columns, y, 400_000));
    }
    kernels.put("transpose", () -> eager.transpose(100, 171, x, 1, 171, z, 2, 100));
    kernels.put("copyRows", () -> eager.copyRows(100, 171, x, 1, 173, z, 2, 171));
    kernels.put("copyRows 2", () -> eager.copyRows(100, 2 * Width.LANES, x, 1, 99, z, 2, 64));
    kernels.put("rowDots", () -> eager.rowDots(100, 171, x, 1, 173, y, 2, 171, z, 0));
    kernels.put("columnDots", () -> eager.columnDots(100, 171, x, 1, 173, y, 2, 171, z, 0));
    int[] taps = new int[1 << 15];
    kernels.put("maximumRows", () -> eager.maximumRows(100, 171, x, 1, 173, 3, z, 2, 171, taps, 1));
    kernels.put(
        "chosenRows", () -> eager.chosenRows(100, 171, x, 1, 173, taps, 0, 3, z, 2, 171, true));
    kernels.put("winogradInput", () -> eager.winogradInput(9, 37, x, 1, 800, z, 0, 400));
    kernels.put("winogradOutput", () -> eager.winogradOutput(9, 37, x, 1, 400, y, 0, z, 0, 800));
    kernels.put("winogradOutputBack", () -> eager.winogradOutputBack(9, 37, x, 1, 800, z, 0, 400));
    kernels.put(
        "lstmSlopes", () -> eager.lstmSlopes(64, 40, 0, x, 1, y, 0, x, 3, y, 5, z, 0, z, 4000));
    kernels.put("gelu with its slope", () -> eager.gelu(x, 1, y, 2, z, 3, 5000));
    for (int b = 0; b < 4; b++) {
      int yRow = (b & 1) == 0 ? 173 : 1;
      int zRow = (b & 2) == 0 ? 173 : 1;
      int yColumn = (b & 1) == 0 ? 1 : 0;
      int zColumn = (b & 2) == 0 ? 1 : 0;
      kernels.put(
          "multiplyAdd " + b,
          () ->
              eager.multiplyAdd(
                  100, 171, x, 1, 173, 1, y, 0, yRow, yColumn, x, 0, zRow, zColumn, z, 2, 171));
    }
    kernels.put("pack", () -> eager.pack(false, 70, 300, x, 1, 71, z, 0));
    kernels.put(
        "matmulPacked",
        () -> eager.matmulPacked(false, 50, 70, 300, x, 1, 301, y, 0, 300, z, 0, 70, true));
    int[][] shapes = {
      {128, 10, 512}, {32, 64, 64}, {64, 512, 256}, {50, 48, 300}, {97, 200, 70}, {300, 128, 1000}
    };
    for (int[] s : shapes) {
      for (int flags = 0; flags < 4; flags++) {
        boolean ta = (flags & 1) != 0;
        boolean tb = (flags & 2) != 0;
        kernels.put(
            "matmul %d %d %d %b %b".formatted(s[0], s[1], s[2], ta, tb),
            () ->
                eager.matmul(
                    ta,
                    tb,
                    s[0],
                    s[1],
                    s[2],
                    x,
                    1,
                    ta ? s[0] : s[2],
                    y,
                    0,
                    tb ? s[2] : s[1],
                    z,
                    0,
                    s[1],
                    true));
      }
    }
    Map<String, Long> guilty = new TreeMap<>();
    kernels.forEach((name, kernel) -> {
      long bytes = 1;
      for (int round = 0; round < PATIENCE && bytes > 0; round++) {
        long before = allocatedBytes();
        for (int i = 0; i < CALLS; i++) {
          kernel.run();
        }
        bytes = allocatedBytes() - before - overhead();
      }
      if (bytes > (name.startsWith("map ") ? TWO_VECTORS * CALLS : 0)) {
        guilty.put(name, bytes / CALLS);
      }
    });
    assertThat(guilty).as("bytes a call").isEmpty();
    assertThat(sink).isNotNaN();
  }

  /// What asking costs.
  private long overhead() {
    long before = allocatedBytes();
    return allocatedBytes() - before;
  }
}

package dev.thalweg.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.thalweg.kernels.loop.FusedLoop;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// What no update can beat, in C (`copy.c`) on the same arrays: the bytes of AdamW read and written
/// with next to no arithmetic; or its root and its division with next to no bytes.
final class NativeCopy implements FusedLoop {
  private static final long FLOAT = Float.BYTES;

  private final MethodHandle call;

  /// Restricted, since a wrong description of C would end the JVM.
  ///
  /// @param library `copy.c`, compiled: `tools/bench/run` does so where there is a gcc
  /// @param function `touch` or `divide`
  @SuppressWarnings("restricted")
  NativeCopy(Path library, String function) {
    SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
    call =
        Linker.nativeLinker()
            .downcallHandle(
                symbols.find(function).orElseThrow(),
                FunctionDescriptor.ofVoid(
                    ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_FLOAT),
                Linker.Option.critical(true));
  }

  @Override
  public void run(float[][] arrays, float[] scalars, int from, int to) {
    try {
      call.invokeExact(
          part(arrays[0], from),
          part(arrays[1], from),
          part(arrays[2], from),
          part(arrays[3], from),
          (long) (to - from),
          1e-9f);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MemorySegment part(float[] array, int from) {
    return MemorySegment.ofArray(array).asSlice(from * FLOAT);
  }

  @Override
  public void run(double[][] arrays, double[] scalars, int from, int to) {
    throw new UnsupportedOperationException("F32 only");
  }
}

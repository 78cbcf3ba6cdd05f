package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Results are ordinary objects that live as long as someone refers to them.
final class HeapContext extends Context {

  static final HeapContext RECORDING = new HeapContext(true);
  static final HeapContext SILENT = new HeapContext(false);

  private final boolean recording;

  private HeapContext(boolean recording) {
    this.recording = recording;
  }

  @Override
  Engine engine() {
    return Engine.current();
  }

  @Override
  float[] floats(int n) {
    return new float[n];
  }

  @Override
  double[] doubles(int n) {
    return new double[n];
  }

  @Override
  int[] ints(int n) {
    return new int[n];
  }

  @Override
  ZeroedTable zeroed(DType dtype, int rows, int width) {
    return new ZeroedTable(dtype, rows, width);
  }

  @Override
  boolean recording() {
    return recording;
  }

  @Override
  <R> R remembering(Supplier<R> body) {
    return recording ? body.get() : ScopedValue.where(CURRENT, RECORDING).call(body::get);
  }

  @Override
  @Nullable ArrayPool reclaiming() {
    return null;
  }

  @Override
  long step() {
    return 0;
  }
}

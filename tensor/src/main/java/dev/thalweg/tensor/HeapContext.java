package dev.thalweg.tensor;

import dev.thalweg.kernels.Engine;

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
  boolean recording() {
    return recording;
  }

  @Override
  long step() {
    return 0;
  }
}

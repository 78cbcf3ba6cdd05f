package dev.thalweg.bench;

import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.loop.FusedLoop;
import java.util.Random;

/// A parameter, its gradient and two slots, for loops to pass over.
final class RuleState {

  /// Elements of one call: what the optimizer gives a thread at a time.
  private static final int STRETCH = 1 << 14;

  private final float[][] arrays;
  private final float[] scalars = {0.1f, 0.001f, 1e-6f, 1.1f, 1e-8f, 1e-8f};

  RuleState(int n) {
    arrays = new float[4][n];
    Random random = new Random(1);
    for (int i = 0; i < n; i++) {
      arrays[0][i] = random.nextFloat();
      arrays[1][i] = random.nextFloat() - 0.5f;
    }
  }

  /// Passes over all elements.
  RuleState pass(FusedLoop loop, int passes) {
    int n = arrays[0].length;
    for (int pass = 0; pass < passes; pass++) {
      for (int from = 0; from < n; from += STRETCH) {
        loop.run(arrays, scalars, from, Math.min(n, from + STRETCH));
      }
    }
    return this;
  }

  /// Passes over all elements, shared by the threads of an engine.
  void pass(FusedLoop loop, int passes, Engine engine) {
    if (engine.threads() == 1) {
      pass(loop, passes);
      return;
    }
    for (int pass = 0; pass < passes; pass++) {
      engine.parallel(arrays[0].length, STRETCH, (from, to) -> loop.run(arrays, scalars, from, to));
    }
  }

  /// Makes the gradient of every other one of `units` stretches of elements 0.
  void killHalf(int units) {
    int n = arrays[0].length;
    for (int unit = 0; unit < units; unit += 2) {
      int from = (int) ((long) n * unit / units);
      int to = (int) ((long) n * (unit + 1) / units);
      java.util.Arrays.fill(arrays[1], from, to, 0);
    }
  }

  /// Sets what is negligible in the slots to 0, as the optimizer does every 16 steps.
  void clear() {
    for (int slot = 2; slot < 4; slot++) {
      float[] x = arrays[slot];
      for (int i = 0; i < x.length; i++) {
        x[i] = Math.max(x[i], 1e-32f) + Math.min(x[i], -1e-32f);
      }
    }
  }

  float[][] arrays() {
    return arrays;
  }
}

package dev.thalweg.house;

import static dev.thalweg.nn.Activation.GELU;
import static dev.thalweg.nn.Layers.dense;

import dev.thalweg.nn.Sequential;
import dev.thalweg.tensor.Shape;
import dev.thalweg.train.Trainer;

/// Has the vector kernels of a long training made ready, and does not wait for them.
public final class WarmingApplication implements Runnable {

  /// For a class loader.
  public WarmingApplication() {}

  @Override
  public void run() {
    Trainer.defaults().expect(Sequential.of(dense(64, GELU), dense(2)), Shape.of(100), 1_000_000);
    boolean warms =
        Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.getName().equals("thalweg-warm-up"));
    if (!warms) {
      throw new IllegalStateException("nothing is made ready");
    }
  }
}

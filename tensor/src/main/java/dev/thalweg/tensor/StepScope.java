package dev.thalweg.tensor;

import dev.thalweg.kernels.Engine;
import java.util.Arrays;
import java.util.function.Supplier;

/// The scope in which a trainer runs its steps: arrays of results come from a pool and all go back
/// to it when the step ends, so that a step allocates no array once its sizes have been seen.
///
/// ```java
/// var scope = new StepScope(Engine.standard());
/// scope.run(() -> {
///   for (var batch : batches) {
///     optimizer.step(loss(batch).gradients(parameters));
///     scope.endStep();
///   }
/// });
/// ```
///
/// A tensor that was made in a step must not be touched after it: every access then throws an
/// [IllegalStateException] that names the operation; [Tensor#keep] copies one out. Tensors made
/// outside (parameters, data) are not affected. A scope belongs to one thread at a time.
public final class StepScope extends Context {

  private Engine engine;
  private Shelf[] shelves = new Shelf[16];
  private int sizes;
  private long step = 1;
  private long allocated;
  private boolean recording = true;

  /// A scope whose operations run on this engine.
  public StepScope(Engine engine) {
    this.engine = engine;
  }

  /// Runs the body with this scope bound to the calling thread.
  public <R> R call(Supplier<? extends R> body) {
    return ScopedValue.where(CURRENT, this).call(() -> engine.call(body));
  }

  /// Runs the body with this scope bound to the calling thread.
  public void run(Runnable body) {
    ScopedValue.where(CURRENT, this).run(() -> engine.run(body));
  }

  /// Runs the body without recording, as for the derivatives of a training step: the result can be
  /// used, and not differentiated.
  public <R> R silently(Supplier<? extends R> body) {
    return recording(false, body);
  }

  @Override
  <R> R remembering(Supplier<R> body) {
    return recording(true, body);
  }

  private <R> R recording(boolean on, Supplier<? extends R> body) {
    boolean before = recording;
    recording = on;
    try {
      return body.get();
    } finally {
      recording = before;
    }
  }

  /// Has the operations that follow run on another engine: between steps, and only of the same
  /// kernels where results must be the same to the bit.
  public void runOn(Engine other) {
    engine = other;
  }

  /// Ends the step: every tensor made since the last call is dead, and its array will be reused.
  public void endStep() {
    step++;
    for (Shelf shelf : shelves) {
      if (shelf != null) {
        shelf.taken = 0;
      }
    }
  }

  /// How many arrays the pool has had to allocate so far: constant once the sizes have been seen.
  public long arraysAllocated() {
    return allocated;
  }

  @Override
  Engine engine() {
    return engine;
  }

  @Override
  boolean recording() {
    return recording;
  }

  @Override
  long step() {
    return step;
  }

  @Override
  float[] floats(int n) {
    Shelf shelf = shelf(n, false);
    int i = shelf.taken++;
    if (i == shelf.floats.length) {
      shelf.floats = Arrays.copyOf(shelf.floats, 2 * i);
    }
    float[] array = shelf.floats[i];
    if (array == null) {
      array = new float[n];
      shelf.floats[i] = array;
      allocated++;
    }
    return array;
  }

  @Override
  double[] doubles(int n) {
    Shelf shelf = shelf(n, true);
    int i = shelf.taken++;
    if (i == shelf.doubles.length) {
      shelf.doubles = Arrays.copyOf(shelf.doubles, 2 * i);
    }
    double[] array = shelf.doubles[i];
    if (array == null) {
      array = new double[n];
      shelf.doubles[i] = array;
      allocated++;
    }
    return array;
  }

  /// The shelf of arrays of one length, in a hash table with linear probing.
  private Shelf shelf(int n, boolean wide) {
    int mask = shelves.length - 1;
    for (int i = slot(n, mask); ; i = (i + 1) & mask) {
      Shelf shelf = shelves[i];
      if (shelf == null) {
        if (2 * ++sizes > shelves.length) {
          grow();
          return shelf(n, wide);
        }
        shelf = new Shelf(n, wide);
        shelves[i] = shelf;
        return shelf;
      }
      if (shelf.length == n && shelf.wide == wide) {
        return shelf;
      }
    }
  }

  private void grow() {
    Shelf[] old = shelves;
    shelves = new Shelf[2 * old.length];
    int mask = shelves.length - 1;
    sizes = 0;
    for (Shelf shelf : old) {
      if (shelf != null) {
        int i = slot(shelf.length, mask);
        while (shelves[i] != null) {
          i = (i + 1) & mask;
        }
        shelves[i] = shelf;
        sizes++;
      }
    }
  }

  private static int slot(int n, int mask) {
    int h = n * 0x9E3779B9;
    return (h ^ (h >>> 15)) & mask;
  }

  /// The arrays of one length, those of this step first.
  private static final class Shelf {
    final int length;
    final boolean wide;
    float[][] floats;
    double[][] doubles;
    int taken;

    Shelf(int length, boolean wide) {
      this.length = length;
      this.wide = wide;
      this.floats = wide ? new float[0][] : new float[4][];
      this.doubles = wide ? new double[4][] : new double[0][];
    }
  }
}

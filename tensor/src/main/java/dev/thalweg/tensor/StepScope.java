package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
  private final ArrayPool pool = new ArrayPool();

  /// Tables of +0; the first `tablesTaken` are in use.
  private final List<ZeroedTable> tables = new ArrayList<>();

  private int tablesTaken;
  private long step = 1;
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
  /// used, and not differentiated. While gradients are taken, those that nobody needs any more give
  /// their arrays back: what an [Operation] computes in its backward pass must not be touched after
  /// it, unless it was handed to [Wanted].
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
    pool.takeBackAll();
    for (int i = 0; i < tablesTaken; i++) {
      tables.get(i).clear();
    }
    tablesTaken = 0;
  }

  /// How many arrays the pool has had to allocate so far: constant once the sizes have been seen.
  public long arraysAllocated() {
    return pool.allocated() + tables.size();
  }

  /// The bytes of all arrays of the pool.
  public long bytesAllocated() {
    long bytes = pool.bytes();
    for (ZeroedTable table : tables) {
      bytes += table.bytes();
    }
    return bytes;
  }

  @Override
  ZeroedTable zeroed(DType dtype, int rows, int width) {
    int i = tablesTaken;
    while (i < tables.size() && !tables.get(i).fits(dtype, rows, width)) {
      i++;
    }
    if (i == tables.size()) {
      tables.add(new ZeroedTable(dtype, rows, width));
    }
    ZeroedTable table = tables.get(i);
    Collections.swap(tables, i, tablesTaken++);
    return table;
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
  @Nullable ArrayPool reclaiming() {
    return recording ? null : pool;
  }

  @Override
  long step() {
    return step;
  }

  @Override
  float[] floats(int n) {
    return (float[]) pool.take(DType.F32, n);
  }

  @Override
  double[] doubles(int n) {
    return (double[]) pool.take(DType.F64, n);
  }

  @Override
  int[] ints(int n) {
    return (int[]) pool.take(DType.I32, n);
  }
}

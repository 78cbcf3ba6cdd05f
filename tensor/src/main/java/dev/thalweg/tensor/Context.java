package dev.thalweg.tensor;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where an operation finds its engine and the arrays of its results, and whether it is recorded.
abstract sealed class Context permits HeapContext, StepScope {

  static final ScopedValue<Context> CURRENT = ScopedValue.newInstance();

  /// The context bound to this thread, or the plain heap with recording.
  static Context current() {
    return CURRENT.orElse(HeapContext.RECORDING);
  }

  abstract Engine engine();

  /// An array of at least n floats whose contents are arbitrary.
  abstract float[] floats(int n);

  /// An array of at least n doubles whose contents are arbitrary.
  abstract double[] doubles(int n);

  /// An array of at least n whole numbers whose contents are arbitrary.
  abstract int[] ints(int n);

  /// Rows of +0 of a width, F32 or F64.
  abstract ZeroedTable zeroed(DType dtype, int rows, int width);

  /// Whether results remember how they were made.
  abstract boolean recording();

  /// Runs the body with results that remember.
  abstract <R> R remembering(Supplier<R> body);

  /// The pool that arrays go back to as soon as nobody needs them: where nothing is remembered that
  /// could need them still.
  abstract @Nullable ArrayPool reclaiming();

  /// The number of the running step; results of another one are dead.
  abstract long step();
}

package dev.thalweg.tensor;

import dev.thalweg.kernels.NotNull;
import org.jspecify.annotations.Nullable;

/// A stretch of operations of which nothing but the last result is wanted, as the layers of a
/// network that predicts, one after the other: what was made on the way gives its array back at
/// once. So the next operations find arrays that are still in a cache, and all of them together
/// need no more memory than the largest two results.
///
/// ```java
/// Stretch stretch = Stretch.begin();
/// for (Block block : blocks) {
///   y = block.apply(y, pass);
///   stretch.keepOnly(y);
/// }
/// ```
///
/// In a [StepScope] that does not record; on the heap, and where results remember how they were
/// made, nothing happens.
public final class Stretch {

  private final @Nullable ArrayPool pool;
  private final int from;

  private Stretch(@Nullable ArrayPool pool) {
    this.pool = pool;
    this.from = pool == null ? 0 : pool.taken();
  }

  /// Begins one on this thread.
  public static Stretch begin() {
    return new Stretch(Context.current().reclaiming());
  }

  /// Gives back the arrays of all results since the beginning but this one, which others must not
  /// touch any more.
  public void keepOnly(Tensor result) {
    NotNull.check(result, "result");
    if (pool != null) {
      Object array = result.array();
      pool.hold(array, from, 1);
      pool.takeBackUnheld(from);
      pool.hold(array, from, -1);
    }
  }
}

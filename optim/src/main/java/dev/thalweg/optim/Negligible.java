package dev.thalweg.optim;

import dev.thalweg.kernels.Kernels;

/// Clears what is too small to matter from F32 state and parameters.
///
/// The averages of a gradient that stays 0 (a dead unit, a row that is not used) decay into
/// denormals, below 1.2e-38, and stay there; arithmetic with these is ten times slower on many
/// processors. So every [#PERIOD] steps, numbers of the F32 slots at or below [#THRESHOLD] become
/// 0. Between two clearings an average with a decay of 0.4 or more can't get from the threshold to
/// the denormals. What a step costs for it is too little to be seen, while clearing in each step
/// costs an update of Adam in cache half as much again. A weight that gets no gradient but weight
/// decay goes the same way; it becomes 0 at [#WEIGHT], much later, since it is a result.
///
/// The steps at which it happens are a function of the step's number alone, so that no cut of the
/// work and no resume changes a bit. F64 state is never cleared: it is the exact form.
final class Negligible {
  /// F32 state at or below this size becomes 0.
  static final float THRESHOLD = Kernels.NEGLIGIBLE;

  /// F32 parameters at or below this size, 64 times the smallest normal number, become 0.
  static final float WEIGHT = 0x1p-120f;

  /// Steps from one clearing to the next; the first is after this many.
  static final int PERIOD = 16;

  private Negligible() {}

  /// Whether the state is cleared after the update with this number, counted from 0.
  static boolean isClearedAfter(long step) {
    return step % PERIOD == PERIOD - 1;
  }

  /// |x| ≤ t ? 0 : x for a t of 2⁻¹²⁵ or more, written as `max(x, t) + min(x, −t)`, since the JIT
  /// leaves `?:` scalar.
  ///
  /// For x > t that is x − t rounded: x itself from x = 2²⁵t on, off by at most t below; for x < −t
  /// likewise; between, t − t = +0; NaN and infinities stay.
  static void clear(float[] slot, float t, int from, int to) {
    for (int i = from; i < to; i++) {
      float x = slot[i];
      slot[i] = Math.max(x, t) + Math.min(x, -t);
    }
  }

  /// The same; whether any number has changed.
  static boolean clearAll(float[] slot, float t, int from, int to) {
    boolean changed = false;
    for (int i = from; i < to; i++) {
      float x = slot[i];
      float y = Math.max(x, t) + Math.min(x, -t);
      changed |= x != y;
      slot[i] = y;
    }
    return changed;
  }
}

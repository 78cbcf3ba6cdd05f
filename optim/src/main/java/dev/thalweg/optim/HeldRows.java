package dev.thalweg.optim;

import dev.thalweg.kernels.UsedRows;
import dev.thalweg.kernels.Values;

/// An array of a run that is written from a gradient in each step, number by number, so that 0
/// comes from 0: which of its rows have other numbers, as far as gradients say that of theirs.
final class HeldRows {
  private final ArrayValues array;

  /// The rows without which all of the array is +0; meaningless where `any`.
  private final UsedRows held = new UsedRows();

  private final UsedRows written = new UsedRows();
  private boolean any;

  /// What is done with some of the numbers.
  interface Writing {
    void run(Values from, ArrayValues to, int begin, int end);
  }

  /// @param array of zeros, with that list
  HeldRows(ArrayValues array) {
    this.array = array;
    array.setUsedRows(held);
  }

  /// Says that the array may have any numbers.
  void forget() {
    any = true;
    array.setUsedRows(null);
  }

  /// The array.
  ArrayValues array() {
    return array;
  }

  /// Writes the array from a gradient: only where one of them is not 0, if that is known.
  ///
  /// @param replaces whether what was there does not count
  void write(Values from, boolean replaces, Writing writing) {
    UsedRows now = from.usedRows();
    if (now == null || any) {
      writing.run(from, array, 0, array.size());
      if (now != null && replaces) {
        any = false;
        held.set(now);
      } else {
        any = true;
      }
    } else {
      written.union(held, now);
      int width = array.size() / array.dimensions()[0];
      for (int i = 0; i < written.count(); ) {
        int end = written.runEnd(i, written.count());
        int begin = written.at(i) * width;
        writing.run(from, array, begin, (written.at(end - 1) + 1) * width);
        i = end;
      }
      held.set(replaces ? now : written);
    }
    array.setUsedRows(any ? null : held);
  }
}

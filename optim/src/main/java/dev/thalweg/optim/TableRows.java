package dev.thalweg.optim;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.RangeTask;
import dev.thalweg.kernels.UsedRows;
import dev.thalweg.kernels.Values;

/// A parameter of which only some rows have a gradient in a step, where a rule leaves numbers
/// without one as they are: what has to be known about the others, so that they come out as if the
/// rule had been carried out for them.
///
/// Two things happen to a number without a gradient all the same. Every so many steps F32 numbers
/// that are too small become 0 ([Negligible]), and those a bit above lose a bit each time: rows in
/// which there may be such are looked at, all others have been seen to stay. And −0 becomes +0
/// where a rule adds 0: where there is one, all rows are carried out.
///
/// It is known as long as nobody else writes to the parameter between steps.
final class TableRows {
  private final Values parameter;
  private final Values[] slots;
  private final int width;

  /// By row: whether its numbers may still change where they are cleared.
  private final boolean[] unsettled;

  /// Rows that are unsettled, where that is not all.
  private UsedRows some = new UsedRows();

  private UsedRows rest = new UsedRows();
  private boolean all = true;

  /// Whether it is known that there is no −0 where it would change.
  private boolean withoutMinus;

  TableRows(Values parameter, Values[] slots) {
    this.parameter = parameter;
    this.slots = slots;
    int rows = parameter.dimensions()[0];
    width = parameter.size() / rows;
    unsettled = new boolean[rows];
  }

  /// How many numbers a row has.
  int width() {
    return width;
  }

  /// Forgets all: any number may be another one.
  void forget() {
    all = true;
    withoutMinus = false;
  }

  /// Whether there is no −0 among the numbers of an array that would make it +0.
  ///
  /// @param arrays by array, as the rule has them, 1 being the gradient: whether it would
  boolean isWithoutMinus(boolean[] arrays) {
    if (!withoutMinus) {
      withoutMinus = !hasMinus(arrays, 0, parameter.size());
    }
    return withoutMinus;
  }

  /// Looks at rows that have moved.
  void moved(UsedRows used, boolean[] arrays) {
    for (int i = 0; i < used.count(); ) {
      int end = used.runEnd(i, used.count());
      int from = used.at(i);
      int to = used.at(end - 1) + 1;
      withoutMinus = withoutMinus && !hasMinus(arrays, from * width, to * width);
      for (int row = from; row < to && !all; row++) {
        if (!unsettled[row]) {
          unsettled[row] = true;
          some.add(row);
        }
      }
      i = end;
    }
  }

  private boolean hasMinus(boolean[] arrays, int from, int to) {
    boolean found = false;
    for (int k = 0; k < 2 + slots.length; k++) {
      if (k != 1 && arrays[k]) {
        found |= hasMinus(k == 0 ? parameter : slots[k - 2], from, to);
      }
    }
    return found;
  }

  private static boolean hasMinus(Values values, int from, int to) {
    if (values.dtype() == DType.F32) {
      int minus = Float.floatToRawIntBits(-0f);
      float[] x = values.floats();
      for (int i = from; i < to; i++) {
        if (Float.floatToRawIntBits(x[i]) == minus) {
          return true;
        }
      }
    } else {
      long minus = Double.doubleToRawLongBits(-0.0);
      double[] x = values.doubles();
      for (int i = from; i < to; i++) {
        if (Double.doubleToRawLongBits(x[i]) == minus) {
          return true;
        }
      }
    }
    return false;
  }

  /// Clears what is negligible, of F32, in the rows in which there may be such.
  void clear(int grain) {
    if (all) {
      all = false;
      some.clear();
      for (int row = 0; row < unsettled.length; row++) {
        some.add(row);
      }
    }
    some.sort();
    Engine.current().parallel(some.count(), Math.max(1, grain / width), new Clearing(this));
    rest.clear();
    for (int i = 0; i < some.count(); i++) {
      if (unsettled[some.at(i)]) {
        rest.add(some.at(i));
      }
    }
    UsedRows settled = some;
    some = rest;
    rest = settled;
  }

  /// Of the rows that are unsettled, some. No lambda, as in [Part].
  private record Clearing(TableRows of) implements RangeTask {
    @Override
    public void run(int from, int to) {
      for (int i = from; i < to; i++) {
        of.clearRow(of.some.at(i));
      }
    }
  }

  private void clearRow(int row) {
    int from = row * width;
    int to = from + width;
    boolean changed = Negligible.clearAll(parameter.floats(), Negligible.WEIGHT, from, to);
    for (Values slot : slots) {
      changed |= Negligible.clearAll(slot.floats(), Negligible.THRESHOLD, from, to);
    }
    unsettled[row] = changed;
  }
}

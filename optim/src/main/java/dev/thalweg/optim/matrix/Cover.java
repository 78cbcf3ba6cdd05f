package dev.thalweg.optim.matrix;

import dev.thalweg.kernels.Values;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A sum over steps that keeps, for each place along each dimension, the largest number there: to
/// what is added, the smallest of those that an element is under, or a part of it. Of a vector it
/// is the sum itself.
final class Cover implements ArrayPass {
  private final Matrix x;
  private final int[] shape;

  /// By dimension: the largest at each place.
  private final Kept[] largest;

  Cover(Values values) {
    int[] dimensions = values.dimensions();
    x = Matrix.of(values);
    shape = dimensions.length == 0 ? new int[] {1} : dimensions;
    largest = new Kept[shape.length];
    for (int axis = 0; axis < shape.length; axis++) {
      largest[axis] = new Kept(values.dtype(), shape[axis]);
    }
  }

  @Override
  public SequencedMap<String, Values> state() {
    var state = new LinkedHashMap<String, Values>();
    for (int axis = 0; axis < shape.length; axis++) {
      state.put(String.valueOf(axis), largest[axis]);
    }
    return Collections.unmodifiableSequencedMap(state);
  }

  @Override
  public void run(double[] numbers) {
    if (shape.length == 1) {
      x.cover(numbers[0], largest[0]);
      return;
    }
    int size = x.rows() * x.columns();
    for (int i = 0; i < size; i++) {
      double least = Double.POSITIVE_INFINITY;
      int rest = i;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        least = Math.min(least, largest[axis].at(rest % shape[axis]));
        rest /= shape[axis];
      }
      x.set(
          i / x.columns(),
          i % x.columns(),
          x.at(i / x.columns(), i % x.columns()) + numbers[0] * least);
    }
    for (Kept kept : largest) {
      kept.clear(); // what is added is not negative
    }
    for (int i = 0; i < size; i++) {
      double value = x.at(i / x.columns(), i % x.columns());
      int rest = i;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        int place = rest % shape[axis];
        largest[axis].set(place, Math.max(largest[axis].at(place), value));
        rest /= shape[axis];
      }
    }
  }
}

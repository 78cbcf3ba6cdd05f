package dev.thalweg.data;

import java.util.AbstractList;
import java.util.BitSet;
import java.util.Objects;
import java.util.function.BiFunction;

/// The parts of a cross-validation, each made when it is asked for.
///
/// @param <P> the two parts of one fold
final class Folds<P> extends AbstractList<P> {

  private final int[] order;
  private final int k;
  private final BiFunction<int[], int[], P> parts;

  /// @param order all rows that are divided, of which the one at place `i` is tested in fold `i mod
  ///   k`
  /// @param parts makes a fold of the rows to train on and those to test
  Folds(int[] order, int k, BiFunction<int[], int[], P> parts) {
    this.order = order;
    this.k = k;
    this.parts = parts;
  }

  @Override
  public int size() {
    return k;
  }

  /// Both parts in the order of the rows: training shuffles anyway.
  @Override
  public P get(int fold) {
    Objects.checkIndex(fold, k);
    var trained = new BitSet(order.length);
    var tested = new BitSet(order.length);
    for (int i = 0; i < order.length; i++) {
      (i % k == fold ? tested : trained).set(order[i]);
    }
    return parts.apply(trained.stream().toArray(), tested.stream().toArray());
  }
}

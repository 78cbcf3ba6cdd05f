package dev.thalweg.data;

import dev.thalweg.kernels.NotNull;

/// A data set in two parts without a common row.
///
/// @param train the part to learn from
/// @param test the part to be judged by
public record Split(Dataset train, Dataset test) {

  /// Checks that both are there.
  public Split {
    NotNull.check(train, "train");
    NotNull.check(test, "test");
  }

  /// Both, in a line.
  @Override
  public String toString() {
    return "train " + train + "; test " + test;
  }
}

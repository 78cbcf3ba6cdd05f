package dev.thalweg.kernels;

/// Work on the indices of a range.
@FunctionalInterface
public interface RangeTask {

  /// Does the indices `from` … `to − 1`.
  void run(int from, int to);
}

package dev.thalweg.optim;

/// What is done with all elements of all parameters, in pieces.
interface PiecewiseTask {
  /// Does it with elements `from` … `to − 1` of one.
  void run(int parameter, int from, int to);
}

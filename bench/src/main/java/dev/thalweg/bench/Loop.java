package dev.thalweg.bench;

/// One pass of an update rule over a stretch of a parameter.
interface Loop {

  /// Updates elements `from` to `to`.
  ///
  /// @param arrays the parameter, its gradient, then the slots
  /// @param scalars what depends on the step alone
  void run(float[][] arrays, float[] scalars, int from, int to);
}

package dev.thalweg.kernels;

/// One step of some sequences of a [Recurrence], on one thread.
interface CellKernel {

  /// Makes gates of the sums that are there, and from them the state after the step.
  ///
  /// @param gates a row for each sequence, from `at` on
  /// @param before where the state before the step begins in `hidden` and `cells`
  /// @param after where the state after it does
  void forward(float[] gates, int at, float[] hidden, float[] cells, int before, int after);

  /// The gradients by the sums of the gates, from those by the state after the step; what is
  /// negligible of them is 0.
  ///
  /// @param kept what [#forward] left in the gates
  /// @param state the gradient by the state after the step, dense
  /// @param past receives what goes to the state before the step without passing the gates
  /// @param cell the gradient by an LSTM's cells after the step
  /// @param cellPast receives that by the cells before the step
  /// @param slopes receives the gradients, a row for each sequence
  void back(
      float[] kept,
      int at,
      float[] hidden,
      float[] cells,
      int before,
      int after,
      float[] state,
      float[] past,
      float[] cell,
      float[] cellPast,
      float[] slopes,
      int slope);
}

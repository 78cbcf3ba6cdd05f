package dev.thalweg.tensor;

/// Which gradients an operation is asked for, and who takes them: see [Operation#backward].
public sealed interface Wanted permits Backward, Fused.Remembered {

  /// Whether the gradient by input number i is wanted: the input leads to something that is
  /// differentiated by.
  boolean wants(int input);

  /// Adds a gradient by input number i, of that input's shape and precision, to those that others
  /// have given for the same tensor, in the order in which they come; nothing happens where it is
  /// not wanted. The tensor must not be written to afterwards.
  ///
  /// @throws IllegalArgumentException if shape or precision are not the input's
  void add(int input, Tensor part);

  /// As [#add], where the gradient is 0 but for what lies along one axis from `from` on: such parts
  /// are gathered, and become one array when all have come, however many there are.
  ///
  /// @param part of the input's shape but for its size along the axis
  /// @throws IllegalArgumentException if it does not fit into the input
  void addSlice(int input, Tensor part, int axis, int from);

  /// As [#add], where the gradient is 0 but for some rows of the first dimension: row `rows(i)` has
  /// part(i), and of a row that is named more than once the sum, in order.
  ///
  /// @param part of the rows' shape, and behind it that of one row of the input
  /// @param rows I32, of 0 to the input's rows − 1
  /// @throws IllegalArgumentException if it does not fit into the input
  void addRows(int input, Tensor part, Tensor rows);
}

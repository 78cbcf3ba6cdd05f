package dev.thalweg.optim;

import dev.thalweg.kernels.Values;
import java.util.List;

/// The gradients of each example of a batch by itself, as private steps ask for them.
public interface ExampleGradients {
  /// How many examples there are.
  int count();

  /// Writes the gradient of the loss of one example.
  ///
  /// @param example from 0
  /// @param into a parameter each, in the order of the run's parameters
  void gradient(int example, List<Values> into);
}

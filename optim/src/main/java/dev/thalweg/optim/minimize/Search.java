package dev.thalweg.optim.minimize;

import dev.thalweg.kernels.Values;
import java.util.SequencedMap;

/// A method at work on one run.
public interface Search {
  /// One step: leaves the parameters where it goes on.
  void step(Space space);

  /// What it keeps from step to step, by name: the values themselves.
  SequencedMap<String, Values> state();
}

package dev.thalweg.optim;

import dev.thalweg.kernels.Values;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// Everything a run knows beyond its parameters' values: a snapshot to save and restore to the bit.
///
/// @param optimizer the text form of the optimizer
/// @param steps how many updates were made
/// @param hyperparameters their values as the next update would use them, by their names in the
///   formula; for reading only, a run has them from its schedules
/// @param slots the slots by name: the parameter's name, a point, the slot's name:
///   `layers.0.weight.m`; a slot that is one number for all parameters has its own name only
public record OptimizerState(
    String optimizer,
    long steps,
    SequencedMap<String, Double> hyperparameters,
    SequencedMap<String, Values> slots) {

  /// Copies the maps, not the arrays.
  ///
  /// @throws IllegalArgumentException if the number of steps is negative
  public OptimizerState {
    if (steps < 0) {
      throw new IllegalArgumentException(
          "optimizer state: steps must not be negative, found " + steps);
    }
    hyperparameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(hyperparameters));
    slots = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(slots));
  }

  /// A state from any map, for readers of files.
  ///
  /// @throws IllegalArgumentException if the number of steps is negative
  public static OptimizerState of(
      String optimizer, long steps, Map<String, ? extends Values> slots) {
    return new OptimizerState(optimizer, steps, new LinkedHashMap<>(), new LinkedHashMap<>(slots));
  }

  /// Optimizer, steps and the names of the slots.
  @Override
  public String toString() {
    return optimizer + " after " + steps + " steps, slots " + slots.keySet();
  }
}

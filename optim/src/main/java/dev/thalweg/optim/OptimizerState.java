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
/// @param slots the slots by name: the parameter's name, a point, the slot's name:
///   `layers.0.weight.m`
public record OptimizerState(String optimizer, long steps, SequencedMap<String, Values> slots) {

  /// Copies the map, not the arrays.
  ///
  /// @throws IllegalArgumentException if the number of steps is negative
  public OptimizerState {
    if (steps < 0) {
      throw new IllegalArgumentException(
          "optimizer state: steps must not be negative, found " + steps);
    }
    slots = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(slots));
  }

  /// A state from any map, for readers of files.
  ///
  /// @throws IllegalArgumentException if the number of steps is negative
  public static OptimizerState of(
      String optimizer, long steps, Map<String, ? extends Values> slots) {
    return new OptimizerState(optimizer, steps, new LinkedHashMap<>(slots));
  }

  /// Optimizer, steps and the names of the slots.
  @Override
  public String toString() {
    return optimizer + " after " + steps + " steps, slots " + slots.keySet();
  }
}

package dev.thalweg.optim;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Values;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

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

  /// Whether all of it is the same, each slot's numbers to the bit.
  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof OptimizerState that)
        || steps != that.steps
        || !optimizer.equals(that.optimizer)
        || !hyperparameters.equals(that.hyperparameters)
        || !slots.keySet().equals(that.slots.keySet())) {
      return false;
    }
    for (String name : slots.keySet()) {
      if (!isSame(slots.get(name), that.slots.get(name))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSame(@Nullable Values one, @Nullable Values other) {
    if (one == null
        || other == null
        || one.dtype() != other.dtype()
        || !Arrays.equals(one.dimensions(), other.dimensions())) {
      return false;
    }
    int n = one.size();
    return one.dtype() == DType.F32
        ? Arrays.equals(one.floats(), 0, n, other.floats(), 0, n)
        : Arrays.equals(one.doubles(), 0, n, other.doubles(), 0, n);
  }

  @Override
  public int hashCode() {
    return Objects.hash(optimizer, steps, slots.keySet());
  }

  /// Optimizer, steps and the names of the slots.
  @Override
  public String toString() {
    return optimizer + " after " + steps + " steps, slots " + slots.keySet();
  }
}

package dev.thalweg.kernels.loop;

import java.util.List;

/// What one pass over some arrays computes: for each element, all loads, then all values, then all
/// stores, so that a store never changes what another one sees.
///
/// @param arrays how many arrays it works on
/// @param scalars how many numbers of the step it takes
/// @param stores at most one for each array
public record LoopProgram(int arrays, int scalars, List<Store> stores) {

  /// A new element for an array.
  ///
  /// @param array its number
  /// @param value what is stored
  public record Store(int array, LoopNode value) {}

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException if a node or store names an array or scalar that isn't there,
  ///   or an array is stored twice
  public LoopProgram {
    stores = List.copyOf(stores);
    LoopListing.check(arrays, scalars, stores);
  }

  /// A short text that is equal for programs of equal structure, and in practice for no others: 128
  /// bits of a hash of their operations, indices, constants (by their bits) and stores, as 32
  /// hexadecimal digits. It depends neither on lines nor on whether equal nodes are one object or
  /// several, and is made for names of classes.
  public String key() {
    return new LoopListing(this).key();
  }
}

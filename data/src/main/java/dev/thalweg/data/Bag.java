package dev.thalweg.data;

import java.util.Arrays;

/// The features that a text has, ascending, and what each is worth.
///
/// @param places the features
/// @param values as many
/// @param left how many tokens of the text have no place
@SuppressWarnings("ArrayRecordComponent") // never compared, and never leaves the package
record Bag(int[] places, float[] values, int left) {

  /// What a feature is worth.
  float at(int feature) {
    int place = Arrays.binarySearch(places, feature);
    return place < 0 ? 0 : values[place];
  }

  /// Puts the values into zeros.
  ///
  /// @param at where the first feature is
  void addTo(float[] x, int at) {
    for (int i = 0; i < places.length; i++) {
      x[at + places[i]] = values[i];
    }
  }

  /// Puts the values into zeros.
  ///
  /// @param at where the first feature is
  void addTo(double[] x, int at) {
    for (int i = 0; i < places.length; i++) {
      x[at + places[i]] = values[i];
    }
  }
}

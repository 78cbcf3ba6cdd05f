package dev.thalweg.data;

import java.util.Arrays;

/// What the buckets of n-grams of a text are worth, for the texts of a column; see
/// [ColumnEncoding.Text]. Safe from several threads at once.
final class WeighedText {

  private final Ngrams ngrams;

  /// ln((1 + texts) / (1 + texts with it)) + 1, of each bucket.
  private final double[] rarity;

  WeighedText(ColumnEncoding.Text column) {
    this.ngrams = column.ngrams();
    this.rarity = new double[ngrams.buckets()];
    for (int i = 0; i < rarity.length; i++) {
      rarity[i] = StrictMath.log((1.0 + column.texts()) / (1 + column.frequencies().get(i))) + 1;
    }
  }

  /// The buckets that a text has, ascending, and what each is worth.
  ///
  /// @param places the buckets
  /// @param values as many
  @SuppressWarnings("ArrayRecordComponent") // never compared, and never leaves the package
  record Bag(int[] places, float[] values) {

    /// What a bucket is worth.
    float at(int bucket) {
      int place = Arrays.binarySearch(places, bucket);
      return place < 0 ? 0 : values[place];
    }

    /// Puts the values into zeros.
    ///
    /// @param at where the first bucket is
    void addTo(float[] x, int at) {
      for (int i = 0; i < places.length; i++) {
        x[at + places[i]] = values[i];
      }
    }

    /// Puts the values into zeros.
    ///
    /// @param at where the first bucket is
    void addTo(double[] x, int at) {
      for (int i = 0; i < places.length; i++) {
        x[at + places[i]] = values[i];
      }
    }
  }

  Bag of(String text) {
    int[] all = ngrams.places(text);
    var places = new int[all.length];
    var worth = new double[all.length];
    int different = 0;
    double squares = 0;
    for (int i = 0; i < all.length; ) {
      int first = i;
      while (i < all.length && all[i] == all[first]) {
        i++;
      }
      double w = (1 + StrictMath.log(i - first)) * rarity[all[first]];
      squares += w * w;
      places[different] = all[first];
      worth[different++] = w;
    }
    double norm = Math.sqrt(squares);
    var values = new float[different];
    for (int i = 0; i < different; i++) {
      values[i] = (float) (worth[i] / norm);
    }
    return new Bag(Arrays.copyOf(places, different), values);
  }
}

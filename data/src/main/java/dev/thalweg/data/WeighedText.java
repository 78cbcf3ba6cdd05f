package dev.thalweg.data;

import java.util.Arrays;

/// What the buckets of n-grams of a text are worth, for the texts of a column; see
/// [ColumnEncoding.Text]. Safe from several threads at once.
final class WeighedText implements TextFeatures {

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

  @Override
  public Bag of(String text) {
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
    return new Bag(Arrays.copyOf(places, different), values, 0);
  }
}

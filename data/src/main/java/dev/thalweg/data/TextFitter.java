package dev.thalweg.data;

import java.util.Arrays;

/// Takes the texts of a column, one after the other, and counts in how many of them each bucket of
/// n-grams is.
final class TextFitter {

  private final Ngrams ngrams;
  private final int[] frequencies;
  private int texts;

  TextFitter(Ngrams ngrams) {
    this.ngrams = ngrams;
    this.frequencies = new int[ngrams.buckets()];
  }

  void add(String text) {
    texts++;
    int before = -1;
    for (int place : ngrams.places(text)) {
      frequencies[place] += place == before ? 0 : 1;
      before = place;
    }
  }

  ColumnEncoding.Text fitted(String name, int place) {
    return new ColumnEncoding.Text(
        name, place, ngrams, texts, Arrays.stream(frequencies).boxed().toList());
  }
}

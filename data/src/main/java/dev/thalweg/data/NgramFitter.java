package dev.thalweg.data;

import java.util.Arrays;

/// Takes the texts of a column, one after the other, and counts in how many of them each bucket of
/// n-grams is.
final class NgramFitter implements TextFitter {

  private final Ngrams ngrams;
  private final int[] frequencies;
  private int texts;

  NgramFitter(Ngrams ngrams) {
    this.ngrams = ngrams;
    this.frequencies = new int[ngrams.buckets()];
  }

  @Override
  public void add(String text) {
    texts++;
    int before = -1;
    for (int place : ngrams.places(text)) {
      frequencies[place] += place == before ? 0 : 1;
      before = place;
    }
  }

  @Override
  public ColumnEncoding fitted(String source, String name, int place) {
    return new ColumnEncoding.Text(
        name, place, ngrams, texts, Arrays.stream(frequencies).boxed().toList());
  }
}

package dev.thalweg.train;

import java.util.Locale;

/// How well a [Translator] does on pairs. A left side that comes several times, with several right
/// sides, counts once, by the right side that is nearest to what is made of it.
///
/// @param texts how many different left sides there are
/// @param loss −ln p of a token of the right sides, each given those before it, the mean over all
///   pairs, ends included
/// @param tokenAccuracy of these tokens, the share that is the most probable one
/// @param tokenErrorRate Σ edits / Σ tokens of the right sides: the fewest tokens inserted, deleted
///   or replaced that make what is right of what is made (Levenshtein 1966); of phonemes the
///   phoneme error rate
/// @param textErrorRate the share of texts that are not wholly right; of words the word error rate
/// @param beam how many were followed in the search; 1: the most probable token each time
public record TranslationEvaluation(
    int texts,
    double loss,
    double tokenAccuracy,
    double tokenErrorRate,
    double textErrorRate,
    int beam) {

  /// `token error rate 0.0712, text error rate 0.3012 (25,001 texts, beam 1)`
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "token error rate %.4f, text error rate %.4f (%,d texts, beam %d)",
        tokenErrorRate,
        textErrorRate,
        texts,
        beam);
  }
}

package dev.thalweg.train;

import java.util.Locale;

/// How well a [LanguageModel] foretells a text.
///
/// @param tokens how many were foretold: all but the first
/// @param loss −ln p of a token, the mean
/// @param bitsPerCharacter −log₂ p of the text over its characters: what a code by this model would
///   take
public record LanguageEvaluation(long tokens, double loss, double bitsPerCharacter) {

  /// e to the loss: among how many tokens a blind guess would be as uncertain.
  public double perplexity() {
    return Math.exp(loss);
  }

  /// `1.9012 bits per character, perplexity 3.7352 (118,965 tokens)`
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.4f bits per character, perplexity %.4f (%,d tokens)",
        bitsPerCharacter,
        perplexity(),
        tokens);
  }
}

package dev.thalweg.train;

/// What a [LanguageModel] has written.
///
/// @param text the prompt and what follows it
/// @param tokens how many follow it
/// @param seconds it took
public record Generated(String text, int tokens, double seconds) {

  /// How fast it was; NaN where nothing follows.
  public double tokensPerSecond() {
    return tokens / seconds;
  }

  /// The text.
  @Override
  public String toString() {
    return text;
  }
}

package dev.thalweg.train;

import java.util.Locale;

/// What a [Translator] makes of a text.
///
/// @param text what it makes
/// @param logProbability ln p of the whole of it, its end included
public record Translation(String text, double logProbability) {

  /// p of the whole of it.
  public double probability() {
    return Math.exp(logProbability);
  }

  /// `TH AA1 L W EH0 G (0.4321)`
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s (%.4f)", text, probability());
  }
}

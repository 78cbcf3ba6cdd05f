package dev.thalweg.formula;

import java.util.List;

/// The sentence about a name nobody knows.
final class Unknown {
  private Unknown() {}

  static String sentence(String kind, String word, List<String> known) {
    return "unknown " + kind + " '" + word + "'; known: " + String.join(", ", known);
  }
}

package dev.thalweg.data;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The pairs of words that mean yes and no, in any case.
final class YesNo {

  private static final List<Set<String>> PAIRS =
      List.of(
          Set.of("true", "false"),
          Set.of("yes", "no"),
          Set.of("t", "f"),
          Set.of("y", "n"),
          Set.of("on", "off"));

  private YesNo() {}

  /// Whether some texts are yes and no, each in one spelling.
  static boolean areInOneSpelling(Collection<String> texts) {
    Set<String> folded = folded(texts);
    return folded.size() == texts.size() && isPair(folded);
  }

  /// Whether different texts are yes and no, and one of them in more than one spelling.
  static boolean areInSeveralSpellings(Collection<String> texts) {
    Set<String> folded = folded(texts);
    return folded.size() < texts.size() && isPair(folded);
  }

  private static boolean isPair(Set<String> folded) {
    return PAIRS.stream().anyMatch(pair -> pair.containsAll(folded));
  }

  private static Set<String> folded(Collection<String> texts) {
    var folded = new HashSet<String>();
    texts.forEach(text -> folded.add(text.toLowerCase(Locale.ROOT)));
    return folded;
  }
}

package dev.thalweg.kernels;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The known name that someone who typed another one most likely meant.
public final class Nearest {

  private static final int LISTED = 30;

  private Nearest() {}

  /// The known word with the fewest edits (a letter inserted, deleted, replaced, or swapped with
  /// its neighbour; case is free) to the given one, the first of them in the order given. Nothing
  /// where even that needs more than a third of the longer word's letters; one is always allowed,
  /// but something must be left: no letter is near another.
  public static Optional<String> of(String word, Collection<String> known) {
    String best = null;
    int fewest = Integer.MAX_VALUE;
    for (String candidate : known) {
      int edits = edits(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      int longer = Math.max(word.length(), candidate.length());
      if (edits <= Math.max(1, longer / 3) && edits < longer && edits < fewest) {
        best = candidate;
        fewest = edits;
      }
    }
    return Optional.ofNullable(best);
  }

  /// The sentence to refuse a word with: `unknown data set 'digit' (did you mean 'digits'?); known:
  /// digits, iris`.
  ///
  /// @param kind what the word should name: `data set`
  public static String sentence(String kind, String word, Collection<String> known) {
    Optional<String> nearest = of(word, known);
    String meant = nearest.isEmpty() ? "" : " (did you mean '%s'?)".formatted(nearest.get());
    String listed = known.stream().limit(LISTED).collect(Collectors.joining(", "));
    String more = known.size() > LISTED ? " and %d more".formatted(known.size() - LISTED) : "";
    return known.isEmpty()
        ? "unknown %s '%s'; there is none".formatted(kind, word)
        : "unknown %s '%s'%s; known: %s%s".formatted(kind, word, meant, listed, more);
  }

  /// The edit distance of Damerau and Levenshtein in its restricted form (no letter is edited
  /// twice).
  private static int edits(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] spare = beforeLast;
      beforeLast = last;
      last = row;
      row = spare;
    }
    return last[b.length()];
  }
}

package dev.thalweg.cli;

import java.util.Collection;
import java.util.Locale;

/// The known name that a mistyped one was probably meant to be.
final class Nearest {

  private Nearest() {}

  /// `unknown WHAT 'TYPED'`, and which known name is nearest to it.
  ///
  /// @param what the kind of thing: `command`
  /// @param typed the name as the user typed it
  /// @param known all names there are
  static String sentence(String what, String typed, Collection<String> known) {
    var name = of(typed, known);
    var unknown = "unknown " + what + " '" + typed + "'";
    if (name.isEmpty()) {
      return unknown;
    }
    return distance(fold(typed), fold(name)) <= 1 + name.length() / 3
        ? unknown + "; did you mean '" + name + "'?"
        : unknown + "; the nearest known one is '" + name + "'";
  }

  /// The known name with the fewest edits from `typed`, the first of several by the alphabet; empty
  /// where none is known.
  static String of(String typed, Collection<String> known) {
    var best = "";
    var fewest = Integer.MAX_VALUE;
    for (var name : known.stream().sorted().toList()) {
      var edits = distance(fold(typed), fold(name));
      if (edits < fewest) {
        fewest = edits;
        best = name;
      }
    }
    return best;
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /// The number of insertions, deletions, changes and swaps of neighbours that make a into b
  /// (optimal string alignment).
  static int distance(String a, String b) {
    var d = new int[a.length() + 1][b.length() + 1];
    for (var i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (var j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (var i = 1; i <= a.length(); i++) {
      for (var j = 1; j <= b.length(); j++) {
        var same = a.charAt(i - 1) == b.charAt(j - 1);
        d[i][j] =
            Math.min(d[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}

package dev.thalweg.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A few texts among numbers or dates, which are most likely missing values or mistakes.
final class StrayTexts {

  /// How many of them are listed.
  private static final int LISTED = 6;

  /// What people write for nothing, beside signs.
  private static final Set<String> NOTHING =
      Set.of(
          "none",
          "nil",
          "unknown",
          "missing",
          "n.a.",
          "n.d.",
          "nd",
          "n/d",
          "#n/a",
          "#na",
          "na",
          "n/a",
          "nan",
          "null",
          "not available",
          "not applicable",
          "#value!",
          "#div/0!",
          "#ref!",
          "#null!",
          "#num!",
          "#name?",
          "<na>",
          "(null)",
          "\\n",
          "k.a.",
          "k. a.",
          "empty",
          "-nan",
          "1.#ind",
          "1.#qnan",
          "-1.#ind",
          "blank",
          "tbd",
          "undefined",
          "nichts",
          "unbekannt");

  private final ColumnCounts counts;

  StrayTexts(ColumnCounts counts) {
    this.counts = counts;
  }

  /// Whether texts among numbers, or dates, are most likely no values.
  boolean areFew(long known, long strays, int different) {
    if (known == 0) {
      return false;
    }
    boolean nothing = counts.otherTexts() == 0 && counts.texts() == strays;
    for (String text : counts.different().keySet()) {
      nothing &= isNothing(text);
    }
    return nothing
        || strays <= Math.max(1, known / 10)
        || (strays <= known && different > ColumnCounts.FEW && counts.different().size() <= LISTED);
  }

  /// Whether a text says that there is no value.
  static boolean isNothing(String text) {
    return text.codePoints().noneMatch(Character::isLetterOrDigit)
        || NOTHING.contains(text.toLowerCase(Locale.ROOT));
  }

  FoundColumn problem(FieldFormat format, String kind, long known) {
    var strange = new ArrayList<SeenField>(counts.different().values());
    (kind.equals("number") ? counts.byOrder() : counts.byReadings()).values().forEach(strange::add);
    SeenField infinity = counts.infinity();
    if (infinity != null) {
      strange.add(infinity);
    }
    strange.sort(Comparator.comparingLong(seen -> seen.line));
    boolean all =
        counts.otherTexts() == 0
            && strange.size() <= LISTED
            && counts.different().size() == strange.size();
    SeenField first = strange.getFirst();
    return new FoundColumn(
        format,
        Optional.of(
            "%s is not a %s%s, and %s of the column %s"
                .formatted(
                    CsvTable.quoted(first.text),
                    kind,
                    strange.size() == 1
                        ? ""
                        : counts.otherTexts() > 0
                            ? " as are many others"
                            : ", nor are %d other texts".formatted(strange.size() - 1),
                    known == 1 ? "1 value" : "%d values".formatted(known),
                    known == 1 ? "is" : "are")),
        first.line,
        all ? strange.stream().map(seen -> seen.text).toList() : List.of(),
        Optional.empty());
  }
}

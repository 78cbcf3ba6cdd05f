package dev.thalweg.optim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// What a stage of a chain tells of a step: a number for each parameter, such as a trust ratio.
///
/// @param stage its text: `lamb(lr=0.001)`
/// @param what it is called: `trust ratio`
/// @param values by the names of the parameters
public record StageNote(String stage, String what, SequencedMap<String, Double> values) {

  /// More are said by the least and the greatest.
  private static final int SAID = 4;

  /// Copies the map.
  public StageNote {
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
  }

  /// In words: `lamb(lr=0.001): trust ratio 0.8312 (1.weight), 1 (1.bias)`.
  @Override
  public String toString() {
    var sorted = new ArrayList<>(values.entrySet());
    var texts = new ArrayList<String>();
    for (Map.Entry<String, Double> value : sorted) {
      texts.add(text(value));
    }
    sorted.sort(Map.Entry.comparingByValue());
    String said =
        values.size() <= SAID
            ? String.join(", ", texts)
            : "from %s to %s".formatted(text(sorted.getFirst()), text(sorted.getLast()));
    return "%s: %s %s".formatted(stage, what, said);
  }

  private static String text(Map.Entry<String, Double> value) {
    return String.format(Locale.ROOT, "%.4g (%s)", value.getValue(), value.getKey());
  }
}

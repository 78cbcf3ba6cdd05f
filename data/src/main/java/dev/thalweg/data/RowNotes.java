package dev.thalweg.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What of one row did not come as the rows to train on did.
///
/// @param missing the columns whose value is missing: numbers became the mean of the training rows,
///   categories a category of their own where the training had one
/// @param unknown by column the categories that the training rows did not have; they are 0 in all
///   of their column's features
public record RowNotes(List<String> missing, Map<String, String> unknown) {

  /// Nothing to be said.
  public static final RowNotes NONE = new RowNotes(List.of(), Map.of());

  /// Copies both.
  public RowNotes {
    missing = List.copyOf(missing);
    unknown =
        unknown.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(unknown));
  }

  /// Whether the row came as those to train on did.
  public boolean isEmpty() {
    return missing.isEmpty() && unknown.isEmpty();
  }

  /// Collects them; makes nothing where there is nothing.
  static final class Collector {

    private @Nullable List<String> missing;
    private @Nullable Map<String, String> unknown;

    void missing(String column) {
      if (missing == null) {
        missing = new ArrayList<>();
      }
      missing.add(column);
    }

    void unknown(String column, String category) {
      if (unknown == null) {
        unknown = new LinkedHashMap<>();
      }
      unknown.put(column, category);
    }

    RowNotes notes() {
      return missing == null && unknown == null
          ? NONE
          : new RowNotes(
              missing == null ? List.of() : missing, unknown == null ? Map.of() : unknown);
    }
  }
}

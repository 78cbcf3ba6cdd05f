package dev.thalweg.data;

import dev.thalweg.kernels.Nearest;
import java.util.Arrays;
import java.util.Locale;

/// In what order the rows of an epoch come.
public enum Sampling {
  /// As they stand, every row once.
  SEQUENTIAL,
  /// In a random order, another in each epoch, every row once.
  SHUFFLE,
  /// Each drawn at random among all rows: some come twice, some not at all.
  REPLACEMENT;

  /// The sampling of a name, as [#toString] prints it; case is free.
  ///
  /// @throws IllegalArgumentException if there is none of that name
  public static Sampling parse(String text) {
    for (Sampling sampling : values()) {
      if (sampling.toString().equalsIgnoreCase(text)) {
        return sampling;
      }
    }
    throw new IllegalArgumentException(
        Nearest.sentence(
            "sampling", text, Arrays.stream(values()).map(Sampling::toString).toList()));
  }

  /// The name in lower case: `sequential`, `shuffle`, `replacement`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

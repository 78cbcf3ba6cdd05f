package dev.thalweg.data;

import dev.thalweg.kernels.Nearest;
import java.util.Arrays;
import java.util.Locale;

/// How an image is brought to a size of other proportions.
public enum Fit {
  /// The largest piece of the right proportions from the middle: things keep their proportions, and
  /// the two ends of the longer side are lost.
  CROP,
  /// All of it, drawn out or pressed together.
  STRETCH;

  /// The fit of a name, as [#toString] prints it; case is free.
  ///
  /// @throws IllegalArgumentException if there is none of that name
  public static Fit parse(String text) {
    for (Fit fit : values()) {
      if (fit.toString().equalsIgnoreCase(text)) {
        return fit;
      }
    }
    throw new IllegalArgumentException(
        Nearest.sentence("fit", text, Arrays.stream(values()).map(Fit::toString).toList()));
  }

  /// The name in lower case: `crop`, `stretch`.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

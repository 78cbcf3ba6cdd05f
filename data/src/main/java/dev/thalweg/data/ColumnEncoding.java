package dev.thalweg.data;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// How a column of a table becomes features.
public sealed interface ColumnEncoding {

  /// What a missing value of a column of categories is called among its features.
  String MISSING = "(missing)";

  /// The name of the column.
  String name();

  /// Where the column stood in the table that this was fitted on, counted from 0.
  int place();

  /// How many features it becomes.
  int width();

  /// What the features are called.
  List<String> featureNames();

  /// A number stays what it is.
  ///
  /// @param fill what a missing value becomes: the mean of the values that were there; where it is
  ///   empty, a missing value is refused
  record Numbers(String name, int place, OptionalDouble fill) implements ColumnEncoding {

    /// Checks that the fill is finite, also as a float.
    ///
    /// @throws IllegalArgumentException if not
    public Numbers {
      if (fill.isPresent() && !Float.isFinite((float) fill.getAsDouble())) {
        throw new IllegalArgumentException(
            "column '%s': expected a finite number to fill in, found %s"
                .formatted(name, fill.getAsDouble()));
      }
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public List<String> featureNames() {
      return List.of(name);
    }
  }

  /// A category becomes a feature for each of them, 1 for its own and 0 for the others; 0 in all of
  /// them for one that is not known.
  ///
  /// @param categories those there were, numbers by their size, texts by their letters
  /// @param missing whether there is one more feature for a value that is missing; without it, such
  ///   a value is as one that is not known
  record OneHot(String name, int place, List<String> categories, boolean missing)
      implements ColumnEncoding {

    /// Checks that there is at least one category, and none twice, and copies them.
    ///
    /// @throws IllegalArgumentException if not
    public OneHot {
      categories = List.copyOf(categories);
      Checks.names("category of column '" + name + "'", categories, categories.size());
    }

    @Override
    public int width() {
      return categories.size() + (missing ? 1 : 0);
    }

    @Override
    public List<String> featureNames() {
      return Stream.concat(categories.stream(), missing ? Stream.of(MISSING) : Stream.empty())
          .map(category -> name + "=" + category)
          .toList();
    }
  }
}

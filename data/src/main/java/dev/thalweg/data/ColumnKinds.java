package dev.thalweg.data;

import java.util.List;
import java.util.Optional;

/// What the columns of a table turned out to hold, once their values were seen.
interface ColumnKinds {

  /// More categories than this are texts, unless they are said to be categories.
  int MOST_CATEGORIES = 1000;

  /// Whether a column holds categories, or texts.
  boolean isCategorical(int column);

  /// How the dates of a column were written, where it holds dates, as days since the beginning of
  /// 1970.
  default Optional<FieldFormat.Dates> dates(int column) {
    return Optional.empty();
  }

  /// Whether a column holds more than [#MOST_CATEGORIES] texts and is not said to hold categories;
  /// what they are is not known then.
  boolean isText(int column);

  /// The categories of a column, in the order of their numbers.
  List<String> categories(int column);
}

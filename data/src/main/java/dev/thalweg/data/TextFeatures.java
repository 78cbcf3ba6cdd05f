package dev.thalweg.data;

import org.jspecify.annotations.Nullable;

/// What the texts of a column become: features most of which are 0. Safe from several threads at
/// once.
interface TextFeatures {

  /// The features of a text that are not 0.
  Bag of(String text);

  /// Those of a column; null where it is none of texts.
  static @Nullable TextFeatures of(ColumnEncoding column) {
    return switch (column) {
      case ColumnEncoding.Text text -> new WeighedText(text);
      case ColumnEncoding.Tokens tokens -> new TokenText(tokens);
      case ColumnEncoding.Numbers _, ColumnEncoding.OneHot _, ColumnEncoding.Dates _ -> null;
    };
  }
}

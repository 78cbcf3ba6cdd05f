package dev.thalweg.data;

/// Takes the texts of a column, one after the other, and learns how they become features.
interface TextFitter {

  void add(String text);

  /// How they do.
  ///
  /// @throws DataException if there is nothing to learn from
  ColumnEncoding fitted(String source, String name, int place);

  static TextFitter of(TextForm form) {
    return switch (form) {
      case Ngrams ngrams -> new NgramFitter(ngrams);
      case TokenSequence tokens -> new TokenFitter(tokens);
    };
  }
}

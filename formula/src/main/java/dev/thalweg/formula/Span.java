package dev.thalweg.formula;

import java.util.Objects;

/// A stretch of a text: what an error message points at.
///
/// @param text the whole text, as the user typed it
/// @param start the first character, counted from 0
/// @param end one past the last; `start ≤ end ≤ text.length()`
public record Span(String text, int start, int end) {
  private static final Span NONE = new Span("", 0, 0);

  /// Checks the bounds.
  ///
  /// @throws IndexOutOfBoundsException if the stretch leaves the text
  public Span {
    Objects.checkFromToIndex(start, end, text.length());
  }

  /// The span of something that was made by a program, not read from a text.
  public static Span none() {
    return NONE;
  }

  /// An error about this stretch: the caret stands under its first character. Without a text
  /// ([#none]) the sentence stands alone.
  public SyntaxException error(String sentence) {
    return new SyntaxException(sentence, text, start);
  }
}

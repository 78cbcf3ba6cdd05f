package dev.thalweg.cli;

/// Text broken between words.
final class Wrapped {

  private Wrapped() {}

  /// The words after a first piece, on lines of at most so many characters; all lines but the first
  /// are indented. A word that is longer than a line stands alone.
  ///
  /// @param first what the first line begins with, as it is
  /// @param indent of the other lines
  /// @return lines, each with its end
  static String text(String first, String words, int indent, int columns) {
    var text = new StringBuilder();
    var line = new StringBuilder(first);
    var isEmpty = true;
    for (var word : words.split(" ", -1)) {
      if (!isEmpty && length(line) + 1 + length(word) > columns) {
        text.append(line).append('\n');
        line = new StringBuilder(" ".repeat(indent));
        isEmpty = true;
      }
      line.append(isEmpty ? "" : " ").append(word);
      isEmpty = false;
    }
    return text.append(line).append('\n').toString();
  }

  private static int length(CharSequence text) {
    return (int) text.codePoints().count();
  }
}

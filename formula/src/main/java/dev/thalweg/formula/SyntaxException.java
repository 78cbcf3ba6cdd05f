package dev.thalweg.formula;

import java.util.Objects;

/// A text that is not what it should be: one sentence, and below it the text with a caret under the
/// offending character.
///
/// ```
/// unclosed parenthesis
///   adamw(lr=1e-3
///        ^
/// ```
///
/// Of a text with several lines only the offending one is shown, of a long line only the
/// neighbourhood.
public final class SyntaxException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private static final int BEFORE = 50;
  private static final int AFTER = 25;
  private static final String INDENT = "  ";

  private final String sentence;
  private final String text;
  private final int position;

  /// An error at one character of a text.
  ///
  /// @param sentence what was expected and what was found; no line breaks
  /// @param text the whole text; empty where there is none to show
  /// @param position the offending character, counted from 0; `text.length()` stands for the end
  /// @throws IndexOutOfBoundsException if the position is not in the text
  public SyntaxException(String sentence, String text, int position) {
    super(withCaret(sentence, text, position));
    this.sentence = sentence;
    this.text = text;
    this.position = position;
  }

  /// The sentence alone.
  public String sentence() {
    return sentence;
  }

  /// The whole text.
  public String text() {
    return text;
  }

  /// The offending character, counted from 0; the length of the text for its end.
  public int position() {
    return position;
  }

  private static String withCaret(String sentence, String text, int position) {
    Objects.checkIndex(position, text.length() + 1);
    if (text.isEmpty()) {
      return sentence;
    }
    int lineStart = position;
    while (lineStart > 0
        && !isLineBreak(text.charAt(lineStart - 1))
        && position - lineStart < BEFORE) {
      lineStart--;
    }
    int lineEnd = position;
    while (lineEnd < text.length()
        && !isLineBreak(text.charAt(lineEnd))
        && lineEnd - position < AFTER) {
      lineEnd++;
    }
    boolean cutBefore = lineStart > 0 && !isLineBreak(text.charAt(lineStart - 1));
    boolean cutAfter = lineEnd < text.length() && !isLineBreak(text.charAt(lineEnd));
    String before = (cutBefore ? "…" : "") + printable(text.substring(lineStart, position));
    String after = printable(text.substring(position, lineEnd)) + (cutAfter ? "…" : "");
    int column = before.codePointCount(0, before.length());
    return sentence + "\n" + INDENT + before + after + "\n" + INDENT + " ".repeat(column) + "^";
  }

  private static boolean isLineBreak(char c) {
    return c == '\n' || c == '\r';
  }

  /// One column a character: whatever would move the caret becomes a space.
  private static String printable(String s) {
    var out = new StringBuilder(s.length());
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      out.append(Character.isISOControl(c) ? ' ' : c);
    }
    return out.toString();
  }
}

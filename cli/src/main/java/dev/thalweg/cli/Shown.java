package dev.thalweg.cli;

import java.util.regex.Pattern;

/// A text fit for a screen: what would move the cursor, hide or reorder what stands there is
/// escaped, `\u001b` for the escape character.
final class Shown {

  /// The last lines of a complaint about a formula: its text, and a caret below.
  private static final Pattern CARET = Pattern.compile("\\n[^\\n]*\\n *\\^+ *$");

  private static final int SCREEN = 1600;

  private Shown() {}

  /// A piece of a line.
  static String inLine(String text) {
    return escaped(text, false);
  }

  /// A text of several lines.
  static String lines(String text) {
    return escaped(text, true);
  }

  /// A sentence about what went wrong: one line, but for a formula with a caret, and no longer than
  /// a screen.
  static String sentence(String text) {
    var caret = CARET.matcher(text);
    var end = caret.find() ? caret.start() : text.length();
    return cut(inLine(text.substring(0, end))) + cut(lines(text.substring(end)));
  }

  private static String cut(String text) {
    if (text.length() <= SCREEN) {
      return text;
    }
    var begin = text.offsetByCodePoints(0, text.codePointCount(0, SCREEN * 3 / 4));
    var rest = text.codePointCount(0, text.length() - SCREEN / 4);
    return text.substring(0, begin) + " … " + text.substring(text.offsetByCodePoints(0, rest));
  }

  private static String escaped(String text, boolean lines) {
    if (text.codePoints().allMatch(c -> isPlain(c, lines))) {
      return text;
    }
    var shown = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (isPlain(c, lines)) {
            shown.appendCodePoint(c);
          } else if (c <= 0xffff) {
            shown.append("\\u%04x".formatted(c));
          } else {
            shown.append("\\u{%x}".formatted(c));
          }
        });
    return shown.toString();
  }

  private static boolean isPlain(int c, boolean lines) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c == '\n' && lines;
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> false;
      // Joiners are part of words and of pictures.
      case Character.FORMAT -> c == 0x200c || c == 0x200d;
      default -> true;
    };
  }
}

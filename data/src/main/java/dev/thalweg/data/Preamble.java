package dev.thalweg.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What stands above a table and is no part of it: a line `sep=;`, as spreadsheets write it, and
/// comments, lines that begin with `#`.
///
/// @param separator what a line says that fields are divided by
/// @param comments where lines begin that may be comments
/// @param end where the other lines begin
record Preamble(Optional<Character> separator, List<Integer> comments, int end) {

  private static final Pattern SEPARATOR =
      Pattern.compile("\"?sep=(.)\"?[,;]*\\h*(\\r\\n|\\n|\\r)", Pattern.CASE_INSENSITIVE);

  /// Looks at the beginning of a text.
  static Preamble of(String head) {
    Optional<Character> separator = Optional.empty();
    int end = 0;
    var comments = new ArrayList<Integer>();
    var said = SEPARATOR.matcher(head);
    if (said.lookingAt() && !Character.isLetterOrDigit(said.group(1).charAt(0))) {
      separator = Optional.of(said.group(1).charAt(0));
      end = said.end();
    }
    for (int at = end; at < head.length(); ) {
      int line = at;
      while (at < head.length() && head.charAt(at) != '\n' && head.charAt(at) != '\r') {
        at++;
      }
      boolean comment = head.charAt(line) == '#' && at > line;
      if (!comment && at > line) {
        break;
      }
      at += head.startsWith("\r\n", at) ? 2 : 1;
      at = Math.min(head.length(), at);
      if (comment) {
        comments.add(line);
        end = at;
      }
    }
    return new Preamble(separator, comments, end);
  }

  /// How many lines end before a place in the text.
  static int lines(String head, int place) {
    int lines = 0;
    for (int i = 0; i < place; i++) {
      lines += endsLine(head, i) ? 1 : 0;
    }
    return lines;
  }

  /// Where a line begins, counted from 1; -1 where the text has fewer.
  static int start(String head, int line) {
    int lines = 1;
    int at = 0;
    while (at < head.length() && lines < line) {
      lines += endsLine(head, at) ? 1 : 0;
      at++;
    }
    return lines == line ? at : -1;
  }

  private static boolean endsLine(String head, int i) {
    char c = head.charAt(i);
    return c == '\n' || (c == '\r' && (i + 1 == head.length() || head.charAt(i + 1) != '\n'));
  }

  /// The text with empty lines in place of what stands above the table, so that its lines keep
  /// their numbers.
  ///
  /// @param stop where the table begins
  static String blanked(String head, int stop) {
    var blank = new StringBuilder();
    for (int i = 0; i < stop; i++) {
      char c = head.charAt(i);
      if (c == '\n' || c == '\r') {
        blank.append(c);
      }
    }
    return stop == 0 ? head : blank + head.substring(stop);
  }
}

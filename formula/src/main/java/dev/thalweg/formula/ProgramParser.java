package dev.thalweg.formula;

import java.util.ArrayList;
import java.util.List;

/// Reads the statements of a [Program].
final class ProgramParser {
  private final String text;
  private final Sharing sharing = new Sharing();

  ProgramParser(String text) {
    this.text = text;
  }

  List<Assignment> assignments() {
    List<Assignment> assignments = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && "#;\n\r".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      if (!text.substring(at, end).isBlank()) {
        assignments.add(assignment(at, end));
      }
      if (end < text.length() && text.charAt(end) == '#') {
        while (end < text.length() && "\n\r".indexOf(text.charAt(end)) < 0) {
          end++;
        }
      }
      at = end + 1;
    }
    if (assignments.isEmpty()) {
      throw new SyntaxException("expected an assignment, found nothing", text, text.length());
    }
    return assignments;
  }

  private Assignment assignment(int start, int end) {
    Tokens tokens = new Tokens(text, start, end);
    int from = tokens.next();
    String target = tokens.name();
    if (target == null) {
      throw tokens.error("expected a name to assign to, found " + tokens.found());
    }
    if (tokens.accept('(')) {
      throw tokens.error("expected a name to assign to, found a call", from);
    }
    if (target.equals("t")) {
      throw tokens.error("t is the number of the step: it can't be assigned to", from);
    }
    if (Names.isReserved(target)) {
      throw tokens.error(
          target
              + " is a "
              + (Operator.called(target) != null || Sugar.isFunction(target)
                  ? "function"
                  : "number")
              + ": it can't be assigned to",
          from);
    }
    Operator operation = tokens.acceptAssignment(target);
    Expression value = new ExpressionParser(tokens, sharing).whole();
    if (operation != null) {
      value = sharing.of(operation, sharing.variable(target), value);
    }
    int stop = end;
    while (Character.isWhitespace(text.charAt(stop - 1))) {
      stop--;
    }
    return new Assignment(target, value, new Span(text, from, stop));
  }
}

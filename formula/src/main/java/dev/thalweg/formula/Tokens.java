package dev.thalweg.formula;

import org.jspecify.annotations.Nullable;

/// The characters of a formula: numbers, names and signs between blanks, and the sentences for what
/// stands where it can't.
final class Tokens {
  /// What [#acceptSuperscript] returns where there is none.
  static final int NO_EXPONENT = Integer.MIN_VALUE;

  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private final String text;
  private final int end;
  private int at;
  private int last;

  /// A stretch of a text.
  Tokens(String text, int start, int end) {
    this.text = text;
    this.at = start;
    this.end = end;
    skipBlanks();
  }

  boolean atEnd() {
    return at == end;
  }

  /// Where the next token starts.
  int next() {
    return at;
  }

  /// Where the last accepted sign stands.
  int last() {
    return last;
  }

  /// Steps over the sign if it is next.
  boolean accept(char sign) {
    if (at == end || plain(text.charAt(at)) != sign) {
      return false;
    }
    last = at;
    at++;
    skipBlanks();
    return true;
  }

  /// Steps over a single `*`, not over the two of a power.
  boolean acceptTimes() {
    return !isNext("**") && accept('*');
  }

  boolean acceptPower() {
    if (isNext("**")) {
      step(2);
      return true;
    }
    return accept('^');
  }

  boolean peekComparison() {
    return comparison() != null;
  }

  @Nullable Operator acceptComparison() {
    Operator comparison = comparison();
    if (comparison != null) {
      boolean two = "<>=!".indexOf(text.charAt(at)) >= 0 && isNextButOne('=');
      step(two ? 2 : 1);
    }
    return comparison;
  }

  private @Nullable Operator comparison() {
    if (at == end) {
      return null;
    }
    boolean equals = isNextButOne('=');
    return switch (text.charAt(at)) {
      case '<' -> equals ? Operator.LESS_OR_EQUAL : Operator.LESS;
      case '>' -> equals ? Operator.GREATER_OR_EQUAL : Operator.GREATER;
      case '≤' -> Operator.LESS_OR_EQUAL;
      case '≥' -> Operator.GREATER_OR_EQUAL;
      case '≠' -> Operator.NOT_EQUAL;
      case '=' -> equals ? Operator.EQUAL : null;
      case '!' -> equals ? Operator.NOT_EQUAL : null;
      default -> null;
    };
  }

  /// Steps over `=`, `←`, `+=`, `-=`, `*=` or `/=`; the operation before the `=`, null if there is
  /// none.
  ///
  /// @param target the name before it, for the message
  @Nullable Operator acceptAssignment(String target) {
    char c = at < end ? plain(text.charAt(at)) : ' ';
    if (c == '←') {
      step(1);
      return null;
    }
    Operator operation =
        switch (c) {
          case '+' -> Operator.ADD;
          case '-' -> Operator.SUBTRACT;
          case '*' -> Operator.MULTIPLY;
          case '/' -> Operator.DIVIDE;
          default -> null;
        };
    boolean assigns = operation == null ? c == '=' && !isNextButOne('=') : isNextButOne('=');
    if (!assigns) {
      throw error(
          "expected '=', '+=', '-=', '*=' or '/=' after "
              + CallValue.shortened(target)
              + ", found "
              + found());
    }
    step(operation == null ? 1 : 2);
    return operation;
  }

  /// Steps over a whole exponent in superscript digits.
  int acceptSuperscript() {
    int from = at < end && text.charAt(at) == '⁻' ? at + 1 : at;
    int stop = from;
    int exponent = 0;
    while (stop < end && SUPERSCRIPTS.indexOf(text.charAt(stop)) >= 0) {
      if (stop - from == 4) {
        throw error("an exponent in superscript has at most 4 digits");
      }
      exponent = exponent * 10 + SUPERSCRIPTS.indexOf(text.charAt(stop));
      stop++;
    }
    if (stop == from) {
      return NO_EXPONENT;
    }
    exponent = from > at ? -exponent : exponent;
    step(stop - at);
    return exponent;
  }

  boolean atNumber() {
    return at < end && (isDigit(text.charAt(at)) || text.charAt(at) == '.');
  }

  /// A number without a sign.
  double number() {
    int stop = Math.min(end, CallParser.numberEnd(text, at));
    if (stop == at || (stop < end && text.charAt(stop) == '.')) {
      while (stop < end && (isDigit(text.charAt(stop)) || text.charAt(stop) == '.')) {
        stop++;
      }
      throw error("malformed number " + CallValue.shortened(text.substring(at, stop)));
    }
    double value = Double.parseDouble(text.substring(at, stop));
    if (Double.isInfinite(value)) {
      throw error("number " + CallValue.shortened(text.substring(at, stop)) + " is too large");
    }
    at = stop;
    skipBlanks();
    return value;
  }

  /// A name, if one is next.
  @Nullable String name() {
    int stop = Math.min(end, Names.end(text, at));
    if (stop == at) {
      return null;
    }
    String name = text.substring(at, stop);
    at = stop;
    skipBlanks();
    return name;
  }

  /// Steps over the parenthesis that closes the one at `open`.
  void close(int open) {
    if (atEnd()) {
      throw error("unclosed parenthesis", open);
    }
    if (!accept(')')) {
      throw unexpectedAfterOperand();
    }
  }

  SyntaxException missingOperand() {
    return error("expected a number, a name or '(', found " + found() + groupingAdvice());
  }

  /// The error where a formula goes on and can't: the sentence says what was most likely meant.
  SyntaxException unexpectedAfterOperand() {
    if (atEnd()) {
      return error("expected an operator, found the end");
    }
    char c = text.charAt(at);
    boolean number = isDigit(c) || (c == '.' && isDigitAt(at + 1));
    if (number || Names.isStart(c) || c == '(' || c == '√') {
      return error("expected an operator before " + found() + "; to multiply, write *");
    }
    return error(
        switch (c) {
          case ')' -> "no parenthesis is open here";
          case '=' -> "'=' assigns, which only update rules do; to compare, write ==";
          case '&' -> "expected an operator, found '&'; conditions are joined by *";
          case '?' -> "expected an operator, found '?'; write where(condition, a, b)";
          case '.' -> "expected an operator, found '.'; no name has a point in it";
          case ',' ->
              "expected an operator, found ','"
                  + (isDigitAt(at - 1) && isDigitAt(at + 1) ? "; a decimal point is '.'" : "");
          default -> "expected an operator, found " + found() + groupingAdvice();
        });
  }

  private String groupingAdvice() {
    char c = atEnd() ? ' ' : text.charAt(at);
    return switch (c) {
      case '|' -> "; for |x| write abs(x)";
      case '[', '{' -> "; only parentheses group";
      default -> "";
    };
  }

  private boolean isDigitAt(int index) {
    return index >= 0 && index < end && isDigit(text.charAt(index));
  }

  SyntaxException error(String sentence) {
    return error(sentence, at);
  }

  SyntaxException error(String sentence, int position) {
    return new SyntaxException(sentence, text, position);
  }

  /// What is next, in quotes.
  String found() {
    if (atEnd()) {
      return "the end";
    }
    int stop = Math.max(Names.end(text, at), at + Character.charCount(text.codePointAt(at)));
    if (isDigit(text.charAt(at))) {
      stop = CallParser.numberEnd(text, at);
    } else if (isNext("==")) {
      stop = at + 2;
    }
    return "'" + CallValue.shortened(text.substring(at, Math.min(stop, text.length()))) + "'";
  }

  private boolean isNext(String sign) {
    return at + sign.length() <= end && text.startsWith(sign, at);
  }

  private boolean isNextButOne(char c) {
    return at + 1 < end && text.charAt(at + 1) == c;
  }

  private void step(int length) {
    last = at;
    at += length;
    skipBlanks();
  }

  private void skipBlanks() {
    while (at < end && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  /// The sign that one of the printers' stands for.
  private static char plain(char c) {
    return switch (c) {
      case '−', '–' -> '-';
      case '×', '·', '⋅', '∙' -> '*';
      case '÷' -> '/';
      default -> c;
    };
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}

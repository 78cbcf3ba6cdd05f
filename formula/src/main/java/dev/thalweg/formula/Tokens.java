package dev.thalweg.formula;

import org.jspecify.annotations.Nullable;

/// The characters of a formula: numbers, names and signs between blanks, and the sentences for what
/// stands where it can't.
final class Tokens {
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

  @Nullable Operation acceptComparison() {
    Operation comparison = comparison();
    if (comparison != null) {
      boolean two = "<>=!".indexOf(text.charAt(at)) >= 0 && isNextButOne('=');
      step(two ? 2 : 1);
    }
    return comparison;
  }

  private @Nullable Operation comparison() {
    if (at == end) {
      return null;
    }
    boolean equals = isNextButOne('=');
    return switch (text.charAt(at)) {
      case '<' -> equals ? Operation.LESS_OR_EQUAL : Operation.LESS;
      case '>' -> equals ? Operation.GREATER_OR_EQUAL : Operation.GREATER;
      case '≤' -> Operation.LESS_OR_EQUAL;
      case '≥' -> Operation.GREATER_OR_EQUAL;
      case '≠' -> Operation.NOT_EQUAL;
      case '=' -> equals ? Operation.EQUAL : null;
      case '!' -> equals ? Operation.NOT_EQUAL : null;
      default -> null;
    };
  }

  /// Steps over `=`, `+=`, `-=`, `*=` or `/=`; the operation before the `=`, null if there is none.
  @Nullable Operation acceptAssignment() {
    char c = at < end ? plain(text.charAt(at)) : ' ';
    Operation operation =
        switch (c) {
          case '+' -> Operation.ADD;
          case '-' -> Operation.SUBTRACT;
          case '*' -> Operation.MULTIPLY;
          case '/' -> Operation.DIVIDE;
          default -> null;
        };
    boolean assigns = operation == null ? c == '=' && !isNextButOne('=') : isNextButOne('=');
    if (!assigns) {
      throw error("expected '=', '+=', '-=', '*=' or '/=' after the name, found " + found());
    }
    step(operation == null ? 1 : 2);
    return operation;
  }

  /// A whole exponent in superscript digits; -1 if there is none.
  int acceptSuperscript() {
    int exponent = -1;
    int from = at;
    while (at < end && SUPERSCRIPTS.indexOf(text.charAt(at)) >= 0) {
      if (at - from == 4) {
        throw error("number too large");
      }
      exponent = Math.max(exponent, 0) * 10 + SUPERSCRIPTS.indexOf(text.charAt(at));
      at++;
    }
    skipBlanks();
    return exponent;
  }

  boolean atNumber() {
    return at < end && (isDigit(text.charAt(at)) || text.charAt(at) == '.');
  }

  /// A number without a sign.
  double number() {
    int stop = Math.min(end, CallParser.numberEnd(text, at));
    if (stop == at || (stop < end && text.charAt(stop) == '.')) {
      throw error("malformed number");
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
    return error("expected a number, a name or '(', found " + found());
  }

  SyntaxException unexpectedAfterOperand() {
    return error("expected an operator, found " + found());
  }

  SyntaxException error(String sentence) {
    return error(sentence, at);
  }

  SyntaxException error(String sentence, int position) {
    return new SyntaxException(sentence, text, position);
  }

  private String found() {
    if (atEnd()) {
      return "the end";
    }
    int stop = Math.max(Names.end(text, at), at + Character.charCount(text.codePointAt(at)));
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

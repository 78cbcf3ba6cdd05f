package dev.thalweg.formula;

import java.util.ArrayList;
import java.util.List;

/// Reads the grammar of [Call] by recursive descent. The depth is limited, so that no text can
/// overflow the stack, neither here nor in the methods of what is returned.
final class CallParser {
  /// Deeper than anything meant.
  static final int DEEPEST = 100;

  private final String text;
  private int at;

  CallParser(String text) {
    this.text = text;
  }

  List<Call> chain() {
    var calls = new ArrayList<Call>();
    do {
      skipBlanks();
      int start = at;
      String name = name("a name");
      skipBlanks();
      calls.add(call(name, start, 0));
      skipBlanks();
    } while (accept('|'));
    if (at < text.length()) {
      boolean bare = text.charAt(calls.getLast().span().end() - 1) != ')';
      throw unexpected(bare ? "'(', '|' or the end" : "'|' or the end");
    }
    return List.copyOf(calls);
  }

  /// A call whose name has been read.
  private Call call(String name, int start, int depth) {
    var positional = new ArrayList<CallValue>();
    var named = new ArrayList<Call.Argument>();
    int end = start + name.length();
    int open = at;
    if (accept('(')) {
      while (!closed(open, ')')) {
        argument(name, positional, named, depth + 1);
        separator(open, ')');
      }
      end = at;
    }
    return new Call(name, positional, named, new Span(text, start, end));
  }

  private void argument(
      String call, List<CallValue> positional, List<Call.Argument> named, int depth) {
    int start = at;
    if (nameEnd(text, at) > at) {
      String name = name("a name");
      Span span = new Span(text, start, at);
      skipBlanks();
      if (accept('=')) {
        skipBlanks();
        named.add(
            new Call.Argument(
                name, value("a value after '" + CallValue.shortened(name) + "='", depth), span));
        return;
      }
      at = start;
    }
    CallValue value = value("an argument", depth);
    if (!named.isEmpty()) {
      throw value.span().error(call + ": an argument without a name follows one with a name");
    }
    positional.add(value);
  }

  /// A value, or where `|` follows, the chain that begins with it.
  private CallValue value(String expected, int depth) {
    CallValue first = single(expected, depth);
    if (!(first instanceof CallValue.Word || first instanceof Call)) {
      return first;
    }
    int end = at;
    skipBlanks();
    if (at == text.length() || text.charAt(at) != '|') {
      at = end;
      return first;
    }
    int start = first.span().start();
    var calls = new ArrayList<Call>(List.of(asCall(first)));
    while (accept('|')) {
      skipBlanks();
      calls.add(asCall(single("a name", depth)));
      end = at;
      skipBlanks();
    }
    return new CallValue.Chain(calls, new Span(text, start, end));
  }

  private Call asCall(CallValue link) {
    if (link instanceof Call call) {
      return call;
    }
    Span span = link.span();
    boolean quoted = span.end() > span.start() && "'\"".indexOf(text.charAt(span.start())) >= 0;
    if (!(link instanceof CallValue.Word word) || quoted) {
      throw span.error("expected a call, found " + link);
    }
    return new Call(word.text(), List.of(), List.of(), span);
  }

  private CallValue single(String expected, int depth) {
    if (depth > DEEPEST) {
      throw new SyntaxException("nested deeper than " + DEEPEST, text, at);
    }
    if (at == text.length()) {
      throw unexpected(expected);
    }
    int start = at;
    char c = text.charAt(at);
    if (c == '(' || c == '[') {
      return tuple(depth);
    }
    if (c == '{') {
      return dictionary(depth);
    }
    if (c == '"' || c == '\'') {
      return quoted();
    }
    if (isDigit(c) || c == '.' || c == '+' || c == '-') {
      return number();
    }
    if (nameEnd(text, at) == at) {
      throw unexpected(expected);
    }
    String name = name(expected);
    Span span = new Span(text, start, at);
    skipBlanks();
    if (at < text.length() && text.charAt(at) == '(') {
      return call(name, start, depth);
    }
    var constant = CallValue.Constant.Kind.named(name);
    return constant.isPresent()
        ? new CallValue.Constant(constant.get(), span)
        : new CallValue.Word(name, span);
  }

  private CallValue tuple(int depth) {
    int open = at;
    char closing = text.charAt(at++) == '(' ? ')' : ']';
    var values = new ArrayList<CallValue>();
    boolean comma = false;
    while (!closed(open, closing)) {
      values.add(value("a value", depth + 1));
      comma = separator(open, closing);
    }
    return closing == ')' && values.size() == 1 && !comma
        ? values.getFirst()
        : new CallValue.Tuple(values, new Span(text, open, at));
  }

  /// Python's `{3: 0.5}`, read as the pairs `((3, 0.5),)`, and `{'a': 1}`, read as `dict(a=1)`;
  /// where a key is a word that is no name, as pairs, too.
  private CallValue dictionary(int depth) {
    int open = at++;
    var pairs = new ArrayList<CallValue>();
    var named = new ArrayList<Call.Argument>();
    while (!closed(open, '}')) {
      CallValue key = value("a key", depth + 1);
      skipBlanks();
      if (!accept(':')) {
        throw unexpected("':'");
      }
      skipBlanks();
      CallValue value = value("a value after ':'", depth + 1);
      pairs.add(new CallValue.Tuple(List.of(key, value), key.span()));
      if (key instanceof CallValue.Word word) {
        named.add(new Call.Argument(word.text(), value, word.span()));
      }
      separator(open, '}');
    }
    Span span = new Span(text, open, at);
    if (!named.isEmpty() && named.size() < pairs.size()) {
      throw span.error("expected keys of one kind, numbers or words");
    }
    return !named.isEmpty() && areNames(named)
        ? new Call("dict", List.of(), named, span)
        : new CallValue.Tuple(pairs, span);
  }

  private boolean areNames(List<Call.Argument> arguments) {
    for (Call.Argument one : arguments) {
      if (!isName(one.name())) {
        return false;
      }
    }
    return true;
  }

  private boolean isName(String word) {
    return !word.isEmpty() && nameEnd(word, 0) == word.length();
  }

  private CallValue.Word quoted() {
    int open = at;
    char quote = text.charAt(at++);
    var word = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at++);
      if (c == '\\') {
        if (at == text.length() || "\\'\"".indexOf(text.charAt(at)) < 0) {
          throw new SyntaxException("expected \\\\, \\' or \\\" for a backslash", text, at - 1);
        }
        c = text.charAt(at++);
      }
      word.append(c);
    }
    if (at == text.length()) {
      throw new SyntaxException("unclosed quote", text, open);
    }
    at++;
    return new CallValue.Word(word.toString(), new Span(text, open, at));
  }

  private CallValue.Numeral number() {
    int start = at;
    at = numberEnd(text, start);
    int end = at;
    while (end < text.length() && (isNamePart(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    if (at == start || end > at) {
      end = Math.max(end, start + 1);
      throw new SyntaxException(
          "malformed number " + CallValue.shortened(text.substring(start, end)), text, start);
    }
    return new CallValue.Numeral(text.substring(start, end), new Span(text, start, end));
  }

  private String name(String expected) {
    int end = nameEnd(text, at);
    if (end == at) {
      throw unexpected(expected);
    }
    String name = text.substring(at, end);
    at = end;
    return name;
  }

  /// Whether the bracket opened at `open` ends here; if so, steps over the end.
  private boolean closed(int open, char closing) {
    skipBlanks();
    if (at == text.length()) {
      throw new SyntaxException(
          closing == ')' ? "unclosed parenthesis" : "unclosed bracket", text, open);
    }
    return accept(closing);
  }

  /// After a value: steps over a comma, or stays before the closing bracket.
  private boolean separator(int open, char closing) {
    skipBlanks();
    if (at == text.length()) {
      throw new SyntaxException(
          closing == ')' ? "unclosed parenthesis" : "unclosed bracket", text, open);
    }
    if (accept(',')) {
      return true;
    }
    if (text.charAt(at) != closing) {
      throw unexpected("',' or '" + closing + "'");
    }
    return false;
  }

  private boolean accept(char c) {
    boolean here = at < text.length() && text.charAt(at) == c;
    if (here) {
      at++;
    }
    return here;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private SyntaxException unexpected(String expected) {
    if (at == text.length()) {
      return new SyntaxException("expected " + expected + ", found the end", text, at);
    }
    int end = Math.max(nameEnd(text, at), at + Character.charCount(text.codePointAt(at)));
    String found = CallValue.shortened(text.substring(at, end));
    String advice = "-/".contains(found) ? " (a word with it needs quotes)" : "";
    return new SyntaxException(
        "expected " + expected + ", found '" + found + "'" + advice, text, at);
  }

  /// Where a name that starts at `from` ends: `from` if none starts there.
  static int nameEnd(String text, int from) {
    int end = from;
    int at = from;
    while (at < text.length() && isNameStart(text.charAt(at))) {
      while (at < text.length() && isNamePart(text.charAt(at))) {
        at++;
      }
      end = at;
      if (at == text.length() || text.charAt(at) != '.') {
        break;
      }
      at++;
    }
    return end;
  }

  /// Where a number that starts at `from` ends: `from` if none starts there.
  static int numberEnd(String text, int from) {
    int at = from;
    if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
      at++;
    }
    int digits = digitsEnd(text, at);
    int whole = digits - at;
    int fraction = 0;
    if (digits < text.length() && text.charAt(digits) == '.') {
      int end = digitsEnd(text, digits + 1);
      fraction = end - digits - 1;
      digits = end;
    }
    if (whole + fraction == 0) {
      return from;
    }
    int end = digits;
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      int exponent = end + 1;
      if (exponent < text.length()
          && (text.charAt(exponent) == '+' || text.charAt(exponent) == '-')) {
        exponent++;
      }
      int exponentEnd = digitsEnd(text, exponent);
      if (exponentEnd > exponent) {
        end = exponentEnd;
      }
    }
    return end;
  }

  private static int digitsEnd(String text, int from) {
    int at = from;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return c == '_' || Character.isLetter(c);
  }

  private static boolean isNamePart(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}

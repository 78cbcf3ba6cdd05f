package dev.thalweg.formula;

/// What is a name in a formula, and which names are taken.
final class Names {
  private Names() {}

  static boolean isStart(char c) {
    return c == '_' || Character.isLetter(c);
  }

  /// Letters, digits, `_`, and subscript digits: `β₁`.
  static boolean isPart(char c) {
    return c == '_' || Character.isLetterOrDigit(c) || (c >= '₀' && c <= '₉');
  }

  /// Where a name that starts at `from` ends: `from` if none starts there.
  static int end(String text, int from) {
    int at = from;
    if (at < text.length() && isStart(text.charAt(at))) {
      while (at < text.length() && isPart(text.charAt(at))) {
        at++;
      }
    }
    return at;
  }

  /// Where the name first stands in a text, by itself; 0 if nowhere.
  static int find(String text, String name) {
    int at = 0;
    while (at < text.length()) {
      int end = end(text, at);
      if (end - at == name.length() && text.startsWith(name, at)) {
        return at;
      }
      at = Math.max(end, at + 1);
    }
    return 0;
  }

  static boolean isName(String name) {
    return !name.isEmpty() && end(name, 0) == name.length();
  }

  /// Whether the name means a function or a constant.
  static boolean isReserved(String name) {
    return Operator.called(name) != null
        || Sugar.isFunction(name)
        || isPi(name)
        || name.equals("e");
  }

  static boolean isPi(String name) {
    return name.equals("pi") || name.equals("π");
  }
}

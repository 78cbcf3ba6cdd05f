package dev.thalweg.formats;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Recursive descent over one text; see [Json] for what it accepts.
final class JsonParser {

  private final String text;

  /// Characters before the text, which messages count.
  private final long before;

  /// Whether NaN and infinities are numbers.
  private final boolean nonFinite;

  private int at;
  private int depth;

  JsonParser(String text) {
    this(text, 0, 0, false);
  }

  /// A part of a text.
  JsonParser(String text, int depth, long before, boolean nonFinite) {
    this.text = text;
    this.depth = depth;
    this.before = before;
    this.nonFinite = nonFinite;
  }

  @Nullable Object document() {
    begin();
    Object value = value();
    end();
    return value;
  }

  /// Gives each member of the object that the text is away as it is read, so that a million of them
  /// are never there at once.
  void members(BiConsumer<String, @Nullable Object> each) {
    begin();
    if (at == text.length() || text.charAt(at) != '{') {
      throw expected("'{'");
    }
    members(new HashSet<>()::add, each);
    end();
  }

  private void begin() {
    if (text.length() > Json.MAXIMUM_LENGTH) {
      throw Json.tooLong(text.length());
    }
    blank();
  }

  /// An element of a list, with the comma or bracket after it.
  @Nullable Object element() {
    begin();
    Object value = value();
    blank();
    if (!found(',') && !found(']')) {
      throw expected("',' or ']'");
    }
    return value;
  }

  /// Whether the rest is blank, or it is refused.
  void end() {
    blank();
    if (at < text.length()) {
      throw expected("the end");
    }
  }

  private @Nullable Object value() {
    if (at == text.length()) {
      throw expected("a value");
    }
    return switch (text.charAt(at)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      case 'N' -> nonFinite("NaN", Double.NaN);
      case 'I' -> nonFinite("Infinity", Double.POSITIVE_INFINITY);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw expected("a value");
    };
  }

  private Map<String, @Nullable Object> object() {
    var members = new LinkedHashMap<String, @Nullable Object>();
    members(name -> !members.containsKey(name), members::put);
    return Collections.unmodifiableMap(members);
  }

  private void members(Predicate<String> isNew, BiConsumer<String, @Nullable Object> each) {
    enter();
    blank();
    if (!found('}')) {
      do {
        blank();
        int start = at;
        if (at == text.length() || text.charAt(at) != '"') {
          throw expected("a name in quotes");
        }
        String name = string();
        if (!isNew.test(name)) {
          throw new FormatException(
              "JSON: the name %s occurs twice in one object, at character %d"
                  .formatted(quoted(name), before + start),
              before + start);
        }
        blank();
        if (!found(':')) {
          throw expected("':'");
        }
        blank();
        each.accept(name, value());
        blank();
      } while (found(','));
      if (!found('}')) {
        throw expected("',' or '}'");
      }
    }
    depth--;
  }

  private List<@Nullable Object> array() {
    enter();
    var elements = new ArrayList<@Nullable Object>();
    blank();
    if (!found(']')) {
      do {
        blank();
        elements.add(value());
        blank();
      } while (found(','));
      if (!found(']')) {
        throw expected("',' or ']'");
      }
    }
    depth--;
    return Collections.unmodifiableList(elements);
  }

  private void enter() {
    if (++depth > Json.MAXIMUM_DEPTH) {
      throw new FormatException(
          "JSON: expected at most %d nested values, found more at character %d"
              .formatted(Json.MAXIMUM_DEPTH, before + at),
          before + at);
    }
    at++;
  }

  private String string() {
    int start = at++;
    int plain = at;
    while (plain < text.length() && isPlain(text.charAt(plain))) {
      plain++;
    }
    if (plain < text.length() && text.charAt(plain) == '"') {
      String found = text.substring(at, plain);
      at = plain + 1;
      return found;
    }
    var out = new StringBuilder();
    while (true) {
      if (at == text.length()) {
        throw new FormatException(
            "JSON: the string that begins at character %d has no end".formatted(before + start),
            before + start);
      }
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        break;
      }
      if (c < 0x20) {
        throw new FormatException(
            "JSON: the control character U+%04X stands unescaped in a string, at character %d"
                .formatted((int) c, before + at),
            before + at);
      }
      if (c == '\\') {
        out.append(escape());
      } else {
        out.append(c);
        at++;
      }
    }
    int half = halfPair(out);
    if (half >= 0) {
      throw new FormatException(
          "JSON: the string that begins at character %d holds half a surrogate pair, U+%04X"
              .formatted(before + start, (int) out.charAt(half)),
          before + start);
    }
    return out.toString();
  }

  /// Whether a character stands for itself in a string and needs no look at its neighbours.
  private static boolean isPlain(char c) {
    return c >= 0x20 && c != '"' && c != '\\' && !Character.isSurrogate(c);
  }

  private char escape() {
    int start = at;
    at += 2;
    char kind = start + 1 < text.length() ? text.charAt(start + 1) : '\0';
    return switch (kind) {
      case '"', '\\', '/' -> kind;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal(start);
      default ->
          throw new FormatException(
              "JSON: unknown escape at character " + (before + start), before + start);
    };
  }

  private char hexadecimal(int start) {
    int code = 0;
    for (int i = 0; i < 4; i++, at++) {
      int digit = at < text.length() ? hexDigit(text.charAt(at)) : -1;
      if (digit < 0) {
        throw new FormatException(
            "JSON: expected four hexadecimal digits after \\u, at character " + (before + start),
            before + start);
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }

  /// ASCII only: `Character.digit` would take the digits of every script.
  private static int hexDigit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  /// The index of the first half of a surrogate pair that stands alone, or -1.
  static int halfPair(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return i;
      }
    }
    return -1;
  }

  private @Nullable Object nonFinite(String word, double value) {
    if (!nonFinite) {
      throw expected("a value");
    }
    return word(word, value);
  }

  private @Nullable Object number() {
    int start = at;
    if (nonFinite && text.startsWith("-I", at)) {
      return word("-Infinity", Double.NEGATIVE_INFINITY);
    }
    boolean whole = true;
    found('-');
    if (!found('0')) {
      digits();
    }
    if (found('.')) {
      whole = false;
      digits();
    }
    if (found('e') || found('E')) {
      whole = false;
      if (!found('+')) {
        found('-');
      }
      digits();
    }
    String digits = text.substring(start, at);
    // -0 is a number that no Long can be.
    if (whole && digits.length() <= 20 && !digits.equals("-0")) {
      try {
        return Long.valueOf(digits);
      } catch (NumberFormatException beyondLong) {
        return Double.valueOf(digits);
      }
    }
    double value = Double.parseDouble(digits);
    if (Double.isInfinite(value)) {
      throw new FormatException(
          "JSON: the number at character %d is beyond the range of double"
              .formatted(before + start),
          before + start);
    }
    return value;
  }

  private void digits() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw expected("a digit");
    }
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw expected("a value");
    }
    at += word.length();
    return value;
  }

  private boolean found(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void blank() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return;
      }
      at++;
    }
  }

  private FormatException expected(String what) {
    String found =
        at < text.length() ? quoted(Character.toString(text.codePointAt(at))) : "the end";
    return new FormatException(
        "JSON: expected %s, found %s at character %d".formatted(what, found, before + at),
        before + at);
  }

  /// A piece of text fit for a message: escaped, and cut after forty characters.
  static String quoted(String piece) {
    String shown = piece.codePointCount(0, piece.length()) <= 40 ? piece : cut(piece) + "…";
    var out = new StringBuilder("'");
    shown
        .codePoints()
        .forEach(c -> {
          if (Character.isISOControl(c)
              || Character.getType(c) == Character.SURROGATE
              || Character.getType(c) == Character.FORMAT) {
            out.append("\\u%04x".formatted(c));
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.append('\'').toString();
  }

  private static String cut(String piece) {
    return piece.substring(0, piece.offsetByCodePoints(0, 40));
  }
}

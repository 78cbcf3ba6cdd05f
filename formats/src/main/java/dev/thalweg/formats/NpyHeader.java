package dev.thalweg.formats;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The header of an npy file: a Python dictionary of three entries, written as Python writes it.
///
/// ```
/// {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }
/// ```
final class NpyHeader {

  /// What the header says.
  record Description(NpyType type, boolean bigEndian, boolean fortran, List<Integer> shape) {}

  private final String text;
  private final int offset;
  private int at;

  /// @param offset where in the file the text begins
  NpyHeader(String text, int offset) {
    this.text = text;
    this.offset = offset;
  }

  Description parse() {
    @Nullable String descr = null;
    @Nullable Boolean fortran = null;
    @Nullable List<Integer> shape = null;
    var seen = new HashSet<String>();
    expect('{');
    while (!found('}')) {
      String key = string();
      if (!seen.add(key)) {
        throw bad("the entry %s occurs twice in the header".formatted(JsonParser.quoted(key)));
      }
      expect(':');
      switch (key) {
        case "descr" -> descr = descr();
        case "fortran_order" -> fortran = bool();
        case "shape" -> shape = shape();
        default -> throw bad("unknown entry %s in the header".formatted(JsonParser.quoted(key)));
      }
      if (!found(',')) {
        expect('}');
        break;
      }
    }
    blank();
    if (at < text.length()) {
      throw expected("the end of the header");
    }
    if (descr == null || fortran == null || shape == null) {
      throw bad("expected the entries descr, fortran_order and shape, found " + seen);
    }
    return description(descr, fortran, shape);
  }

  private Description description(String descr, boolean fortran, List<Integer> shape) {
    char order = descr.isEmpty() ? '?' : descr.charAt(0);
    var type = descr.isEmpty() ? Optional.<NpyType>empty() : NpyType.ofCode(descr.substring(1));
    boolean ordered = order == '<' || order == '>';
    if (type.isEmpty() || !(ordered || (order == '|' && type.get().bytes() == 1))) {
      throw bad(
          "expected numbers (booleans, integers or floats), found descr "
              + JsonParser.quoted(descr));
    }
    return new Description(type.get(), order == '>', fortran, shape);
  }

  private String descr() {
    blank();
    if (at < text.length() && text.charAt(at) == '[') {
      throw bad("expected an array of numbers, found one of records");
    }
    return string();
  }

  private String string() {
    blank();
    char quote = at < text.length() ? text.charAt(at) : '\0';
    int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
    if (end < 0 || text.lastIndexOf('\\', end) > at) {
      throw expected("a text in quotes");
    }
    String string = text.substring(at + 1, end);
    at = end + 1;
    return string;
  }

  private boolean bool() {
    blank();
    if (text.startsWith("True", at)) {
      at += 4;
      return true;
    }
    if (text.startsWith("False", at)) {
      at += 5;
      return false;
    }
    throw expected("True or False");
  }

  private List<Integer> shape() {
    expect('(');
    var sizes = new ArrayList<Integer>();
    boolean comma = true;
    while (!found(')')) {
      if (!comma) {
        throw expected("',' or ')'");
      }
      if (sizes.size() == NpyReader.MAXIMUM_DIMENSIONS) {
        throw bad("expected at most %d dimensions".formatted(NpyReader.MAXIMUM_DIMENSIONS));
      }
      sizes.add(size());
      comma = found(',');
    }
    return List.copyOf(sizes);
  }

  private int size() {
    blank();
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw expected("a size");
    }
    try {
      return Integer.parseInt(text, start, at, 10);
    } catch (NumberFormatException e) {
      at = start;
      throw expected("a size of at most " + Integer.MAX_VALUE);
    }
  }

  private void expect(char c) {
    if (!found(c)) {
      throw expected("'" + c + "'");
    }
  }

  private boolean found(char c) {
    blank();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void blank() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
      at++;
    }
  }

  private FormatException expected(String what) {
    String found = at < text.length() ? JsonParser.quoted(text.substring(at, at + 1)) : "the end";
    return bad("expected %s in the header, found %s".formatted(what, found));
  }

  private FormatException bad(String problem) {
    return NpyReader.bad(problem, offset + at);
  }
}

package dev.thalweg.data;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The objects of a file of JSON lines, or of one JSON list of objects, as rows of a text table;
/// see [CsvTable] for the rules. One after the other, so that a file may be larger than the memory.
///
/// Strict, as RFC 8259 has it; an object may be longer than a line.
final class JsonLines implements Iterator<CsvRow> {

  /// Objects within objects, and lists.
  private static final int DEEPEST = 64;

  private static final int MOST_COLUMNS = 1 << 20;

  /// Whole numbers of so many digits are all told apart by doubles.
  private static final int EXACT_DIGITS = 15;

  private static final Pattern NAMED = Pattern.compile(".*\\.(jsonl|ndjson|json)(\\.gz)?");
  private static final Pattern BEGIN =
      Pattern.compile("\\s*(\\[\\s*)?\\{\\s*[\"}].*", Pattern.DOTALL);
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private static final int END = -1;

  private final String source;
  private final Reader in;
  private final char[] buffer = new char[1 << 14];
  private int at;
  private int filled;

  /// The line of the next character.
  private long line = 1;

  /// Places by names; grows where columns are collected.
  private final Map<String, Integer> places = new HashMap<>();

  private final List<Column> columns = new ArrayList<>();
  private final boolean collecting;
  private @Nullable String[] fields = new @Nullable String[16];
  private boolean[] there = new boolean[16];
  private boolean began;
  private boolean listed;
  private @Nullable CsvRow ahead;

  /// What a column was seen to hold.
  static final class Column {
    private final String name;
    private boolean numbers;
    private boolean strings;
    private boolean booleans;

    /// A whole number that doubles don't tell from others, or digits that begin with a 0.
    private @Nullable String identifier;

    private long line;

    Column(String name) {
      this.name = name;
    }

    private void saw(long where, String number) {
      if (identifier == null) {
        identifier = number;
        line = where;
      }
    }
  }

  private JsonLines(String source, Reader in, boolean collecting) {
    this.source = source;
    this.in = in;
    this.collecting = collecting;
  }

  /// Whether a table is written so: its name says it, or its beginning.
  static boolean isMeant(String source, String head) {
    return NAMED.matcher(source.toLowerCase(Locale.ROOT)).matches()
        || BEGIN.matcher(head).matches();
  }

  /// The rows of these columns.
  ///
  /// @param names all there are
  static JsonLines of(String source, Reader in, List<String> names) {
    var lines = new JsonLines(source, in, false);
    for (String name : names) {
      lines.places.put(name, lines.columns.size());
      lines.columns.add(new Column(name));
    }
    return lines;
  }

  /// The columns of all rows, in the order in which they first come.
  ///
  /// @throws DataException if it is no JSON, or has no objects
  static List<Column> columns(String source, Reader in) {
    var lines = new JsonLines(source, in, true);
    while (lines.hasNext()) {
      lines.next();
    }
    return lines.columns;
  }

  /// The columns of the rows at the beginning of a text that may be cut.
  static List<Column> columns(String source, String head) {
    var lines = new JsonLines(source, new StringReader(head), true);
    try {
      while (lines.hasNext()) {
        lines.next();
      }
    } catch (DataException _) {
      // Whoever reads on comes upon it again.
      return lines.columns;
    }
    return lines.columns;
  }

  /// The names of columns.
  static List<String> names(List<Column> columns) {
    return columns.stream().map(column -> column.name).toList();
  }

  /// How columns are written, as far as JSON says it.
  static Map<String, FieldFormat> formats(List<Column> columns) {
    var formats = new LinkedHashMap<String, FieldFormat>();
    for (Column column : columns) {
      if (column.identifier != null || (column.booleans && !column.numbers && !column.strings)) {
        formats.put(column.name, new FieldFormat.Texts(false));
      } else if (column.numbers && !column.strings && !column.booleans) {
        formats.put(column.name, FieldFormat.Numbers.plain('.'));
      }
    }
    return formats;
  }

  /// A sentence for each column whose numbers are names.
  static List<String> notes(List<Column> columns) {
    return columns.stream()
        .filter(column -> column.identifier != null)
        .map(column ->
            "%s: names, as %s in line %d is no number that can be computed with and stay what it is"
                .formatted(
                    CsvTable.shown(column.name),
                    CsvTable.quoted(String.valueOf(column.identifier)),
                    column.line))
        .toList();
  }

  @Override
  public boolean hasNext() {
    if (ahead == null) {
      ahead = read();
    }
    return ahead != null;
  }

  @Override
  public CsvRow next() {
    if (!hasNext() || ahead == null) {
      throw new NoSuchElementException();
    }
    CsvRow row = ahead;
    ahead = null;
    return row;
  }

  private @Nullable CsvRow read() {
    int next = sign();
    if (!began) {
      began = true;
      listed = next == '[';
      if (listed) {
        take();
        next = sign();
        if (next == ']') {
          return end();
        }
      }
    } else if (listed) {
      if (next == ']') {
        return end();
      }
      expect(',', "a comma or the end of the list");
      next = sign();
    }
    if (next == END && !listed) {
      return null;
    }
    if (next != '{') {
      throw wrong("expected an object, { … }, found " + shown(next));
    }
    long begin = line;
    Arrays.fill(fields, null);
    Arrays.fill(there, false);
    object("", 0);
    return row(begin);
  }

  private @Nullable CsvRow end() {
    take();
    int next = sign();
    if (next != END) {
      throw wrong("expected nothing behind the list, found " + shown(next));
    }
    return null;
  }

  private CsvRow row(long begin) {
    var text = new StringBuilder();
    int[] ends = new int[columns.size()];
    for (int i = 0; i < ends.length; i++) {
      String field = i < fields.length ? fields[i] : null;
      if (field != null) {
        if (text.length() > Integer.MAX_VALUE / 2 - field.length()) {
          throw wrong("more than a billion characters in an object");
        }
        text.append(field);
      }
      ends[i] = text.length();
    }
    return new CsvRow(begin, text.toString(), ends);
  }

  private void object(String path, int depth) {
    deeper(depth);
    expect('{', "an object");
    if (sign() == '}') {
      take();
      return;
    }
    while (true) {
      if (sign() != '"') {
        throw wrong("expected a key in quotes, found " + shown(sign()));
      }
      String key = CsvTable.oneLine(string());
      if (key.isEmpty()) {
        throw wrong("expected a key of one character or more, found an empty one");
      }
      sign();
      expect(':', "a colon behind a key");
      value(path.isEmpty() ? key : path + "." + key, depth + 1);
      if (sign() == '}') {
        take();
        return;
      }
      expect(',', "a comma or the end of the object");
      sign();
    }
  }

  private void list(String path, int depth) {
    deeper(depth);
    take();
    if (sign() == ']') {
      take();
      return;
    }
    for (int i = 1; ; i++) {
      value(path + "." + i, depth + 1);
      if (sign() == ']') {
        take();
        return;
      }
      expect(',', "a comma or the end of the list");
    }
  }

  private void deeper(int depth) {
    if (depth == DEEPEST) {
      throw wrong("more than %d objects and lists in each other".formatted(DEEPEST));
    }
  }

  private void value(String path, int depth) {
    int next = sign();
    switch (next) {
      case '{' -> object(path, depth);
      case '[' -> list(path, depth);
      case '"' -> {
        String text = string().strip();
        Column column = put(path, text);
        if (column != null && !text.isEmpty()) {
          column.strings = true;
          if (isDigits(text) && ((text.length() > 1 && text.charAt(0) == '0') || isLossy(text))) {
            column.saw(line, text);
          }
        }
      }
      default -> word(path, next);
    }
  }

  /// A number, `true`, `false` or `null`.
  private void word(String path, int first) {
    var text = new StringBuilder();
    for (int next = first; isOfWord(next) && text.length() < 1 << 16; next = peek()) {
      text.append((char) take());
    }
    String word = text.toString();
    switch (word) {
      case "null" -> put(path, null);
      case "true", "false" -> {
        Column column = put(path, word);
        if (column != null) {
          column.booleans = true;
        }
      }
      default -> {
        if (!NUMBER.matcher(word).matches()) {
          throw wrong(
              "expected a value, found " + (word.isEmpty() ? shown(first) : CsvTable.quoted(word)));
        }
        Column column = put(path, word);
        if (column != null) {
          column.numbers = true;
          if (isLossy(word)) {
            column.saw(line, word);
          }
        }
      }
    }
  }

  private static boolean isOfWord(int sign) {
    return (sign >= '0' && sign <= '9')
        || (sign >= 'a' && sign <= 'z')
        || (sign >= 'A' && sign <= 'Z')
        || sign == '-'
        || sign == '+'
        || sign == '.';
  }

  private static boolean isDigits(String text) {
    return text.chars().allMatch(sign -> sign >= '0' && sign <= '9');
  }

  /// Whether a whole number is another as a double.
  private static boolean isLossy(String number) {
    String digits = number.startsWith("-") ? number.substring(1) : number;
    if (digits.length() <= EXACT_DIGITS || !isDigits(digits)) {
      return false;
    }
    double value = Double.parseDouble(digits);
    return digits.length() > 400
        || Double.isInfinite(value)
        || new BigDecimal(value).compareTo(new BigDecimal(digits)) != 0;
  }

  /// Puts a value into its column, which is there once in an object.
  ///
  /// @return the column; null where it is not asked what it holds
  private @Nullable Column put(String path, @Nullable String field) {
    Integer known = places.get(path);
    if (known == null) {
      if (!collecting) {
        throw wrong(
            "key %s comes here for the first time; what can be read only once shows its keys in its first %,d characters"
                .formatted(CsvTable.quoted(path), CsvRows.HEAD));
      }
      if (columns.size() == MOST_COLUMNS) {
        throw wrong("more than %d keys".formatted(MOST_COLUMNS));
      }
      known = columns.size();
      places.put(path, known);
      columns.add(new Column(path));
    }
    if (known >= fields.length) {
      int more = Math.max(known + 1, 2 * fields.length);
      fields = Arrays.copyOf(fields, more);
      there = Arrays.copyOf(there, more);
    }
    if (there[known]) {
      throw wrong("key %s comes twice in an object".formatted(CsvTable.quoted(path)));
    }
    there[known] = true;
    fields[known] = field;
    return collecting ? columns.get(known) : null;
  }

  private String string() {
    take();
    var text = new StringBuilder();
    while (true) {
      int next = take();
      switch (next) {
        case '"' -> {
          checkPairs(text);
          return text.toString();
        }
        case '\\' -> text.append(escaped());
        case END -> throw wrong("a text in quotes has no end");
        default -> {
          if (next < ' ') {
            throw wrong("expected \\n or the like in a text, found " + shown(next));
          }
          if (text.length() == Integer.MAX_VALUE / 2) {
            throw wrong("more than a billion characters in a text");
          }
          text.append((char) next);
        }
      }
    }
  }

  private char escaped() {
    int sign = take();
    return switch (sign) {
      case '"', '\\', '/' -> (char) sign;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int next = take();
          int digit = next < 128 ? Character.digit(next, 16) : -1;
          if (digit < 0) {
            throw wrong("expected four hexadecimal digits behind \\u, found " + shown(next));
          }
          code = 16 * code + digit;
        }
        yield (char) code;
      }
      default -> throw wrong("expected \\n, \\\", \\u0041 or the like, found \\" + shown(sign));
    };
  }

  /// That each half of a pair of surrogates has its other one: it is no character without.
  private void checkPairs(StringBuilder text) {
    for (int i = 0; i < text.length(); i++) {
      char sign = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(sign)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (Character.isSurrogate(sign) && !pair) {
        throw wrong("expected characters, found half of one, \\u%04x".formatted((int) sign));
      }
      i += pair ? 1 : 0;
    }
  }

  private void expect(char sign, String what) {
    int found = take();
    if (found != sign) {
      throw wrong("expected %s, found %s".formatted(what, shown(found)));
    }
  }

  private static String shown(int sign) {
    return sign == END
        ? "the end"
        : Character.isISOControl(sign)
            ? "U+%04X".formatted(sign)
            : CsvTable.quoted(Character.toString(sign));
  }

  /// The next character that is no white space.
  private int sign() {
    int next = peek();
    while (next == ' ' || next == '\t' || next == '\n' || next == '\r') {
      take();
      next = peek();
    }
    return next;
  }

  private int take() {
    int next = peek();
    at += next == END ? 0 : 1;
    line += next == '\n' ? 1 : 0;
    return next;
  }

  private int peek() {
    while (at == filled) {
      try {
        at = 0;
        filled = Math.max(0, in.read(buffer, 0, buffer.length));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (filled == 0) {
        return END;
      }
    }
    return buffer[at];
  }

  private DataException wrong(String what) {
    return new DataException("%s, line %d: not JSON lines: %s".formatted(source, line, what));
  }
}

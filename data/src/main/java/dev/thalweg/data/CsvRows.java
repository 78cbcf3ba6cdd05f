package dev.thalweg.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rows of a text table, one after the other, so that a file may be larger than the memory; see
/// [CsvTable] for the rules.
final class CsvRows implements AutoCloseable {

  static final int HEAD = 1 << 20;
  private static final Pattern PLACE = Pattern.compile("c[0-9]+");

  private final Packed packed;
  private final CsvFormat format;
  private final CsvDialect dialect;
  private final Optional<Character> saidSeparator;
  private final List<String> names;
  private final Iterator<CsvRow> records;

  /// Whether it is JSON lines.
  private final boolean json;

  private final long firstLine;
  private final List<CsvRow> head;
  private final List<String> notes = new ArrayList<>();
  private final NumberShape shape = new NumberShape();
  private final DateText dates = new DateText();

  /// Whether lines that begin with `#` may stand among the rows.
  private final boolean comments;

  private final @Nullable FieldFormat[] known;
  private @Nullable List<FieldFormat> formats;
  private @Nullable CsvRow ahead;

  /// @param again opens it once more; empty where it can be read only once
  private CsvRows(Packed packed, CsvFormat format, Optional<Supplier<Packed>> again) {
    this.packed = packed;
    var text = new Utf8Reader(source(), packed.in());
    String read = head(text);
    this.json = JsonLines.isMeant(source(), read);
    if (json) {
      List<JsonLines.Column> columns = columns(read, again);
      this.names = JsonLines.names(columns);
      var known = new LinkedHashMap<>(JsonLines.formats(columns));
      known.putAll(format.columns());
      this.format = format.withColumns(known);
      this.notes.addAll(JsonLines.notes(columns));
      this.dialect = new CsvDialect(',', false, true, false, '.');
      this.saidSeparator = Optional.empty();
      this.firstLine = 1;
      this.comments = false;
      this.known = new @Nullable FieldFormat[names.size()];
      this.head = first(JsonLines.of(source(), new StringReader(read), names));
      this.records = JsonLines.of(source(), new Joined(read, text), names);
      this.ahead = parsed();
      if (ahead == null) {
        throw new DataException(source() + ": expected objects, found an empty file");
      }
      if (names.isEmpty()) {
        throw new DataException(source() + ": expected objects with keys, found none");
      }
      return;
    }
    Preamble above = Preamble.of(read);
    CsvFormat said =
        format.separator().isPresent()
            ? format
            : above.separator().map(format::withSeparator).orElse(format);
    int start =
        format.firstLine().map(line -> start(read, line)).orElseGet(() -> begin(read, above, said));
    this.comments = !above.comments().isEmpty() && start >= above.end();
    this.format = format.withFirstLine(1 + Preamble.lines(read, start));
    String head = Preamble.blanked(read, start);
    CsvDialect seen = CsvDialect.of(head, said);
    char shown = above.separator().orElseGet(() -> CsvDialect.separator(head));
    this.saidSeparator = format.separator().filter(sign -> !sign.equals(shown));
    List<CsvRow> first = first(seen, head);
    this.dialect = seen.completed(first, said);
    this.records = reader(dialect, new Joined(head, text)).iterator();
    CsvRow begin = parsed();
    if (begin == null) {
      throw new DataException(source() + ": expected a table, found an empty file");
    }
    this.firstLine = begin.line();
    this.names = names(begin);
    this.known = new @Nullable FieldFormat[names.size()];
    this.ahead = dialect.header() ? parsed() : begin;
    if (dialect.units() && ahead != null) {
      notes.add("line %d: taken for units of measure, not for data".formatted(ahead.line()));
      this.ahead = parsed();
    }
    int data = (dialect.header() ? 1 : 0) + (dialect.units() ? 1 : 0);
    this.head = first.subList(Math.min(data, first.size()), first.size());
    this.ahead = behindComments(ahead);
    if (ahead == null) {
      throw new DataException(source() + ": expected rows of data, found only a line of names");
    }
  }

  /// The columns of JSON lines: those of all objects, or where they can be read only once, of those
  /// at the beginning.
  private List<JsonLines.Column> columns(String read, Optional<Supplier<Packed>> again) {
    if (read.length() == HEAD && again.isEmpty()) {
      return JsonLines.columns(source(), read);
    }
    if (read.length() < HEAD) {
      return JsonLines.columns(source(), new StringReader(read));
    }
    try (Packed whole = again.orElseThrow().get();
        var reader = new Utf8Reader(source(), whole.in())) {
      return JsonLines.columns(source(), reader);
    } catch (UncheckedIOException e) {
      throw failure(e);
    } catch (IOException e) {
      throw packed.failed(e);
    }
  }

  /// The first rows, those before a mistake or the end of what is read.
  private static List<CsvRow> first(JsonLines lines) {
    var rows = new ArrayList<CsvRow>();
    try {
      while (rows.size() < CsvDialect.LINES && lines.hasNext()) {
        rows.add(lines.next());
      }
    } catch (DataException _) {
      // Whoever reads the whole file comes upon it again.
      return rows;
    }
    return rows;
  }

  /// Where a line begins that is said to be the first.
  private int start(String head, int line) {
    int start = Preamble.start(head, line);
    if (start < 0) {
      throw new DataException(
          "%s: expected the table to begin in line %d, found fewer lines%s"
              .formatted(
                  source(),
                  line,
                  head.length() < HEAD ? "" : " in the first %,d characters".formatted(HEAD)));
    }
    return start;
  }

  /// Where the table begins: after lines that begin with `#`, but for those that are divided as the
  /// table is and hold its names, or are rows of it.
  private int begin(String head, Preamble above, CsvFormat said) {
    if (above.comments().isEmpty()) {
      return above.end();
    }
    String body = head.substring(above.end());
    CsvDialect seen = CsvDialect.of(body, said);
    List<CsvRow> rows = first(seen, body);
    int begin = above.end();
    if (rows.isEmpty()) {
      return above.comments().getFirst();
    }
    int fields = rows.getFirst().fields();
    if (fields == 1 || !new FirstRows(rows, said, seen.separator()).haveNames()) {
      for (int comment : above.comments().reversed()) {
        List<CsvRow> line = first(seen, head.substring(comment, begin));
        if (fields == 1 || line.isEmpty() || line.getFirst().fields() != fields) {
          break;
        }
        begin = comment;
      }
    }
    return begin;
  }

  /// The separator that was said, where the file by itself shows another.
  Optional<Character> saidSeparator() {
    return saidSeparator;
  }

  /// Opens a file.
  ///
  /// @throws DataException if it can't be read, has no rows, or two columns of one name
  static CsvRows open(Path file, CsvFormat format) {
    return open(
        Packed.open(file),
        format,
        Files.isRegularFile(file) ? Optional.of(() -> Packed.open(file)) : Optional.empty());
  }

  /// The rows in the bytes of a file.
  ///
  /// @throws DataException as [#open]
  static CsvRows of(String source, byte[] bytes, CsvFormat format) {
    return open(Packed.of(source, bytes), format, Optional.of(() -> Packed.of(source, bytes)));
  }

  /// The rows in a stream of the bytes of a file.
  ///
  /// @throws DataException as [#open]
  static CsvRows of(String source, InputStream bytes, CsvFormat format) {
    return open(Packed.of(source, bytes), format, Optional.empty());
  }

  private static CsvRows open(Packed packed, CsvFormat format, Optional<Supplier<Packed>> again) {
    try {
      return new CsvRows(packed, format, again);
    } catch (RuntimeException e) {
      try (packed) {
        throw e;
      }
    }
  }

  /// What messages call the table.
  String source() {
    return packed.source();
  }

  CsvFormat format() {
    return format;
  }

  /// The format with what the first lines show: where the table begins, how it is divided, and
  /// whether it has names.
  CsvFormat found() {
    return format.withSeparator(dialect.separator()).withHeader(dialect.header());
  }

  /// Whether the table is one of JSON lines.
  boolean isJson() {
    return json;
  }

  /// How the table is written.
  CsvDialect dialect() {
    return dialect;
  }

  /// What was made of the first line, for a message about a column that is not there; empty where
  /// it was said, or can't be the reason.
  String header(String column) {
    return json || format.header().isPresent()
        ? ""
        : dialect.header()
            ? isPlace(column)
                ? "; line %d is taken for names, CsvFormat.withHeader(false) takes it for a row"
                    .formatted(firstLine)
                : ""
            : "; line %d is taken for a row, CsvFormat.withHeader(true) takes it for names"
                .formatted(firstLine);
  }

  /// The names of the columns, all different.
  List<String> names() {
    return names;
  }

  /// The next row, which has a field for each name; null after the last.
  ///
  /// @throws DataException if it can't be read, or has more or fewer fields
  @Nullable CsvRow next() {
    CsvRow row = behindComments(ahead == null ? parsed() : ahead);
    ahead = null;
    if (row != null && row.fields() != names.size()) {
      throw new DataException(
          "%s, line %d: expected %d field%s as in line %d, found %d"
              .formatted(
                  source(),
                  row.line(),
                  names.size(),
                  names.size() == 1 ? "" : "s",
                  firstLine,
                  row.fields()));
    }
    return row;
  }

  /// The row itself, or the first after it that is no comment.
  private @Nullable CsvRow behindComments(@Nullable CsvRow row) {
    CsvRow next = row;
    while (next != null
        && comments
        && next.fields() != names.size()
        && next.text().startsWith("#")) {
      next = parsed();
    }
    return next;
  }

  /// Sentences for the user about lines that are no rows.
  List<String> notes() {
    return notes;
  }

  /// Whether a column is called by its place, `c1`.
  static boolean isPlace(String column) {
    return PLACE.matcher(column).matches();
  }

  /// Says how the fields of a column are written, whatever it is called, unless the first rows have
  /// numbers that can't be written so.
  void written(int column, FieldFormat said) {
    known[column] = said;
    if (said instanceof FieldFormat.Numbers numbers
        && !head.stream().allMatch(row -> reads(row, column, numbers))) {
      CsvFormat unknown = format.withColumns(Map.of());
      FieldFormat shown =
          FileSurvey.of(source(), names, unknown, dialect.separator(), head).formats().get(column);
      known[column] = shown instanceof FieldFormat.Numbers ? shown : said;
    }
  }

  private boolean reads(CsvRow row, int column, FieldFormat.Numbers numbers) {
    return row.fields() != names.size()
        || format.isMissing(row, column)
        || row.isInfinite(column)
        || !Double.isNaN(numbers.number(row, column, shape));
  }

  /// How the fields of a column are written: as it was said, or else as the first rows show it.
  FieldFormat fieldFormat(int column) {
    FieldFormat said = known[column];
    if (said != null) {
      return said;
    }
    if (formats == null) {
      formats = FileSurvey.of(source(), names, format, dialect.separator(), head).formats();
    }
    return formats.get(column);
  }

  /// A field as the name of a category or a class.
  String category(CsvRow row, int column) {
    return fieldFormat(column) instanceof FieldFormat.Texts texts
        ? texts.name(row, column)
        : row.field(column);
  }

  /// A field as a number, a date as days; NaN where it is neither.
  ///
  /// @throws DataException if it is beyond the range of float, as an infinity is in any spelling
  double number(CsvRow row, int column) {
    double number = anyNumber(row, column);
    if (Float.isInfinite((float) number) || (Double.isNaN(number) && row.isInfinite(column))) {
      throw wrong(
          row, column, CsvTable.quoted(row.field(column)) + " is beyond the range of float");
    }
    return number;
  }

  /// A field as [#number] has it, be it beyond the range of float.
  double anyNumber(CsvRow row, int column) {
    return switch (fieldFormat(column)) {
      case FieldFormat.Numbers numbers -> numbers.number(row, column, shape);
      case FieldFormat.Dates days ->
          days.days(row.text(), row.start(column), row.end(column), dates);
      case FieldFormat.Texts _ -> row.number(column, dialect.decimal());
    };
  }

  /// The message for a field that is not what it should be.
  DataException wrong(CsvRow row, int column, String what) {
    return CsvTable.wrong(source(), row.line(), column, names.get(column), what);
  }

  @Override
  public void close() {
    packed.close();
  }

  private @Nullable CsvRow parsed() {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (CsvParseException | UncheckedIOException e) {
      throw failure(e);
    }
  }

  private DataException failure(RuntimeException e) {
    return switch (e.getCause()) {
      case DataException known when String.valueOf(known.getMessage()).startsWith(source()) ->
          known;
      case DataException known ->
          new DataException("%s: %s".formatted(source(), known.getMessage()), e);
      case IOException unread -> packed.failed(unread);
      case OutOfMemoryError _ -> new DataException(source() + ": larger than the memory", e);
      case null -> notCsv(e, e);
      case Throwable cause -> notCsv(cause, e);
    };
  }

  private DataException notCsv(Throwable reason, RuntimeException e) {
    String message = reason.getMessage();
    return new DataException(
        "%s: not a CSV table: %s"
            .formatted(source(), message == null ? reason.toString() : CsvTable.oneLine(message)),
        e);
  }

  private String head(Reader text) {
    try {
      // Most tables are small.
      var buffer = new char[1 << 12];
      int length = 0;
      for (int n = text.read(buffer, 0, buffer.length); n > 0; ) {
        length += n;
        if (length == buffer.length && length < HEAD) {
          buffer = Arrays.copyOf(buffer, 4 * length);
        }
        n = length < HEAD ? text.read(buffer, length, buffer.length - length) : 0;
      }
      return new String(buffer, 0, length);
    } catch (IOException e) {
      throw packed.failed(e);
    }
  }

  /// The rows of the head but the last, which may be cut; those before a mistake, where there is
  /// one.
  private static List<CsvRow> first(CsvDialect dialect, String head) {
    var rows = new ArrayList<CsvRow>();
    try (var records = reader(dialect, new StringReader(head)).iterator()) {
      while (rows.size() <= CsvDialect.LINES && records.hasNext()) {
        rows.add(records.next());
      }
    } catch (CsvParseException | IOException _) {
      // Whoever reads the whole file comes upon it again.
      return rows;
    }
    if (head.length() == HEAD && rows.size() > 1) {
      rows.removeLast();
    }
    return rows;
  }

  private static CsvReader<CsvRow> reader(CsvDialect dialect, Reader text) {
    return CsvReader.builder()
        .fieldSeparator(dialect.separator())
        .trimWhitespacesAroundQuotes(dialect.spaced())
        .skipEmptyLines(true)
        .allowUnclosedQuote(false)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .build(new CsvRow.Handler(), dialect.separator() == ' ' ? new AlignedReader(text) : text);
  }

  private List<String> names(CsvRow row) {
    var names = new ArrayList<String>();
    var places = new HashMap<String, Integer>();
    for (int column = 0; column < row.fields(); column++) {
      String given = dialect.header() ? CsvTable.oneLine(row.field(column)).strip() : "";
      String name = given.isEmpty() ? "c" + (column + 1) : given;
      Integer before = places.put(name, column);
      if (before != null) {
        throw new DataException(
            "%s, line %d: expected different column names, found %s twice (columns %d and %d)"
                .formatted(source(), row.line(), CsvTable.quoted(name), before + 1, column + 1));
      }
      names.add(name);
    }
    return List.copyOf(names);
  }

  /// A text that was read already, and what comes after it.
  private static final class Joined extends Reader {

    private final String head;
    private final Reader rest;
    private int at;

    Joined(String head, Reader rest) {
      this.head = head;
      this.rest = rest;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      if (at == head.length()) {
        return rest.read(buffer, offset, length);
      }
      int n = Math.min(length, head.length() - at);
      head.getChars(at, at + n, buffer, offset);
      at += n;
      return n;
    }

    @Override
    public void close() throws IOException {
      rest.close();
    }
  }
}

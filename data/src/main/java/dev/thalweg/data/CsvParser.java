package dev.thalweg.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

/// Bytes to a table; see [CsvTable] for the rules.
final class CsvParser {

  // In the order of preference: the rarer a sign is in numbers and names, the earlier.
  private static final char[] SEPARATORS = {'\t', ';', ','};
  private static final int LINES_LOOKED_AT = 100;
  private static final int MAXIMUM_COLUMNS = 1 << 20;

  private final String source;
  private final String text;

  CsvParser(String source, byte[] utf8) {
    this.source = source;
    this.text = decode(utf8);
  }

  private String decode(byte[] utf8) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var in = ByteBuffer.wrap(utf8);
    var out = CharBuffer.allocate(utf8.length);
    if (decoder.decode(in, out, true).isError()) {
      throw new DataException(
          "%s: expected text in UTF-8, found something else at byte %d"
              .formatted(source, in.position()));
    }
    String decoded = out.flip().toString();
    return decoded.startsWith("\ufeff") ? decoded.substring(1) : decoded;
  }

  CsvTable table() {
    var rows = new ArrayList<String[]>();
    var lines = new ArrayList<Long>();
    for (CsvRecord line : records(separator())) {
      String[] fields = line.getFields().stream().map(String::strip).toArray(String[]::new);
      if (!rows.isEmpty() && fields.length != rows.getFirst().length) {
        throw new DataException(
            "%s, line %d: expected %d fields as in line %d, found %d"
                .formatted(
                    source,
                    line.getStartingLineNumber(),
                    rows.getFirst().length,
                    lines.getFirst(),
                    fields.length));
      }
      rows.add(fields);
      lines.add(line.getStartingLineNumber());
    }
    if (rows.isEmpty()) {
      throw new DataException(source + ": expected a table, found an empty file");
    }
    boolean header = Arrays.stream(rows.getFirst()).noneMatch(CsvTable::isNumber);
    List<String> names = names(rows.getFirst(), header, lines.getFirst());
    if (header) {
      rows.removeFirst();
      lines.removeFirst();
      if (rows.isEmpty()) {
        throw new DataException(source + ": expected rows of data, found only a line of names");
      }
    }
    return new CsvTable(
        source, names, header, rows, lines.stream().mapToLong(Long::longValue).toArray());
  }

  private List<CsvRecord> records(char separator) {
    var records = new ArrayList<CsvRecord>();
    try (var reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .skipEmptyLines(true)
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .build(CsvRecordHandler.of(h -> h.maxFields(MAXIMUM_COLUMNS)), text)) {
      reader.forEach(records::add);
    } catch (CsvParseException e) {
      throw new DataException("%s: not a CSV table: %s".formatted(source, reason(e)), e);
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can't fail to be read", e);
    }
    return records;
  }

  private static String reason(CsvParseException e) {
    Throwable cause = e.getCause() != null ? e.getCause() : e;
    return cause.getMessage() == null ? "not a CSV table" : cause.getMessage();
  }

  private List<String> names(String[] fields, boolean header, long line) {
    var names = new ArrayList<String>();
    var places = new HashMap<String, Integer>();
    for (int column = 0; column < fields.length; column++) {
      String given = header ? CsvTable.oneLine(fields[column]).strip() : "";
      String name = given.isEmpty() ? "c" + (column + 1) : given;
      Integer before = places.put(name, column);
      if (before != null) {
        throw new DataException(
            "%s, line %d: expected different column names, found %s twice (columns %d and %d)"
                .formatted(source, line, CsvTable.quoted(name), before + 1, column + 1));
      }
      names.add(name);
    }
    return List.copyOf(names);
  }

  /// The separator that divides each of the first lines into the same number of fields.
  private char separator() {
    for (char separator : SEPARATORS) {
      int fields = fields(separator);
      if (fields > 1) {
        return separator;
      }
    }
    return ',';
  }

  /// How many fields each of the first lines has with this separator; 0 where they differ.
  private int fields(char separator) {
    int first = 0;
    int count = 1;
    int lines = 0;
    boolean quoted = false;
    boolean blank = true;
    for (int i = 0; i <= text.length() && lines < LINES_LOOKED_AT; i++) {
      char c = i < text.length() ? text.charAt(i) : '\n';
      if (c == '"') {
        quoted = !quoted;
        blank = false;
      } else if ((c == '\n' || c == '\r') && !quoted) {
        if (!blank) {
          if (first != 0 && first != count) {
            return 0;
          }
          first = count;
          lines++;
        }
        count = 1;
        blank = true;
      } else if (c == separator && !quoted) {
        count++;
        blank = false;
      } else {
        blank = false;
      }
    }
    return first;
  }
}

package dev.thalweg.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tables of JSON lines.
class JsonLinesTest {

  private static final String SALES =
      """
      {"price": 12.5, "place": {"city": "Bern", "at": [7.4, 46.9]}, "sold": true, "code": "0012", "when": "2024-12-31"}
      {"price": 1e1, "place": {"city": "Z\\u00fcrich\\n", "at": [8.5, 47.4]}, "sold": false, "code": "0120", "size": 3}

      {"price": -0.25, "place": {"city": null}, "sold": true, "code": "0012", "when": "2025-01-02", "size": null}
      """;

  private static CsvTable parse(String text) {
    return CsvTable.parse("t.jsonl", text.getBytes(UTF_8));
  }

  @Test
  void keysAreColumnsInTheOrderInWhichTheyCome() {
    CsvTable table = parse(SALES);
    assertThat(table.columnNames())
        .containsExactly(
            "price", "place.city", "place.at.1", "place.at.2", "sold", "code", "when", "size");
    assertThat(table.rows()).isEqualTo(3);
    assertThat(List.of(table.line(0), table.line(1), table.line(2))).containsExactly(1L, 2L, 4L);
    assertThat(table.numbers(0)).containsExactly(12.5f, 10, -0.25f);
    assertThat(table.text(1, 1)).isEqualTo("Zürich");
    assertThat(table.isMissing(2, 1)).isTrue();
    assertThat(table.isMissing(2, 2)).isTrue();
    assertThat(table.isMissing(2, 7)).isTrue();
    assertThat(table.isMissing(0, 7)).isTrue();
    assertThat(table.fieldFormat(6))
        .isEqualTo(new FieldFormat.Dates(FieldFormat.Dates.Order.YEAR_FIRST));
    assertThat(table.fieldFormat(4)).isEqualTo(new FieldFormat.Texts(false));
  }

  @Test
  void whatIsNoNumberStaysWhatItIs() {
    CsvTable table =
        parse(
            """
            {"zip": "01234", "id": 9007199254740993, "far": 9007199254740992, "text": "12", "none": 0.1234567890123456789}
            {"zip": "12345", "id": 9007199254740992, "far": 1700000000000000000, "text": "13.5", "none": 1}
            """);
    assertThat(table.fieldFormat(0)).isEqualTo(new FieldFormat.Texts(false));
    assertThat(table.category(0, 0)).isEqualTo("01234");
    assertThat(table.category(0, 1)).isEqualTo("9007199254740993");
    assertThat(table.category(1, 1)).isEqualTo("9007199254740992");
    for (int column : new int[] {2, 3, 4}) {
      assertThat(table.isNumeric(column)).isTrue();
    }
    String rows = "{\"id\": 9007199254740993, \"y\": 1}\n".repeat(3) + "{\"id\": 4, \"y\": 2}\n";
    Table read = Table.parse("t.jsonl", rows.getBytes(UTF_8), TableOptions.target("y"));
    assertThat(read.notes())
        .contains(
            "id: names, as '9007199254740993' in line 1 is no number that can be computed with and"
                + " stay what it is");
  }

  @Test
  void aListOfObjectsAndObjectsOverSeveralLinesAreRead() {
    CsvTable list = parse(" [\n {\"a\": 1,\n  \"b\": \"x\"},\n {\"a\": 2} ]\n");
    assertThat(list.columnNames()).containsExactly("a", "b");
    assertThat(list.numbers(0)).containsExactly(1, 2);
    assertThat(list.line(1)).isEqualTo(4);
    assertThat(CsvTable.parse("t.txt", "{\"a\": 1}{\"a\": 2}".getBytes(UTF_8)).rows()).isEqualTo(2);
    assertThat(CsvTable.parse("t.csv", "a,b\n{,1\n".getBytes(UTF_8)).columnNames())
        .containsExactly("a", "b");
  }

  @Test
  void theSameRowsAsCsvGiveTheSameFeatures() {
    String csv = "a,kind,when,y\n1.5,red,2024-01-02,0.5\n,blue,2024-02-03,1.5\n3,red,,2\n";
    String json =
        """
        {"a": 1.5, "kind": "red", "when": "2024-01-02", "y": 0.5}
        {"kind": "blue", "when": "2024-02-03", "y": 1.5}
        {"a": 3, "when": null, "kind": "red", "y": 2}
        """;
    TableOptions options = TableOptions.target("y").withTask(Task.REGRESSION);
    Table one = Table.parse("t.csv", csv.getBytes(UTF_8), options);
    Table two = Table.parse("t.jsonl", json.getBytes(UTF_8), options);
    TableEncoding encoding = TableEncoding.fit(one);
    assertThat(TableEncoding.fit(two).features()).isEqualTo(encoding.features());
    assertThat(encoding.apply(two).x()).isEqualTo(encoding.apply(one).x());
    assertThat(encoding.apply(two).targets()).isEqualTo(encoding.apply(one).targets());
  }

  @Test
  void filesAreReadAPartAtATimePackedOrNot(@TempDir Path folder) throws Exception {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 40_000; i++) {
      rows.append(
          "{\"x\": %d, \"text\": \"row number %d\", \"y\": %d}%n".formatted(i, i % 7, 2 * i));
    }
    rows.append("{\"x\": 1, \"text\": \"row number 0\", \"y\": 2, \"late\": 5}\n");
    assertThat(rows.length()).isGreaterThan(CsvRows.HEAD);
    Path file = Files.writeString(folder.resolve("t.jsonl"), "\ufeff" + rows);
    assertThat(CsvTable.names(file, CsvFormat.found())).containsExactly("x", "text", "y", "late");
    CsvStream stream = CsvStream.open(file, TableOptions.target("y").withIgnored("late"));
    assertThat(stream.rows()).isEqualTo(40_001);
    float[] x = new float[stream.schema().features() * 10];
    float[] y = new float[10];
    try (BatchReader pass = stream.pass(0)) {
      assertThat(pass.read(x, y)).isEqualTo(10);
    }
    assertThat(y).startsWith(0, 2, 4);
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(rows.toString().getBytes(UTF_8));
    }
    Path small = Files.write(folder.resolve("t.jsonl.gz"), packed.toByteArray());
    assertThat(CsvTable.read(small).rows()).isEqualTo(40_001);
    // Of a stream the keys of its beginning are known; a later one that is none of these is told.
    TableEncoding encoding = stream.encoding();
    try (var reader =
        encoding.open(
            "pipe", new ByteArrayInputStream(rows.toString().getBytes(UTF_8)), CsvFormat.found())) {
      assertThatThrownBy(
              () -> {
                double[] some = new double[1000 * encoding.features()];
                while (reader.read(some) > 0) {}
              })
          .isInstanceOf(DataException.class)
          .hasMessage(
              "pipe, line 40001: not JSON lines: key 'late' comes here for the first time; what can"
                  + " be read only once shows its keys in its first 1,048,576 characters");
    }
  }

  @Test
  void aLineMayBeLongerThanWhatIsLookedAtFirst(@TempDir Path folder) throws Exception {
    String words = "w ".repeat(CsvRows.HEAD);
    Path file =
        Files.writeString(
            folder.resolve("t.jsonl"),
            "{\"text\": \"%s\", \"y\": 1}\n{\"text\": \"short\", \"y\": 2}\n".formatted(words));
    CsvTable table = CsvTable.read(file);
    assertThat(table.text(0, 0)).hasSize(2 * CsvRows.HEAD - 1);
    assertThat(table.number(1, 1)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          {"a": 1, "a": 2} => line 1: not JSON lines: key 'a' comes twice in an object
          {"a": {"b": 1}, "a.b": 2} => line 1: not JSON lines: key 'a.b' comes twice in an object
          {"a": 01} => line 1: not JSON lines: expected a value, found '01'
          {"a": NaN} => line 1: not JSON lines: expected a value, found 'NaN'
          {"a": .5} => line 1: not JSON lines: expected a value, found '.5'
          {"a": 1.} => line 1: not JSON lines: expected a value, found '1.'
          {"a": } => line 1: not JSON lines: expected a value, found '}'
          {"a": 1,} => line 1: not JSON lines: expected a key in quotes, found '}'
          {"a": 1 => line 1: not JSON lines: expected a comma or the end of the object, found the end
          {"a": "x => line 1: not JSON lines: a text in quotes has no end
          {"a": "\\x"} => line 1: not JSON lines: expected \\n, \\", \\u0041 or the like, found \\'x'
          {"a": "\\u12g4"} => line 1: not JSON lines: expected four hexadecimal digits behind \\u, found 'g'
          {"a": "\\ud800"} => line 1: not JSON lines: expected characters, found half of one, \\ud800
          {"": 1} => line 1: not JSON lines: expected a key of one character or more, found an empty one
          {'a': 1} => line 1: not JSON lines: expected a key in quotes, found '''
          {"a": 1} 5 => line 1: not JSON lines: expected an object, { … }, found '5'
          [{"a": 1}, 5] => line 1: not JSON lines: expected an object, { … }, found '5'
          [{"a": 1}] {} => line 1: not JSON lines: expected nothing behind the list, found '{'
          [{"a": 1} => line 1: not JSON lines: expected a comma or the end of the list, found the end
          17 => line 1: not JSON lines: expected an object, { … }, found '1'
          a,b => line 1: not JSON lines: expected an object, { … }, found 'a'
          {} => expected objects with keys, found none
          [] => expected objects, found an empty file
          """)
  void whatIsNoJsonGetsASentence(String text, String sentence) {
    String separator = sentence.startsWith("line") ? ", " : ": ";
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(DataException.class)
        .hasMessage("t.jsonl" + separator + sentence);
  }

  @Test
  void nestingEnds() {
    String deep = "{\"a\":".repeat(70) + "1" + "}".repeat(70);
    assertThatThrownBy(() -> parse(deep))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("more than 64 objects and lists in each other");
  }

  @Test
  void numbersAndTextsOfOneKeyAreReadAsThoseOfAFileOfTexts() {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      rows.append("{\"a\": ").append(i == 7 ? "\"none\"" : i).append(", \"y\": 1}\n");
    }
    assertThatThrownBy(
            () -> Table.parse("t.jsonl", rows.toString().getBytes(UTF_8), TableOptions.target("y")))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("t.jsonl, line 8, column 1 ('a'): ")
        .hasMessageContaining("withMissing");
  }
}

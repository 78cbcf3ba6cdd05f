package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {

  @TempDir private Path folder = Path.of("");

  private static CsvTable table(String text) {
    return CsvTable.parse("t.csv", text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<List<String>> fields(CsvTable table) {
    return java.util.stream.IntStream.range(0, table.rows())
        .mapToObj(row ->
            java.util.stream.IntStream.range(0, table.columns())
                .mapToObj(column -> table.text(row, column))
                .toList())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\n1,x y\n2,z\n",
        "a,b\r\n1,x y\r\n2,z",
        "a,b\r1,x y\r2,z\r",
        "\ufeffa,b\n1,x y\n2,z\n",
        "a;b\n1;x y\n2;z\n",
        "a\tb\n1\tx y\n2\tz\n",
        "\"a\",\"b\"\n1,\"x y\"\n\"2\",z",
        "\n\na , b\n\n1, x y\n 2 ,z\n\n",
      })
  void separatorsLineEndsQuotesAndMarksMakeNoDifference(String text) {
    CsvTable table = table(text);
    assertThat(table.hasHeader()).isTrue();
    assertThat(table.columnNames()).containsExactly("a", "b");
    assertThat(fields(table)).containsExactly(List.of("1", "x y"), List.of("2", "z"));
    assertThat(table.isNumeric(0)).isTrue();
    assertThat(table.isNumeric(1)).isFalse();
  }

  @Test
  void quotedTextMayHoldAnything() {
    CsvTable table = table("name,n\n\"a, \"\"b\"\";\nc\t\",1\n\"\",2\n");
    assertThat(fields(table)).containsExactly(List.of("a, \"b\";\nc", "1"), List.of("", "2"));
    assertThat(table.line(0)).isEqualTo(2);
    assertThat(table.line(1)).isEqualTo(4);
  }

  static Stream<Arguments> separators() {
    return Stream.of(
        arguments("1,5;2,5\n3,5;4,5", 2),
        arguments("a;b,c\n1,2\n", 2),
        arguments("a\n1\n", 1),
        arguments("a,b\n\"1;2\",3\n", 2),
        arguments("a,\"b\n;\"\n1,2\n", 2),
        arguments("1,2,3", 3),
        arguments("a b,c d\n1,2", 2),
        arguments("one;two\n1.5;a,b\n2;c", 2),
        arguments("a|b\n1|2,5\n", 2),
        arguments("a|b,c\n1|2,5\n", 2),
        // A quote within a text is no quoted text.
        arguments("size,n\n5\" pipe,1\n6,2\n", 2),
        arguments("a, \"b; c\", d\n1, \"2; 3\", 4\n", 3));
  }

  @ParameterizedTest
  @MethodSource("separators")
  void theSeparatorIsTheOneThatDividesEveryLineAlike(String text, int columns) {
    assertThat(table(text).columns()).isEqualTo(columns);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,2\n3,4", "setosa,5.1\nvirginica,4", "a,1e5\nb,2", "x,-.5\n"})
  void aFirstLineWithANumberIsNoHeader(String text) {
    CsvTable table = table(text);
    assertThat(table.hasHeader()).isFalse();
    assertThat(table.columnNames()).containsExactly("c1", "c2");
    assertThat(table.line(0)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"label,0,1\n3,5,6\n4,7,8", "id,1990\n1,5\n2,?", "n,1\n?,2\n3,4"})
  void aTextAboveNumbersIsAName(String text) {
    CsvTable table = table(text);
    assertThat(table.hasHeader()).isTrue();
    assertThat(table.rows()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?,1\n2,3", "a,1\n2,3\nb,4", "NA,1\n1,2\n"})
  void aMissingValueOrAMixedColumnIsNoName(String text) {
    assertThat(table(text).hasHeader()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a;b\n1,5;x\n-2;y\n",
        "a\tb\n1,5\tx\n-2\ty\n",
        "a;b\n\"1,5\";x\n\"-2,0\";y\n",
        "\ufeffa;b\r\n1,5;x\r\n-2e0;y\r\n"
      })
  void aCommaIsTheDecimalSignWhereItDividesNoFields(String text) {
    CsvTable table = table(text);
    assertThat(table.numbers(0)).containsExactly(1.5f, -2);
    assertThat(table.format().decimal()).contains(',');
  }

  @Test
  void eachColumnHasItsOwnDecimalSign() {
    CsvTable table = table("a;b;c\n1,5;2.5;7\n2;3;8\n");
    assertThat(table.numbers(0, 1, 2)).containsExactly(1.5f, 2.5f, 7, 2, 3, 8);
    assertThat(table.format().decimal()).isEmpty();
    assertThat(table.fieldFormat(0).sample()).isEqualTo("1234,5");
    assertThat(table.fieldFormat(1).sample()).isEqualTo("1234.5");
    // Within a column there is one.
    CsvTable mixed = table("a;b\n1,5;2\n2.5;3\n");
    assertThat(mixed.problem(0)).contains("line 2: '1,5' and '2.5' (line 3) are not written alike");
    // Also where fields are divided by commas.
    assertThat(table("a,b\n\"1,5\",2\n").numbers(0)).containsExactly(1.5f);
  }

  @Test
  void whatIsSaidIsNotLookedFor() {
    var text = "1;2,5|3\n4;5,5|6\n".getBytes(StandardCharsets.UTF_8);
    CsvFormat bars = CsvFormat.found().withSeparator('|').withHeader(true).withDecimal(',');
    CsvTable table = CsvTable.parse("t.csv", text, bars);
    assertThat(table.columnNames()).containsExactly("1;2,5", "3");
    assertThat(fields(table)).containsExactly(List.of("4;5,5", "6"));
    assertThat(table.format().withColumns(Map.of())).isEqualTo(bars);
    CsvFormat semicolons = CsvFormat.found().withSeparator(';').withHeader(false);
    assertThat(CsvTable.parse("t.csv", text, semicolons).rows()).isEqualTo(2);
    for (char sign : new char[] {'"', 'a', '1', '\n', '\r'}) {
      assertThatThrownBy(() -> CsvFormat.found().withSeparator(sign))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("separator: expected a sign such as , or ;, found '");
    }
    assertThatThrownBy(() -> CsvFormat.found().withDecimal(';'))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("decimal sign: expected . or ,, found ';'");
  }

  @Test
  void theseStandForMissingValues() {
    CsvTable table = table("a,b\n,x\n ? ,x\nna,x\nN/A,x\nnan,x\nNULL,x\n\"\",x\n0,x\n-,x\nn.a.,x");
    for (int row = 0; row < table.rows(); row++) {
      assertThat(table.isMissing(row, 0)).as(table.text(row, 0)).isEqualTo(row < 7);
      assertThat(table.isMissing(row, 1)).isFalse();
    }
    var own = CsvFormat.found().withMissing("-", "n.a.");
    CsvTable other = CsvTable.parse("t", "a,b\nNA,-\n,N.A.".getBytes(StandardCharsets.UTF_8), own);
    assertThat(other.isMissing(0, 0)).isFalse();
    assertThat(other.isMissing(0, 1)).isTrue();
    assertThat(other.isMissing(1, 0)).isTrue();
    assertThat(other.isMissing(1, 1)).isTrue();
  }

  @Test
  void spacesBeforeAQuoteDoNotCount() {
    CsvTable table = table("a, \"b\"\n1, \"x, y\" \n2, z\n");
    assertThat(table.columnNames()).containsExactly("a", "b");
    assertThat(fields(table)).containsExactly(List.of("1", "x, y"), List.of("2", "z"));
  }

  @Test
  void aFileLongerThanItsHeadIsReadToTheEnd() {
    var text = new StringBuilder("n,name\n");
    for (int i = 0; i < 200_000; i++) {
      text.append(i).append(",\"ö €\n😀").append(i % 7).append("\"\n");
    }
    CsvTable table = table(text.toString());
    assertThat(table.rows()).isEqualTo(200_000);
    assertThat(table.line(199_999)).isEqualTo(2 + 2 * 199_999);
    for (int row = 0; row < table.rows(); row += 991) {
      assertThat(table.number(row, 0)).isEqualTo(row);
      assertThat(table.text(row, 1)).isEqualTo("ö €\n😀" + row % 7);
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 20] = (byte) 0xff;
    assertThatThrownBy(() -> CsvTable.parse("t.csv", bytes))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "t.csv: expected text in UTF-8, found something else at byte " + (bytes.length - 20));
  }

  @Test
  void aColumnWithoutANameIsCalledAfterItsPlace() {
    assertThat(table(",a,\n0,1,2").columnNames()).containsExactly("c1", "a", "c3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-1", "+1", "1.", ".5", "0.5", "1e5", "1E-5", "-1.25e+10", "007"})
  void theseAreNumbers(String field) {
    assertThat(table("a\n" + field).number(0, 0)).isEqualTo(Double.parseDouble(field));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "Infinity",
        "1d",
        "1f",
        "0x1p3",
        "1e",
        ".",
        "e5",
        "1,5",
        "1 2",
        "--1",
        "１",
        "1_0",
        "?",
        "NA"
      })
  void theseAreNone(String field) {
    CsvTable table = table("a;b\n1.0;0\n\"%s\";0".formatted(field));
    assertThat(table.isNumeric(0)).isFalse();
    assertThatThrownBy(() -> table.number(1, 0))
        .isInstanceOf(DataException.class)
        .hasMessage("t.csv, line 3, column 1 ('a'): '%s' is not a number", field);
  }

  static Stream<Arguments> bad() {
    byte[] latin1 = "a,b\n1,é".getBytes(StandardCharsets.ISO_8859_1);
    return Stream.of(
        row("", "t.csv: expected a table, found an empty file"),
        row("\n\r\n\n", "t.csv: expected a table, found an empty file"),
        row("\ufeff", "t.csv: expected a table, found an empty file"),
        row("a,b\n", "t.csv: expected rows of data, found only a line of names"),
        row("#x\na,b\n#", "t.csv: expected rows of data, found only a line of names"),
        row("a,b\n1,2\n3\n", "t.csv, line 3: expected 2 fields as in line 1, found 1"),
        row("a;b\n1;2\n3\n", "t.csv, line 3: expected 2 fields as in line 1, found 1"),
        row("a\tb\n1\t2\n3\t4\t5\n", "t.csv, line 3: expected 2 fields as in line 1, found 3"),
        row("text\nhello, world\n", "t.csv, line 2: expected 1 field as in line 1, found 2"),
        row("a,b\n\n1,2,3\n", "t.csv, line 3: expected 2 fields as in line 1, found 3"),
        row(
            "a,b,a\n1,2,3",
            "t.csv, line 1: expected different column names, found 'a' twice (columns 1 and 3)"),
        row(
            "c2,\n1,2",
            "t.csv, line 1: expected different column names, found 'c2' twice (columns 1 and 2)"),
        arguments(latin1, "t.csv: expected text in UTF-8, found something else at byte 6"),
        arguments(new byte[] {0x1f, (byte) 0x8b, 8, 0}, "t.csv: damaged gzip: "),
        row("a,b\n1,\"2\n", "t.csv: not a CSV table: Unclosed quoted field"),
        row("a,b\n1,\"2\"x\n", "t.csv: not a CSV table: Unexpected character after closing"));
  }

  private static Arguments row(String text, String sentence) {
    return arguments(text.getBytes(StandardCharsets.UTF_8), sentence);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("bad")
  void aBadFileIsRefusedInOneSentence(byte[] bytes, String sentence) {
    assertThatThrownBy(() -> CsvTable.parse("t.csv", bytes))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(sentence)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aNameOfTwoLinesIsPrintedOnOne() {
    CsvTable table = table("\"a\nb\"\nx\n");
    assertThat(table.columnNames()).containsExactly("a b");
    assertThatThrownBy(() -> table.number(0, 0))
        .hasMessage("t.csv, line 3, column 1 ('a b'): 'x' is not a number");
  }

  @Test
  void aTableMayBeWide() {
    assertThat(table("1,".repeat(40_000) + "1").columns()).isEqualTo(40_001);
  }

  @Test
  void filesAreReadPackedOrNotAndNamedWhenTheyCannotBe() throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), "1,2\n3,4");
    assertThat(CsvTable.read(file).numbers(1, 0)).containsExactly(2, 1, 4, 3);
    assertThat(CsvTable.read(file)).hasToString(file + ": 2 rows, 2 columns");
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(Files.readAllBytes(file));
    }
    Files.write(file, packed.toByteArray());
    assertThat(CsvTable.read(file).numbers(0, 1)).containsExactly(1, 2, 3, 4);
    Files.write(file, Arrays.copyOf(packed.toByteArray(), packed.size() - 9));
    assertThatThrownBy(() -> CsvTable.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": damaged gzip: ");
    Path none = folder.resolve("none.csv");
    assertThatThrownBy(() -> CsvTable.read(none))
        .isInstanceOf(DataException.class)
        .hasMessage(none + ": no such file");
    assertThatThrownBy(() -> CsvTable.read(folder))
        .isInstanceOf(DataException.class)
        .hasMessage(folder + ": a folder, not a file to read");
  }

  @Test
  void numbersNameThePlaceOfWhatIsWrong() {
    CsvTable table = table("a,b\n1,2\n\n3,1e39\n,\"x\ty\n\"\n");
    assertThatThrownBy(() -> table.numbers(0, 1))
        .isInstanceOf(DataException.class)
        .hasMessage("t.csv, line 4, column 2 ('b'): '1e39' is beyond the range of float");
    assertThatThrownBy(() -> table.number(2, 0))
        .hasMessage("t.csv, line 5, column 1 ('a'): is empty");
    assertThatThrownBy(() -> table.number(2, 1))
        .hasMessage("t.csv, line 5, column 2 ('b'): 'x y' is not a number");
    assertThat(table("a\n1e-60").numbers(0)).containsExactly(0);
  }

  @Test
  void columnsAreFoundByNameWhereThereAreNames() {
    CsvTable table = table("id,b,species,a\n7,2,setosa,1\n8,4,virginica,3\n");
    List<String> classes = List.of("setosa", "versicolor", "virginica");
    assertThat(table.features(List.of("a", "b"))).containsExactly(1, 2, 3, 4);
    Dataset data = table.classification(List.of("a", "b"), "species", classes);
    assertThat(data.labels()).containsExactly(0, 2);
    assertThat(data.classNames()).isEqualTo(classes);
    assertThat(data.featureNames()).containsExactly("a", "b");
    assertThat(data.targetName()).isEqualTo("species");
    Dataset numbers = table.regression(List.of("a"), "id");
    assertThat(numbers.targets()).containsExactly(7, 8);
    assertThat(numbers).hasToString("t.csv: 2 rows, 1 feature, regression of id");
  }

  @Test
  void columnsAreFoundByPlaceWhereThereAreNone() {
    List<String> digits = List.of("0", "1", "2");
    CsvTable table = table("1,2,2\n3,4,1.0\n");
    assertThat(table.features(List.of("a", "b"))).containsExactly(1, 2, 3, 4);
    assertThat(table.features(List.of("a", "b", "c"))).containsExactly(1, 2, 2, 3, 4, 1);
    Dataset data = table.classification(List.of("a", "b"), "digit", digits);
    assertThat(data.labels()).containsExactly(2, 1);
    assertThat(table.regression(List.of("a", "b"), "y").targets()).containsExactly(2, 1);
  }

  static Stream<Arguments> wrongTables() {
    List<String> ab = List.of("a", "b");
    List<String> classes = List.of("setosa", "virginica");
    return Stream.of(
        wrong(
            "weight,b\n1,2",
            t -> t.features(List.of("wieght", "b")),
            "t.csv: unknown column 'wieght' (did you mean 'weight'?); known: weight, b"),
        wrong("1,2\n3,4", t -> t.features(List.of("a")), null),
        wrong(
            "1,2,3,4",
            t -> t.features(ab),
            "t.csv: expected 2 columns (or 3 with the answers last) as there is no line of names,"
                + " found 4"),
        wrong(
            "1,2",
            t -> t.regression(ab, "y"),
            "t.csv: expected 3 columns, the answers last, as there is no line of names, found 2"),
        wrong(
            "a,b,c\n1,2,setsa",
            t -> t.classification(ab, "c", classes),
            "t.csv, line 2, column 3 ('c'): unknown class 'setsa' (did you mean 'setosa'?); known:"
                + " setosa, virginica"),
        wrong(
            "a,b,c\n1,2,",
            t -> t.classification(ab, "c", classes),
            "t.csv, line 2, column 3 ('c'): is empty"),
        wrong(
            "a,b,c\n1,2,3",
            t -> t.classification(ab, "d", classes),
            "t.csv: unknown column 'd'; known: a, b, c"),
        wrong(
            "a,b,c\n1,2,x",
            t -> t.regression(ab, "c"),
            "t.csv, line 2, column 3 ('c'): 'x' is not a number"));
  }

  private static Arguments wrong(
      String text,
      Function<CsvTable, Object> use,
      @org.jspecify.annotations.Nullable String sentence) {
    return arguments(text, use, sentence);
  }

  @ParameterizedTest
  @MethodSource("wrongTables")
  void aTableThatDoesNotFitIsRefusedInOneSentence(
      String text,
      Function<CsvTable, Object> use,
      @org.jspecify.annotations.Nullable String sentence) {
    CsvTable table = table(text);
    if (sentence == null) {
      assertThat(use.apply(table)).isNotNull();
    } else {
      assertThatThrownBy(() -> use.apply(table))
          .isInstanceOf(DataException.class)
          .hasMessage(sentence);
    }
  }
}

package dev.thalweg.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a text table is taken for, by all its rows: read as a person would read it, or refused by a
/// sentence that names the option which works.
class GuessTest {

  private static Table table(String text, String target) {
    return table(text, TableOptions.target(target));
  }

  private static Table table(String text, TableOptions options) {
    return Table.parse("t.csv", text.getBytes(UTF_8), options);
  }

  private static CsvTable csv(String text) {
    return CsvTable.parse("t.csv", text.getBytes(UTF_8));
  }

  /// A column of these values, quoted, in a file divided by a sign, beside numbers without signs.
  private static CsvTable column(char separator, String... values) {
    var text = new StringBuilder("a").append(separator).append("n\n");
    for (int i = 0; i < values.length; i++) {
      text.append('"').append(values[i]).append('"').append(separator).append(i).append('\n');
    }
    return csv(text.toString());
  }

  static Stream<Arguments> numbers() {
    return Stream.of(
        arguments(';', "1 234,5|999,5|12 345 678", "1 234,5", List.of(1234.5, 999.5, 12345678.0)),
        arguments(';', "1\u00a0234,5|2", "1 234,5", List.of(1234.5, 2.0)),
        arguments(';', "1\u202f234,5|2", "1 234,5", List.of(1234.5, 2.0)),
        arguments(',', "1'234.5|99", "1'234.5", List.of(1234.5, 99.0)),
        arguments(',', "1’234’567.5|99", "1'234.5", List.of(1234567.5, 99.0)),
        arguments(',', "1,234.5|99.25|-1,000", "1,234.5", List.of(1234.5, 99.25, -1000.0)),
        arguments(';', "1.234,5|99,25|-1.000", "1.234,5", List.of(1234.5, 99.25, -1000.0)),
        arguments(',', "1,000|950|2,000,000", "1,234.5", List.of(1000.0, 950.0, 2000000.0)),
        arguments(';', "1.000.000|5", "1.234,5", List.of(1000000.0, 5.0)),
        arguments(',', "1,5|2", "1234,5", List.of(1.5, 2.0)),
        // Thousands begin with another digit than 0.
        arguments(';', "0.125|0.250|1.375|2", "1234.5", List.of(0.125, 0.25, 1.375, 2.0)),
        arguments(',', "1.125|2|3.250", "1234.5", List.of(1.125, 2.0, 3.25)),
        arguments(';', "1.125|2000|3.250", "1234.5", List.of(1.125, 2000.0, 3.25)),
        arguments(',', "(3)|2|(1,234.50)", "1,234.5", List.of(-3.0, 2.0, -1234.5)),
        arguments(',', "−3|+2", "1234.5", List.of(-3.0, 2.0)),
        arguments(',', "5%|12.5 %|-3%", "1234.5 %", List.of(5.0, 12.5, -3.0)),
        arguments(',', "$1,234.50|$3|-$2", "1,234.5 $", List.of(1234.5, 3.0, -2.0)),
        arguments(';', "1.234,50 €|3 €|(2 €)", "1.234,5 €", List.of(1234.5, 3.0, -2.0)),
        arguments(';', "EUR 3|EUR 1 000", "1 234.5 EUR", List.of(3.0, 1000.0)),
        arguments(
            ',', "1,00,000|12,34,567|99,999", "1,234.5", List.of(100_000.0, 1_234_567.0, 99_999.0)),
        arguments(',', "₹1,00,000.50|₹999", "1,234.5 ₹", List.of(100_000.5, 999.0)),
        arguments(',', "1e3|1E-2|.5|5.", "1234.5", List.of(1000.0, 0.01, 0.5, 5.0)));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("numbers")
  void numbersAreReadAsTheyAreWritten(
      char separator, String values, String sample, List<Double> expected) {
    CsvTable table = column(separator, values.split("\\|", -1));
    assertThat(table.problem(0)).isEmpty();
    assertThat(table.fieldFormat(0).sample()).isEqualTo(sample);
    assertThat(FieldFormat.ofSample(sample)).isEqualTo(table.fieldFormat(0));
    assertThat(IntStream.range(0, table.rows()).mapToObj(row -> table.value(row, 0)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "20240131;20240201;20231224|v: taken for numbers, though '20240131' looks like a date;"
            + " written 2024-01-31 it is read as one",
        "20240131;20240201;20241301|",
        "123;12345678|",
        "1E10;2E5;3E7|v: taken for numbers, though '1E10' looks like a name;"
            + " TableOptions.withCategorical(\"v\") takes the column for names",
        "1E10;2.5E5;3e7|",
        "23;41;\"2,3\";\"24,5\"|v: numbers written as 1234,5",
        "NA;DE;FR;DE|v: 'NA' is taken for missing, though it may be a code as the others are;"
            + " CsvFormat.withMissing(\"?\") takes it for one",
        "NA;yes;no;yes|",
        "NA;1;2|",
      })
  void whatMayBeMeantOtherwiseIsSaid(String values, @Nullable String note) {
    var text = new StringBuilder("v,y\n");
    for (int i = 0; i < 3; i++) {
      for (String value : values.split(";", -1)) {
        text.append(value).append(',').append(text.length() + 0.5).append('\n');
      }
    }
    var table = Table.parse("t.csv", text.toString().getBytes(UTF_8), TableOptions.target("y"));
    assertThat(table.notes()).isEqualTo(note == null ? List.of() : List.of(note));
  }

  static Stream<Arguments> noNumbers() {
    return Stream.of(
        // A fraction or thousands, and nothing else in the file that tells.
        arguments(
            ';',
            "800|1.000|1.250",
            "line 3: '1.000' has a fraction or thousands; CsvFormat.withDecimal('.') or"
                + " CsvFormat.withThousands('.') says which"),
        arguments(
            '\t',
            "800|1,000|1,250",
            "line 3: '1,000' has a fraction or thousands; CsvFormat.withDecimal(',') or"
                + " CsvFormat.withThousands(',') says which"),
        arguments(
            ',',
            "1,000|1200",
            "line 2: '1,000' has a fraction or thousands; CsvFormat.withDecimal(',') or"
                + " CsvFormat.withThousands(',') says which"),
        arguments(';', "1.5|2,5", "line 3: '2,5' and '1.5' (line 2) are not written alike"),
        arguments(',', "5%|0.5", "line 2: '%' stands beside some numbers and not beside others"),
        arguments(',', "€5|$7", "line 2: '$7' (line 3) has another unit than '€' in line 2"),
        arguments(
            ',', "1 234|5 6|7", "line 3: '5 6' is not a number, and 2 values of the column are"),
        arguments(
            ',',
            "1/2/2024|3/4/2024",
            "line 2: '1/2/2024' begins with the day or with the month; CsvFormat.withDayFirst(true)"
                + " or CsvFormat.withDayFirst(false) says which"),
        arguments(
            ',',
            "31/12/2024|12/31/2024",
            "line 2: '31/12/2024' and '12/31/2024' (line 3) are not written alike"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("noNumbers")
  void whatIsNotClearIsAProblem(char separator, String values, String sentence) {
    assertThat(column(separator, values.split("\\|", -1)).problem(0))
        .hasValueSatisfying(problem -> assertThat(problem).isEqualTo(sentence));
  }

  @Test
  void whatIsSaidDecides() {
    var text = "a;n\n800;1\n1.000;2\n1.250;3\n".getBytes(UTF_8);
    var thousands = CsvFormat.found().withThousands('.');
    assertThat(CsvTable.parse("t", text, thousands).numbers(0)).containsExactly(800, 1000, 1250);
    var fraction = CsvFormat.found().withDecimal('.');
    assertThat(CsvTable.parse("t", text, fraction).numbers(0)).containsExactly(800, 1, 1.25f);
    assertThatThrownBy(() -> fraction.withThousands('.'))
        .hasMessage(
            "sign between thousands: expected another one than the decimal sign, found '.' for"
                + " both");
    assertThatThrownBy(() -> fraction.withThousands('x'))
        .hasMessage("sign between thousands: expected ., ,, a space or an apostrophe, found 'x'");
    var dates = "d,n\n1/2/2024,1\n3/4/2024,2\n".getBytes(UTF_8);
    for (boolean dayFirst : new boolean[] {true, false}) {
      CsvTable table = CsvTable.parse("t", dates, CsvFormat.found().withDayFirst(dayFirst));
      assertThat(table.value(0, 0)).isEqualTo(dayFirst ? 19754 : 19724);
    }
  }

  @Test
  void otherColumnsDecideWhatASignIs() {
    CsvTable german = csv("n;p\n800;8,0\n950;9,5\n1.000;10,0\n2.750;27,5\n");
    assertThat(german.numbers(0)).containsExactly(800, 950, 1000, 2750);
    CsvTable english = csv("n\tp\n800\t8.0\n1,000\t10.0\n");
    assertThat(english.numbers(0)).containsExactly(800, 1000);
    // A time of day with a point, a temperature with a comma.
    CsvTable mixed = csv("uhr;temp;y\n8.30;20,5;a\n9.15;18,5;b\n");
    assertThat(mixed.numbers(0, 1)).containsExactly(8.3f, 20.5f, 9.15f, 18.5f);
    assertThat(mixed.format().decimal()).isEmpty();
  }

  /// Rows in any order give the same guess, and a sentence about the same text.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-", "n.d.", "none", "#N/A", "unknown", "12o", "inf",
      })
  void aGuessDoesNotHangOnTheOrderOfRows(String stray) {
    var rows = new ArrayList<String>();
    for (int i = 0; i < 30; i++) {
      rows.add(i % 7 + "," + i * 1.5);
    }
    rows.add(stray + ",4");
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(rows, new Random(seed));
      long line = 2L + rows.indexOf(stray + ",4");
      String text = "x,y\n" + String.join("\n", rows);
      if (stray.equals("inf")) {
        assertThatThrownBy(() -> table(text, "y"))
            .hasMessage("t.csv, line %d, column 1 ('x'): 'inf' is beyond the range of float", line);
        continue;
      }
      assertThatThrownBy(() -> table(text, "y"))
          .hasMessage(
              "t.csv, line %d, column 1 ('x'): '%s' is not a number, and 30 values of the column"
                  + " are; CsvFormat.withMissing(\"%s\") takes it for missing,"
                  + " TableOptions.withCategorical(\"x\") takes all values of the column for names",
              line, stray, stray);
      Table without =
          table(text, TableOptions.target("y").withFormat(CsvFormat.found().withMissing(stray)));
      assertThat(without.isCategorical("x")).isFalse();
      assertThat(table(text, TableOptions.target("y").withCategorical("x")).isCategorical("x"))
          .isTrue();
    }
  }

  @Test
  void theAdviceWorksForAllColumnsAndKeepsWhatIsMissingAlready() {
    String text = "x,z,y\n" + "1,4,2.5\n3,NA,1.5\n".repeat(20) + "-,5,1\n2,n.d.,2\n";
    assertThatThrownBy(() -> table(text, "y"))
        .hasMessageContaining("'-' is not a number")
        .hasMessageContaining(
            "; CsvFormat.withMissing(\"-\", \"n.d.\", \"NA\") takes it for missing,");
    var format = CsvFormat.found().withMissing("-", "n.d.", "NA");
    Table table = table(text, TableOptions.target("y").withFormat(format));
    assertThat(table.columnNames()).containsExactly("x", "z");
    assertThat(TableEncoding.fit(table).encode(table).report().missing())
        .extracting(EncodingReport.Missing::count)
        .containsExactly(1L, 21L);
  }

  static Stream<Arguments> categories() {
    return Stream.of(
        arguments("abc|0e46|0e83", List.of("0e46", "0e83", "abc")),
        arguments("Inf|Oral|Iv", List.of("Inf", "Iv", "Oral")),
        arguments("2|3|4|5more", List.of("2", "3", "4", "5more")),
        arguments("1.1|1.10|1.2.3", List.of("1.1", "1.10", "1.2.3")),
        arguments("10-20|20-30|7", List.of("10-20", "20-30", "7")));
  }

  @ParameterizedTest
  @MethodSource("categories")
  void numbersAmongNamesAreNames(String values, List<String> categories) {
    List<String> all = Arrays.asList(values.split("\\|", -1));
    for (int first = 0; first < all.size(); first++) {
      Collections.rotate(all, 1);
      String rows =
          all.stream().map(value -> value + ",1\n" + value + ",2\n").collect(Collectors.joining());
      Table table = table("x,y\n" + rows.repeat(5), "y");
      assertThat(TableEncoding.fit(table).featureNames())
          .containsExactlyElementsOf(categories.stream().map(name -> "x=" + name).toList());
    }
  }

  @Test
  void categoriesAndClassesAreToldApartByTheirTexts() {
    String ids = "user,y\n1582218195625938945,1\n1582218195625938946,2\n";
    String text = ids + "1582218195625938945,1\n1582218195625938946,2\n";
    assertThat(
            TableEncoding.fit(table(text, TableOptions.target("y").withCategorical("user")))
                .features())
        .isEqualTo(2);
    // As what there is to predict, they can't be meant as numbers.
    assertThat(table(text, "user").classNames())
        .containsExactly("1582218195625938945", "1582218195625938946");
    assertThat(table(text, "y").notes())
        .containsExactly(
            "user: taken for numbers, though '1582218195625938945' looks like a name; "
                + "TableOptions.withCategorical(\"user\") takes the column for names");
    String codes = "code,y\n" + "100,1\n1E2,2\n0100,1\n00100,2\n".repeat(2);
    Table four = table(codes, TableOptions.target("y").withCategorical("code"));
    TableEncoding encoding = TableEncoding.fit(four);
    assertThat(encoding.featureNames())
        .containsExactlyInAnyOrder("code=100", "code=1E2", "code=0100", "code=00100");
    Table labels = table(codes, TableOptions.target("code").withCategorical("code"));
    assertThat(labels.classNames()).hasSize(4);
    assertThat(labels.dataset().labels()).containsExactly(2, 3, 1, 0, 2, 3, 1, 0);
  }

  @Test
  void yesAndNoAreTheSameInAnyCaseAndThatIsSaid() {
    Table table = table("x,y\n1,True\n2,TRUE\n3,false\n4,False\n5,true\n", "y");
    assertThat(table.classNames()).containsExactly("false", "true");
    assertThat(table.dataset().labels()).containsExactly(1, 1, 0, 0, 1);
    assertThat(table.notes())
        .containsExactly(
            "y: upper and lower case make no difference, as in True, TRUE, false, False, true");
    // One spelling of each stays, and another file may have another.
    Table plain = table("b,y\nYes,1\nNo,2\nYes,1\n", "y");
    TableEncoding encoding = TableEncoding.fit(plain);
    assertThat(encoding.featureNames()).containsExactly("b=No", "b=Yes");
    try (var reader = encoding.open("p.csv", "b\nNO\nyes\n".getBytes(UTF_8), plain.format())) {
      var x = new float[4];
      assertThat(reader.read(x)).isEqualTo(2);
      assertThat(x).containsExactly(1, 0, 0, 1);
    }
    // Other names are told apart.
    assertThat(table("x,y\n1,Red\n2,red\n", "y").classNames()).containsExactly("Red", "red");
  }

  static Stream<Arguments> tables() {
    List<List<String>> xy = List.of(List.of("x", "y"), List.of("0", "1"), List.of("1", "4"));
    return Stream.of(
        arguments("sep=;\nx;y\n0;1\n1;4\n", xy),
        arguments("\ufeffsep=;\r\nx;y\r\n0;1\r\n1;4\r\n", xy),
        arguments("\"sep=,\"\nx,y\n0,1\n1,4\n", xy),
        arguments("SEP=\t\nx\ty\n0\t1\n1\t4\n", xy),
        arguments("# created 4/22/2025\nx,y\n0,1\n1,4\n", xy),
        arguments("# it's \"open, by\n#\n\n# two, columns\nx,y\n0,1\n# the end\n1,4\n", xy),
        arguments(
            "#x,y\n0,1\n1,4\n", List.of(List.of("#x", "y"), List.of("0", "1"), List.of("1", "4"))),
        arguments(
            "# one\n#x,y\n0,1\n1,4\n",
            List.of(List.of("#x", "y"), List.of("0", "1"), List.of("1", "4"))),
        arguments(
            "#ff0000,3\n#00ff00,4\n",
            List.of(List.of("c1", "c2"), List.of("#ff0000", "3"), List.of("#00ff00", "4"))),
        arguments(
            "#ff0000,3\nred,4\n",
            List.of(List.of("c1", "c2"), List.of("#ff0000", "3"), List.of("red", "4"))),
        arguments("   x    y\n   0    1\n   1    4\n", xy),
        arguments("x y\n0 1\n1 4\n", xy),
        arguments("x  y\r\n0   1  \r\n1\t4\r\n", xy),
        arguments(
            "18.0  8\t\"a b\"\n15.5  6\t\"c d\"\n",
            List.of(
                List.of("c1", "c2", "c3"),
                List.of("18.0", "8", "a b"),
                List.of("15.5", "6", "c d"))),
        arguments("x,y\nm,kg\n0,1\n1,4\n", xy),
        arguments(
            "x,name,y\n(m),,[kg]\n0,a,1\n1,b,4\n2,c,5\n",
            List.of(
                List.of("x", "name", "y"),
                List.of("0", "a", "1"),
                List.of("1", "b", "4"),
                List.of("2", "c", "5"))),
        // Texts that come again are no names.
        arguments(
            "sunny,high,no\nrain,high,yes\nsunny,low,no\n",
            List.of(
                List.of("c1", "c2", "c3"),
                List.of("sunny", "high", "no"),
                List.of("rain", "high", "yes"),
                List.of("sunny", "low", "no"))),
        // A text above numbers is a name, although one of them is missing in an unusual way.
        arguments("id,1990\n" + "7,8\n".repeat(20) + "-,9\n", null),
        // Dates are no names, unless above numbers.
        arguments(
            "2024-01-01,a\n2024-01-02,b\n",
            List.of(List.of("c1", "c2"), List.of("2024-01-01", "a"), List.of("2024-01-02", "b"))),
        arguments(
            "2024-01-01,2024-01-02\n1,2\n",
            List.of(List.of("2024-01-01", "2024-01-02"), List.of("1", "2"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tables")
  void linesThatAreNoRowsAreNotTakenForSome(String text, @Nullable List<List<String>> expected) {
    CsvTable table = csv(text);
    if (expected == null) {
      assertThat(table.hasHeader()).isTrue();
      return;
    }
    var found = new ArrayList<List<String>>(List.of(table.columnNames()));
    for (int row = 0; row < table.rows(); row++) {
      int at = row;
      found.add(
          IntStream.range(0, table.columns()).mapToObj(column -> table.text(at, column)).toList());
      assertThat(text.lines().toList().get((int) table.line(row) - 1)).contains(table.text(row, 0));
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void theTableBeginsInTheLineThatIsSaid() {
    byte[] bytes = "made by a machine\r\nof 2024\r\n\r\nx,y\r\n#0,1\r\n1,4\r\n".getBytes(UTF_8);
    CsvFormat from = CsvFormat.found().withFirstLine(4);
    CsvTable table = CsvTable.parse("t.csv", bytes, from);
    assertThat(table.columnNames()).containsExactly("x", "y");
    assertThat(table.rows()).isEqualTo(2);
    assertThat(table.line(0)).isEqualTo(5);
    assertThat(table.text(0, 0)).isEqualTo("#0");
    // The line of this file is not one of others.
    assertThat(table.format().firstLine()).isEmpty();
    assertThat(table.found().firstLine()).hasValue(4);
    assertThat(CsvTable.parse("t.csv", bytes, CsvFormat.found().withFirstLine(5)).columnNames())
        .containsExactly("#0", "1");
    assertThatThrownBy(() -> CsvTable.parse("t.csv", bytes, CsvFormat.found().withFirstLine(8)))
        .isInstanceOf(DataException.class)
        .hasMessage("t.csv: expected the table to begin in line 8, found fewer lines");
    assertThatThrownBy(() -> from.withFirstLine(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("first line: expected a number of at least 1, found 0");
  }

  /// What was found in a file reads it alike, although lines that begin with `#` are told apart by
  /// a separator that is only guessed at first, and said then.
  @Test
  void whatWasFoundReadsTheFileAlike() {
    byte[] bytes = "#\\%Eb\0!\"\"\"\n3\0#\0\0\ufeffa\t\"\n0\tr'\n".getBytes(UTF_8);
    CsvTable table = CsvTable.parse("t.csv", bytes);
    CsvTable again = CsvTable.parse("t.csv", bytes, table.found());
    assertThat(again.columnNames()).isEqualTo(table.columnNames());
    assertThat(again.rows()).isEqualTo(table.rows());
  }

  @Test
  void aLineOfUnitsIsSaid() {
    Table table = table("x,y\nm,kg\n0,1.5\n1,4\n2,5\n", "y");
    assertThat(table.rows()).isEqualTo(3);
    assertThat(table.notes()).containsExactly("line 2: taken for units of measure, not for data");
    // One stray text is none, be it in the first row.
    assertThatThrownBy(() -> table("x,name,y\nabc,a,1\n1,b,2\n2,c,3\n3,d,4\n", "y"))
        .hasMessageContaining("'abc' is not a number");
  }

  @Test
  void whatWasMadeOfTheFirstLineIsSaidWhereAColumnIsNotThere() {
    assertThatThrownBy(() -> table("country,2019,2020\nA,1,2\nB,4,5\n", "2020"))
        .hasMessage(
            "t.csv: unknown column '2020'; known: c1, c2, c3; line 1 is taken for a row, "
                + "CsvFormat.withHeader(true) takes it for names");
    assertThatThrownBy(() -> table("a,b\nc,d\ne,f\n", "c2"))
        .hasMessage(
            "t.csv: unknown column 'c2'; known: a, b; line 1 is taken for names, "
                + "CsvFormat.withHeader(false) takes it for a row");
  }

  @Test
  void allEmptyColumnsAreNamedAtOnce() {
    assertThatThrownBy(() -> table("a,\"e,g\",x,f,y\n0,,0,,0\n1,,1,NA,2.5\n", "y"))
        .hasMessage(
            "t.csv: expected values, found none in 2 rows of columns 'e,g', 'f'; "
                + "TableOptions.withIgnored(\"e,g\", \"f\") leaves them out");
  }
}

package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {

  static Table table(String text, TableOptions options) {
    return Table.parse("t.csv", text.getBytes(StandardCharsets.UTF_8), options);
  }

  static Table table(String text, String target) {
    return table(text, TableOptions.target(target));
  }

  private static String rows(int count, UnaryOperator<String> row) {
    var text = new StringBuilder();
    IntStream.range(0, count)
        .forEach(i -> text.append(row.apply(Integer.toString(i))).append('\n'));
    return text.toString();
  }

  @Test
  void columnsAreWhatTheirFirstValueSays() {
    Table table =
        table("n,c,code,y\n,?,1,a\n1.5,red,2,b\n2,7,1,a\nNA,blue,2,b\n", options("y", "code"));
    assertThat(table).hasToString("t.csv: 4 rows, 3 columns, 2 classes");
    assertThat(table.columnNames()).containsExactly("n", "c", "code");
    assertThat(table.isCategorical("n")).isFalse();
    assertThat(table.isCategorical("c")).isTrue();
    assertThat(table.isCategorical("code")).isTrue();
    Dataset data = table.dataset();
    assertThat(data.featureNames())
        .containsExactly("n", "c=7", "c=blue", "c=red", "c=(missing)", "code=1", "code=2");
    assertThat(data.x())
        .containsExactly(
            1.75f, 0, 0, 0, 1, 1, 0, //
            1.5f, 0, 0, 1, 0, 0, 1, //
            2, 1, 0, 0, 0, 1, 0, //
            1.75f, 0, 1, 0, 0, 0, 1);
    assertThat(data.labels()).containsExactly(0, 1, 0, 1);
    assertThat(data.targetName()).isEqualTo("y");
    // Numbers are scaled, what stands for a category is not.
    assertThat(Standardizer.fit(data).scales()).endsWith(1, 1, 1, 1, 1, 1);
    assertThat(Standardizer.fit(data).means()[0]).isEqualTo(1.75);
    assertThat(data.encoding()).contains(TableEncoding.fit(table));
  }

  private static TableOptions options(String target, String... categorical) {
    return TableOptions.target(target).withCategorical(categorical);
  }

  static Stream<Arguments> tasks() {
    return Stream.of(
        arguments(
            "x,y\n1,a\n2,b\n3,c\n",
            Task.CLASSIFICATION,
            "classification, as 'y' holds 3 different texts",
            List.of("a", "b", "c")),
        arguments(
            "x,y\n1,10\n2,9\n3,10\n4,9\n5,-1\n6,-1.0\n",
            Task.CLASSIFICATION,
            "classification, as 'y' holds 3 different whole numbers",
            List.of("-1", "9", "10")),
        arguments(
            "x,y\n1,0\n2,1\n",
            Task.CLASSIFICATION,
            "classification, as 'y' holds 2 different whole numbers",
            List.of("0", "1")),
        arguments(
            "x,y\n1,0.5\n2,1\n3,0.5\n4,1\n",
            Task.REGRESSION,
            "regression, as 'y' holds numbers with fractions",
            List.of()),
        arguments(
            "x,y\n1,1\n2,2\n3,3\n4,3\n",
            Task.REGRESSION,
            "regression, as 'y' holds 3 different whole numbers in only 4 rows",
            List.of()),
        arguments(
            "x,y\n" + rows(63, i -> i + "," + Integer.parseInt(i) % 21),
            Task.REGRESSION,
            "regression, as 'y' holds more than 20 different whole numbers",
            List.of()),
        // Different as numbers, although the same as floats.
        arguments(
            "x,y\n1,20230115\n2,20230116\n3,20230115\n4,20230116\n",
            Task.CLASSIFICATION,
            "classification, as 'y' holds 2 different whole numbers",
            List.of("20230115", "20230116")));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("tasks")
  void theTaskFollowsFromTheTarget(String text, Task task, String reason, List<String> classes) {
    Table table = table(text, "y");
    assertThat(table.task()).isEqualTo(task);
    assertThat(table.taskReason()).isEqualTo(reason);
    assertThat(table.classNames()).isEqualTo(classes);
    assertThat(table.dataset().task()).isEqualTo(task);
  }

  @Test
  void aTaskThatIsAskedForIsTaken() {
    var numbers = "x,y\n1,2\n2,1.5\n3,2\n4,1.5\n";
    Table classes = table(numbers, TableOptions.target("y").withTask(Task.CLASSIFICATION));
    assertThat(classes.classNames()).containsExactly("1.5", "2");
    assertThat(classes.taskReason()).isEqualTo("classification, as asked");
    Table regression = table("x,y\n1,0\n2,1\n", TableOptions.target("y").withTask(Task.REGRESSION));
    assertThat(regression.dataset().targets()).containsExactly(0, 1);
    Table codes = table("x,y\n1,007\n2,008\n3,7\n", options("y", "y"));
    assertThat(codes.classNames()).containsExactly("007", "7", "008");
    assertThat(codes.dataset().labels()).containsExactly(0, 2, 1);
  }

  @Test
  void rowsWithoutATargetAreLeftOutAndCounted() {
    Table table = table("x,y\n1,a\n2,\n3,b\n4,?\n", "y");
    assertThat(table.rows()).isEqualTo(2);
    assertThat(table.notes()).containsExactly("y: 2 rows without a value left out");
    assertThat(TableEncoding.fit(table).encode(table).report().unlabelled()).isEqualTo(2);
  }

  @Test
  void textsThatHardlyRepeatAreLeftOutUnlessTheyAreAskedFor() {
    String text = "id,x,y\n" + rows(50, i -> "car " + i + "," + i + ",0.5" + i);
    Table table = table(text, "y");
    assertThat(table.columnNames()).containsExactly("x");
    assertThat(table.notes()).containsExactly("id: left out, nearly every value is another text");
    assertThat(table(text, options("y", "id")).dataset().features()).isEqualTo(51);
    String many = "id,x,y\n" + rows(6000, i -> "car " + Integer.parseInt(i) % 1500 + ",1,0.5" + i);
    assertThat(table(many, "y").columnNames()).containsExactly("x");
    assertThat(table(many, options("y", "id")).columnNames()).containsExactly("id", "x");
    // A thousand categories, six of each.
    String few = "id,x,y\n" + rows(6000, i -> "car " + Integer.parseInt(i) % 1000 + ",1,0.5" + i);
    assertThat(table(few, "y").columnNames()).containsExactly("id", "x");
  }

  @Test
  void ignoredColumnsAreNotEvenLookedAt() {
    Table table = table("x,z,y\n1,2,a\n2,text,b\n", TableOptions.target("y").withIgnored("z"));
    assertThat(table.columnNames()).containsExactly("x");
  }

  @Test
  void partsAreThoseOfTheDataSet() {
    String text = "row,y\n" + rows(90, i -> i + "," + "abc".charAt(Integer.parseInt(i) % 3));
    Table table = table(text, "y");
    Dataset whole = table.dataset();
    TableSplit parts = table.split(0.8, 3);
    Split expected = whole.split(0.8, 3);
    assertThat(parts.encoded().train().x()).isEqualTo(expected.train().x());
    assertThat(parts.encoded().test().x()).isEqualTo(expected.test().x());
    assertThat(parts.encoded().test().labels()).isEqualTo(expected.test().labels());
    List<TableSplit> folds = table.folds(5, 3);
    for (int fold = 0; fold < 5; fold++) {
      assertThat(folds.get(fold).encoded().test().x())
          .isEqualTo(whole.folds(5, 3).get(fold).test().x());
    }
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        bad(
            "mpg,x\n1,2\n2,3\n",
            "mgp",
            "t.csv: unknown column 'mgp' (did you mean 'mpg'?); known: mpg, x"),
        bad(
            "x,y\n?,1\n1,2\n2,3\nabc,4\n",
            "y",
            "t.csv, line 5, column 1 ('x'): 'abc' is not a number, and 2 values of the column are;"
                + " CsvFormat.withMissing(\"abc\", \"?\") takes it for missing,"
                + " TableOptions.withCategorical(\"x\") takes all values of the column for names"),
        bad(
            "model year,y\n1,1\n\"x\",2\n",
            "y",
            "t.csv, line 3, column 1 ('model year'): 'x' is not a number, and 1 value of the column"
                + " is; CsvFormat.withMissing(\"x\") takes it for missing,"
                + " TableOptions.withCategorical(\"model year\") takes all values of the column for"
                + " names"),
        bad(
            "x,y\n1,1\n2,yes\n",
            "y",
            "t.csv, line 3, column 2 ('y'): 'yes' is not a number, and 1 value of the column is;"
                + " CsvFormat.withMissing(\"yes\") takes it for missing,"
                + " TableOptions.withCategorical(\"y\") takes all values of the column for names"),
        bad(
            "x,y\n1,1\n1e39,2\n",
            "y",
            "t.csv, line 3, column 1 ('x'): '1e39' is beyond the range of float"),
        bad(
            "x,y\n1,a\n2,a\n",
            "y",
            "t.csv, column 2 ('y'): expected at least 2 classes, found only 'a'"),
        bad(
            "x,y\n1,3\n2,3\n",
            "y",
            "t.csv, column 2 ('y'): expected at least 2 classes, found only '3'"),
        bad(
            "x,y\n1,0.5\n2,0.5\n",
            "y",
            "t.csv, column 2 ('y'): expected at least 2 different numbers, found only 0.5"),
        bad(
            "x,z,y\n1,,1\n2,NA,2\n",
            "y",
            "t.csv, column 2 ('z'): expected values, found none in 2 rows;"
                + " TableOptions.withIgnored(\"z\") leaves it out"),
        bad(
            "x,y\n1,\n2,?\n",
            "y",
            "t.csv, column 2 ('y'): expected values to predict, found none in 2 rows"),
        bad("y\n1\n2\n", "y", "t.csv: expected a column beside 'y' to learn from, found none"),
        bad(
            "a,b,y\n" + rows(30, i -> "a" + i + ",b" + i + "," + i),
            "y",
            "t.csv: no column is left to learn from: nearly every value of a and b is another"
                + " text; TableOptions.withTexts(\"a\", \"b\") learns from their words"),
        bad(
            "x,y\n" + rows(30, i -> i + ",car" + i),
            "y",
            "t.csv, column 2 ('y'): expected classes, found 30 different texts in 30 rows"),
        bad(
            "x,y,x\n1,2,3\n",
            "y",
            "t.csv, line 1: expected different column names, found 'x' twice (columns 1 and 3)"),
        bad("x,y\n1,2\n3\n", "y", "t.csv, line 3: expected 2 fields as in line 1, found 1"),
        bad("", "y", "t.csv: expected a table, found an empty file"));
  }

  private static Arguments bad(String text, String target, String sentence) {
    return arguments(text, target, sentence);
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("bad")
  void aBadTableIsOneSentence(String text, String target, String sentence) {
    assertThatThrownBy(() -> table(text, target))
        .isInstanceOf(DataException.class)
        .hasMessage(sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inf", "Inf", "+inf", "-INF", "infinity", "-Infinity", "∞", "1e39"})
  void anInfinityIsANumberBeyondAllRangesInAnyRow(String value) {
    for (String before : List.of("", "1,1\n", "?,1\n")) {
      long line = 2 + before.lines().count();
      assertThatThrownBy(() -> table("x,y\n" + before + value + ",2\n4,3\n", "y"))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "t.csv, line %d, column 1 ('x'): '%s' is beyond the range of float"
                  .formatted(line, value));
      assertThatThrownBy(() -> table("x,y\n" + before + value + ",2\n4,3\n", "x"))
          .hasMessageEndingWith("('x'): '%s' is beyond the range of float".formatted(value));
    }
    assertThatThrownBy(() -> table(value + ",1\n4,2\n5,3\n", TableOptions.target("c2")))
        .as("no line of names")
        .hasMessage("t.csv, line 1, column 1 ('c1'): '%s' is beyond the range of float", value);
    Table named =
        table("x,y\n%s,1\nb,2\n".formatted(value), TableOptions.target("y").withCategorical("x"));
    assertThat(named.isCategorical("x")).isTrue();
  }

  @Test
  void badOptionsAreOneSentence() {
    var text = "x,y\n1,a\n2,b\n";
    assertThatThrownBy(() -> table(text, options("y", "xx")))
        .hasMessage("t.csv: unknown column 'xx' (did you mean 'x'?); known: x, y");
    assertThatThrownBy(() -> table(text, TableOptions.target("y").withIgnored("z")))
        .hasMessageStartingWith("t.csv: unknown column 'z'");
    assertThatThrownBy(() -> table(text, TableOptions.target("y").withIgnored("y")))
        .hasMessage("t.csv: column 'y' cannot be both ignored and predicted");
    assertThatThrownBy(() -> table(text, TableOptions.target("y").withTask(Task.REGRESSION)))
        .hasMessage("t.csv, column 2 ('y'): expected numbers for a regression, found 'a'");
    assertThatThrownBy(() -> table(text, "y").isCategorical("z"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> table(text, "y").subset())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void windowsFilesAreReadAsOthers() {
    Table unix = table("n;c;y\n1,5;red;a\n2;blue;b\n", "y");
    Table windows = table("\ufeffn;c;y\r\n1,5;red;a\r\n2;blue;b\r\n", "y");
    assertThat(windows.dataset().x()).isEqualTo(unix.dataset().x());
    assertThat(windows.dataset().featureNames()).isEqualTo(unix.dataset().featureNames());
  }

  @Test
  void aMillionNumbersAreRead() {
    var text = new StringBuilder("a,b,y\n");
    var expected = new ArrayList<Float>();
    for (int i = 0; i < 300_000; i++) {
      text.append(i).append(".25,").append(-i).append(',').append(i % 3).append('\n');
      expected.add(i + 0.25f);
    }
    Dataset data = table(text.toString(), "y").dataset();
    assertThat(data.rows()).isEqualTo(300_000);
    for (int row = 0; row < data.rows(); row += 997) {
      assertThat(data.row(row)).containsExactly(expected.get(row), -row);
    }
  }

  @Test
  void embeddedTablesAreTablesLikeOthers() {
    Table cars =
        Table.read(
            Path.of("src/main/resources/dev/thalweg/data/auto-mpg.csv"),
            TableOptions.target("mpg"));
    assertThat(cars.notes()).containsExactly("name: left out, nearly every value is another text");
    assertThat(cars.taskReason()).isEqualTo("regression, as 'mpg' holds numbers with fractions");
    assertThat(cars.dataset().x()).isEqualTo(Datasets.named("auto-mpg").x());
  }
}

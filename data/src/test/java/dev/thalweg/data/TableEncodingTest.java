package dev.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TableEncodingTest {

  private static final String CARS =
      """
      mpg,hp,origin,gears
      18.5,130,USA,3
      15.5,?,USA,3
      24,90,Japan,4
      26,,Europe,4
      31.5,,Japan,5
      """;

  @TempDir private Path folder = Path.of("");

  private static TableEncoding cars() {
    return TableEncoding.fit(TableTest.table(CARS, "mpg"));
  }

  private static float[] features(TableEncoding encoding, String text) {
    try (var reader = encoding.open("p.csv", bytes(text), CsvFormat.found())) {
      var x = new float[100 * encoding.features()];
      return Arrays.copyOf(x, reader.read(x) * encoding.features());
    }
  }

  private static List<String> notes(TableEncoding encoding, String text) {
    try (var reader = encoding.open("p.csv", bytes(text), CsvFormat.found())) {
      var x = new float[encoding.features()];
      int rows = 1;
      while (rows > 0) {
        rows = reader.read(x);
      }
      return reader.report().notes();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void itIsFittedOnTheTrainingPartOnly() {
    Table table = TableTest.table(CARS, "mpg");
    TableEncoding encoding = TableEncoding.fit(table.subset(0, 2));
    assertThat(encoding.columns())
        .containsExactly(
            new ColumnEncoding.Numbers("hp", 1, OptionalDouble.of(110)),
            new ColumnEncoding.OneHot("origin", 2, List.of("Japan", "USA"), false),
            new ColumnEncoding.Numbers("gears", 3, OptionalDouble.of(3.5)));
    TableEncoding.Encoded encoded = encoding.encode(table);
    assertThat(encoded.data().x())
        .containsExactly(
            130, 0, 1, 3, //
            110, 0, 1, 3, //
            90, 1, 0, 4, //
            110, 0, 0, 4, //
            110, 1, 0, 5);
    assertThat(encoded.report())
        .isEqualTo(
            new EncodingReport(
                5,
                0,
                List.of(
                    new EncodingReport.Missing("hp", 3, "110.0, the mean of the training rows")),
                List.of(new EncodingReport.Unseen("origin", 1, "Europe")),
                List.of(),
                List.of()));
    assertThat(encoded.report().notes())
        .containsExactly(
            "hp: 3 missing values became 110.0, the mean of the training rows",
            "origin: 1 value not known from training ('Europe'): 0 in all of the column's"
                + " features");
    // A Standardizer makes 0 of what was filled in.
    Dataset train = encoding.apply(table.subset(0, 1, 2));
    assertThat(Standardizer.fit(train).apply(train).row(1)[0]).isZero();
  }

  @Test
  void columnsOfAFileMayComeInAnyOrderWithOthersAmongThem() {
    var text = "origin;colour;hp;gears\nUSA;red;1,5;3\nMars;blue;;4\nVenus;blue;n/a;?\n;red;1;1\n";
    TableEncoding encoding = cars();
    assertThat(features(encoding, text))
        .containsExactly(
            1.5f, 0, 0, 1, 3, //
            110, 0, 0, 0, 4, //
            110, 0, 0, 0, 3.8f, //
            1, 0, 0, 0, 1);
    assertThat(notes(encoding, text))
        .containsExactly(
            "hp: 2 missing values became 110.0, the mean of the training rows",
            "origin: 1 missing value became 0 in all of the column's features",
            "gears: 1 missing value became 3.8, the mean of the training rows",
            "origin: 2 values not known from training ('Mars'): 0 in all of the column's features",
            "not used: column colour");
    // What there is to predict may be in the file, and is no stranger.
    assertThat(notes(encoding, CARS)).hasSize(1);
  }

  @Test
  void aCategoryThatWasMissingInTrainingHasItsOwnFeature() {
    TableEncoding encoding =
        TableEncoding.fit(TableTest.table("c,code,y\nred,1,0\n?,2.0,1\n", "y").subset(0, 1));
    assertThat(encoding.featureNames()).containsExactly("c=red", "c=(missing)", "code");
    assertThat(features(encoding, "c,code\n,1\nred,2\nblue,3\n"))
        .containsExactly(0, 1, 1, 1, 0, 2, 0, 0, 3);
    assertThat(notes(encoding, "c,code\n,1\n"))
        .containsExactly("c: 1 missing value became a category of their own");
  }

  @Test
  void categoriesAreToldApartByTheirTexts() {
    var options = TableOptions.target("y").withCategorical("code");
    TableEncoding encoding =
        TableEncoding.fit(TableTest.table("code,y\n10,a\n9,b\n10.0,a\n010,b\n", options));
    assertThat(encoding.featureNames())
        .containsExactly("code=9", "code=010", "code=10", "code=10.0");
    assertThat(features(encoding, "code\n10.0\n010\n1e1\n"))
        .containsExactly(0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0);
    TableEncoding commas =
        TableEncoding.fit(TableTest.table("code;y\n9,5;a\n10;b\n9,50;a\n", options));
    assertThat(commas.featureNames()).containsExactly("code=10", "code=9,5", "code=9,50");
    // Whole numbers with an empty fraction, as some programs write them.
    TableEncoding whole = TableEncoding.fit(TableTest.table("code,y\n10,a\n9,b\n", options));
    assertThat(features(whole, "code\n9.0\n10.0\n9.5\n")).containsExactly(1, 0, 0, 1, 0, 0);
    // Also in a table that was read without knowing that they are categories.
    assertThat(whole.apply(TableTest.table("code,y\n9,a\n10,b\n", "y")).x())
        .containsExactly(1, 0, 0, 1);
  }

  @Test
  void aFileWithoutNamesHasItsColumnsInTheirPlaces() {
    TableEncoding encoding =
        TableEncoding.fit(
            TableTest.table(
                "1,red,a,5\n2,blue,b,6\n",
                TableOptions.target("c3").withFormat(CsvFormat.found().withHeader(false))));
    assertThat(encoding.featureNames()).containsExactly("c1", "c2=blue", "c2=red", "c4");
    float[] row = {7, 0, 1, 8};
    assertThat(features(encoding, "7,red,?,8\n")).isEqualTo(row);
    assertThat(features(encoding, "7,red,8\n")).isEqualTo(row);
    assertThat(features(encoding, "c4,c2,c1\n8,red,7\n")).isEqualTo(row);
    assertThatThrownBy(() -> features(encoding, "7,red\n"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "p.csv: expected 4 columns (or 3, those that the model uses) as there is no line of"
                + " names, found 2");
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        arguments(
            "hpx,origin\n1,USA\n",
            "p.csv: expected columns hp (or is it 'hpx'?), gears, found hpx, origin"),
        arguments(
            "hp,origin,gaers\n1,USA,2\n",
            "p.csv: expected column gears (or is it 'gaers'?), found hp, origin, gaers"),
        arguments(
            "i,j,k,l,m,n,o,q\n1,2,3,4,5,6,7,8\n",
            "p.csv: expected columns hp, origin, gears, found i, j, k, l, m, n and 2 more"),
        arguments(
            "i,j,k,l,m,n,o\n1,2,3,4,5,6,7\n",
            "p.csv: expected columns hp, origin, gears, found i, j, k, l, m, n, o"),
        arguments(
            "hp,origin,gears\n1,USA,2\nlots,USA,3\n",
            "p.csv, line 3, column 1 ('hp'): 'lots' is not a number"),
        arguments(
            "hp,origin,gears\ninf,USA,2\n",
            "p.csv, line 2, column 1 ('hp'): 'inf' is beyond the range of float"),
        arguments(
            "hp,origin,gears\n1e40,USA,2\n",
            "p.csv, line 2, column 1 ('hp'): '1e40' is beyond the range of float"),
        arguments(
            "hp,origin,gears\n1,USA,2\n1,USA\n",
            "p.csv, line 3: expected 3 fields as in line 1, found 2"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("bad")
  void aFileThatDoesNotFitIsOneSentence(String text, String sentence) {
    assertThatThrownBy(() -> features(cars(), text))
        .isInstanceOf(DataException.class)
        .hasMessage(sentence);
  }

  @Test
  void aLabelledFileIsADataSet() throws IOException {
    Table table = TableTest.table("x,c,y\n1,red,no\n2,blue,yes\n", "y");
    TableEncoding encoding = TableEncoding.fit(table);
    Path file = folder.resolve("more.csv");
    var text = new StringBuilder("y,c,x\n");
    for (int i = 0; i < 1000; i++) {
      text.append(i % 3 == 0 ? "yes" : i % 3 == 1 ? "no" : "")
          .append(",red,")
          .append(i)
          .append("\n");
    }
    Files.writeString(file, text);
    TableEncoding.Encoded encoded = encoding.read(file, CsvFormat.found());
    assertThat(encoded.data()).hasToString(file + ": 667 rows, 3 features, 2 classes");
    assertThat(encoded.data().row(666)).containsExactly(999, 0, 1);
    assertThat(encoded.data().labels()[665]).isZero();
    assertThat(encoded.data().labels()[666]).isEqualTo(1);
    assertThat(encoded.data().targetName()).isEqualTo("y");
    assertThat(encoded.report().unlabelled()).isEqualTo(333);
    assertThat(encoded.report().notes())
        .containsExactly("333 rows left out, as there is nothing in it to be predicted");
    Files.writeString(file, "y,c,x\nyess,red,1\n");
    assertThatThrownBy(() -> encoding.read(file, CsvFormat.found()))
        .hasMessage(
            file
                + ", line 2, column 1 ('y'): unknown class 'yess' (did you mean 'yes'?); known: no,"
                + " yes");
    // The only column that is left is what there is to predict.
    Files.writeString(file, "answer,c,x\nyes,red,1\n");
    assertThat(encoding.read(file, CsvFormat.found()).data().labels()).containsExactly(1);
    Files.writeString(file, "answer,c,x,z\nyes,red,1,1\n");
    assertThatThrownBy(() -> encoding.read(file, CsvFormat.found()))
        .hasMessage(file + ": expected column y, found answer, c, x, z");
    Files.writeString(file, "c,x\nred,1\n");
    assertThatThrownBy(() -> encoding.read(file, CsvFormat.found()))
        .hasMessage(file + ": expected column y, found c, x");
    Files.writeString(file, "y,c,x\n,red,1\n");
    assertThatThrownBy(() -> encoding.read(file, CsvFormat.found()))
        .hasMessage(file + ": expected values in column 'y', found none");
  }

  @Test
  void anotherTableIsEncodedByNamesToo() {
    TableEncoding encoding = cars();
    Table other =
        TableTest.table("gears,origin,hp,id,mpg\n3,Japan,80,9,20\n4,Mars,?,8,21.5\n", "mpg");
    TableEncoding.Encoded encoded = encoding.encode(other);
    assertThat(encoded.data().x()).containsExactly(80, 0, 1, 0, 3, 110, 0, 0, 0, 4);
    assertThat(encoded.report().ignored()).containsExactly("id");
    // Few whole numbers look like classes.
    Table whole = TableTest.table("gears,origin,hp,mpg\n3,Japan,80,20\n4,Mars,?,21\n", "mpg");
    assertThat(whole.task()).isEqualTo(Task.CLASSIFICATION);
    assertThat(encoding.apply(whole).targets()).containsExactly(20, 21);
    Table text = TableTest.table("gears,origin,hp,mpg\n3,Japan,80,low\n4,Mars,?,high\n", "mpg");
    assertThatThrownBy(() -> encoding.apply(text))
        .hasMessage("t.csv: expected numbers in column 'mpg', found 'low'");
    Table wrong = TableTest.table("gears,origin,hp,mpg\nx,Japan,80,1\ny,USA,90,2.5\n", "mpg");
    assertThatThrownBy(() -> encoding.apply(wrong))
        .hasMessage("t.csv: expected numbers in column 'gears', found 'x'");
    Table without = TableTest.table("gears,hp,mpg\n1,80,1\n2,90,2.5\n", "mpg");
    assertThatThrownBy(() -> encoding.apply(without))
        .hasMessage("t.csv: expected column origin, found gears, hp");
    TableEncoding classes = TableEncoding.fit(TableTest.table("x,y\n1,a\n2,b\n", "y"));
    assertThatThrownBy(() -> classes.apply(TableTest.table("x,y\n1,a\n2,c\n", "y")))
        .hasMessage("t.csv, column 'y': unknown class 'c'; known: a, b");
    TableEncoding numbers = TableEncoding.fit(TableTest.table("x,y\n1,1\n2,2\n", "y"));
    assertThat(
            numbers
                .apply(
                    TableTest.table(
                        "x,y\n1,2\n2,1\n", TableOptions.target("y").withTask(Task.REGRESSION)))
                .labels())
        .containsExactly(1, 0);
  }

  @Test
  void columnsThatAreFeaturesThemselvesHaveNothingToFillIn() {
    var encoding = TableEncoding.ofNumbers(List.of("a", "b"), "y", Task.REGRESSION, List.of());
    assertThat(encoding.featureNames()).containsExactly("a", "b");
    assertThat(features(encoding, "b,y,a\n1,,2\n")).containsExactly(2, 1);
    assertThat(features(encoding, "1,2\n")).containsExactly(1, 2);
    assertThat(features(encoding, "1,2,3\n")).containsExactly(1, 2);
    assertThatThrownBy(() -> features(encoding, "b,a\n1,2\n1,?\n"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "p.csv, line 3, column 2 ('a'): is missing, and there is no mean of training rows to"
                + " take its place");
    assertThatThrownBy(() ->
            encoding.encode(
                TableTest.table(
                    "a,b,y\n1,?,2\n1,2,3\n", TableOptions.target("y").withTask(Task.REGRESSION))))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "t.csv, column 'b': a value is missing (row 0), and there is no mean of training rows"
                + " to take its place");
  }

  @Test
  void allValuesMissingInTheTrainingPartIsOneSentence() {
    Table table = TableTest.table("x,z,y\n1,,a\n2,,b\n3,5,a\n", "y");
    assertThatThrownBy(() -> TableEncoding.fit(table.subset(0, 1)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "t.csv, column 2 ('z'): expected values to learn from, found none in the 2 rows to"
                + " train on");
  }

  @Test
  void namesOfFeaturesAreDifferent() {
    Table table = TableTest.table("a,a=b,y\nb=c,c,1\nd,c,2\n", "y");
    assertThat(TableEncoding.fit(table).featureNames()).containsExactly("a=b=c", "a=d", "a=b=c'");
    assertThat(table.dataset().features()).isEqualTo(3);
  }

  static Stream<Arguments> wrong() {
    var hp = new ColumnEncoding.Numbers("hp", 0, OptionalDouble.empty());
    return Stream.of(
        arguments(
            of(_ -> new ColumnEncoding.Numbers("hp", 0, OptionalDouble.of(Double.NaN))),
            "column 'hp': expected a finite number to fill in, found NaN"),
        arguments(
            of(_ -> new ColumnEncoding.Numbers("hp", 0, OptionalDouble.of(1e39))),
            "column 'hp': expected a finite number to fill in, found 1.0E39"),
        arguments(
            of(_ -> new ColumnEncoding.OneHot("c", 0, List.of(), true)),
            "category of column 'c' names: expected 1, found 0"),
        arguments(
            of(_ -> new ColumnEncoding.OneHot("c", 0, List.of("a", "a"), true)),
            "category of column 'c' names: expected different names, found 'a' twice (0 and 1)"),
        arguments(
            of(_ -> encoding(3, 1, hp, hp)),
            "column names: expected different names, found 'hp' twice (0 and 1)"),
        arguments(
            of(_ -> encoding(3, 0, hp)),
            "encoding: expected columns at different places, found two at 0"),
        arguments(of(_ -> encoding(1, 1, hp)), "encoding: expected places from 0 to 0, found 1"),
        arguments(of(_ -> encoding(1, -1, hp)), "encoding: expected places from 0 to 0, found -1"),
        arguments(of(_ -> encoding(3, 1)), "column names: expected 1, found 0"),
        arguments(
            of(_ ->
                new TableEncoding(
                    "y",
                    1,
                    Task.REGRESSION,
                    List.of("a"),
                    2,
                    List.of(hp),
                    Optional.empty(),
                    CsvFormat.found())),
            "encoding: expected no classes in a regression, found 1"),
        arguments(
            of(_ ->
                new TableEncoding(
                    "y",
                    1,
                    Task.CLASSIFICATION,
                    List.of(),
                    2,
                    List.of(hp),
                    Optional.empty(),
                    CsvFormat.found())),
            "class names: expected 1, found 0"));
  }

  private static Function<Object, Object> of(Function<Object, Object> make) {
    return make;
  }

  private static TableEncoding encoding(int width, int target, ColumnEncoding... columns) {
    return new TableEncoding(
        "y",
        target,
        Task.REGRESSION,
        List.of(),
        width,
        List.of(columns),
        Optional.empty(),
        CsvFormat.found());
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("wrong")
  void whatCannotBeIsRefused(Function<Object, Object> make, String sentence) {
    assertThatThrownBy(() -> make.apply(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }

  @Test
  void aFileIsReadAFewRowsAtATime() {
    TableEncoding encoding = cars();
    try (var reader = encoding.open("p.csv", bytes(CARS), CsvFormat.found())) {
      var x = new float[2 * encoding.features() + 3];
      assertThat(reader.read(x)).isEqualTo(2);
      assertThat(x).startsWith(130, 0, 0, 1, 3, 110, 0, 0, 1, 3);
      assertThat(reader.read(x)).isEqualTo(2);
      assertThat(reader.read(x)).isEqualTo(1);
      assertThat(reader.read(x)).isZero();
      assertThat(reader.read(x)).isZero();
      assertThat(reader.report().rows()).isEqualTo(5);
      assertThatThrownBy(() -> reader.read(new float[4]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("read: expected room for a row of 5 features, found 4");
    }
  }
}

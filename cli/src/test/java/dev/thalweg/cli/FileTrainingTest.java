package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.formats.Json;
import dev.thalweg.formats.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// People bring a CSV file: `train`, `evaluate` and `predict` on rows with names, missing values
/// and categories.
class FileTrainingTest {

  private static final List<String> ORIGINS = List.of("Europe", "Japan", "USA");

  @TempDir Path folder;

  /// 120 cars: the price follows from weight and origin; some weights and origins are missing, and
  /// each has a plate of its own.
  @BeforeEach
  void writeCars() throws IOException {
    Files.writeString(cars(), cars(120));
  }

  private static String cars(int rows) {
    var text = new StringBuilder("plate,weight,origin,year,price\n");
    for (var i = 0; i < rows; i++) {
      var weight = 800 + 37 * i % 1000;
      var origin = i % 3;
      text.append("plate-" + i)
          .append(',')
          .append(i % 20 == 7 ? "NA" : weight)
          .append(',')
          .append(i % 30 == 11 ? "" : ORIGINS.get(origin))
          .append(',')
          .append(2000 + i % 4)
          .append(',')
          .append(weight / 100.0 + origin + 0.25)
          .append('\n');
    }
    return text.toString();
  }

  @Test
  void saysHowTheColumnsWereUnderstoodAndWhy() {
    var outcome = outcome("--target", "price", "--epochs", "1", "--quiet");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .startsWith("task  regression, as 'price' holds numbers with fractions\n")
        .containsPattern("weight +numbers; \\d missing became 1\\d\\d\\d\\.\\d+, the mean of the")
        .containsPattern(
            "origin +3 categories: Europe, Japan, USA; \\d missing became a category of their own")
        .containsPattern("year +numbers\n")
        .contains("plate: left out, nearly every value is another text");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void jsonHasTheColumnsTooAndNothingElseIsPrinted() {
    var json = train("--target", "price", "--categorical", "year", "--epochs", "1");
    assertThat(json)
        .containsEntry("target", "price")
        .containsEntry("task", "regression")
        .containsEntry("train_rows", 96L)
        .containsEntry("test_rows", 24L);
    assertThat((List<?>) json.get("columns"))
        .hasSize(3)
        .last(InstanceOfAssertFactories.MAP)
        .containsEntry("name", "year")
        .containsEntry("categories", List.of("2000", "2001", "2002", "2003"));
  }

  @Test
  void meansAndCategoriesAreThoseOfTheTrainingPart() throws IOException {
    // The last category is in one row only, which the split leaves in either part.
    Files.writeString(cars(), cars(120) + "x,900,Mars,2001,9.5\n");
    var seen = 0;
    for (var seed = 0; seed < 6; seed++) {
      train("--target", "price", "--epochs", "1", "--seed", "" + seed);
      var model = Files.readString(run().resolve("model.json"));
      var trained = model.contains("Mars");
      seen += trained ? 1 : 0;
      // An unseen one in the test part is no obstacle.
      assertThat(Outcome.of("evaluate", run().toString()).exitCode()).isZero();
    }
    assertThat(seen).isBetween(1, 5);
  }

  @Test
  void evaluateRepeatsTheTestOfTheTraining() {
    var trained = train("--target", "price", "--epochs", "3");
    var evaluated = object(Outcome.of("evaluate", run().toString(), "--format", "json"));
    assertThat(evaluated)
        .containsEntry("rows", 24L)
        .containsEntry("loss", trained.get("test_loss"))
        .containsEntry("r2", trained.get("test_r2"));
  }

  @Test
  void predictFindsColumnsByNameFillsWhatIsMissingAndKnowsNoOtherCategories() throws IOException {
    train("--target", "price", "--epochs", "2");
    var usual = predict("origin,year,weight\nUSA,2001,1200\n");
    assertThat(usual.err()).isEmpty();
    assertThat(usual.out()).matches("prediction\n[0-9.]+\n");
    // Another order, more columns, quotes, a byte order mark and Windows line ends.
    var other = predict("\uFEFFcolour;weight;year;origin\r\n\"light; blue\";1200;2001;\"USA\"\r\n");
    assertThat(other.out()).isEqualTo(usual.out());
    assertThat(other.err()).contains("not used: column colour");
    var gaps = predict("origin,year,weight\nMars,2001,NA\n,2001,1200\n");
    assertThat(gaps.out()).hasLineCount(3);
    assertThat(gaps.err())
        .containsPattern("weight: 1 missing value became 1\\d+\\.\\d+, the mean")
        .contains("origin: 1 value not known from training ('Mars')")
        .contains("origin: 1 missing value became a category of their own");
  }

  @Test
  void predictReadsStandardInput() throws IOException {
    train("--target", "price", "--epochs", "2");
    var rows = "origin,year,weight\nUSA,2001,1200\nJapan,2003,900\n";
    var read = Outcome.reading(rows, "predict", run().toString(), "--input", "-");
    assertThat(read.out()).isEqualTo(predict(rows).out()).hasLineCount(3);
    assertThat(Outcome.reading("", "predict", run().toString(), "--input", "-"))
        .isEqualTo(
            new Outcome(1, "", "thalweg: standard input: expected a table, found an empty file\n"));
  }

  @Test
  void aLongFileIsPredictedInPartsThatMakeNoDifference() throws IOException {
    train("--target", "price", "--epochs", "1");
    var rows = new StringBuilder("origin,year,weight\n");
    for (var i = 0; i < 20_000; i++) {
      rows.append("USA,2001,").append(800 + i % 1000).append('\n');
    }
    var all = predict(rows.toString()).out().lines().toList();
    assertThat(all).hasSize(20_001);
    assertThat(all.subList(1, 1001)).isEqualTo(all.subList(19_001, 20_001)).doesNotHaveDuplicates();
    // A mistake behind what was written to a file leaves no file.
    var output = folder.resolve("out.csv");
    rows.append("USA,2001,heavy\n");
    var input = Files.writeString(folder.resolve("long.csv"), rows.toString());
    var outcome =
        Outcome.of(
            "predict",
            run().toString(),
            "--input",
            input.toString(),
            "--output",
            output.toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo(
            "thalweg: " + input + ", line 20002, column 3 ('weight'): 'heavy' is not a number\n");
    assertThat(output).doesNotExist();
    assertThat(folder).isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void theRunsOwnConfigurationRepeatsItToTheBit() throws IOException {
    var once =
        train(
            "--target",
            "price",
            "--categorical",
            "year",
            "--ignore",
            "plate",
            "--loss",
            "huber(delta=0.5)",
            "--model",
            "mlp(8, dropout=0.1, l1=1e-4)",
            "--optimizer",
            "clip_norm(1) | adam(lr=cosine(1e-2))",
            "--epochs",
            "3",
            "--batch",
            "7",
            "--validation",
            "0.1",
            "--patience",
            "2",
            "--folds",
            "2",
            "--sampling",
            "replacement",
            "--missing",
            "NA,none",
            "--seed",
            "4");
    var config = Files.copy(run().resolve("config.yaml"), folder.resolve("again.yaml"));
    var again = train(config, "--threads", "1");
    assertThat(again)
        .containsEntry("weights_sha256", once.get("weights_sha256"))
        .containsEntry("cross_validation", once.get("cross_validation"));
    assertThat(run().resolve("config.yaml")).hasSameTextualContentAs(config);
    // The command line counts more.
    assertThat(train(config, "--seed", "5"))
        .containsEntry("seed", 5L)
        .containsEntry("epochs", once.get("epochs"))
        .extractingByKey("weights_sha256")
        .isNotEqualTo(once.get("weights_sha256"));
  }

  @Test
  void aCrossValidationJudgesAndTheModelIsOfAllRows() {
    var plain = train("--target", "price", "--epochs", "3");
    var folded = train("--target", "price", "--epochs", "3", "--folds", "4");
    assertThat(folded)
        .containsEntry("folds", 4L)
        .containsEntry("weights_sha256", plain.get("weights_sha256"));
    var r2 = object(object(folded.get("cross_validation")).get("r2"));
    var listed = (List<?>) Objects.requireNonNull(r2.get("values"));
    var values = listed.stream().mapToDouble(v -> (Double) v).toArray();
    assertThat(values).hasSize(4).doesNotHaveDuplicates();
    var mean = Arrays.stream(values).average().orElseThrow();
    var squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    assertThat((Double) r2.get("mean")).isCloseTo(mean, within(1e-12));
    assertThat((Double) r2.get("spread")).isCloseTo(Math.sqrt(squares / 3), within(1e-12));
    assertThat(outcome("--target", "price", "--epochs", "1", "--folds", "4", "--quiet").out())
        .containsPattern("folds +R² -?[0-9.]+ ± [0-9.]+, loss .* of 4\\)\n")
        .contains("on all rows to train on");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      maxCharsPerColumn = 1000,
      textBlock =
          """
          a,b;1,2;1,2,3;4,5 => 1 => FILE, line 3: expected 2 fields as in line 1, found 3
          `` => 1 => FILE: expected a table, found an empty file
          a,b => 1 => FILE: expected rows of data, found only a line of names
          a,b;1,yes;2,yes;3,yes => 1 => FILE, column 2 ('b'): expected at least 2 classes, found only 'yes'
          a,b;,1.5;NA,2;,3.25 => 1 => FILE, column 1 ('a'): expected values, found none in 3 rows; --ignore a leaves it out
          a,b;1,NA;2,;3,? => 1 => FILE, column 2 ('b'): expected values to predict, found none in 3 rows
          a,b;1,2.5;many,3;4,5 => 1 => FILE, line 3, column 1 ('a'): 'many' is not a number, and 2 values of the column are; --missing=many takes it for missing, --categorical a takes all values of the column for names
          a,b;1,2.5;-Infinity,3;4,5 => 1 => FILE, line 3, column 1 ('a'): '-Infinity' is beyond the range of float
          a,b;1,2.5;1e39,3;4,5 => 1 => FILE, line 3, column 1 ('a'): '1e39' is beyond the range of float
          a,b,a;1,2,3 => 1 => FILE, line 1: expected different column names, found 'a' twice (columns 1 and 3)
          a,c;1,2 => 2 => --target: FILE: unknown column 'b'; known: a, c
          a,b;"1,2;3,4 => 1 => FILE: not a CSV table: Unclosed quoted field at end of input (record starting at line 2)
          b;1.5;2;3.25 => 1 => FILE: expected a column beside 'b' to learn from, found none
          """)
  void aFileThatIsNotWhatItShouldBeGetsOneSentence(String lines, int exitCode, String sentence)
      throws IOException {
    Files.writeString(cars(), lines.replace(";", "\n"));
    var outcome = outcome("--target", "b");
    assertThat(outcome.err())
        .isEqualTo("thalweg: " + sentence.replace("FILE", cars().toString()) + "\n");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(exitCode);
    assertThat(folder).isDirectoryNotContaining("glob:**/*run*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      maxCharsPerColumn = 1000,
      textBlock =
          """
          "ta\\nrget": price => line 2: unknown option 'ta rget' (did you mean 'target'?); known: data, …
          targt: price => line 2: unknown option 'targt' (did you mean 'target'?); known: data, …
          epochs: 2.5 => line 2: epochs: expected a whole number of at least 1, found 2.5
          epochs: "5" => line 2: epochs: expected a whole number of at least 1, found '5'
          target: 7 => line 2: target: expected a text, found 7; in quotes it is one
          target: => line 2: target: expected a text, found nothing
          target: [a, b] => line 2: target: expected one value, found a list of 2
          target: {a: b} => line 2: target: expected a value, or a list of values
          sampling: shufle => line 2: sampling: expected shuffle or replacement (did you mean 'shuffle'?), found 'shufle'
          quiet: yes => line 2: quiet: expected true or false, found 'yes'
          config: x.yaml => line 2: unknown option 'config'; known: data, …
          model: linear@model: linear => line 3: model: is there already, in line 2
          target: 'a => line 3: is no YAML: …
          """)
  void aConfigurationThatIsWrongIsNamedWithItsLine(String line, String sentence)
      throws IOException {
    var config = folder.resolve("my.yaml");
    Files.writeString(config, "# what I train\n" + line.replace("@", "\n") + "\n");
    var outcome = Outcome.of("train", "--config", config.toString(), "--out", run().toString());
    var expected = "thalweg: " + config + ", " + sentence;
    if (sentence.endsWith("…")) {
      assertThat(outcome.err())
          .startsWith(expected.substring(0, expected.length() - 1))
          .hasLineCount(1);
    } else {
      assertThat(outcome.err()).isEqualTo(expected + "\n");
    }
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(run()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      maxCharsPerColumn = 1000,
      textBlock =
          """
          --target prise         => --target: FILE: unknown column 'prise' (did you mean 'price'?); known: plate, weight, origin, year, price
          --target price --categorical weight,yaer => --categorical: FILE: unknown column 'yaer' (did you mean 'year'?); known: plate, weight, origin, year, price
          --target price --ignore x => --ignore: FILE: unknown column 'x'; known: plate, weight, origin, year, price
          --target price --decimal x => --decimal: decimal sign: expected . or ,, found 'x'
          --target price --separator a => --separator: expected a sign such as , or ;, found 'a'
          --target price --sha256 12 => --sha256 12: expected 64 hexadecimal digits
          """)
  void whatTheFileHasNotIsAMistakeOfTheCommand(String options, String sentence) {
    var outcome = outcome(options.split(" "));
    assertThat(outcome.err())
        .isEqualTo("thalweg: " + sentence.replace("FILE", cars().toString()) + "\n");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(run()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      maxCharsPerColumn = 1000,
      textBlock =
          """
          a,x;1,5;2,6;3,7;4,8 => 4 => 4 classes in 4 rows; --task regression predicts 'a' as a number, --test 0 trains on all rows
          a,x;3,5;4,6 => 2 => 2 classes in 2 rows; --task regression predicts 'a' as a number, --test 0 trains on all rows
          a,x;p,5;q,6;r,7 => 3 => 3 classes in 3 rows; --test 0 trains on all rows
          """)
  void whereNoRowIsLeftToTestOnTheWayOutIsSaid(String lines, long rows, String sentence)
      throws IOException {
    Files.writeString(cars(), lines.replace(";", "\n"));
    var asked = List.of("--target", "a", "--task", "classification", "--epochs", "1");
    var outcome = outcome(asked.toArray(String[]::new));
    assertThat(outcome.err())
        .isEqualTo("thalweg: " + cars() + ": no row is left to test on: " + sentence + "\n");
    assertThat(outcome.exitCode()).isEqualTo(1);
    var typed = new ArrayList<>(asked);
    typed.addAll(List.of("--test", "0.2"));
    assertThat(outcome(typed.toArray(String[]::new)).err()).startsWith("thalweg: --test: split: ");
    assertThat(outcome(typed.toArray(String[]::new)).exitCode()).isEqualTo(2);
    assertThat(run()).doesNotExist();
    typed.set(typed.size() - 1, "0");
    assertThat(train(typed.toArray(String[]::new))).containsEntry("train_rows", rows);
    if (sentence.contains("regression")) {
      assertThat(train("--target", "a", "--task", "regression", "--epochs", "1"))
          .containsEntry("test_rows", 1L);
    }
  }

  @Test
  void whatIsSaidToBeCategoriesIsNotPredictedAsANumber() throws IOException {
    Files.writeString(cars(), "a,x\n1,5\n2,6\n");
    assertThat(outcome("--target", "a", "--categorical", "a").err())
        .endsWith(": 2 classes in 2 rows; --test 0 trains on all rows\n");
  }

  @Test
  void theFormatMayBeSaid() throws IOException {
    Files.writeString(cars(), "1:2:3\n" + "4:5:6\n7:8,5:9\n".repeat(30));
    var all =
        List.of("--separator", ":", "--decimal", ",", "--task", "regression", "--epochs", "1");
    for (var header : List.of("yes", "no")) {
      var arguments = new ArrayList<>(all);
      arguments.addAll(List.of("--header", header, "--test", "0"));
      arguments.addAll(List.of("--target", header.equals("yes") ? "2" : "c2"));
      assertThat(train(arguments.toArray(String[]::new)))
          .containsEntry("train_rows", header.equals("yes") ? 60L : 61L);
      assertThat(train(Files.copy(run().resolve("config.yaml"), folder.resolve(header + ".yaml"))))
          .containsEntry("train_rows", header.equals("yes") ? 60L : 61L);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      maxCharsPerColumn = 1000,
      textBlock =
          """
          target: prise => line 3: target: CARS: unknown column 'prise' (did you mean 'price'?); known: plate, …
          ignore: [year, prise] => line 3: ignore: CARS: unknown column 'prise' (did you mean 'price'?); …
          model: mpl(8) => line 3: model: unknown model 'mpl' (did you mean 'mlp'?); known: …
          optimizer: adam(lr=cosin(1)) => line 3: optimizer: unknown schedule 'cosin' (did you mean 'cosine'?); known: …
          loss: hubr => line 3: loss: unknown loss 'hubr' (did you mean 'huber'?); known: …
          loss: hinge => line 3: loss: hinge is for classes, and CARS has numbers to predict; take mse, mae or huber
          decimal: x => line 3: decimal: decimal sign: expected . or ,, found 'x'
          folds: 500 => line 3: folds: …
          validation: 0.9 => line 2: test 0.5 --validation 0.9: expected some rows to train on
          plot: picture.jpg => line 3: plot picture.jpg: expected a file that ends in .png
          """)
  void aTextInAConfigurationThatIsWrongIsNamedWithItsLine(String line, String sentence)
      throws IOException {
    var config = folder.resolve("my.yaml");
    Files.writeString(config, "data: " + cars() + "\ntest: 0.5\n" + line + "\n");
    var arguments = new ArrayList<>(List.of("train", "--config", config.toString()));
    arguments.addAll(List.of("--out", run().toString(), "--quiet"));
    if (!line.startsWith("target")) {
      arguments.addAll(List.of("--target", "price"));
    }
    var outcome = Outcome.of(arguments.toArray(String[]::new));
    var expected = "thalweg: " + config + ", " + sentence.replace("CARS", cars().toString());
    if (sentence.endsWith("…")) {
      assertThat(outcome.err()).startsWith(expected.substring(0, expected.length() - 1));
    } else {
      assertThat(outcome.err()).isEqualTo(expected + "\n");
    }
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(run()).doesNotExist();
  }

  @Test
  void aTextOfTheCommandLineIsNotSaidToStandInTheConfiguration() throws IOException {
    var config = folder.resolve("my.yaml");
    Files.writeString(config, "data: cart\nmodel: mlp(8)\n");
    assertThat(Outcome.of("train", "--config", config.toString(), "--model", "mpl(8)").err())
        .isEqualTo(
            "thalweg: "
                + config
                + ", line 1: data: unknown data set 'cart'; known: auto-mpg, breast-cancer,"
                + " cifar-10, cifar-100, cmudict, digits, digits-scene, fashion-mnist, iris, mnist,"
                + " moby-dick, movielens-100k, movielens-small, spam, wine\n");
    Files.writeString(config, "data: iris\nmodel: mlp(8)\n");
    assertThat(Outcome.of("train", "--config", config.toString(), "--model", "mpl(8)").err())
        .startsWith("thalweg: --model: unknown model 'mpl'");
  }

  @Test
  void aChangedFileIsNoticedWhenARunIsRepeatedOrEvaluated() throws IOException {
    var once = train("--target", "price", "--epochs", "2");
    var config = Files.copy(run().resolve("config.yaml"), folder.resolve("again.yaml"));
    assertThat(config).content().contains("sha256: \"" + Sha256.of(cars()) + "\"\n");
    assertThat(train(config)).containsEntry("weights_sha256", once.get("weights_sha256"));
    var before = Sha256.of(cars()).substring(0, 12);
    Files.writeString(cars(), cars(119));
    var after = Sha256.of(cars()).substring(0, 12);
    var sentence =
        "thalweg: %s is not the file that the run was trained on: its SHA-256 is %s…, and it was %s…\n"
            .formatted(cars(), after, before);
    assertThat(Outcome.of("evaluate", run().toString()).err()).isEqualTo(sentence);
    var again =
        Outcome.of("train", "--config", config.toString(), "--out", run().toString(), "--quiet");
    assertThat(again.err()).isEqualTo(sentence);
    assertThat(again.exitCode()).isZero();
    // What was trained is of the file as it is, and another file is none that has changed.
    assertThat(run().resolve("config.yaml")).content().contains(Sha256.of(cars()));
    var other = Files.copy(cars(), folder.resolve("other.csv"));
    var elsewhere =
        Outcome.of(
            "train",
            other.toString(),
            "--config",
            config.toString(),
            "--out",
            run().toString(),
            "--quiet");
    assertThat(elsewhere.err()).isEmpty();
    assertThat(elsewhere.exitCode()).isZero();
  }

  @Test
  void namesOfFilesBecomeNamesOfRuns() {
    assertThat(DataFile.title("a/cars.csv")).isEqualTo("cars");
    assertThat(DataFile.title("cars.v2.csv.gz")).isEqualTo("cars.v2");
    assertThat(DataFile.title("cars")).isEqualTo("cars");
    assertThat(DataFile.title(".csv")).isEqualTo("data");
  }

  private Path cars() {
    return folder.resolve("cars.csv");
  }

  private Path run() {
    return folder.resolve("run");
  }

  private Outcome predict(String rows) throws IOException {
    var input = Files.writeString(folder.resolve("new.csv"), rows);
    var outcome = Outcome.of("predict", run().toString(), "--input", input.toString());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome;
  }

  private Outcome outcome(String... arguments) {
    var all = new ArrayList<>(List.of("train", cars().toString(), "--out", run().toString()));
    all.addAll(List.of(arguments));
    return Outcome.of(all.toArray(String[]::new));
  }

  private Map<String, @Nullable Object> train(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--format", "json", "--quiet"));
    return object(outcome(all.toArray(String[]::new)));
  }

  private Map<String, @Nullable Object> train(Path config, String... arguments) {
    var all = new ArrayList<>(List.of("train", "--config", config.toString()));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--out", run().toString(), "--format", "json", "--quiet"));
    return object(Outcome.of(all.toArray(String[]::new)));
  }

  private static Map<String, @Nullable Object> object(Outcome outcome) {
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).hasLineCount(1).endsWith("}\n");
    return object(Json.parse(outcome.out().strip()));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> object(@Nullable Object json) {
    return (Map<String, @Nullable Object>) Objects.requireNonNull(json);
  }
}

package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.data.Table;
import dev.thalweg.data.TableOptions;
import dev.thalweg.formats.Json;
import dev.thalweg.train.FittedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What was learned of the columns of a file is in the model: `predict` and `evaluate` read the
/// fields of a file as the training did, whatever a part of them shows.
class OwnFileTest {

  @TempDir Path folder;

  /// Prices with thousands, a code for nothing, days before months, categories; the first rows
  /// could be read otherwise.
  private Path houses() throws IOException {
    var text = new StringBuilder("sold;town;price;age;value\n");
    for (var i = 0; i < 40; i++) {
      var price = i < 4 ? "1.20" + i : number(1000 + 37.5 * i);
      text.append(1 + i % 12).append('.').append(1 + i * 7 % 12).append(".2023;");
      text.append(List.of("True", "FALSE", "true").get(i % 3)).append(';');
      text.append(price).append(';');
      text.append(i % 7 == 2 ? -999 : i).append(';');
      text.append(number(500 + 11.25 * i)).append('\n');
    }
    text.append("13.1.2023;true;1.500,5;3;700,5\n");
    return Files.writeString(folder.resolve("houses.csv"), text);
  }

  /// `1.234,50`
  private static String number(double value) {
    return String.format(Locale.GERMAN, "%,.2f", value);
  }

  private Path run() {
    return folder.resolve("run");
  }

  private Outcome outcome(String... arguments) {
    var outcome = Outcome.of(arguments);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome;
  }

  private void train(Path file, String... more) {
    var all =
        new ArrayList<>(List.of("train", file.toString(), "--out", run().toString(), "--quiet"));
    all.addAll(List.of("--test", "0", "--model", "mlp(8)"));
    if (!List.of(more).contains("--epochs")) {
      all.addAll(List.of("--epochs", "3"));
    }
    all.addAll(List.of(more));
    outcome(all.toArray(String[]::new));
  }

  private List<String> predicted(Path file, String... more) {
    var all = new ArrayList<>(List.of("predict", run().toString(), file.toString()));
    all.addAll(List.of("--quiet"));
    all.addAll(List.of(more));
    return outcome(all.toArray(String[]::new)).out().lines().skip(1).toList();
  }

  private Map<?, ?> evaluated(Path file) {
    var json =
        outcome("evaluate", run().toString(), file.toString(), "--format", "json", "--quiet").out();
    return (Map<?, ?>) Objects.requireNonNull(Json.parse(json.strip()));
  }

  @Test
  void itsFiguresAreThoseOfTheRowsThatItWasTrainedOn() throws IOException {
    var file = houses();
    train(file, "--target", "value", "--missing=-999");
    var options = TableOptions.target("value");
    var table = Table.read(file, options.withFormat(options.format().withMissing("-999")));
    var model = FittedModel.load(run());
    var expected = model.evaluate(model.preprocessing().encoding().apply(table));
    assertThat(evaluated(file).get("loss")).isEqualTo(expected.loss());
    assertThat(evaluated(file).get("r2")).isEqualTo(expected.r2());
  }

  @Test
  void aPartOfItIsPredictedAsTheWholeIs() throws IOException {
    var file = houses();
    train(file, "--target", "value", "--missing=-999");
    // Without the values, which say more than the prices do.
    var lines =
        Files.readAllLines(file).stream().map(l -> l.substring(0, l.lastIndexOf(';'))).toList();
    var all = predicted(file);
    assertThat(all).hasSize(41);
    for (var from : List.of(0, 4, 30)) {
      var part = new ArrayList<>(lines.subList(1 + from, 5 + from));
      // With names, without, and with another separator.
      var headless = Files.write(folder.resolve("headless.csv"), part);
      part.addFirst(lines.getFirst());
      var named = Files.write(folder.resolve("named.csv"), part);
      var tabs =
          Files.writeString(folder.resolve("tabs.csv"), Files.readString(named).replace(';', '\t'));
      for (var same : List.of(named, headless, tabs)) {
        assertThat(predicted(same))
            .as("%s from row %d", same, from)
            .isEqualTo(all.subList(from, from + 4));
      }
    }
  }

  @Test
  void aCodeForNothingIsNothingInAFileThatHasNothingElse() throws IOException {
    var text = new StringBuilder("x,y\n");
    for (var i = 0; i < 20; i++) {
      text.append(i % 5).append(',').append(i % 5).append('\n');
    }
    var file = Files.writeString(folder.resolve("codes.csv"), text.append("-999,2\n"));
    train(file, "--target", "y", "--missing=-999");
    var code = Files.writeString(folder.resolve("new.csv"), "x\n-999\n");
    var mean = Files.writeString(folder.resolve("mean.csv"), "x\n2\n");
    assertThat(predicted(code)).hasSize(1).isEqualTo(predicted(mean));
    // Unless something else is said.
    assertThat(predicted(code, "--missing=?")).isNotEqualTo(predicted(mean));
  }

  @ParameterizedTest
  @CsvSource({"1700000000, 1700000001", "1e-50, 2e-50"})
  void whatDiffersInTheFileDiffersForTheModel(String first, String second) throws IOException {
    var text = "t,y\n" + (first + ",0\n" + second + ",1\n").repeat(10);
    train(Files.writeString(folder.resolve("fine.csv"), text), "--target", "y", "--epochs", "1000");
    var part = Files.writeString(folder.resolve("part.csv"), "t\n" + first + "\n" + second + "\n");
    assertThat(predicted(part))
        .extracting(line -> line.substring(0, 2))
        .containsExactly("0,", "1,");
  }

  @Test
  void namesThatAreNumbersAreFoundAgain() throws IOException {
    var text = new StringBuilder("2021,2022,y\n");
    for (var i = 0; i < 20; i++) {
      text.append(2000 + i).append(',').append(2030 - i).append(',').append(i + 0.5).append('\n');
    }
    var file = Files.writeString(folder.resolve("years.csv"), text);
    train(file, "--target", "y", "--header", "yes");
    var part = Files.writeString(folder.resolve("part.csv"), "2021,2022\n2003,2027\n");
    assertThat(predicted(part)).hasSize(1).isEqualTo(predicted(file).subList(3, 4));
  }

  @Test
  void aSeparatorThatHadToBeSaidIsKnownAfterwards() throws IOException {
    var text = new StringBuilder("a~b~y\n");
    for (var i = 0; i < 20; i++) {
      text.append(i).append("~").append(i % 3).append('~').append(i + 0.5).append('\n');
    }
    var file = Files.writeString(folder.resolve("tilde.csv"), text);
    train(file, "--target", "y", "--separator", "~");
    assertThat(predicted(file)).hasSize(20);
    assertThat(evaluated(file).get("r2")).isNotNull();
    // Unless another one is said.
    var other = Files.writeString(folder.resolve("other.csv"), text.toString().replace('~', ';'));
    assertThat(predicted(other, "--separator", ";")).isEqualTo(predicted(file));
  }

  @Test
  void oneThatTheFileShowsIsNot() throws IOException {
    var text = new StringBuilder("a;b;y\n");
    for (var i = 0; i < 20; i++) {
      text.append(i).append(";").append(i % 3).append(';').append(i + 0.5).append('\n');
    }
    var file = Files.writeString(folder.resolve("semicolon.csv"), text);
    train(file, "--target", "y", "--separator", ";");
    var other = Files.writeString(folder.resolve("other.csv"), text.toString().replace(';', ','));
    assertThat(predicted(other)).isEqualTo(predicted(file));
  }
}

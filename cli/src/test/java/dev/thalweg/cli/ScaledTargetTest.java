package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.formats.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Targets of a regression are scaled, so that their unit does not matter, and predictions back.
class ScaledTargetTest {

  @TempDir Path folder;

  private Path prices(double unit) throws IOException {
    var text = new StringBuilder("area,price\n");
    for (var i = 0; i < 200; i++) {
      text.append(40 + i % 100)
          .append(',')
          .append((200_000.5 + 1000 * (40 + i % 100)) / unit)
          .append('\n');
    }
    return Files.writeString(folder.resolve("prices-" + (long) unit + ".csv"), text);
  }

  private static Map<?, ?> json(String... arguments) {
    var all = Arrays.copyOf(arguments, arguments.length + 3);
    all[arguments.length] = "--format";
    all[arguments.length + 1] = "json";
    all[arguments.length + 2] = "--quiet";
    var outcome = Outcome.of(all);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return (Map<?, ?>) Objects.requireNonNull(Json.parse(outcome.out().strip()));
  }

  private Map<?, ?> train(double unit, String... more) throws IOException {
    var run = folder.resolve("run-" + (long) unit).toString();
    var all =
        new String[] {
          "train", prices(unit).toString(), "--target", "price", "--model", "linear", "--out", run
        };
    var joined = Arrays.copyOf(all, all.length + more.length);
    System.arraycopy(more, 0, joined, all.length, more.length);
    return json(joined);
  }

  private static double number(Map<?, ?> json, String name) {
    return ((Number) Objects.requireNonNull(json.get(name))).doubleValue();
  }

  @Test
  void aPriceIsLearnedInAnyUnitWithTheDefaults() throws IOException {
    for (double unit : new double[] {1, 1e3, 1e6}) {
      var trained = train(unit);
      assertThat(number(trained, "test_r2")).isGreaterThan(0.99);
      assertThat(number(trained, "test_mae") * unit).isLessThan(500);
      assertThat(number(trained, "target_scale") * unit).isCloseTo(28_866, within(2000.0));
      var evaluated = json("evaluate", folder.resolve("run-" + (long) unit).toString());
      assertThat(number(evaluated, "r2")).isEqualTo(number(trained, "test_r2"));
      assertThat(number(evaluated, "loss")).isEqualTo(number(trained, "test_loss"));
    }
  }

  @Test
  void moreLayersDecayMore() throws IOException {
    var deep = new String[] {"--target", "price", "--model", "mlp(4)", "--epochs", "1"};
    assertThat(trained("deep", deep).get("optimizer"))
        .isEqualTo("adamw(lr=0.001, weight_decay=0.3)");
    var plain = Arrays.copyOf(deep, deep.length + 2);
    plain[deep.length] = "--scale-target";
    plain[deep.length + 1] = "no";
    assertThat(trained("plain", plain).get("optimizer")).isEqualTo("adamw(lr=0.001)");
  }

  private Map<?, ?> trained(String run, String... options) throws IOException {
    var all = Arrays.copyOf(options, options.length + 4);
    System.arraycopy(options, 0, all, 4, options.length);
    all[0] = "train";
    all[1] = prices(1000).toString();
    all[2] = "--out";
    all[3] = folder.resolve(run).toString();
    return json(all);
  }

  @Test
  void aGridVariesTheOptimizerThatTheModelOfAPointHas() throws IOException {
    var grid = new String[] {"--grid", "weight_decay=0,0.02", "--folds", "2", "--epochs", "400"};
    var searched = train(1, grid);
    assertThat(searched.get("optimizer")).asString().startsWith("adamw(lr=cosine(0.03)");
    assertThat(number(searched, "test_r2")).isGreaterThan(0.99);
    var points = (List<?>) Objects.requireNonNull(searched.get("grid"));
    assertThat(points)
        .hasSize(2)
        .allSatisfy(
            point -> assertThat((Double) ((Map<?, ?>) point).get("score")).isGreaterThan(0.99));
    // And where the model is a key itself, each has its own.
    var other = train(1e3, "--grid", "model=mlp(4)", "--grid", "weight_decay=0", "--folds", "2");
    assertThat(other.get("optimizer")).isEqualTo("adamw(lr=0.001, weight_decay=0)");
  }

  @Test
  void predictionsHaveTheDigitsThatTheTargetHas() throws IOException {
    // Seconds since 1970, of which a float has not the last two digits.
    var text = new StringBuilder("x,t\n");
    for (var i = 0; i < 100; i++) {
      text.append(i).append(',').append(1_700_000_000 + i).append(".5\n");
    }
    var file = Files.writeString(folder.resolve("times.csv"), text).toString();
    var run = folder.resolve("times").toString();
    json("train", file, "--target", "t", "--model", "linear", "--test", "0", "--out", run);
    var predicted = Outcome.of("predict", run, file).out().lines().skip(1).toList();
    for (var i = 0; i < 100; i++) {
      assertThat(Double.parseDouble(predicted.get(i))).isCloseTo(1_700_000_000.5 + i, within(0.5));
    }
    var first =
        (Map<?, ?>)
            ((List<?>) Objects.requireNonNull(json("predict", run, file).get("predictions")))
                .getFirst();
    assertThat(first.get("prediction")).isEqualTo(Double.parseDouble(predicted.getFirst()));
  }

  @Test
  void foldsAndThePictureAreInTheTargetsUnit() throws IOException {
    var picture = folder.resolve("picture.png");
    var folded = train(1, "--folds", "3", "--plot", picture.toString());
    var figures = (Map<?, ?>) Objects.requireNonNull(folded.get("cross_validation"));
    assertThat(number((Map<?, ?>) Objects.requireNonNull(figures.get("r2")), "mean"))
        .isGreaterThan(0.99);
    assertThat(number((Map<?, ?>) Objects.requireNonNull(figures.get("loss")), "mean"))
        .isLessThan(0.01);
    assertThat(picture).isNotEmptyFile();
  }

  @Test
  void numbersThatAreOneAfterScalingAreCounted() throws IOException {
    // Half a second apart, and one of them in another age; the targets likewise.
    var text = new StringBuilder("t,u,y\n");
    for (var i = 0; i < 30; i++) {
      text.append(1_700_000_000 + i / 2.0)
          .append(',')
          .append(i)
          .append(',')
          .append(i / 8.0)
          .append('\n');
    }
    var file = Files.writeString(folder.resolve("times.csv"), text.append("-7e16,30,1e10\n"));
    var arguments =
        List.of("train", file.toString(), "--target", "y", "--test", "0", "--epochs", "1");
    var outcome =
        Outcome.of(
            Stream.concat(
                    arguments.stream(),
                    Stream.of("--out", folder.resolve("run").toString(), "--quiet"))
                .toArray(String[]::new));
    assertThat(outcome.out().lines().filter(line -> line.contains("became")))
        .containsExactly(
            "note       t: 31 different values became 2 when they were scaled",
            "note       y: 31 different values became 2 when they were scaled");
  }

  @Test
  void theyAreLeftAsTheyAreWhereThatIsWantedAlsoByTheRunsOwnConfiguration() throws IOException {
    var trained = train(1, "--scale-target", "no");
    assertThat(number(trained, "test_r2")).isNegative();
    assertThat(trained.get("target_scale")).isNull();
    var config = folder.resolve("run-1").resolve("config.yaml");
    assertThat(Files.readString(config)).contains("scale-target: \"no\"\n");
    var again =
        json("train", "--config", config.toString(), "--out", folder.resolve("again").toString());
    assertThat(again.get("weights_sha256")).isEqualTo(trained.get("weights_sha256"));
  }
}

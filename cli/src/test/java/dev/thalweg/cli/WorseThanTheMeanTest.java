package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `train` says of a regression whose R² is below 0.
class WorseThanTheMeanTest {

  @TempDir Path folder;

  /// Prices far from 0, half of them 1,000 above the others.
  @BeforeEach
  void writeRows() throws IOException {
    var text = new StringBuilder("x,price,small\n");
    for (var i = 0; i < 100; i++) {
      text.append(i % 2 + ",").append(90_000.5 + 1000 * (i % 2) + ",").append(i % 2 + 0.5 + "\n");
    }
    Files.writeString(folder.resolve("rows.csv"), text);
  }

  private Outcome train(String... arguments) {
    var all = new ArrayList<>(List.of("train", folder.resolve("rows.csv").toString()));
    all.addAll(List.of("--epochs", "20", "--model", "linear"));
    all.addAll(List.of("--scale-target", "no"));
    all.addAll(List.of("--out", folder.resolve("run").toString()));
    all.addAll(List.of(arguments));
    var outcome = Outcome.of(all.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome;
  }

  private static String sentence(String rows) {
    return "thalweg: R² of the "
        + rows
        + " rows is below 0, so the mean of the targets would predict better; their standard"
        + " deviation is 500, and what helps is a higher rate (--optimizer 'adamw(lr=…)'), more"
        + " --epochs, or scaled targets (without --scale-target no)\n";
  }

  @Test
  void theSpreadOfTheTargetsIsSaidAndWhatHelps() {
    var outcome = train("--target", "price", "--ignore", "small");
    assertThat(outcome.err()).endsWith(sentence("test"));
    assertThat(outcome.out()).contains("test R²", " -");
    assertThat(train("--target", "price", "--ignore", "small", "--test", "0").err())
        .endsWith(sentence("training"));
  }

  @Test
  void jsonOnStandardOutputIsAsItWas() {
    var outcome = train("--target", "price", "--ignore", "small", "--format", "json");
    assertThat(outcome.err()).endsWith(sentence("test"));
    assertThat(outcome.out()).hasLineCount(1).doesNotContain("would predict better");
    assertThat(Json.parse(outcome.out().strip())).isNotNull();
  }

  @Test
  void quietIsQuietAndAGoodModelNeedsNoNote() {
    assertThat(train("--target", "price", "--ignore", "small", "--quiet").err()).isEmpty();
    assertThat(train("--target", "small", "--ignore", "price", "--optimizer", "sgd(0.1)").err())
        .doesNotContain("R²");
    assertThat(train("--target", "x", "--ignore", "price").err()).doesNotContain("R²");
  }
}

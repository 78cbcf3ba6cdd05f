package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `--lr`: the optimizer's rate, wherever an optimizer is named.
class LearningRateTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0.1              | adam                        | adam(lr=0.1)
          0.1              | sgd()                       | sgd(lr=0.1)
          cosine(0.1)      | clip_norm(1) | clip_norm(1) | adam
          """)
  void goesIntoTheText(String rate, String optimizer, String text) {
    var typed = optimizer.equals("clip_norm(1)") ? "clip_norm(1) | adam" : optimizer;
    var expected = optimizer.equals("clip_norm(1)") ? "clip_norm(1) | adam(lr=cosine(0.1))" : text;
    assertThat(new LearningRate(rate).in(typed, true)).isEqualTo(expected);
  }

  @Test
  void replacesTheDefaultsRateAndOneOfAnotherLibrary() {
    assertThat(new LearningRate("0.1").in("adamw(lr=1e-3, weight_decay=0.01)", false))
        .isEqualTo("adamw(lr=0.1, weight_decay=0.01)");
    assertThat(new LearningRate("2").in("keras.SGD", true)).isEqualTo("keras.SGD(learning_rate=2)");
    assertThat(new LearningRate("2").in("sgd(1)", false)).isEqualTo("sgd(2)");
  }

  @Test
  void isWhatTheSameOptimizerTypedOutDoes() {
    var typed = Outcome.of("minimize", "(x-3)^2", "--start", "x=0", "--optimizer", "adam(lr=0.5)");
    assertThat(
            Outcome.of(
                "minimize", "(x-3)^2", "--start", "x=0", "--lr", "0.5", "--optimizer", "adam"))
        .isEqualTo(typed);
    assertThat(Outcome.of("minimize", "(x-3)^2", "--start", "x=0", "--lr", "0.5")).isEqualTo(typed);
    assertThat(
            Outcome.reading(
                "[2, 3]",
                "trajectory",
                "--start",
                "1",
                "--gradients",
                "-",
                "--optimizer",
                "sgd",
                "--lr",
                "0.5"))
        .isEqualTo(new Outcome(0, "0.0\n-1.5\n", ""));
  }

  @Test
  void isStatedInTheRunAndMayBeANumberOfAConfigurationFile() throws IOException {
    var config = Files.writeString(folder.resolve("c.yaml"), "data: iris\nlr: 0.02\nepochs: 1\n");
    var run = folder.resolve("run");
    var outcome =
        Outcome.of("train", "--config", config.toString(), "--quiet", "--out", run.toString());
    assertThat(outcome.err()).isEmpty();
    assertThat(run.resolve("config.yaml")).content().contains("optimizer: \"adamw(lr=0.02)\"");
    // The command line counts more than the file's optimizer with its own rate.
    var again = folder.resolve("again");
    outcome =
        Outcome.of(
            "train",
            "--config",
            run.resolve("config.yaml").toString(),
            "--lr",
            "0.5",
            "--quiet",
            "--out",
            again.toString());
    assertThat(outcome.err()).isEmpty();
    assertThat(again.resolve("config.yaml")).content().contains("optimizer: \"adamw(lr=0.5)\"");
  }

  @Test
  void aFileThatSaysItAsAnotherToolIsTold() throws IOException {
    var config = Files.writeString(folder.resolve("c.yaml"), "data: iris\nlearning_rate: 0.02\n");
    assertThat(Outcome.of("train", "--config", config.toString()).err())
        .isEqualTo(
            "thalweg: %s, line 2: unknown option 'learning_rate'; here it is lr\n"
                .formatted(config));
    Files.writeString(config, "dropout: 0.1\n");
    assertThat(Outcome.of("train", "--config", config.toString()).err())
        .isEqualTo(
            "thalweg: %s, line 1: unknown option 'dropout'; here it is model: 'mlp(128, 64, dropout=0.1)'\n"
                .formatted(config));
  }
}

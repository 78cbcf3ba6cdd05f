package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.thalweg.nn.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `model:` as a list of layers.
class LayerListTest {

  @TempDir Path folder;

  private static String model(String yaml) {
    var train = Objects.requireNonNull(ThalwegCommand.withAll().getSubcommands().get("train"));
    ConfigFile.parse("a.yaml", yaml).fill(train.getCommandSpec(), option -> false);
    TrainCommand command = train.getCommand();
    return command.options.config(0).model();
  }

  @Test
  void layersNestAsListsDo() {
    assertThat(
            model(
                """
                epochs: 3
                model:
                  - conv2d(32, 3, padding=same)   # the first
                  - batch_norm | relu
                  - repeat(2):
                      - residual:
                          - conv2d(32, 3, padding=same)
                          - relu
                      - relu
                  - residual(shortcut=conv2d(48, 1)):
                    - conv2d(48, 1)
                  - parallel(join=add):
                      - conv2d(16, 1)
                      - [ "max_pool(3, stride=1, padding=same)", "conv2d(16, 1)" ]
                      - densely: [relu]
                  - flatten
                  - dense(10)
                batch: 7
                """))
        .isEqualTo(
            "conv2d(32, 3, padding=same) | batch_norm | relu"
                + " | repeat(2, residual(conv2d(32, 3, padding=same) | relu) | relu)"
                + " | residual(conv2d(48, 1), shortcut=conv2d(48, 1))"
                + " | parallel(conv2d(16, 1), max_pool(3, stride=1, padding=same) | conv2d(16, 1),"
                + " densely(relu), join=add) | flatten | dense(10)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          [mlp(64)] => mlp(64)
          ["dense(8, relu)", relu] => dense(8, relu) | relu
          [residual(): [relu]] => residual(relu)
          [repeat( 3 ) : [relu, tanh]] => repeat( 3, relu | tanh)
          ["repeat(3, )": [relu]] => repeat(3, relu)
          [parallel: [relu, [relu, tanh], parallel: [relu]]] => parallel(relu, relu | tanh, parallel(relu))
          """)
  void aListIsTheTextThatSaysTheSame(String list, String text) {
    assertThat(model("model: " + list)).isEqualTo(text);
    assertThat(Models.parse(text, 10)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          [] => model: expected a layer or more, found an empty list
          [5] => model: expected a layer, such as dense(10), found 5
          [null] => model: expected a layer, such as dense(10), found nothing
          [[relu]] => model: expected a layer, found a list; one of layers within has a name, as in 'residual: [relu, dense(8)]'
          [conv2d(32, 3)] => model: conv2d(32: unclosed parenthesis; between brackets YAML parts what commas part: put it in quotes
          ['dense(1'] => model: dense(1: unclosed parenthesis; between brackets YAML parts what commas part: put it in quotes
          ['dense(1))'] => model: dense(1)): expected '|' or the end, found ')'
          [residal: [relu]] => model: unknown layer 'residal' (did you mean 'residual'?); known: dense, KNOWN
          [residual: []] => model: expected a layer or more, found an empty list
          [residual: relu] => model: residual: expected the list of the layers within; what a layer is told stands in its text, as in dense(10, relu)
          [dense: {units: 10}] => model: dense: expected the list of the layers within; what a layer is told stands in its text, as in dense(10, relu)
          [relu | residual: [relu]] => model: relu | residual: expected one layer that has the others within
          [{residual: [relu], repeat(2): [relu]}] => model: expected one layer, found more; each begins with '- '
          [{}] => model: expected the name of a layer
          [*a] => model: expected a layer
          {residual: [relu]} => model: expected a value, or a list of values
          """)
  void whatIsNoListOfLayersGetsOneSentence(String list, String sentence) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> model("\nmodel: " + list))
        .withMessageStartingWith("a.yaml, line 2: " + sentence.replaceFirst("KNOWN$", ""))
        .withMessageNotContaining("\n");
  }

  @Test
  void listsMayBeAsDeepAsThereIsSense() {
    var deep = "[residual: ".repeat(100_000) + "[relu" + "]".repeat(100_001);
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> model("model: " + deep))
        .withMessage("a.yaml, line 1: model: expected layers at most 50 deep");
  }

  @Test
  void aRunOfAListOfLayersIsRepeatedByItsConfiguration() throws IOException {
    var list = folder.resolve("list.yaml");
    Files.writeString(
        list,
        """
        data: digits
        epochs: 1
        model:
          - conv2d(4, 3, activation=relu)
          - residual:
              - batch_norm
              - conv2d(4, 3, padding=same)
          - flatten
          - dense(10)
        """);
    var text =
        "conv2d(4, 3, activation=relu) | residual(batch_norm | conv2d(4, 3, padding=same))"
            + " | flatten | dense(10)";
    var hashes =
        List.of(
            sha256("--config", list.toString(), "--out", folder + "/a"),
            sha256("--config", folder + "/a/config.yaml", "--out", folder + "/b"),
            sha256("digits", "--epochs", "1", "--model", text, "--out", folder + "/c"));
    assertThat(hashes.stream().distinct()).hasSize(1);
    assertThat(RunConfig.read(folder.resolve("a/config.yaml")).model()).isEqualTo(text);
  }

  private static String sha256(String... arguments) {
    var all = new ArrayList<>(List.of("train", "--format", "json", "--quiet"));
    all.addAll(List.of(arguments));
    var outcome = Outcome.of(all.toArray(String[]::new));
    assertThat(outcome.err()).isEmpty();
    return outcome.out().replaceFirst("(?s).*\"weights_sha256\":\"", "").substring(0, 64);
  }
}

package dev.thalweg.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pairs of texts from `train` to `predict`.
class PairsTrainingTest {

  @TempDir Path place;

  private Path file() {
    return place.resolve("pairs.csv");
  }

  private String out(String name) {
    return place.resolve(name).toString();
  }

  /// Words in capitals, said letter by letter.
  @BeforeEach
  void write() throws IOException {
    var rows = new StringBuilder("word,pronunciation\n");
    for (var i = 0; i < 160; i++) {
      var word = "%c%c%c".formatted('A' + i % 4, 'A' + i / 4 % 4, 'A' + i / 16 % 4);
      rows.append(word.substring(i / 64)).append(',');
      rows.append(String.join(" ", word.substring(i / 64).toLowerCase(Locale.ROOT).split("", 0)))
          .append('\n');
    }
    Files.writeString(file(), rows);
  }

  private static Outcome run(String... line) {
    var all = new ArrayList<>(List.of(line));
    all.addAll(List.of("--quiet", "--format", "json"));
    return Outcome.of(all.toArray(String[]::new));
  }

  private static Map<?, ?> object(Outcome outcome) {
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    return (Map<?, ?>) requireNonNull(Json.parse(outcome.out()));
  }

  private Map<?, ?> trained(String name, String... more) {
    var line = new ArrayList<>(List.of("train", file().toString(), "--task", "pairs"));
    line.addAll(List.of("--tokenizer", "characters, words", "--out", out(name)));
    line.addAll(
        List.of("--model", "transformer(layers=1, width=16, heads=2, context=6)", "--batch", "16"));
    line.addAll(List.of(more));
    return object(run(line.toArray(String[]::new)));
  }

  @Test
  void pairsAreLearnedFromAndNewOnesMade() throws IOException {
    var trained = trained("a", "--epochs", "60", "--validation", "0.1", "--threads", "1");
    assertThat(trained.get("task")).isEqualTo("pairs");
    assertThat(trained.get("target_vocabulary")).isEqualTo(5L);
    assertThat((double) requireNonNull((Double) trained.get("test_token_error_rate")))
        .isLessThan(0.2);
    var again =
        object(
            run(
                "train",
                "--config",
                out("a") + "/config.yaml",
                "--out",
                out("b"),
                "--threads",
                "3"));
    assertThat(again.get("weights_sha256")).isEqualTo(trained.get("weights_sha256"));
    var evaluated = object(run("evaluate", out("a"), "--beam", "3"));
    assertThat(evaluated.get("loss")).isEqualTo(trained.get("test_loss"));
    assertThat(evaluated.get("beam")).isEqualTo(3L);
    assertThat(object(run("evaluate", out("a"), file().toString())).get("texts"))
        .isEqualTo(64L + 16 + 2);
    var made = object(run("predict", out("a"), "--text", "dcb", "--beam", "2"));
    var first = (Map<?, ?>) requireNonNull((List<?>) made.get("predictions")).getFirst();
    assertThat(first.get("text")).isEqualTo("dcb");
    assertThat((List<?>) first.get("results")).hasSize(2);
    assertThat(Outcome.of("predict", out("a"), "--text", "DCB").out())
        .isEqualTo(first.get("prediction") + "\n");
    var words = Files.writeString(place.resolve("words.txt"), "ABC\n\nDD\n");
    assertThat(Outcome.of("predict", out("a"), words.toString()).out().lines().toList())
        .hasSize(3)
        .first()
        .isEqualTo("text,prediction,probability");
    assertThat(Outcome.of("evaluate", out("a")).out()).contains("token errors");
    assertThat(run("report", out("a"), "--out", out("page.html")).exitCode()).isZero();
    assertThat(run("explain", out("a"), "--step", "2").exitCode()).isZero();
  }

  @Test
  void aModelIsGoneOnFromWithOthers() throws IOException {
    trained("a", "--epochs", "40");
    var others = Files.writeString(place.resolve("others.csv"), reversed());
    var line =
        new String[] {"--task", "pairs", "--epochs", "3", "--validation", "0.1", "--batch", "16"};
    var all = new ArrayList<>(List.of("fine-tune", out("a"), "--data", others.toString()));
    all.addAll(List.of(line));
    all.addAll(List.of("--freeze", "*.norm*", "--out", out("b")));
    var tuned = started(run(all.toArray(String[]::new)));
    assertThat((String) tuned.get("model"))
        .startsWith("encoder_decoder(embedding(4, 16, ")
        .contains("positions(6)");
    assertThat(tuned.get("target_vocabulary")).isEqualTo(5L);
    var again = started(run("train", "--config", out("b") + "/config.yaml", "--out", out("c")));
    assertThat(again.get("weights_sha256")).isEqualTo(tuned.get("weights_sha256"));
    var fresh = new ArrayList<>(List.of("train", others.toString(), "--out", out("d")));
    fresh.addAll(List.of("--tokenizer", "characters, words"));
    fresh.addAll(List.of("--model", "transformer(layers=1, width=16, heads=2, context=6)"));
    fresh.addAll(List.of(line));
    var plain = object(run(fresh.toArray(String[]::new)));
    assertThat((double) requireNonNull((Double) tuned.get("train_loss")))
        .isLessThan(0.8 * (double) requireNonNull((Double) plain.get("train_loss")));
    assertThat(object(run("evaluate", out("b"))).get("loss")).isEqualTo(tuned.get("test_loss"));
  }

  /// What comes of a training that says what it starts from.
  private static Map<?, ?> started(Outcome outcome) {
    assertThat(outcome.err())
        .startsWith(
            "thalweg: starts from the weights of another model; new: none; frozen: 1.source");
    return object(new Outcome(outcome.exitCode(), outcome.out(), ""));
  }

  /// The words, said from their end.
  private static String reversed() {
    var rows = new StringBuilder("word,pronunciation\n");
    for (var i = 0; i < 64; i++) {
      var word = "%c%c%c".formatted('A' + i % 4, 'A' + i / 4 % 4, 'A' + i / 16 % 4);
      var said = new StringBuilder(word.toLowerCase(Locale.ROOT)).reverse().toString();
      rows.append(word).append(',').append(String.join(" ", said.split("", 0))).append('\n');
    }
    return rows.toString();
  }

  @Test
  void aRateIsSuggested() {
    var found =
        object(
            run(
                "lr-find",
                file().toString(),
                "--task",
                "pairs",
                "--model",
                "transformer(layers=1, width=16, heads=2, context=6)",
                "--tokenizer",
                "characters, words",
                "--steps",
                "80"));
    assertThat((List<?>) requireNonNull(found.get("rates"))).hasSizeGreaterThan(20);
    assertThat((double) requireNonNull((Double) found.get("suggestion"))).isBetween(1e-5, 1.0);
  }

  @Test
  void aTrainingThatStoppedGoesOnToTheSameBytes() {
    var whole = trained("a", "--epochs", "4", "--optimizer", "adamw(lr=0.005)");
    trained("b", "--epochs", "2", "--optimizer", "adamw(lr=0.005)", "--checkpoint-every", "5");
    var resumed =
        (Map<?, ?>) requireNonNull(Json.parse(run("resume", out("b"), "--epochs", "4").out()));
    assertThat(resumed.get("steps")).isEqualTo(whole.get("steps"));
    assertThat(resumed.get("weights_sha256")).isEqualTo(whole.get("weights_sha256"));
    assertThat(resumed.get("test_token_error_rate")).isEqualTo(whole.get("test_token_error_rate"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          predict RUN --text A7             | 2 | --text: expected the 4 characters that the model knows, found U+0037 '7' at character 2
          predict RUN --text ABCDABCD       | 2 | --text: expected up to 6 tokens, the context of the model, found 8
          predict RUN                       | 2 | predict: expected F
          predict RUN --text A --keep b     | 2 | --keep: is for data with one answer a row, and RUN has a model of pairs of texts
          train FILE --task pairs --model mlp(3) | 2 | --model: model 'mlp' is one of rows; of pairs there are transformer, seq2seq, or layers joined by |
          train FILE --task pairs --model transformer(context=2) | 2 | FILE: expected texts of up to 2 tokens, the context of the model, an end included, found
          train FILE --task pairs --tokenizer ngrams(2,3) | 2 | --tokenizer: unknown tokenizer 'ngrams'
          train FILE --task pairs --target b | 2 | --target: is for other data, and FILE has pairs of texts
          train FILE --task pairs --folds 3  | 2 | --folds: is for other data, and FILE has pairs of texts
          train iris --task pairs            | 2 | --task pairs: expected a file of two columns of texts, or cmudict, found iris
          train cmudict --task regression    | 2 | --task regression: is for rows, and cmudict has pairs of texts
          train LATIN --task pairs           | 1 | LATIN: expected text in UTF-8, found something else at byte
          train EMPTY --task pairs           | 1 | EMPTY, line 2, column 2 ('b'): expected a text, found an empty one
          lr-find FILE --task pairs --optimizer adamw(0.1) --epochs 2 | 2 | --epochs: has no effect here
          fine-tune RUN --data FILE --task pairs --tokenizer bytes | 2 | --tokenizer: the tokens are those of the run that is started from
          fine-tune RUN --data iris | 2 | RUN: has a model of pairs of texts, and the data have rows
          fine-tune RUN --data FILE --task pairs --freeze nothing | 2 | freeze: no weight or layer is 'nothing'
          """)
  void eachMistakeGetsASentence(String line, int exitCode, String sentence) throws IOException {
    if (line.contains("RUN")) {
      trained("a", "--epochs", "1");
    }
    var latin = Files.write(place.resolve("latin.csv"), new byte[] {'a', ',', (byte) 0xe4, '\n'});
    var empty = Files.writeString(place.resolve("empty.csv"), "a,b\nx,\ny,z\n");
    var words =
        Arrays.stream(line.split(" ", -1))
            .map(word -> named(word, latin, empty))
            .toArray(String[]::new);
    var outcome = run(words);
    assertThat(outcome.err()).startsWith("thalweg: " + named(sentence, latin, empty));
    assertThat(outcome.exitCode()).isEqualTo(exitCode);
  }

  private String named(String text, Path latin, Path empty) {
    return text.replace("FILE", file().toString())
        .replace("RUN", out("a"))
        .replace("LATIN", latin.toString())
        .replace("EMPTY", empty.toString());
  }

  @Test
  void anEmptyTextIsRefused() {
    trained("a", "--epochs", "1");
    var outcome = run("predict", out("a"), "--text", " ");
    assertThat(outcome.err()).isEqualTo("thalweg: --text: expected a text, found an empty one\n");
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @Test
  void theDictionaryIsListed() {
    var told = run("data", "cmudict").out();
    assertThat(told).contains("\"rows\":133784", "\"sources\":125005", "\"task\":\"pairs\"");
    assertThat(Outcome.of("data").out()).containsPattern("cmudict +133,784 +- +pairs +BSD");
  }
}

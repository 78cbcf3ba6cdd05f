package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A text from `train` to `generate`, by a network that is small enough for a test.
class LanguageTrainingTest {

  private static final String MODEL = "lstm(16)";

  private static final String TEXT =
      "of the sea and of the whale, and the whale of the sea;\n".repeat(40);

  @TempDir Path place;

  private Path text() {
    return place.resolve("sea.txt");
  }

  private String run() {
    return place.resolve("run").toString();
  }

  @BeforeEach
  void writeText() throws IOException {
    Files.writeString(text(), TEXT);
  }

  private Outcome train(String... more) {
    return Outcome.of(
        Stream.concat(
                Stream.of(
                    "train",
                    text().toString(),
                    "--context",
                    "16",
                    "--epochs",
                    "2",
                    "--out",
                    run(),
                    "--quiet"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static Map<?, ?> object(Outcome outcome) {
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    return requireNonNull((Map<?, ?>) Json.parse(outcome.out()));
  }

  /// A folder of ten documents.
  private String logs() throws IOException {
    var folder = Files.createDirectories(place.resolve("logs/of"));
    for (var i = 0; i < 10; i++) {
      Files.writeString(
          folder.resolve(i + ".txt"), "day %d at sea, no whale. ".formatted(i).repeat(9));
    }
    return place.resolve("logs").toString();
  }

  @Test
  void attentionSeesADocumentAloneUnlessTheyAreJoined() throws IOException {
    var logs = logs();
    var weights = new ArrayList<Object>();
    for (var how :
        List.of(
            List.<String>of(), List.of("--documents", "apart"), List.of("--documents", "joined"))) {
      var trained =
          Outcome.of(
              Stream.concat(
                      Stream.of(
                          "train",
                          logs,
                          "--task",
                          "language",
                          "--model",
                          "gpt(layers=1, width=8, heads=2, context=16)",
                          "--epochs",
                          "1",
                          "--quiet",
                          "--out",
                          run()),
                      how.stream())
                  .toArray(String[]::new));
      assertThat(trained.exitCode()).as(trained.err()).isZero();
      assertThat(trained.out().contains("windows of 16, attention within a document"))
          .isEqualTo(!how.contains("joined"));
      weights.add(Arrays.hashCode(Files.readAllBytes(Path.of(run(), "weights.safetensors"))));
      var bits =
          object(Outcome.of("evaluate", run(), "--format", "json")).get("bits_per_character");
      assertThat(trained.out()).contains(Numbers.figure((Double) requireNonNull(bits)));
      assertThat(Files.readString(Path.of(run(), "config.yaml")).contains("documents: \"joined\""))
          .isEqualTo(how.contains("joined"));
    }
    assertThat(weights.get(0)).isEqualTo(weights.get(1)).isNotEqualTo(weights.get(2));
    refused(
        2,
        "--documents apart: is for a folder of texts, and " + text() + " is one text",
        Outcome.of("train", text().toString(), "--documents", "apart"));
    refused(
        2,
        "--documents: is for texts, and iris has rows",
        Outcome.of("train", "iris", "--documents", "joined"));
  }

  @Test
  void theDocumentsOfAFolderArePacked() throws IOException {
    var logs = logs();
    List<String> line =
        List.of("train", logs, "--task", "language", "--model", MODEL, "--context", "16");
    var trained =
        object(
            Outcome.of(
                Stream.concat(
                        line.stream(),
                        Stream.of("--epochs", "2", "--quiet", "--format", "json", "--out", run()))
                    .toArray(String[]::new)));
    // Eight documents of 216 characters, and seven separators.
    assertThat(trained.get("train_tokens")).isEqualTo(8 * 216 + 7L);
    assertThat(object(Outcome.of("evaluate", run(), "--format", "json")).get("bits_per_character"))
        .isEqualTo(trained.get("test_bits_per_character"));
    assertThat(object(Outcome.of("evaluate", run(), logs, "--format", "json")).get("tokens"))
        .isEqualTo(10 * 216 + 9L - 1);
    Files.createDirectories(place.resolve("none"));
    var none =
        Outcome.of("train", place.resolve("none").toString(), "--task", "language", "--quiet");
    assertThat(none.err())
        .isEqualTo(
            "thalweg: %s: expected files that end in .txt, found none\n"
                .formatted(place.resolve("none")));
    assertThat(none.exitCode()).isEqualTo(1);
  }

  @Test
  void aTextIsTrainedOnAndTheRunWritesIsEvaluatedAndRepeated() throws IOException {
    var trained =
        object(
            train("--model", MODEL, "--format", "json", "--validation", "0.1", "--patience", "2"));
    assertThat(trained.get("data")).isEqualTo(text().toString());
    assertThat(trained.get("task")).isEqualTo("language");
    assertThat(trained.get("tokenizer")).isEqualTo("characters");
    assertThat(trained.get("train_tokens")).isEqualTo(1540L);
    assertThat(trained.get("validation_tokens")).isEqualTo(220L);
    assertThat(trained.get("test_tokens")).isEqualTo(440L);
    for (var figure :
        List.of("test_bits_per_character", "validation_bits_per_token", "tokens_per_second")) {
      assertThat(trained.get(figure))
          .as(figure)
          .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
          .isPositive();
    }
    assertThat(Files.readString(Path.of(run(), "model.json")))
        .contains("\"task\": \"language\"", "\"characters\":");
    var evaluated = object(Outcome.of("evaluate", run(), "--format", "json"));
    assertThat(evaluated.get("tokens")).isEqualTo(439L);
    assertThat(evaluated.get("bits_per_character"))
        .isEqualTo(trained.get("test_bits_per_character"));
    assertThat(evaluated.get("loss")).isEqualTo(trained.get("test_loss"));
    var again =
        object(
            Outcome.of(
                "train",
                "--config",
                Path.of(run(), "config.yaml").toString(),
                "--out",
                place.resolve("again").toString(),
                "--quiet",
                "--format",
                "json"));
    assertThat(again.get("weights_sha256")).isEqualTo(trained.get("weights_sha256"));
    // On a text of its own.
    var other = Files.writeString(place.resolve("other.txt"), "the whale and the sea");
    var judged = object(Outcome.of("evaluate", run(), other.toString(), "--format", "json"));
    assertThat(judged.get("data")).isEqualTo(other.toString());
    assertThat(judged.get("tokens")).isEqualTo(20L);
    // The file is another than it was.
    Files.writeString(text(), TEXT.replace("sea", "saa"));
    assertThat(Outcome.of("evaluate", run()).err())
        .contains("is not the file that the run was trained on");
  }

  @Test
  void theRunFolderAloneWrites() throws IOException {
    object(train("--model", MODEL, "--format", "json"));
    Files.delete(text());
    var how =
        List.of("--prompt", "of the ", "--length", "30", "--temperature", "0.8", "--top-k", "9");
    var json = object(generate(how, "--seed", "1", "--format", "json"));
    assertThat(json.get("tokens")).isEqualTo(30L);
    assertThat(json.get("prompt")).isEqualTo("of the ");
    assertThat(json.get("tokens_per_second"))
        .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
        .isPositive();
    var text = String.valueOf(json.get("text"));
    assertThat(text).startsWith("of the ").hasSize(37);
    for (var threads : List.of("1", "3")) {
      assertThat(generate(how, "--seed", "1", "--threads", threads).out()).isEqualTo(text + "\n");
    }
    assertThat(generate(how, "--seed", "2").out()).isNotEqualTo(text + "\n");
    assertThat(generate(how, "--top-p", "0.01").out())
        .isEqualTo(generate(how, "--top-p", "0.01", "--seed", "9").out());
  }

  private Outcome generate(List<String> how, String... more) {
    return Outcome.of(
        Stream.of(Stream.of("generate", run()), how.stream(), Stream.of(more))
            .flatMap(each -> each)
            .toArray(String[]::new));
  }

  @Test
  void peopleReadATable() {
    var trained = train("--model", MODEL);
    assertThat(trained.exitCode()).isZero();
    assertThat(trained.out())
        .containsPattern("data +.*sea\\.txt: 1,760 characters to train on, 440 to test")
        .containsPattern("tokens +characters, 15 different, windows of 16")
        .containsPattern("trained +2 epochs, 8 steps, [0-9.]+ s, [0-9,]+ tokens/s")
        .containsPattern("test bits per character +[0-9.]{6}");
    assertThat(Outcome.of("evaluate", run()).out())
        .containsPattern("data +.*sea\\.txt: 439 tokens, the run's test part")
        .containsPattern("bits per character +[0-9.]{6}");
  }

  @Test
  void tokensAreCountedWhileItTrains() {
    var trained =
        Outcome.of(
            "train", text().toString(), "--model", "lstm(8)", "--epochs", "1", "--out", run());
    assertThat(trained.exitCode()).isZero();
    assertThat(trained.err()).doesNotContain("samples/s");
  }

  @Test
  void tokensMayBePairsOfBytes() {
    var pairs = object(train("--model", MODEL, "--tokenizer", "bpe(270)", "--format", "json"));
    assertThat(pairs.get("tokenizer")).isEqualTo("bpe(270)");
    assertThat(pairs.get("vocabulary")).isEqualTo(270L);
    assertThat(generate(List.of("--prompt", "Ö"), "--length", "2").exitCode()).isZero();
  }

  private static void refused(int code, String sentence, Outcome outcome) {
    assertThat(outcome.err()).contains(sentence).hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(code);
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    var empty = Files.writeString(place.resolve("empty.txt"), "").toString();
    refused(1, empty + ": expected a text, found an empty file", Outcome.of("train", empty));
    var latin = Files.write(place.resolve("latin.txt"), "naïve".getBytes(ISO_8859_1)).toString();
    refused(
        1,
        latin + ": expected text in UTF-8, found something else at byte 2",
        Outcome.of("train", latin));
    refused(1, "nowhere.txt: no such file", Outcome.of("train", "nowhere.txt"));
    var little =
        Files.writeString(place.resolve("little.txt"), "a whale and another whale, and a third one")
            .toString();
    refused(2, "expected more tokens than the context of 128", Outcome.of("train", little));
    refused(
        2,
        "--task language: is for texts, and iris has rows",
        Outcome.of("train", "iris", "--task", "language"));
    refused(
        2,
        "--context: is for texts, and iris has rows",
        Outcome.of("train", "iris", "--context", "9"));
    refused(
        2,
        "unknown data set 'moby-dik' (did you mean 'moby-dick'?)",
        Outcome.of("train", "moby-dik"));
    assertThat(Path.of(run())).doesNotExist();
  }

  @Test
  void aRunWithoutItsConfigurationIsToldSo() throws IOException {
    object(train("--model", "lstm(8)", "--format", "json"));
    Files.delete(Path.of(run(), "config.yaml"));
    refused(1, Path.of(run(), "config.yaml") + ": no such file", Outcome.of("evaluate", run()));
  }

  @Test
  void promptsThatAModelCanNotGoOnWithAreRefused() {
    object(train("--model", "gpt(layers=1, width=8, heads=2, context=16)", "--format", "json"));
    var run = run();
    refused(
        2,
        "--prompt: expected up to 16 tokens, the context of the model, found 17",
        Outcome.of("generate", run, "--prompt", "of the whale, and"));
    refused(2, "found U+00D6 'Ö' at character 1", Outcome.of("generate", run, "--prompt", "Ö"));
    refused(
        2,
        "generate: expected --prompt TEXT, how the text begins, found none",
        Outcome.of("generate", run));
    refused(
        2,
        "--top-p 0: expected a number above 0 and at most 1",
        Outcome.of("generate", run, "--prompt", "of", "--top-p", "0"));
    refused(
        2,
        "predict: expected a model of rows, and %s has a model of texts; 'generate' has it write"
            .formatted(run),
        Outcome.of("predict", run, text().toString()));
    refused(1, "no such run folder", Outcome.of("generate", "nowhere", "--prompt", "of"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--folds; 3; --folds: is for data with one answer a row, and ",
        "--loss; mse; --loss: is for data with one answer a row, and ",
        "--augment; flip; --augment: is for data with one answer a row, and ",
        "--positive; 3; --positive: is for data with one answer a row, and ",
        "--separator; ,; --separator: is for data with one answer a row, and ",
        "--grid; lr=1,2; --grid: is for data with one answer a row, and ",
        "--validation; 0.9; --test 0.2 --validation 0.9: expected some of the text to train on",
        "--tokenizer; words; --tokenizer: unknown tokenizer 'words'",
        "--tokenizer; bpe(9); --tokenizer: bpe: size must be at least 256, found 9",
        "--optimizer; adm; unknown optimizer 'adm' (did you mean 'adam'?)"
      })
  void whatIsNotForTextsIsRefused(String option, String value, String sentence) {
    var outcome = train(option, value);
    assertThat(outcome.err()).contains(sentence);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(Path.of(run())).doesNotExist();
  }

  @Test
  void theTextIsAmongTheData() {
    assertThat(Outcome.of("data").out())
        .containsPattern("moby-dick +1,189,652 characters +- +language +public domain +yes");
    assertThat(Outcome.of("data", "moby-dick").out()).containsPattern("text +1,189,652 characters");
    refused(
        2,
        "--plot: is for images, and moby-dick is a text",
        Outcome.of("data", "moby-dick", "--plot", place.resolve("a.png").toString()));
  }

  @Test
  void aTableThatEndsInTxtIsATableWhereAColumnIsToBePredicted() throws IOException {
    var table = new StringBuilder("x,y\n");
    for (var i = 0; i < 40; i++) {
      table.append(i).append(',').append(i % 2 == 0 ? "even" : "odd").append('\n');
    }
    var file = Files.writeString(place.resolve("t.txt"), table.toString()).toString();
    var trained =
        object(
            Outcome.of(
                "train",
                file,
                "--target",
                "y",
                "--epochs",
                "1",
                "--out",
                run(),
                "--quiet",
                "--format",
                "json"));
    assertThat(trained.get("task")).isEqualTo("classification");
  }

  @Test
  void whatLooksLikeATableAndIsTakenAsATextIsSaid() throws IOException {
    var table = "x,y\n" + "1,2\n".repeat(300);
    var file = Files.writeString(place.resolve("rows.txt"), table).toString();
    var sentence =
        "thalweg: %s is taken as a text, as it ends in .txt; its lines look like rows of 2 columns: --target COL takes it as a table\n"
            .formatted(file);
    var trained =
        Outcome.of("train", file, "--model", "lstm(4)", "--epochs", "1", "--quiet", "--out", run());
    assertThat(trained.exitCode()).isZero();
    assertThat(trained.err()).isEqualTo(sentence);
    assertThat(Outcome.of("data", file).err()).isEqualTo(sentence);
    refused(
        2,
        file + ": expected --target COL, the column to predict; it has x, y",
        Outcome.of("train", file, "--task", "regression"));
    assertThat(Outcome.of("data", file, "--target", "y").out()).containsPattern("rows +300");
    assertThat(train("--model", MODEL).err()).doesNotContain("is taken as a text");
  }

  @Test
  void dataSaysOfAFileWhatTrainTakesItFor() {
    var file = text().toString();
    assertThat(Outcome.of("data", file))
        .isEqualTo(
            new Outcome(
                0,
                "name  "
                    + file
                    + "\ntext  2,200 characters, 15 different\ntask  language, how it goes on\n",
                ""));
    assertThat(Outcome.of("data", file, "--format", "json").out())
        .contains("\"characters\":2200,\"different\":15,\"task\":\"language\"");
    refused(
        2,
        "--plot: is for images, and " + file + " is a text",
        Outcome.of("data", file, "--plot", place.resolve("a.png").toString()));
  }

  @Test
  void noNumberOfStepsIsTooLargeForTheRate() {
    var text = text().toString();
    var config =
        RunConfig.parse(
            "test", "data: \"%s\"\nepochs: 2000000000\nbatch: 1\ncontext: 8".formatted(text));
    assertThat(LanguagePlan.of(config).optimizer().toString()).contains("warmup=100");
  }
}

package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Columns and folders of texts, from `train` to `predict`.
class TextColumnTrainingTest {

  private static final String SMALL = "ngrams(2, 3, buckets=512)";

  @TempDir Path place;

  private Path file() {
    return place.resolve("mails.csv");
  }

  private Path folder() {
    return place.resolve("mails");
  }

  private static String mail(int i) {
    return i % 3 == 0
        ? "claim your prize number %d now, it costs you nothing".formatted(i)
        : "the meeting of team %d begins at ten in the hall".formatted(i);
  }

  @BeforeEach
  void write() throws IOException {
    var rows = new StringBuilder("kind,size,said\n");
    for (var i = 0; i < 60; i++) {
      var kind = i % 3 == 0 ? "spam" : "ham";
      rows.append(kind).append(',').append(i % 7).append(",\"").append(mail(i)).append("\"\n");
      var one = folder().resolve(kind).resolve(i + ".txt");
      Files.createDirectories(requireNonNull(one.getParent()));
      Files.writeString(one, mail(i));
    }
    Files.writeString(file(), rows);
  }

  private Outcome run(String... line) {
    var all = new ArrayList<>(List.of(line));
    all.addAll(List.of("--quiet", "--format", "json"));
    return Outcome.of(all.toArray(String[]::new));
  }

  private static Map<?, ?> object(Outcome outcome) {
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    return requireNonNull((Map<?, ?>) Json.parse(outcome.out()));
  }

  private String out(String name) {
    return place.resolve(name).toString();
  }

  @Test
  void aColumnOfTextsIsFoundAndSaidAndHasTheSameWeightsForAnyThreads() throws IOException {
    var trained =
        object(
            run(
                "train",
                file().toString(),
                "--target",
                "kind",
                "--ignore",
                "size",
                "--epochs",
                "3",
                "--out",
                out("a"),
                "--threads",
                "1"));
    assertThat(trained.get("model")).isEqualTo("linear");
    assertThat(trained.get("optimizer")).isEqualTo("momentum(lr=cosine(5))");
    assertThat((List<?>) trained.get("columns"))
        .first()
        .isEqualTo(
            Map.of(
                "name",
                "said",
                "kind",
                "texts",
                "ngrams",
                "ngrams(2, 5, words=true, buckets=65536)",
                "missing",
                0L));
    assertThat(trained.get("test_f1")).isEqualTo(1.0);
    var again =
        object(
            run(
                "train",
                file().toString(),
                "--target",
                "kind",
                "--text",
                "said",
                "--ignore",
                "size",
                "--epochs",
                "3",
                "--out",
                out("b"),
                "--threads",
                "3"));
    assertThat(again.get("weights_sha256")).isEqualTo(trained.get("weights_sha256"));
    var predicted = object(run("predict", out("a"), "--text", "claim this prize now"));
    assertThat((List<?>) predicted.get("predictions"))
        .first()
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("prediction", "spam");
    var whole = place.resolve("again.csv");
    Files.writeString(whole, "kind,said\nspam,claim your prize\nham,the meeting of the team\n");
    assertThat(object(run("evaluate", out("a"), whole.toString())).get("accuracy")).isEqualTo(1.0);
    assertThat(object(run("evaluate", out("a"))).get("loss")).isEqualTo(trained.get("test_loss"));
    var repeated = object(run("train", "--config", out("a") + "/config.yaml", "--out", out("c")));
    assertThat(repeated.get("weights_sha256")).isEqualTo(trained.get("weights_sha256"));
  }

  @Test
  void textsStandBesideNumbers() {
    var trained =
        object(
            run(
                "train",
                file().toString(),
                "--target",
                "kind",
                "--text",
                "said",
                "--tokenizer",
                SMALL,
                "--model",
                "mlp(4)",
                "--epochs",
                "2",
                "--out",
                out("a")));
    assertThat(trained.get("parameters")).isEqualTo(4L * 513 + 4 + 2 * 4 + 2);
    assertThat(object(run("evaluate", out("a"))).get("loss")).isEqualTo(trained.get("test_loss"));
    var outcome = run("predict", out("a"), "--text", "claim");
    assertThat(outcome.err())
        .isEqualTo(
            "thalweg: --text: expected a model of one column of texts, and %s learned from size, said; expected FILE\n"
                .formatted(out("a")));
  }

  @Test
  void aFolderOfTextsIsLearnedFromAndJudgedBy() throws IOException {
    var trained =
        object(
            run(
                "train",
                folder().toString(),
                "--tokenizer",
                SMALL,
                "--epochs",
                "3",
                "--out",
                out("a")));
    assertThat(trained.get("test_f1")).isEqualTo(1.0);
    assertThat(object(run("evaluate", out("a"), folder().toString())).get("rows")).isEqualTo(60L);
    assertThat(Outcome.of("data", folder().toString()).out()).contains("classes  ham, spam");
    var wrong = folder().resolve("ham/x.txt");
    Files.write(wrong, "caf\u00e9".getBytes(ISO_8859_1));
    var outcome = run("train", folder().toString(), "--out", out("b"));
    assertThat(outcome.err()).startsWith("thalweg: " + wrong + ": ").contains("UTF-8");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(Path.of(out("b"))).doesNotExist();
    Files.writeString(wrong, "");
    assertThat(run("train", folder().toString(), "--out", out("b")).err())
        .isEqualTo("thalweg: " + wrong + ": expected a text, found an empty file\n");
  }

  @Test
  void textsAreSequencesForModelsOfThese() throws IOException {
    var line = new ArrayList<>(List.of("train", file().toString(), "--target", "kind"));
    line.addAll(List.of("--text", "said", "--ignore", "size", "--model", "gru(8, width=8)"));
    line.addAll(List.of("--tokenizer", "words(50, length=9)", "--epochs", "12", "--lr", "0.02"));
    var parts = new ArrayList<>(line);
    line.addAll(List.of("--out", out("a")));
    var trained = object(run(line.toArray(String[]::new)));
    assertThat(trained.get("test_f1")).isEqualTo(1.0);
    assertThat((Map<?, ?>) requireNonNull((List<?>) trained.get("columns")).getFirst())
        .extracting("kind", "tokens", "length", "cut")
        .containsExactly("texts", "words(50, length=9)", 9L, 48L);
    var said = object(run("predict", out("a"), "--text", "claim an unheard prize"));
    assertThat((List<?>) said.get("predictions"))
        .first()
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("prediction", "spam");
    var whole = place.resolve("again.csv");
    Files.writeString(whole, "kind,said\nspam,claim your prize\nham,the meeting of the team\n");
    assertThat(object(run("evaluate", out("a"), whole.toString())).get("accuracy")).isEqualTo(1.0);
    assertThat(object(run("evaluate", out("a"))).get("loss")).isEqualTo(trained.get("test_loss"));
    var repeated = object(run("train", "--config", out("a") + "/config.yaml", "--out", out("c")));
    assertThat(repeated.get("weights_sha256")).isEqualTo(trained.get("weights_sha256"));
    // Stopped and gone on with.
    parts.set(parts.indexOf("12"), "5");
    parts.addAll(List.of("--checkpoint-every", "3", "--out", out("d")));
    object(run(parts.toArray(String[]::new)));
    assertThat(run("resume", out("d"), "--epochs", "12").exitCode()).isZero();
    assertThat(Path.of(out("d"), "weights.safetensors"))
        .hasSameBinaryContentAs(Path.of(out("a"), "weights.safetensors"));
    // Others are written with the tokens of the first.
    var outcome =
        run(
            "fine-tune",
            out("a"),
            "--data",
            whole.toString(),
            "--target",
            "kind",
            "--text",
            "said",
            "--test",
            "0",
            "--epochs",
            "1",
            "--out",
            out("e"));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    var tuned = requireNonNull((Map<?, ?>) Json.parse(outcome.out()));
    assertThat((Map<?, ?>) requireNonNull((List<?>) tuned.get("columns")).getFirst())
        .extracting("tokens", "length")
        .containsExactly("words(50, length=9)", 9L);
    // What speaks for the class is drawn over the text.
    var page = place.resolve("page.html");
    var why = run("explain", out("a"), "--text", "Claim, the PRIZE", "--out", page.toString());
    assertThat(why.exitCode()).as(why.err()).isZero();
    var explained = requireNonNull((Map<?, ?>) Json.parse(why.out()));
    assertThat((List<?>) explained.get("features")).isEmpty();
    var text = (Map<?, ?>) requireNonNull((List<?>) explained.get("texts")).getFirst();
    assertThat((List<?>) text.get("occlusion")).hasSize(16).element(6).isEqualTo(0.0);
    assertThat((List<?>) text.get("integrated_gradients"))
        .filteredOn(each -> ((Number) requireNonNull(each)).doubleValue() != 0)
        .hasSizeGreaterThan(8);
    assertThat(Files.readString(page)).contains("<span style=\"background:color-mix(in srgb, var(");
    var rows = run("explain", out("a"), "--row", "2");
    assertThat(requireNonNull((Map<?, ?>) Json.parse(rows.out())).get("columns"))
        .isEqualTo(List.of("said"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          train FILE --target kind --text sad           | --text: FILE: unknown column 'sad' (did you mean 'said'?); known: kind, size, said
          train FILE --target kind --text kind          | --text: FILE: column 'kind' cannot both hold texts and be predicted
          train FILE --target kind --ignore said --tokenizer ngrams(2) | --tokenizer: is for texts, and FILE has no column of texts; --text COL takes one for that
          train FILE --target kind --text said --tokenizer byte | --tokenizer: unknown form of texts 'byte' (did you mean 'bytes'?); known: ngrams, words, characters, bytes, bpe
          train FILE --target kind --text said --model gru --ignore size --tokenizer bpe(9) | --tokenizer: bpe
          train FILE --target kind --text said --tokenizer bytes --ignore size --model mlp(2) | --model: model 'mlp' is one of rows; of columns of texts there are lstm, gru, rnn, transformer
          train FILE --target kind --text said --tokenizer bytes --ignore size --model dense(2) | --model: dense(2): expected lstm, gru, rnn, transformer, or layers that begin with embedding(258, …), as texts are sequences of bytes; --tokenizer 'ngrams' counts what they have
          train iris --model gpt                        | --model: model 'gpt' is one of texts; of rows there are
          train FILE --target kind --context 5          | --context: is for texts, and FILE has rows
          train spam --text text                        | --text: is for a file, and spam is a data set by name
          train iris --tokenizer ngrams(2)              | --tokenizer: is for texts, and iris has no texts
          train FOLDER --text text                      | --text: is for a table, and FOLDER is a folder of texts
          predict RUN --text=                           | --text: expected a text, found an empty one
          """)
  void eachMistakeGetsASentence(String line, String sentence) {
    var words =
        java.util.Arrays.stream(line.split(" "))
            .map(word ->
                word.replace("FILE", file().toString()).replace("FOLDER", folder().toString()))
            .toArray(String[]::new);
    var outcome = run(words);
    assertThat(outcome.err())
        .startsWith(
            "thalweg: "
                + sentence
                    .replace("FILE", file().toString())
                    .replace("FOLDER", folder().toString()));
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
  }
}

package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {

  @TempDir Path folder;

  private String train(String data, String... more) {
    var run = folder.resolve("run").toString();
    var arguments = new ArrayList<>(List.of("train", data, "--quiet"));
    if (!List.of(more).contains("--epochs")) {
      arguments.addAll(List.of("--epochs", "3"));
    }
    arguments.addAll(List.of("--out", run));
    arguments.addAll(List.of(more));
    var outcome = Outcome.of(arguments.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return run;
  }

  private static Map<?, ?> json(String... arguments) throws Exception {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--format", "json"));
    var outcome = Outcome.of(all.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return (Map<?, ?>) Objects.requireNonNull(Json.parse(outcome.out()));
  }

  private static List<?> list(Map<?, ?> json, String name) {
    return (List<?>) Objects.requireNonNull(json.get(name));
  }

  private static double number(Map<?, ?> json, String name) {
    return ((Number) Objects.requireNonNull(json.get(name))).doubleValue();
  }

  @Test
  void aRowOfATableHasFourAnswers() throws Exception {
    var run = train("iris", "--model", "mlp(6)");
    var found = json("explain", run, "--row", "4");
    for (var name :
        List.of(
            "gradient_times_input",
            "integrated_gradients",
            "occlusion",
            "permutation_importance")) {
      assertThat((List<?>) found.get(name)).as(name).hasSize(4);
    }
    var sum = 0.0;
    for (var value : list(found, "integrated_gradients")) {
      sum += ((Number) value).doubleValue();
    }
    var difference = number(found, "output") - number(found, "baseline");
    assertThat(Math.abs(sum - difference)).isLessThanOrEqualTo(0.01 * Math.abs(difference) + 1e-5);
    assertThat(Outcome.of("explain", run).out()).contains("petal").contains("prediction");
    assertThat(Outcome.of("explain", run, "--row", "31").err())
        .isEqualTo("thalweg: --row 31: expected at most 30, the rows of iris\n");
  }

  @Test
  void anImageIsDrawnOver() throws Exception {
    var run = train("digits", "--model", "cnn(4)");
    var page = folder.resolve("page.html");
    json("explain", run, "--out", page.toString());
    assertThat(Files.readString(page))
        .contains("integrated gradients")
        .containsPattern("(?s)data:image/bmp.*data:image/bmp.*data:image/bmp");
  }

  @Test
  void aStepIsRepeatedAndTold() throws Exception {
    var run = train("iris", "--optimizer", "clip_norm(0.1) | adam", "--explain");
    var step = json("explain", run, "--step", "7");
    assertThat(step.get("step")).asString().isEqualTo("7");
    assertThat(step.get("epoch")).asString().isEqualTo("2");
    var stage = (Map<?, ?>) list(step, "stages").getFirst();
    assertThat(number(stage, "after")).isBetween(0.0999, 0.1001);
    assertThat(number(step, "edge")).isBetween(37_999.0, 38_001.0);
    assertThat(Outcome.of("explain", run, "--step", "7").out())
        .startsWith("step 7, epoch 2: loss ")
        .contains("clip_norm(limit=0.1): ");
    assertThat(Outcome.of("explain", run, "--step", "70"))
        .isEqualTo(
            new Outcome(
                2, "", "thalweg: --step 70: the training of " + run + " has fewer steps\n"));
    assertThat(Outcome.of("explain", run, "--step", "7", "--row", "1").exitCode()).isEqualTo(2);
  }

  @Test
  void theTrainingTellsOfStepsAndWarns() {
    var outcome =
        Outcome.of(
            "train",
            "iris",
            "--optimizer",
            "sgd(50)",
            "--model",
            "logistic",
            "--epochs",
            "2",
            "--quiet",
            "--explain",
            "--out",
            folder.resolve("hot").toString());
    assertThat(outcome.err())
        .contains("step 1, epoch 1: loss ")
        .contains("  warning: the curvature is ");
  }

  @Test
  void otherModelsAreRefused() throws Exception {
    var text = Files.writeString(folder.resolve("a.txt"), "abcab ".repeat(60));
    var run = train(text.toString(), "--model", "lstm(4)", "--context", "8");
    assertThat(Outcome.of("explain", run).err())
        .isEqualTo(
            "thalweg: "
                + run
                + ": has a model of texts; expected one with an answer a row; --step tells of its"
                + " training\n");
    assertThat(Outcome.of("explain", run, "--step", "2").out()).startsWith("step 2, epoch 1: ");
  }

  private String mails() throws Exception {
    var rows = new StringBuilder("mail,size,kind\n");
    for (var i = 0; i < 80; i++) {
      rows.append(
          i % 2 == 0
              ? "\"you have won a <b>prize</b>, number " + i + "\"," + i % 7 + ",spam\n"
              : "\"shall we meet for lunch at " + i % 12 + "\"," + i % 5 + ",ham\n");
    }
    return Files.writeString(folder.resolve("mails.csv"), rows).toString();
  }

  /// Features of a text are buckets, which nobody knows: its characters and words are shown.
  @Test
  void aTextIsDrawnOver() throws Exception {
    var file = mails();
    var run =
        train(
            file,
            "--target",
            "kind",
            "--tokenizer",
            "ngrams(2, 4, buckets=2048)",
            "--epochs",
            "30");
    var page = folder.resolve("page.html");
    var found = json("explain", run, "--row", "2", "--out", page.toString());
    assertThat(list(found, "features")).asString().isEqualTo("[size]");
    assertThat(list(found, "columns")).asString().isEqualTo("[mail, size]");
    assertThat(list(found, "permutation_importance")).hasSize(2);
    var text = (Map<?, ?>) list(found, "texts").getFirst();
    var over = list(text, "integrated_gradients");
    assertThat(over).hasSize(String.valueOf(text.get("text")).length());
    var sum = 0.0;
    for (var each : over) {
      sum += ((Number) each).doubleValue();
    }
    for (var each : list(found, "integrated_gradients")) {
      sum += ((Number) each).doubleValue();
    }
    var difference = number(found, "output") - number(found, "baseline");
    assertThat(Math.abs(sum - difference)).isLessThanOrEqualTo(0.01 * Math.abs(difference) + 1e-4);
    assertThat(Files.readString(page))
        .contains("<span style=\"background:color-mix(in srgb, var(--c0) 80%, transparent)\">")
        .contains("fall of the accuracy where it is shuffled")
        .doesNotContain("<b>");
    // The same row of the file itself.
    assertThat(json("explain", run, "--input", file, "--row", "3").get("texts"))
        .asString()
        .contains("you have won a <b>prize</b>, number 2");
    assertThat(Outcome.of("explain", run, "--input", file, "--row", "81").err())
        .isEqualTo("thalweg: --row 81: expected at most 80, the rows of " + file + "\n");
  }

  @Test
  void aTextNeedsNoFile() throws Exception {
    var run =
        train(
            mails(),
            "--target",
            "kind",
            "--ignore",
            "size",
            "--tokenizer",
            "ngrams(2, 4, buckets=2048)",
            "--epochs",
            "30");
    var outcome = Outcome.of("explain", run, "--text", "won a prize at lunch, a prize");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .containsPattern("\nword of mail +gradient × input +integrated gradients +occlusion\n")
        .containsPattern("\nlunch, +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+\n")
        .containsPattern("\nprize \\(2 times\\) +-?[0-9.]+ +-?[0-9.]+ +-?[0-9.]+\n");
    assertThat(outcome.out()).contains(", with no text ");
    assertThat(outcome.out()).doesNotContain("truth");
    assertThat(Outcome.of("explain", run, "--text", "a", "--row", "1").err())
        .isEqualTo("thalweg: --text: expected no --row or --input beside it\n");
    assertThat(Outcome.of("explain", run, "--text", " ").err())
        .isEqualTo("thalweg: --text: expected a text, found an empty one\n");
  }

  @Test
  void aStageTellsOfItself() throws Exception {
    var run = train("iris", "--optimizer", "cautious | lamb(0.01)");
    var notes = list(json("explain", run, "--step", "3"), "notes");
    assertThat(notes).hasSize(2);
    assertThat(((Map<?, ?>) notes.getLast()).get("what")).isEqualTo("trust ratio");
    var shares = (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) notes.getFirst()).get("values"));
    assertThat(shares.get("1.weight")).asString().startsWith("0.");
  }
}

package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sound files from `train` to `predict`.
class SoundTrainingTest {

  @TempDir Path place;

  private static Outcome run(Object... words) {
    String[] line = new String[words.length];
    for (int i = 0; i < line.length; i++) {
      line[i] = words[i].toString();
    }
    return Outcome.of(line);
  }

  /// A tone that rises or falls, with noise, of 16 bits at 8,000 Hz.
  private static byte[] sweep(double from, double to, int samples, Random random) {
    ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(8000).putInt(16000);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
    double phase = 0;
    for (int i = 0; i < samples; i++) {
      phase += 2 * Math.PI * (from + (to - from) * i / samples) / 8000;
      wav.putShort((short) (8000 * Math.sin(phase) + 200 * random.nextGaussian()));
    }
    return wav.array();
  }

  private static Path put(Path file, byte... bytes) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sweeps in a folder for each direction.
  private Path sweeps(String folder, int count, long seed) {
    var random = new Random(seed);
    for (int i = 0; i < count; i++) {
      double low = 300 + random.nextInt(500);
      double high = 1500 + random.nextInt(1500);
      int samples = 1600 + random.nextInt(800);
      boolean up = i % 2 == 0;
      put(
          place.resolve(folder).resolve(up ? "up" : "down").resolve(i + ".wav"),
          up ? sweep(low, high, samples, random) : sweep(high, low, samples, random));
    }
    return place.resolve(folder);
  }

  private static String weights(String json) {
    return json.replaceFirst("(?s).*\"weights_sha256\":\"", "").substring(0, 64);
  }

  @Test
  void aFolderOfSoundsTrainsAndTheRunPredictsFilesAndFolders() throws IOException {
    Path folder = sweeps("sweeps", 60, 1);
    Path run = place.resolve("run");
    Outcome trained =
        run(
            "train",
            folder,
            "--model",
            "cnn(4, 8, units=16)",
            "--epochs",
            "12",
            "--lr",
            "3e-3",
            "--quiet", // no progress where it takes longer than a second
            "--format",
            "json",
            "--out",
            run);
    assertThat(trained.err()).isEmpty();
    assertThat(Files.readString(run.resolve("model.json")))
        .containsPattern("\"sound\": \\{\"rate\":8000,\"seconds\":0\\.[0-9]+}")
        .contains("\"image\": [")
        .doesNotContain("pixel_");
    assertThat(Files.readString(run.resolve("config.yaml")))
        .contains("sample-rate: 8000\n")
        .containsPattern("seconds: 0\\.(29|3)\n");
    assertThat(run("evaluate", run).out())
        .contains("the run's test part")
        .contains("accuracy  1.0000");
    Path others = sweeps("others", 20, 2);
    Outcome evaluated = run("evaluate", run, others, "--format", "json");
    assertThat(evaluated.out()).contains("\"rows\":20").contains("\"accuracy\":1.0,");
    Path file = others.resolve("up/0.wav");
    assertThat(run("predict", run, file).out())
        .startsWith("file,prediction,probability\n" + file + ",up,")
        .hasLineCount(2);
    assertThat(run("predict", run, others, "--format", "json").out()).contains("\"rows\":20");
    // The run's own configuration repeats it to the bit.
    Outcome again =
        run(
            "train",
            "--config",
            run.resolve("config.yaml"),
            "--out",
            place.resolve("again"),
            "--format",
            "json");
    assertThat(weights(again.out())).isEqualTo(weights(trained.out()));
  }

  @Test
  void whatIsNotForSoundsIsSaid() {
    Path folder = sweeps("sweeps", 12, 1);
    Path run = place.resolve("run");
    assertThat(run("train", folder, "--model", "linear", "--epochs", "1", "--out", run).err())
        .doesNotContain("thalweg:");
    Path table = put(place.resolve("t.csv"), "a,b\n1,2\n".getBytes(StandardCharsets.US_ASCII));
    assertRefused(1, table + " is no sound; expected WAV", "predict", run, table);
    assertRefused(
        1,
        folder.resolve("up/0.wav")
            + ": expected a folder with a folder of sounds for each class, found one sound",
        "evaluate",
        run,
        folder.resolve("up/0.wav"));
    assertRefused(
        2,
        "--size: is for other files, and %s is a folder of sounds".formatted(folder),
        "train",
        folder,
        "--size",
        "32");
    assertRefused(
        2,
        "--seconds: is for sound files, and iris is a data set by name",
        "train",
        "iris",
        "--seconds",
        "1");
    assertRefused(
        2,
        "--sample-rate: is for sound files, and %s has none".formatted(table),
        "train",
        table,
        "--sample-rate",
        "8000",
        "--target",
        "b");
    assertRefused(
        2,
        "--seconds 0: expected 0.01 to 600 seconds, found 0.0",
        "train",
        folder,
        "--seconds",
        "0");
    assertRefused(
        2,
        "--sample-rate 10: expected 1,000 to 1,000,000 samples a second, found 10",
        "train",
        folder,
        "--sample-rate",
        "10");
    Path iris = place.resolve("iris");
    run("train", "iris", "--epochs", "1", "--out", iris);
    assertRefused(
        2,
        "predict: %s is a sound, and %s has a model of something else"
            .formatted(folder.resolve("up/0.wav"), iris),
        "predict",
        iris,
        folder.resolve("up/0.wav"));
    put(folder.resolve("up/bad.wav"), (byte) 1);
    assertRefused(1, folder.resolve("up/bad.wav") + " is no sound; expected WAV", "train", folder);
  }

  private static void assertRefused(int exitCode, String sentence, Object... words) {
    Outcome outcome = run(words);
    assertThat(outcome.err()).isEqualTo("thalweg: " + sentence + "\n");
    assertThat(outcome.exitCode()).isEqualTo(exitCode);
  }

  @Test
  void testFoldersAreTakenAsTheyAre() throws IOException {
    sweeps("voices/train", 24, 1);
    sweeps("voices/test", 10, 2);
    Path folder = place.resolve("voices");
    Path run = place.resolve("run");
    Outcome trained =
        run(
            "train",
            folder,
            "--model",
            "linear",
            "--epochs",
            "2",
            "--format",
            "json",
            "--out",
            run);
    assertThat(trained.err()).isEmpty();
    assertThat(Files.readString(run.resolve("config.yaml"))).doesNotContain("test:");
    assertThat(run("evaluate", run, "--format", "json").out()).contains("\"rows\":10");
    assertThat(run("train", folder, "--model", "linear", "--epochs", "1", "--out", run).out())
        .contains("24 rows to train, 10 to test (by its folders)");
    assertThat(run("train", folder, "--test", "0.5").err())
        .contains("found the parts test and train; name one of them");
    assertThat(run("data", folder).out())
        .contains("sounds   24", "sounds   10", "down (12), up (12)", "8,000 Hz (24)");
    assertThat(run("data", folder, "--format", "json").out())
        .startsWith("[{\"folder\":\"" + folder.resolve("train"))
        .contains("\"rates\":[{\"rate\":8000,\"sounds\":10}]");
  }

  /// Sweeps, up and down, one after the other, and the table that names them.
  private Path transcripts(String folder, int count, long seed) {
    var random = new Random(seed);
    var table = new StringBuilder("file,transcript\n");
    for (int i = 0; i < count; i++) {
      boolean up = random.nextBoolean();
      put(
          place.resolve(folder).resolve(i + ".wav"),
          up ? sweep(400, 2500, 2400, random) : sweep(2500, 400, 2400, random));
      table.append(i).append(".wav,").append(up ? "up" : "down").append('\n');
    }
    return put(
        place.resolve(folder).resolve("table.csv"),
        table.toString().getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void whatIsSaidInSoundsIsWrittenDown() throws IOException {
    Path table = transcripts("said", 40, 1);
    Path run = place.resolve("run");
    Outcome trained =
        run(
            "train",
            table,
            "--task",
            "transcription",
            "--model",
            "gru(24)",
            "--lr",
            "0.01",
            "--epochs",
            "25",
            "--batch",
            "8",
            "--validation",
            "0.1",
            "--quiet",
            "--plot",
            place.resolve("run.png"),
            "--format",
            "json",
            "--out",
            run);
    assertThat(trained.err()).isEmpty();
    assertThat(trained.out())
        .contains("\"task\":\"transcription\"", "\"test_error_rate\":0.0,", "\"vocabulary\":6")
        .contains("\"train_rows\":28,\"validation_rows\":4,\"test_rows\":8");
    assertThat(Files.readString(run.resolve("config.yaml")))
        .contains("task: \"transcription\"\n", "sample-rate: 8000\n");
    assertThat(run("evaluate", run).out())
        .contains("error rate  0.0000, 0 edits of ", "8 of 8 without a mistake");
    Path others = transcripts("others", 6, 2);
    assertThat(run("evaluate", run, others, "--format", "json").out())
        .contains("\"rows\":6", "\"error_rate\":0.0");
    Path file = place.resolve("others/0.wav");
    assertThat(run("predict", run, file).out())
        .matches("file,prediction\n" + file + ",(up|down)\n");
    assertRefused(
        2,
        "--text: expected a model of rows with texts, and " + run + " has none",
        "predict",
        run,
        "--text",
        "up");
    assertThat(run("report", run, "--out", place.resolve("r.html")).err()).isEmpty();
    assertThat(Files.readString(place.resolve("r.html")))
        .contains("test error rate", "Transcripts with a mistake");
    Outcome again =
        run(
            "train",
            "--config",
            run.resolve("config.yaml"),
            "--out",
            place.resolve("again"),
            "--format",
            "json");
    assertThat(weights(again.out())).isEqualTo(weights(trained.out()));
  }

  @Test
  void transcriptsAreGoneThroughForTwoThousandStepsAtARateThatRisesFirst() {
    Path table = transcripts("said", 40, 1);
    String rows = "data: \"%s\"\ntask: transcription\nmodel: gru(4)\n".formatted(table);
    TranscriptPlan usual = TranscriptPlan.of(RunConfig.parse("test", rows));
    assertThat(usual.config().epochs()).contains(2000);
    assertThat(usual.optimizer().toString())
        .isEqualTo("clip_norm() | adamw(lr=cosine(0.003, warmup=100))");
    TranscriptPlan brief = TranscriptPlan.of(RunConfig.parse("test", rows + "epochs: 30\n"));
    assertThat(brief.optimizer().toString()).contains("cosine(0.003, warmup=3)");
  }

  @Test
  void transcriptsThatDoNotFitAreRefusedInASentence() {
    Path table = transcripts("said", 4, 1);
    Path long0 = place.resolve("said/long.csv");
    put(
        long0,
        ("file,transcript\n0.wav," + "ab".repeat(30) + "\n1.wav,a\n")
            .getBytes(StandardCharsets.US_ASCII));
    assertRefused(
        1,
        "%s: %s: expected a transcript that can be said in 11 steps of 30 ms, found one of 60 tokens, which takes 60"
            .formatted(long0, place.resolve("said/0.wav")),
        "train",
        long0,
        "--task",
        "transcription",
        "--test",
        "0");
    put(long0, "file,transcript\n0.wav,\n".getBytes(StandardCharsets.US_ASCII));
    assertRefused(
        1,
        long0 + ", line 2, column 2 ('transcript'): expected a transcript, found an empty one",
        "train",
        long0,
        "--task",
        "transcription");
    put(long0, "file,transcript\nlong.csv,a\n".getBytes(StandardCharsets.US_ASCII));
    assertRefused(
        1, long0 + " is no sound; expected WAV", "train", long0, "--task", "transcription");
    assertRefused(
        2,
        "--task transcription: expected a file of sound files and transcripts, found iris",
        "train",
        "iris",
        "--task",
        "transcription");
    assertRefused(
        2,
        "--target: is for data with one answer a row, and %s has transcripts".formatted(table),
        "train",
        table,
        "--task",
        "transcription",
        "--target",
        "x");
    assertRefused(
        2,
        "--grid: is for data with one answer a row, and %s has transcripts".formatted(table),
        "train",
        table,
        "--task",
        "transcription",
        "--grid",
        "lr=1,2");
    assertRefused(
        2,
        "--tokenizer words: expected characters or bytes for transcripts",
        "train",
        table,
        "--task",
        "transcription",
        "--tokenizer",
        "words");
  }
}

package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.data.BucketOrder;
import dev.thalweg.data.CsvFormat;
import dev.thalweg.data.DataException;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.Tokenizer;
import dev.thalweg.data.Transcripts;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sounds that are written down: tones of three heights, one after the other.
class TranscriberTest {

  @TempDir private Path place = Path.of("");

  private static byte[] wav(short... samples) {
    ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples.length);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(8000).putInt(16000);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples.length);
    for (short sample : samples) {
      wav.putShort(sample);
    }
    return wav.array();
  }

  /// A tone of 0.15 s for each letter, and silence before each.
  private static byte[] tones(String text, Random random) {
    int each = 2000;
    var samples = new short[each * text.length() + 400];
    for (int i = 0; i < text.length(); i++) {
      double hertz = 400 * Math.pow(2, text.charAt(i) - 'a') * (0.95 + 0.1 * random.nextDouble());
      for (int k = 800; k < each; k++) {
        samples[i * each + k] = (short) (9000 * Math.sin(2 * Math.PI * hertz * k / 8000));
      }
    }
    for (int i = 0; i < samples.length; i++) {
      samples[i] += (short) (20 * random.nextGaussian());
    }
    return wav(samples);
  }

  /// Sounds of two to four letters, and the table that names them.
  private Path table(String folder, int count, long seed) {
    var random = new Random(seed);
    var table = new StringBuilder("file,transcript\n");
    try {
      Files.createDirectories(place.resolve(folder));
      for (int i = 0; i < count; i++) {
        var text = new StringBuilder();
        for (int k = 2 + random.nextInt(3); k > 0; k--) {
          text.append((char) ('a' + random.nextInt(3)));
        }
        Files.write(place.resolve(folder).resolve(i + ".wav"), tones(text.toString(), random));
        table.append(i).append(".wav,").append(text).append('\n');
      }
      return Files.writeString(place.resolve(folder).resolve("table.csv"), table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Transcripts read(Path table) {
    return Transcripts.read(table, CsvFormat.found(), Optional.empty());
  }

  private static final Tokenizer LETTERS = Tokenizer.characters("abc");

  @Test
  void aBatchIsOfSoundsOfSimilarLengthInAnOrderOfSeedAndEpoch() {
    Transcripts data = read(table("sounds", 300, 5));
    int[] steps = IntStream.range(0, data.rows()).map(data.sounds()::steps).toArray();
    var batches = new TranscriptBatches(data, LETTERS, 7, Sampling.SHUFFLE, 3);
    assertThat(batches.batches()).isEqualTo(43);
    List<int[]> first = rows(batches, 0, data);
    assertThat(first)
        .containsExactly(new BucketOrder(Sampling.SHUFFLE, 7, 3, steps).epoch(0))
        .anySatisfy(batch -> assertThat(batch).hasSize(300 % 7));
    assertThat(first.stream().flatMapToInt(Arrays::stream).sorted())
        .containsExactlyElementsOf(IntStream.range(0, 300).boxed().toList());
    int filled = 0;
    for (int[] batch : first) {
      int longest = Arrays.stream(batch).map(row -> steps[row]).max().orElseThrow();
      filled += Arrays.stream(batch).map(row -> longest - steps[row]).sum();
    }
    assertThat(filled).isLessThan(Arrays.stream(steps).sum() / 20);
    assertThat(rows(batches, 0, data)).containsExactlyElementsOf(first);
    assertThat(rows(batches, 1, data))
        .containsExactly(new BucketOrder(Sampling.SHUFFLE, 7, 3, steps).epoch(1))
        .isNotEqualTo(first);
    assertThat(rows(new TranscriptBatches(data, LETTERS, 150, Sampling.SEQUENTIAL, 3), 0, data))
        .containsExactly(IntStream.range(0, 150).toArray(), IntStream.range(150, 300).toArray());
  }

  /// The rows of each batch of an epoch, by their numbers, which no two have in common.
  private static List<int[]> rows(TranscriptBatches batches, int epoch, Transcripts data) {
    int width = data.sounds().width();
    Map<FloatBuffer, Integer> known = new HashMap<>();
    for (int row = 0; row < data.rows(); row++) {
      float[] numbers = new float[data.sounds().steps(row) * width];
      data.sounds().read(row, numbers, 0);
      known.put(FloatBuffer.wrap(numbers), row);
    }
    assertThat(known).hasSize(data.rows());
    List<int[]> found = new ArrayList<>();
    try (var reader = batches.epoch(epoch)) {
      for (var batch = reader.next(); batch != null; batch = reader.next()) {
        int[] lengths = batch.lengths().getFirst().ints();
        float[] x = batch.x().floats();
        int steps = batch.x().shape().dimension(1);
        int labels = batch.y().shape().dimension(1);
        int[] rows = new int[lengths.length];
        for (int i = 0; i < rows.length; i++) {
          rows[i] =
              Objects.requireNonNull(
                  known.get(FloatBuffer.wrap(x, i * steps * width, lengths[i] * width)));
          int[] tokens = Arrays.copyOf(data.tokens(rows[i], LETTERS), labels);
          Arrays.fill(tokens, data.texts().get(rows[i]).length(), labels, TranscriptBatches.NONE);
          assertThat(Arrays.copyOfRange(batch.y().ints(), i * labels, (i + 1) * labels))
              .isEqualTo(tokens);
        }
        found.add(rows);
      }
    }
    return found;
  }

  @Test
  void tonesAreWrittenDownAlsoOfFilesAndAfterLoading() throws IOException {
    Transcripts train = read(table("train", 100, 1));
    Transcripts test = read(table("test", 20, 2));
    Transcriber fitted =
        Transcriber.fit(
            Trainer.defaults().withEpochs(30).withBatchSize(8),
            Models.ofSteps("gru(24)", 4),
            Optimizer.parse("clip_norm(1) | adamw(lr=cosine(1e-2))"),
            train,
            LETTERS,
            test);
    TranscriptEvaluation evaluation = fitted.evaluate(test);
    assertThat(evaluation.errorRate()).as("%s", evaluation).isLessThan(0.05);
    assertThat(evaluation.rows()).isEqualTo(20);
    assertThat(evaluation.tokens()).isEqualTo(String.join("", test.texts()).length());
    assertThat(fitted.history().orElseThrow().epochs().getLast().metrics())
        .containsEntry("error_rate", evaluation.errorRate());
    fitted.save(place.resolve("run"));
    assertThat(Transcriber.isIn(place.resolve("run"))).isTrue();
    Transcriber loaded = Transcriber.load(place.resolve("run"));
    assertThat(loaded.evaluate(test)).isEqualTo(evaluation);
    assertThat(loaded.rate()).isEqualTo(8000);
    assertThat(loaded.tokenizer()).isEqualTo(LETTERS);
    List<String> said = fitted.predict(test.sounds());
    assertThat(loaded.predict(place.resolve("test/7.wav"))).containsExactly(said.get(7));
    assertThat(Files.readString(place.resolve("run/model.json")))
        .contains("\"task\": \"transcription\"", "\"rate\": 8000");
  }

  @Test
  void aSoundIsWrittenDownAloneAsAmongLongerOnes() {
    Transcripts data = read(table("train", 6, 3));
    Transcriber fitted =
        Transcriber.fit(
            Trainer.defaults().withEpochs(1),
            Models.ofSteps("lstm(8, layers=2)", 4),
            Optimizer.parse("adam"),
            data,
            LETTERS);
    // Batches are filled up, predictions are of one sound each: the losses are the same.
    double together = fitted.evaluate(data).loss();
    double alone = 0;
    for (int row = 0; row < data.rows(); row++) {
      alone +=
          fitted
                  .evaluate(
                      new Transcripts(
                          "one", data.sounds().subset(row), List.of(data.texts().get(row))))
                  .loss()
              / data.rows();
    }
    assertThat(together).isCloseTo(alone, within(1e-5));
  }

  @Test
  void theBestPathIsWithoutRepeatsAndBlanks() {
    // Classes a, b and the blank: aa-ab--b, of which the last step is not real.
    int[] path = {0, 0, 2, 0, 1, 2, 2, 1};
    float[] logits = new float[path.length * 3];
    for (int i = 0; i < path.length; i++) {
      logits[3 * i + path[i]] = 1;
    }
    Tensor all = Tensor.ofFloats(Shape.of(1, path.length, 3), logits);
    assertThat(TranscriptObjective.bestPath(all, 0, 8, 2)).containsExactly(0, 0, 1, 1);
    assertThat(TranscriptObjective.bestPath(all, 0, 7, 2)).containsExactly(0, 0, 1);
    assertThat(TranscriptObjective.bestPath(all, 0, 0, 2)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"kitten,sitting,3", "'',abc,3", "abc,'',3", "abc,abc,0", "abc,xabc,1", "ab,ba,2"})
  void editsAreCounted(String from, String to, int expected) {
    assertThat(Translator.edits(from.chars().toArray(), to.chars().toArray())).isEqualTo(expected);
  }

  @Test
  void whatCannotBeSaidOrIsMissingIsNamed() throws IOException {
    Path folder = Files.createDirectories(place.resolve("bad"));
    Files.write(folder.resolve("short.wav"), wav(new short[800]));
    assertRefused(
        folder,
        "short.wav,abcabc",
        "TABLE: FOLDER/short.wav: expected a transcript that can be said in 4 steps of 30 ms, found"
            + " one of 6 tokens, which takes 6");
    assertRefused(
        folder,
        "short.wav,aaa",
        "TABLE: FOLDER/short.wav: expected a transcript that can be said in 4 steps of 30 ms, found"
            + " one of 3 tokens, which takes 5");
    assertRefused(
        folder,
        "short.wav,ax",
        "TABLE: FOLDER/short.wav: text: expected the 3 characters that the model knows, found"
            + " U+0078 'x' at character 2");
    assertRefused(
        folder,
        "short.wav,",
        "TABLE, line 2, column 2 ('transcript'): expected a transcript, found an empty one");
    assertRefused(
        folder, ",abc", "TABLE, line 2, column 1 ('file'): expected a sound file, found none");
    assertRefused(folder, "none.wav,abc", "FOLDER/none.wav is not there");
    assertRefused(folder, "table.csv,abc", "TABLE is no sound; expected WAV");
    Sequential wrong = Models.ofSteps("gru(4)", 5);
    Transcripts data = read(table("train", 2, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Transcriber.fit(Trainer.defaults(), wrong, Optimizer.parse("adam"), data, LETTERS))
        .withMessageStartingWith("gru: expected a last layer of shape [")
        .withMessageContaining("a number for each of 3 tokens and the blank at each step, found");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Transcriber.fit(
                Trainer.defaults().withValidation(0.5),
                Models.ofSteps("gru(4)", 4),
                Optimizer.parse("adam"),
                data,
                LETTERS))
        .withMessageStartingWith("withValidation: expected data to divide, found sounds");
  }

  private static void assertRefused(Path folder, String row, String sentence) throws IOException {
    Path table = folder.resolve("table.csv");
    Files.writeString(table, "file,transcript\n" + row + "\n");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> read(table).tokens(0, LETTERS))
        .withMessage(
            sentence.replace("TABLE", table.toString()).replace("FOLDER", folder.toString()));
  }
}

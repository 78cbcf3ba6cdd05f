package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.data.Corpus;
import dev.thalweg.data.DataException;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.Tokenizer;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Network;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.tensor.Gradients;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageModelTest {

  private static final int CONTEXT = 12;
  private static final String TEXT =
      "of the sea and of the whale, and the whale of the sea; ".repeat(12);
  private static final Tokenizer CHARACTERS = Tokenizer.characters(TEXT);
  private static final Corpus CORPUS = Corpus.of("sea", TEXT, CHARACTERS);
  private static final Optimizer OPTIMIZER = Optimizers.adamw(0.02);
  private static final String LSTM = "lstm(24)";
  private static final String GPT = "gpt(layers=1, width=16, heads=2, context=12)";

  private static LanguageModel trained(String model, int epochs, Engine engine) {
    return LanguageModel.fit(
        Trainer.defaults().withEpochs(epochs).withBatchSize(8).withSeed(3).withEngine(engine),
        Models.ofTokens(model, CHARACTERS.size()),
        OPTIMIZER,
        CORPUS,
        CONTEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {LSTM, GPT, "gru(24)"})
  void whatComesNextIsLearned(String model) {
    LanguageModel learned = trained(model, 40, Engine.standard());
    LanguageEvaluation evaluation = learned.evaluate(CORPUS);
    assertThat(evaluation.bitsPerCharacter()).isLessThan(0.35);
    assertThat(evaluation.tokens()).isEqualTo(CORPUS.size() - 1);
    assertThat(evaluation.perplexity()).isEqualTo(Math.exp(evaluation.loss()));
    assertThat(evaluation)
        .asString()
        .matches("0\\.[0-9]{4} bits per character, perplexity 1\\.[0-9]{4} \\(659 tokens\\)");
    History history = learned.history().orElseThrow();
    assertThat(history.samples()).isEqualTo(40L * 54 * CONTEXT);
    assertThat(history.epochs().getLast().score())
        .isEqualTo(history.epochs().getLast().loss() / Math.log(2), within(1e-6));
    assertThat(learned.generate("the whale, a", Generation.defaults().withLength(12)).text())
        .isEqualTo("the whale, and the whale");
  }

  @ParameterizedTest
  @ValueSource(strings = {LSTM, GPT})
  void bitsDoNotDependOnThreads(String model) {
    LanguageModel one = trained(model, 2, Engine.of("scalar", 1));
    LanguageModel three = trained(model, 2, Engine.of("scalar", 3));
    assertThat(one.network().sameWeights(three.network())).isTrue();
    var how = Generation.defaults().withLength(60).withSeed(4);
    assertThat(one.generate("the", how).text()).isEqualTo(three.generate("the", how).text());
    assertThat(one.evaluate(CORPUS)).isEqualTo(three.evaluate(CORPUS));
  }

  /// Whatever is kept in mind, the text is the one that comes of looking at all tokens anew.
  @ParameterizedTest
  @CsvSource({"'" + LSTM + "', 1000000", "'" + GPT + "', 12"})
  void whatIsKeptInMindChangesNoToken(String text, int most) {
    LanguageModel model = trained(text, 3, Engine.standard());
    var how = Generation.defaults().withLength(50).withTemperature(0.9).withTopK(12).withSeed(2);
    int[] prompt = CHARACTERS.encode("of the ");
    int[] tokens = Arrays.copyOf(prompt, prompt.length + 50);
    int from = 0;
    for (int next = prompt.length; next < tokens.length; next++) {
      if (next - from > most) {
        from = next - most / 2;
      }
      float[] logits = logits(model.network(), Arrays.copyOfRange(tokens, from, next));
      int size = CHARACTERS.size();
      tokens[next] = how.draw(logits, (next - from - 1) * size, size, next - prompt.length);
    }
    Generated written = model.generate("of the ", how);
    assertThat(written.text()).isEqualTo(CHARACTERS.decode(tokens)).hasToString(written.text());
    assertThat(written.tokens()).isEqualTo(50);
    assertThat(written.tokensPerSecond()).isPositive();
    // A shorter one is how a longer one begins.
    assertThat(written.text()).startsWith(model.generate("of the ", how.withLength(17)).text());
    assertThat(model.generate("of the ", how.withSeed(3)).text()).isNotEqualTo(written.text());
    assertThat(model.generate("of the ", how.withLength(0)).text()).isEqualTo("of the ");
  }

  private static float[] logits(Network network, int... tokens) {
    Tensor x = Tensor.ofInts(Shape.of(1, tokens.length), tokens);
    return Gradients.off(() -> network.apply(x)).floats();
  }

  @Test
  void eachTokenIsJudgedOnceWithHalfAContextBeforeIt() {
    LanguageModel model = trained(LSTM, 1, Engine.standard());
    double sum = 0;
    for (int at = 1; at < CORPUS.size(); at++) {
      // The window that has it in its second half; the first one has all.
      int from = at <= CONTEXT ? 0 : (at - CONTEXT - 1) / 6 * 6 + 6;
      assertThat(at - from).isBetween(at <= CONTEXT ? 1 : 7, CONTEXT);
      int[] tokens = new int[at - from];
      int begin = from;
      Arrays.setAll(tokens, i -> CORPUS.token(begin + i));
      Tensor last =
          Tensor.ofFloats(logits(model.network(), tokens))
              .reshape(tokens.length, CHARACTERS.size())
              .rows(tokens.length - 1, tokens.length);
      sum -= last.logSoftmax().element(CORPUS.token(at));
    }
    LanguageEvaluation evaluation = model.evaluate(CORPUS);
    assertThat(evaluation.loss()).isCloseTo(sum / (CORPUS.size() - 1), within(1e-5));
    assertThat(evaluation.bitsPerCharacter())
        .isCloseTo(evaluation.loss() / Math.log(2), within(1e-9));
    // One shorter than a window.
    assertThat(model.evaluate(Corpus.of("short", "the", CHARACTERS)).tokens()).isEqualTo(2);
  }

  @Test
  void bitsAreThoseOfACharacterWhateverTheTokensAre() {
    Tokenizer pairs = Tokenizer.bytePairs(TEXT, 270);
    Corpus text = Corpus.of("sea", TEXT, pairs);
    LanguageModel model =
        LanguageModel.fit(
            Trainer.defaults().withEpochs(2),
            Models.ofTokens("embedding(270, 8) | lstm(8) | dense(270)", 270),
            OPTIMIZER,
            text,
            4);
    LanguageEvaluation evaluation = model.evaluate(text);
    assertThat(evaluation.bitsPerCharacter())
        .isCloseTo(
            evaluation.loss() / Math.log(2) * text.size() / text.characters(), within(1e-12));
    assertThat(text.characters()).isGreaterThan(2L * text.size());
  }

  @Test
  void batchesHaveWindowsAndWhatFollows() {
    var batches = TokenBatches.toTrainOn(CORPUS, CONTEXT, 8, Sampling.SHUFFLE, 5);
    assertThat(batches.batches()).isEqualTo(7);
    assertThat(batches.count()).isEqualTo(54 * CONTEXT);
    int rows = 0;
    try (var reader = batches.epoch(2)) {
      for (var batch = reader.next(); batch != null; batch = reader.next()) {
        int[] x = batch.x().ints();
        int[] y = batch.y().ints();
        assertThat(batch.count()).isEqualTo(batch.x().size());
        for (int i = 0; i < x.length; i++) {
          if (i % CONTEXT < CONTEXT - 1) {
            assertThat(y[i]).isEqualTo(x[i + 1]);
          }
        }
        rows += batch.rows();
      }
    }
    assertThat(rows).isEqualTo(54);
  }

  @Test
  void validationIsWatchedAndPatienceLooksAtIt() {
    Corpus other = Corpus.of("other", TEXT.substring(7, 90), CHARACTERS);
    LanguageModel model =
        LanguageModel.fit(
            Trainer.defaults().withEpochs(3).withPatience(1),
            Models.ofTokens(LSTM, CHARACTERS.size()),
            OPTIMIZER,
            CORPUS,
            CONTEXT,
            other);
    var best = model.history().orElseThrow().best();
    assertThat(best.metrics().sequencedKeySet()).containsExactly("bits_per_token");
    assertThat(model.evaluate(other).loss()).isEqualTo(best.validationLoss().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"characters", "bytes", "pairs"})
  void whatIsSavedWritesTheSame(String kind, @TempDir Path folder) throws IOException {
    Tokenizer tokenizer =
        switch (kind) {
          case "characters" -> CHARACTERS;
          case "bytes" -> Tokenizer.bytes();
          default -> Tokenizer.bytePairs(TEXT, 262);
        };
    LanguageModel model =
        LanguageModel.fit(
            Trainer.defaults().withEpochs(1),
            Models.ofTokens("gru(8)", tokenizer.size()),
            OPTIMIZER,
            Corpus.of("sea", TEXT, tokenizer),
            CONTEXT);
    Path place = folder.resolve("model");
    model.save(place);
    assertThat(LanguageModel.isIn(place)).isTrue();
    assertThat(Detector.isIn(place)).isFalse();
    LanguageModel again = LanguageModel.load(place);
    assertThat(again.tokenizer()).isEqualTo(tokenizer);
    assertThat(again.context()).isEqualTo(CONTEXT);
    assertThat(again.data()).isEqualTo("sea");
    assertThat(again.history()).isEmpty();
    var how = Generation.defaults().withLength(30);
    assertThat(again.generate("the ", how).text()).isEqualTo(model.generate("the ", how).text());
    assertThat(again).hasToString(again.network().summary());
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> FittedModel.load(place))
        .withMessageContaining("found language; LanguageModel.load reads a model of texts");
    Path file = place.resolve(RunFolder.MODEL);
    String json = Files.readString(file);
    for (var wrong :
        List.of(
            List.of("\"language\"", "\"detection\"", "task: expected language, found detection"),
            List.of("\"kind\":", "\"sort\":", "kind is missing"),
            List.of("[12]", "[12, 2]", "expected"))) {
      Files.writeString(file, json.replace(wrong.getFirst(), wrong.get(1)));
      assertThatExceptionOfType(RunException.class)
          .isThrownBy(() -> LanguageModel.load(place))
          .withMessageContaining(file.toString())
          .withMessageContaining(wrong.getLast());
    }
  }

  @Test
  void promptsThatAModelCanNotGoOnWithAreRefused() {
    LanguageModel gpt = trained(GPT, 1, Engine.standard());
    var how = Generation.defaults().withLength(2);
    assertThat(gpt.generate("of the whale", how).text()).hasSize(14);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gpt.generate("of the whales", how))
        .withMessage("prompt: expected up to 12 tokens, the context of the model, found 13");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gpt.generate("", how))
        .withMessage("prompt: expected one token or more, found none");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> gpt.generate("ÖL", how))
        .withMessageContaining("found U+00D6 'Ö' at character 1");
    LanguageModel lstm = trained(LSTM, 1, Engine.standard());
    assertThat(lstm.generate("of the whales", how).text()).hasSize(15);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "embedding(14, 8) | lstm(8) | dense(3); expected a last layer of shape [12, 14], a number"
            + " for each of 14 tokens at each step, found [12, 3]",
        "embedding(14, 8) | bidirectional(lstm(8)) | dense(14); expected a model that sees what"
            + " came before, found one that sees what comes after, too",
        "embedding(14, 8) | encoder(2) | dense(14); sees what comes after",
        "gpt(layers=1, width=8, heads=2, context=11); positions: expected sequences of up to 11"
            + " steps, found 12"
      })
  void aModelThatSaysSomethingElseIsRefused(String text, String sentence) {
    assertThat(CHARACTERS.size()).isEqualTo(14);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trained(text, 1, Engine.standard()))
        .withMessageContaining(sentence);
  }

  @Test
  void textsThatDoNotFitAreRefused() {
    var model = Models.ofTokens(LSTM, CHARACTERS.size());
    var trainer = Trainer.defaults().withEpochs(1);
    Corpus bytes = Corpus.of("bytes", TEXT, Tokenizer.bytes());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LanguageModel.fit(trainer, model, OPTIMIZER, CORPUS, CONTEXT, bytes))
        .withMessage(
            "bytes: expected the tokens of the text to train on (characters, 14), found others"
                + " (bytes, 256)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LanguageModel.fit(trainer, model, OPTIMIZER, CORPUS, 660))
        .withMessage("sea: expected more tokens than the context of 660, found 660");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> LanguageModel.fit(trainer.withValidation(0.1), model, OPTIMIZER, CORPUS, CONTEXT))
        .withMessageStartingWith("withValidation: expected data to divide, found a text");
    LanguageModel trained = LanguageModel.fit(trainer, model, OPTIMIZER, CORPUS, CONTEXT);
    assertThatIllegalArgumentException().isThrownBy(() -> trained.evaluate(bytes));
  }

  @Test
  void aTrainingThatDivergesSaysWhere() {
    assertThatExceptionOfType(DivergedException.class)
        .isThrownBy(() ->
            LanguageModel.fit(
                Trainer.defaults(),
                Models.ofTokens("embedding(14, 8) | dense(14)", 14),
                Optimizers.sgd(1e38),
                CORPUS,
                CONTEXT))
        .withMessageContaining("training diverged at step");
  }

  private static final List<String> DOCUMENTS =
      List.of("of the sea, of the sea", "and of the whale", "a", "the whale of the sea and");

  private static final Tokenizer SEPARATED =
      Tokenizer.characters(String.join(Corpus.SEPARATOR, DOCUMENTS));

  private static final Corpus PACKED = Corpus.ofDocuments("some", DOCUMENTS, SEPARATED);

  private static LanguageModel packed(String model, Corpus corpus) {
    return LanguageModel.fit(
        Trainer.defaults().withEpochs(3).withBatchSize(4).withSeed(3),
        Models.ofTokens(model, SEPARATED.size()),
        OPTIMIZER,
        corpus,
        CONTEXT,
        corpus);
  }

  @Test
  void attentionSeesTheDocumentOfItsTokenAlone() {
    for (TokenBatches batches :
        List.of(
            TokenBatches.toTrainOn(PACKED, CONTEXT, 3, Sampling.SHUFFLE, 5),
            TokenBatches.toJudge(PACKED, CONTEXT, 3))) {
      try (BatchSource.Reader reader = batches.epoch(0)) {
        for (TensorBatch batch = reader.next(); batch != null; batch = reader.next()) {
          int[] tokens = batch.x().ints();
          int[] firsts = batch.inputs().get(1).ints();
          int separator = SEPARATED.encode(Corpus.SEPARATOR)[0];
          int begin = 0;
          for (int i = 0; i < tokens.length; i++) {
            begin = i % CONTEXT == 0 ? 0 : tokens[i] == separator ? i % CONTEXT : begin;
            assertThat(firsts[i]).isEqualTo(begin);
          }
        }
      }
    }
    LanguageModel apart = packed(GPT, PACKED);
    LanguageModel joined = packed(GPT, PACKED.joined());
    assertThat(apart.apart()).isTrue();
    assertThat(joined.apart()).isFalse();
    assertThat(apart.network().sameWeights(joined.network())).isFalse();
    History history = apart.history().orElseThrow();
    assertThat(apart.evaluate(PACKED).loss())
        .isEqualTo(history.epochs().getLast().validationLoss().orElseThrow(), within(1e-6))
        .isNotEqualTo(apart.evaluate(PACKED.joined()).loss());
    assertThat(joined.evaluate(PACKED)).isEqualTo(joined.evaluate(PACKED.joined()));
    // What is found least probable is so by the same windows.
    double sum =
        apart.surprises(PACKED, PACKED.size(), PACKED.size()).stream()
            .mapToDouble(surprise -> -Math.log(surprise.probability()))
            .sum();
    assertThat(sum / (PACKED.size() - 1)).isEqualTo(apart.evaluate(PACKED).loss(), within(1e-5));
  }

  /// Whatever came before its separator, what is written of a document is the same.
  @Test
  void aDocumentIsWrittenAnew() {
    LanguageModel apart = packed(GPT, PACKED);
    var how = Generation.defaults().withLength(30).withTemperature(2).withSeed(7);
    String anew = apart.generate(Corpus.SEPARATOR + "the", how).text();
    assertThat(apart.generate("of a " + Corpus.SEPARATOR + "the", how).text())
        .isEqualTo("of a " + anew);
    assertThat(anew.indexOf(Corpus.SEPARATOR, 1)).as(anew).isPositive();
    LanguageModel joined = packed(GPT, PACKED.joined());
    assertThat(joined.generate("of a " + Corpus.SEPARATOR + "the", how).text())
        .isNotEqualTo("of a " + joined.generate(Corpus.SEPARATOR + "the", how).text());
  }

  @Test
  void aModelWithoutAttentionTakesDocumentsAsOneText() {
    LanguageModel model = packed("gru(6)", PACKED);
    assertThat(model.apart()).isFalse();
    assertThat(model.network().sameWeights(packed("gru(6)", PACKED.joined()).network())).isTrue();
  }

  @Test
  void thatDocumentsAreApartIsKept(@TempDir Path folder) throws IOException {
    LanguageModel apart = packed(GPT, PACKED);
    apart.save(folder.resolve("run"));
    LanguageModel loaded = LanguageModel.load(folder.resolve("run"));
    assertThat(loaded.apart()).isTrue();
    assertThat(loaded.evaluate(PACKED)).isEqualTo(apart.evaluate(PACKED));
    Path json = folder.resolve("run/model.json");
    String written = Files.readString(json);
    Files.writeString(json, written.replace("\"apart\"", "\"aprt\""));
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> LanguageModel.load(folder.resolve("run")))
        .withMessageContaining("documents: expected apart, found aprt");
    Files.writeString(json, written.replace("\\u001e", "\\u001f"));
    assertThatExceptionOfType(RunException.class)
        .isThrownBy(() -> LanguageModel.load(folder.resolve("run")))
        .withMessageContaining("documents: ");
    // A run of before, which does not say it, sees across.
    Files.writeString(json, written.replaceFirst(",\\s*\"documents\": \"apart\"", ""));
    assertThat(LanguageModel.load(folder.resolve("run")).evaluate(PACKED))
        .isEqualTo(apart.evaluate(PACKED.joined()));
  }
}

package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.data.DataException;
import dev.thalweg.data.PairTokens;
import dev.thalweg.data.Pairs;
import dev.thalweg.data.Sampling;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Philox;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Models of pairs on words that are spelled by a rule.
class TranslatorTest {

  @TempDir Path folder;

  /// Words of a, b, c and d: each is said as it is written, but a is long before b, and silent at
  /// the end.
  private static Pairs spelled() {
    Philox random = Philox.of(11, 1);
    List<String> words = new ArrayList<>();
    List<String> said = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      StringBuilder word = new StringBuilder();
      int length = 2 + random.below(10L * i, 4);
      for (int j = 0; j < length; j++) {
        word.append((char) ('a' + random.below(10L * i + 1 + j, 4)));
      }
      words.add(word.toString());
      said.add(said(word.toString()));
    }
    return Pairs.of("spelled", words, said);
  }

  private static String said(String word) {
    List<String> said = new ArrayList<>();
    for (int j = 0; j < word.length(); j++) {
      boolean last = j == word.length() - 1;
      char letter = word.charAt(j);
      if (letter != 'a') {
        said.add(String.valueOf(Character.toUpperCase(letter)));
      } else if (!last) {
        said.add(word.charAt(j + 1) == 'b' ? "AA" : "A");
      }
    }
    return said.isEmpty() ? "A" : String.join(" ", said);
  }

  private static final String TRANSFORMER = "transformer(layers=1, width=32, heads=2, context=9)";
  private static final String SEQ2SEQ = "seq2seq(24, layers=2, heads=2)";

  private static Sequential model(String text, PairTokens tokens) {
    return Models.ofPairs(text, tokens.sources(), tokens.targets());
  }

  private static Translator fitted(List<Pairs> parts, String model, int threads, int epochs) {
    PairTokens tokens = PairTokens.spelled(spelled());
    return Translator.fit(
        Trainer.defaults()
            .withEpochs(epochs)
            .withBatchSize(32)
            .withSeed(3)
            .withEngine(Engine.of("scalar", threads)),
        model(model, tokens),
        Optimizer.parse("adamw(lr=cosine(0.005, warmup=20), weight_decay=0.01)"),
        parts.getFirst(),
        tokens,
        parts.getLast());
  }

  @ParameterizedTest
  @ValueSource(strings = {TRANSFORMER, SEQ2SEQ})
  void learnsARuleAndIsTheSameForAnyNumberOfThreads(String model) {
    List<Pairs> parts = spelled().split(0.8, 1);
    Translator one = fitted(parts, model, 1, 30);
    TranslationEvaluation found = one.evaluate(parts.getLast(), 1);
    assertThat(found.tokenErrorRate()).isLessThan(0.05);
    assertThat(found.textErrorRate()).isBetween(found.tokenErrorRate() / 2, 0.2);
    assertThat(found.tokenAccuracy()).isGreaterThan(0.95);
    assertThat(one.evaluate(parts.getLast(), 4).tokenErrorRate()).isLessThan(0.05);
    History history = one.history().orElseThrow();
    assertThat(history.epochs().getLast().loss())
        .isLessThan(history.epochs().getFirst().loss() / 5);
    assertThat(history.epochs().getLast().validationLoss().orElseThrow())
        .isCloseTo(found.loss(), within(1e-9));
    Path first = folder.resolve("a");
    Path second = folder.resolve("b");
    one.save(first);
    fitted(parts, model, 3, 30).save(second);
    assertThat(first.resolve("weights.safetensors"))
        .hasSameBinaryContentAs(second.resolve("weights.safetensors"));
    Translator loaded = Translator.load(first);
    assertThat(loaded.evaluate(parts.getLast(), 1)).isEqualTo(found);
    assertThat(loaded.tokens()).isEqualTo(one.tokens());
    assertThat(loaded.translate("cabd", 3)).isEqualTo(one.translate("cabd", 3)).hasSize(3);
    assertThat(loaded.translate("CABD")).isEqualTo("C AA B D");
    assertThat(Translator.isIn(first)).isTrue();
    assertThatThrownBy(() -> LanguageModel.load(first))
        .hasMessageEndingWith("task: expected language, found pairs");
    assertThatThrownBy(() -> FittedModel.load(first))
        .hasMessageContaining("Translator.load reads a model of pairs of texts");
  }

  /// A wide beam finds what trying all targets finds, with the same probabilities.
  @ParameterizedTest
  @ValueSource(strings = {TRANSFORMER, SEQ2SEQ})
  void theSearchFindsWhatIsMostProbable(String model) {
    PairTokens tokens = PairTokens.spelled(Pairs.of("p", List.of("ab"), List.of("X Y Z")));
    Network network = model(model, tokens).build(Shape.of(4), 5);
    for (var weights : network.parameters()) {
      float[] values = weights.values().floats();
      for (int i = 0; i < values.length; i++) {
        values[i] *= 3; // far from uniform
      }
    }
    int longest = 4;
    List<BeamSearch.Hypothesis> all = new ArrayList<>();
    int[] source = {0, 1, 1};
    addAll(network, tokens.end(), source, longest, List.of(), all);
    all.sort(Comparator.comparingDouble(each -> -each.score()));
    var scope = new StepScope(Engine.of("scalar", 1));
    List<List<BeamSearch.Hypothesis>> found =
        new BeamSearch(network, 200, tokens.end(), longest, false)
            .of(scope, source, new int[] {0}, source);
    for (int i = 0; i < 20; i++) {
      assertThat(found.getFirst().get(i).tokens()).as("%d", i).isEqualTo(all.get(i).tokens());
      assertThat(found.getFirst().get(i).score()).isCloseTo(all.get(i).score(), within(1e-5));
    }
    assertThat(found.getLast()).isEqualTo(found.getFirst());
    for (int beam : new int[] {1, 2, 3}) {
      List<BeamSearch.Hypothesis> some =
          new BeamSearch(network, beam, tokens.end(), longest, false).of(scope, source).getFirst();
      assertThat(some).hasSize(beam);
      for (int i = 1; i < beam; i++) {
        assertThat(some.get(i).score()).isLessThanOrEqualTo(some.get(i - 1).score());
      }
      BeamSearch.Hypothesis best =
          new BeamSearch(network, beam, tokens.end(), longest, true)
              .of(scope, source)
              .getFirst()
              .getFirst();
      assertThat(best).isEqualTo(some.getFirst());
    }
    BeamSearch.Hypothesis greedy =
        new BeamSearch(network, 1, tokens.end(), longest, false)
            .of(scope, source)
            .getFirst()
            .getFirst();
    assertThat(greedy.tokens()).isEqualTo(greedily(network, tokens.end(), source, longest));
  }

  /// ln p of each token behind a beginning.
  private static double[] next(Network network, int end, int[] source, List<Integer> begun) {
    int[] x = new int[begun.size() + 1];
    x[0] = end;
    for (int i = 0; i < begun.size(); i++) {
      x[i + 1] = begun.get(i);
    }
    double[] y =
        network
            .apply(
                Tensor.ofInts(Shape.of(1, x.length), x),
                Pass.inference()
                    .withSource(Tensor.ofInts(Shape.of(1, source.length), source.clone())))
            .logSoftmax()
            .toDoubles();
    return Arrays.copyOfRange(y, y.length - end - 1, y.length);
  }

  private static void addAll(
      Network network,
      int end,
      int[] source,
      int longest,
      List<Integer> begun,
      List<BeamSearch.Hypothesis> all) {
    addAll(network, end, source, longest, begun, 0, all);
  }

  private static void addAll(
      Network network,
      int end,
      int[] source,
      int longest,
      List<Integer> begun,
      double score,
      List<BeamSearch.Hypothesis> all) {
    double[] next = next(network, end, source, begun);
    all.add(new BeamSearch.Hypothesis(begun, score + next[end]));
    for (int token = 0; token < end; token++) {
      List<Integer> longer = new ArrayList<>(begun);
      longer.add(token);
      if (longer.size() == longest) {
        all.add(new BeamSearch.Hypothesis(longer, score + next[token]));
      } else {
        addAll(network, end, source, longest, longer, score + next[token], all);
      }
    }
  }

  private static List<Integer> greedily(Network network, int end, int[] source, int longest) {
    List<Integer> begun = new ArrayList<>();
    while (begun.size() < longest) {
      double[] next = next(network, end, source, begun);
      int best = 0;
      for (int token = 1; token <= end; token++) {
        best = next[token] > next[best] ? token : best;
      }
      if (best == end) {
        break;
      }
      begun.add(best);
    }
    return begun;
  }

  @ParameterizedTest
  @CsvSource({
    "'1 2 3', '1 2 3', 0",
    "'1 2 3', '', 3",
    "'', '4', 1",
    "'1 2 3', '1 3', 1",
    "'1 2 3 4', '2 3 5 4', 2",
    "'1 2 3', '1 9 3', 1",
    "'7 7 1', '1 7 7', 2"
  })
  void editsAreCounted(String some, String others, int expected) {
    assertThat(Translator.edits(numbers(some), numbers(others))).isEqualTo(expected);
    assertThat(Translator.edits(numbers(others), numbers(some))).isEqualTo(expected);
  }

  private static int[] numbers(String text) {
    return text.isEmpty()
        ? new int[0]
        : Arrays.stream(text.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
  }

  /// What is made is judged by the nearest of several right sides.
  @Test
  void aSourceCountsOnceByItsNearestTarget() {
    List<Pairs> parts = spelled().split(0.8, 1);
    Translator model = fitted(parts, TRANSFORMER, 1, 1);
    String made = model.translate("bcd");
    Pairs test =
        Pairs.of(
            "t", List.of("bcd", "bcd", "bcd"), List.of("AA AA AA AA AA AA", made + " A", "AA"));
    TranslationEvaluation found = model.evaluate(test, 1);
    int length = made.isEmpty() ? 1 : made.split(" ", -1).length + 1;
    assertThat(found.texts()).isEqualTo(1);
    assertThat(found.textErrorRate()).isEqualTo(1);
    assertThat(found.tokenErrorRate()).isCloseTo(1.0 / length, within(1e-12));
    Pairs right = Pairs.of("t", List.of("bcd", "bcd"), List.of(made, "AA AA"));
    assertThat(model.evaluate(right, 1).tokenErrorRate()).isZero();
    assertThat(model.evaluate(right, 1).textErrorRate()).isZero();
  }

  @Test
  void batchesHaveTheTokensOfTheirPairs() {
    int[][] sources = {{1, 2}, {3}, {1, 1, 1}};
    int[][] targets = {{0, 1, 2}, {}, {2}};
    PairBatches batches = PairBatches.toTrainOn(sources, targets, 9, 2, Sampling.SEQUENTIAL, 0);
    assertThat(batches.batches()).isEqualTo(2);
    assertThat(batches.count()).isEqualTo(4 + 1 + 2);
    try (BatchSource.Reader reader = batches.epoch(0)) {
      TensorBatch first = Optional.ofNullable(reader.next()).orElseThrow();
      assertThat(first.count()).isEqualTo(5);
      assertThat(first.x().ints()).containsExactly(9, 0, 1, 2, 9, 0, 0, 0);
      assertThat(first.y().ints()).containsExactly(0, 1, 2, 9, 9, -1, -1, -1);
      assertThat(first.inputs().get(1).ints()).containsExactly(1, 2, 3, 0);
      assertThat(first.lengths().getFirst().ints()).containsExactly(4, 1);
      assertThat(first.lengths().get(1).ints()).containsExactly(2, 1);
    }
  }

  /// The mean over real tokens: what fills up does not count, in loss and gradient.
  @Test
  void theLossIsAMeanOverRealTokens() {
    int[][] sources = {{1, 2}, {0}, {1, 1, 1}};
    int[][] targets = {{0, 1, 2}, {0}, {2}};
    Network network = Models.ofPairs(TRANSFORMER, 3, 4).build(Shape.of(9), 5);
    var objective = new PairObjective(network);
    List<Double> losses = new ArrayList<>();
    for (int rows : new int[] {1, 3}) {
      double sum = 0;
      PairBatches batches = PairBatches.toJudge(sources, targets, 3, rows);
      try (BatchSource.Reader reader = batches.epoch(0)) {
        for (TensorBatch batch = reader.next(); batch != null; batch = reader.next()) {
          sum +=
              objective.loss(batch, Pass.inference(), new Scores()).item()
                  * batch.count()
                  / batches.count();
        }
      }
      losses.add(sum);
    }
    assertThat(losses.getFirst()).isCloseTo(losses.getLast(), within(1e-6));
  }

  @Test
  void whatDoesNotFitIsOneSentence() {
    List<Pairs> parts = spelled().split(0.8, 1);
    PairTokens tokens = PairTokens.spelled(spelled());
    Translator model = fitted(parts, TRANSFORMER, 1, 1);
    assertThatThrownBy(() -> model.translate("ab7"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "text: expected the 4 characters that the model knows, found U+0037 '7' at character"
                + " 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.translate(""))
        .withMessage("text: expected one token or more, found none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.translate("abcdabcdab"))
        .withMessage("text: expected up to 9 tokens, the context of the model, found 10");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.translate("ab", 0))
        .withMessage("beam must be at least 1, found 0");
    Pairs foreign = Pairs.of("other", List.of("abx"), List.of("A B"));
    assertThatThrownBy(() -> model.evaluate(foreign, 1))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("other, pair 1: text: expected the 4 characters")
        .hasMessageContaining("'x' at character 3");
    Pairs late = Pairs.of("long", List.of("ab", "abcdabcdab"), List.of("A", "B"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Translator.check(model(TRANSFORMER, tokens), late, tokens))
        .withMessage(
            "long: expected texts of up to 9 tokens, the context of the model, an end included,"
                + " found 10 in pair 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Translator.check(
                Models.ofPairs("embedding(6, 4) | dense(3)", 4, 6), parts.getFirst(), tokens))
        .withMessageContaining("expected a last layer of shape [6, 6], a number for each of 6");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Translator.fit(
                Trainer.defaults(),
                Models.ofPairs(
                    "encoder_decoder(embedding(4, 4), embedding(6, 4) | attention(2) |"
                        + " cross_attention(2) | dense(6))",
                    4,
                    6),
                Optimizer.parse("adamw"),
                parts.getFirst(),
                tokens))
        .withMessageContaining("found one that sees what comes after, too");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Translator.fit(
                Trainer.defaults().withValidation(0.2),
                model(TRANSFORMER, tokens),
                Optimizer.parse("adamw"),
                parts.getFirst(),
                tokens))
        .withMessageStartingWith("withValidation: expected data to divide, found pairs");
  }
}

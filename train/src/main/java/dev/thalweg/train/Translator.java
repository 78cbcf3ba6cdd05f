package dev.thalweg.train;

import dev.thalweg.data.PairTokens;
import dev.thalweg.data.Pairs;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.tensor.Gradients;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// A trained model that makes one text from another: the pronunciation of a word, a sentence in
/// another language. Translating and evaluating are safe from several threads at once.
///
/// ```java
/// Pairs all = Pairs.named("cmudict");
/// PairTokens tokens = PairTokens.spelled(all);
/// var model = Models.ofPairs("transformer(layers=3, width=128, heads=4)", tokens.sources(), tokens.targets());
/// Translator speaker = Translator.fit(Trainer.defaults(), model, adamw(1e-3), all, tokens);
/// speaker.translate("THALWEG", 5);               // five pronunciations, the most probable first
/// ```
///
/// The network takes the tokens of a target up to each step, in its pass those of the source
/// ([Pass#withSource]), and gives for each step a number for each token, its logit. Targets begin
/// and end with one token, [PairTokens#end]. The loss is −ln p of the token that follows, given
/// those before it as they are right, a mean over all tokens of a batch, ends included. Batches are
/// of pairs of similar length ([dev.thalweg.data.BucketOrder]).
///
/// A letter that the training had in the other case only is taken in that ([PairTokens]).
public final class Translator {

  /// How many pairs are passed through the network at once when it is judged.
  private static final int PART = 128;

  /// So many tokens a model takes that has no bound: one with places has fewer.
  private static final int MANY = 1 << 14;

  private final Network network;
  private final String data;
  private final PairTokens tokens;
  private final Engine engine;
  private final Optional<History> history;
  private final boolean bounded;

  Translator(
      Network network, String data, PairTokens tokens, Engine engine, Optional<History> history) {
    this.network = network;
    this.data = data;
    this.tokens = tokens;
    this.engine = engine;
    this.history = history;
    this.bounded = !takes(network.model(), MANY);
  }

  private static boolean takes(Sequential model, int steps) {
    try {
      model.output(Shape.of(steps));
      return true;
    } catch (IllegalArgumentException tooMany) {
      return false;
    }
  }

  /// The context of a model: how many tokens it has places for; of one that takes any number as
  /// many as the longest of the pairs.
  private static int context(Sequential model, Encoded pairs) {
    if (takes(model, MANY)) {
      return Math.max(2, pairs.longest());
    }
    int low = 1;
    int high = MANY;
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (takes(model, middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// Pairs as tokens, the targets without their ends.
  private record Encoded(Pairs pairs, List<int[]> sources, List<int[]> targets) {

    static Encoded of(Pairs pairs, PairTokens tokens) {
      return new Encoded(pairs, tokens.sourcesOf(pairs), tokens.targetsOf(pairs));
    }

    int[][] sourceTokens() {
      return sources.toArray(int[][]::new);
    }

    int[][] targetTokens() {
      return targets.toArray(int[][]::new);
    }

    /// The most tokens of a source, or of a target with its end.
    int longest() {
      int longest = 0;
      for (int i = 0; i < sources.size(); i++) {
        longest = Math.max(longest, length(i));
      }
      return longest;
    }

    private int length(int i) {
      return Math.max(sources.get(i).length, targets.get(i).length + 1);
    }

    /// @throws IllegalArgumentException if one is longer
    void check(int context) {
      for (int i = 0; i < sources.size(); i++) {
        if (length(i) > context) {
          throw new IllegalArgumentException(
              "%s: expected texts of up to %,d tokens, the context of the model, an end included, found %,d in pair %d"
                  .formatted(pairs.name(), context, length(i), i + 1));
        }
      }
    }
  }

  /// Trains a fresh network of the model on pairs, by [Trainer#fit(Network, Objective, Optimizer,
  /// BatchSource)]: of the settings epochs, batch size (pairs a step), seed, sampling, patience,
  /// engine, callbacks and conditions count. What a batch counts as are the tokens of its targets;
  /// the score is the share of them that is the most probable one, `token_accuracy`.
  ///
  /// @param model takes the tokens of a target, in the pass those of a source, and gives for each
  ///   step a number for each token
  /// @param tokens of both sides
  /// @throws DivergedException if a loss, gradient or weight is not finite
  /// @throws dev.thalweg.data.DataException if there is no token for something in a text
  /// @throws IllegalArgumentException if the model takes or gives something else, has fewer places
  ///   than a text has tokens, or sees tokens that come after, or the trainer has a share for
  ///   validation, which is given by itself
  public static Translator fit(
      Trainer trainer, Sequential model, Optimizer optimizer, Pairs train, PairTokens tokens) {
    NotNull.check(trainer, "trainer");
    NotNull.check(model, "model");
    NotNull.check(optimizer, "optimizer");
    NotNull.check(train, "train");
    NotNull.check(tokens, "tokens");
    return fit(trainer, model, optimizer, train, tokens, Optional.empty());
  }

  /// The same, watched on other pairs after each epoch, which is what patience looks at; see
  /// [#fit(Trainer, Sequential, Optimizer, Pairs, PairTokens)].
  ///
  /// @throws DivergedException if a loss, gradient or weight is not finite
  /// @throws dev.thalweg.data.DataException if there is no token for something in a text
  public static Translator fit(
      Trainer trainer,
      Sequential model,
      Optimizer optimizer,
      Pairs train,
      PairTokens tokens,
      Pairs validation) {
    NotNull.check(trainer, "trainer");
    NotNull.check(model, "model");
    NotNull.check(optimizer, "optimizer");
    NotNull.check(train, "train");
    NotNull.check(tokens, "tokens");
    NotNull.check(validation, "validation");
    return fit(trainer, model, optimizer, train, tokens, Optional.of(validation));
  }

  private static Translator fit(
      Trainer trainer,
      Sequential model,
      Optimizer optimizer,
      Pairs train,
      PairTokens tokens,
      Optional<Pairs> validation) {
    trainer.checkUndivided("pairs", "trainer, model, optimizer, train, tokens, validation");
    Encoded pairs = Encoded.of(train, tokens);
    int context = context(model, pairs);
    pairs.check(context);
    check(model, Shape.of(context), tokens);
    Network network = model.build(Shape.of(context), trainer.seed());
    Engine engine = trainer.engine().orElseGet(Engine::current);
    engine.run(() -> checkCausal(network, tokens));
    var batches =
        PairBatches.toTrainOn(
            pairs.sourceTokens(),
            pairs.targetTokens(),
            tokens.end(),
            trainer.batchSize(),
            trainer.sampling(),
            trainer.seed());
    History history =
        trainer.fit(
            network,
            new PairObjective(network),
            optimizer,
            batches,
            validation.map(some -> toJudge(some, tokens, context)));
    return new Translator(network, train.name(), tokens, engine, Optional.of(history));
  }

  private static PairBatches toJudge(Pairs some, PairTokens tokens, int context) {
    Encoded pairs = Encoded.of(some, tokens);
    pairs.check(context);
    return PairBatches.toJudge(pairs.sourceTokens(), pairs.targetTokens(), tokens.end(), PART);
  }

  /// Whether a model can be trained on pairs.
  ///
  /// @throws dev.thalweg.data.DataException if there is no token for something in a text
  /// @throws IllegalArgumentException if the model takes or gives something else than [#fit] asks
  ///   for, or has fewer places than a text has tokens
  public static void check(Sequential model, Pairs pairs, PairTokens tokens) {
    NotNull.check(model, "model");
    NotNull.check(pairs, "pairs");
    NotNull.check(tokens, "tokens");
    Encoded encoded = Encoded.of(pairs, tokens);
    int context = context(model, encoded);
    encoded.check(context);
    check(model, Shape.of(context), tokens);
  }

  static void check(Sequential model, Shape input, PairTokens tokens) {
    NextToken.check(model, input, tokens.targets());
  }

  /// That what is said of a step does not change with what comes after it, and that all tokens of
  /// sources are known.
  private static void checkCausal(Network network, PairTokens tokens) {
    NextToken.checkCausal(network, tokens.end(), target -> logits(network, tokens, target));
  }

  private static float[] logits(Network network, PairTokens tokens, int... target) {
    Tensor x = Tensor.wrap(Shape.of(1, target.length), target.clone());
    int[] different = new int[target.length];
    Arrays.setAll(different, i -> i == 0 ? tokens.sources() - 1 : i % tokens.sources());
    Tensor source = Tensor.wrap(Shape.of(1, different.length), different);
    return Gradients.off(() -> network.apply(x, Pass.inference().withSource(source))).floats();
  }

  /// The network with its weights.
  public Network network() {
    return network;
  }

  /// What it was trained on is called.
  public String data() {
    return data;
  }

  /// What makes tokens of both sides.
  public PairTokens tokens() {
    return tokens;
  }

  /// How many tokens sources have at most, and targets with their end; of a model without places,
  /// which takes longer ones, too, those of its training.
  public int context() {
    return network.input().dimension(0);
  }

  /// What training came to; empty for a model that was loaded.
  public Optional<History> history() {
    return history;
  }

  /// What is made of a text, the most probable token each time.
  ///
  /// @throws dev.thalweg.data.DataException if there is no token for something in it
  /// @throws IllegalArgumentException if it is empty, or longer than a context that is bounded
  /// @throws RunException if what the model says is not finite, as where its weights are too large
  public String translate(String source) {
    NotNull.check(source, "source");
    return translate(source, 1).getFirst().text();
  }

  /// What is made of a text by a search that follows so many beginnings at once: as many results,
  /// the most probable first; fewer where there are not so many.
  ///
  /// @param beam at least 1
  /// @throws dev.thalweg.data.DataException if there is no token for something in the text
  /// @throws IllegalArgumentException if it is empty, or longer than a context that is bounded, or
  ///   the beam is not positive
  /// @throws RunException if what the model says is not finite, as where its weights are too large
  public List<Translation> translate(String source, int beam) {
    NotNull.check(source, "source");
    return translate(List.of(source), beam, false).getFirst();
  }

  /// What is made of each of some texts, as [#translate(String, int)] does one.
  ///
  /// @param beam at least 1
  /// @throws dev.thalweg.data.DataException if there is no token for something in a text
  /// @throws IllegalArgumentException if one is empty, or longer than a context that is bounded, or
  ///   the beam is not positive
  /// @throws RunException if what the model says is not finite, as where its weights are too large
  public List<List<Translation>> translate(List<String> sources, int beam) {
    NotNull.check(sources, "sources");
    return translate(sources, beam, false);
  }

  private List<List<Translation>> translate(List<String> sources, int beam, boolean onlyBest) {
    List<int[]> encoded = new ArrayList<>();
    for (String source : sources) {
      encoded.add(source(source));
    }
    return found(encoded, beam, onlyBest).stream()
        .map(results ->
            results.stream()
                .map(each -> new Translation(tokens.target().decode(each.target()), each.score()))
                .toList())
        .toList();
  }

  private int[] source(String text) {
    int[] source = tokens.sourceOf(text);
    if (source.length == 0) {
      throw new IllegalArgumentException("text: expected one token or more, found none");
    }
    if (bounded && source.length > context()) {
      throw new IllegalArgumentException(
          "text: expected up to %,d tokens, the context of the model, found %,d"
              .formatted(context(), source.length));
    }
    return source;
  }

  /// The results for each of some sources, in their order; those of similar length at once.
  private List<List<BeamSearch.Hypothesis>> found(List<int[]> sources, int beam, boolean onlyBest) {
    if (beam < 1) {
      throw new IllegalArgumentException("beam must be at least 1, found " + beam);
    }
    int[] order =
        IntStream.range(0, sources.size())
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> sources.get(i).length))
            .mapToInt(Integer::intValue)
            .toArray();
    StepScope scope = new StepScope(engine);
    List<List<BeamSearch.Hypothesis>> found =
        new ArrayList<>(Collections.nCopies(order.length, List.of()));
    for (int from = 0; from < order.length; from += PART) {
      int to = Math.min(order.length, from + PART);
      int[][] some = Arrays.stream(order, from, to).mapToObj(sources::get).toArray(int[][]::new);
      int longest = bounded ? context() : Math.max(context(), 2 * some[some.length - 1].length);
      var search = new BeamSearch(network, beam, tokens.end(), longest, onlyBest);
      List<List<BeamSearch.Hypothesis>> results = search.of(scope, some);
      for (int i = from; i < to; i++) {
        found.set(order[i], results.get(i - from));
      }
    }
    return found;
  }

  /// How well it does on pairs that are not of the training.
  ///
  /// @param beam how many beginnings the search follows, at least 1
  /// @throws dev.thalweg.data.DataException if there is no token for something in a text
  /// @throws IllegalArgumentException if one is longer than a context that is bounded, or the beam
  ///   is not positive
  public TranslationEvaluation evaluate(Pairs test, int beam) {
    NotNull.check(test, "test");
    Encoded pairs = Encoded.of(test, tokens);
    if (bounded) {
      pairs.check(context());
    }
    StepScope scope = new StepScope(engine);
    var objective = new PairObjective(network);
    PairBatches batches =
        PairBatches.toJudge(pairs.sourceTokens(), pairs.targetTokens(), tokens.end(), PART);
    Training.Watched watched = scope.call(() -> Trainer.watched(objective, batches, scope));
    Map<String, List<int[]>> right = new LinkedHashMap<>();
    List<int[]> sources = new ArrayList<>();
    for (int i = 0; i < test.size(); i++) {
      List<int[]> known = right.get(test.sources().get(i));
      if (known == null) {
        known = new ArrayList<>();
        right.put(test.sources().get(i), known);
        sources.add(pairs.sources.get(i));
      }
      known.add(pairs.targets.get(i));
    }
    List<List<BeamSearch.Hypothesis>> found = found(sources, beam, true);
    long edits = 0;
    long length = 0;
    int wrong = 0;
    int next = 0;
    for (List<int[]> each : right.values()) {
      int[] made = found.get(next++).getFirst().target();
      int fewest = Integer.MAX_VALUE;
      int nearest = 0;
      for (int[] target : each) {
        int distance = edits(made, target);
        if (distance < fewest) {
          fewest = distance;
          nearest = target.length;
        }
      }
      edits += fewest;
      length += nearest;
      wrong += fewest > 0 ? 1 : 0;
    }
    return new TranslationEvaluation(
        right.size(),
        watched.loss(),
        watched.score().orElseThrow(),
        (double) edits / length,
        (double) wrong / right.size(),
        beam);
  }

  /// How many tokens are inserted, deleted or replaced to make one of the other, at least.
  static int edits(int[] some, int... others) {
    int[] above = new int[others.length + 1];
    Arrays.setAll(above, j -> j);
    for (int i = 1; i <= some.length; i++) {
      int[] row = new int[others.length + 1];
      row[0] = i;
      for (int j = 1; j <= others.length; j++) {
        int replaced = above[j - 1] + (some[i - 1] == others[j - 1] ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[others.length];
  }

  /// Writes `model.json` and `weights.safetensors` to a folder, as [FittedModel#save] does.
  ///
  /// @param folder new, empty, or a model's folder, which is replaced
  /// @throws RunException if it can't be written, holds something else, or a layer of your own has
  ///   no name, or that of another
  public void save(Path folder) {
    NotNull.check(folder, "folder");
    RunFolder.save(folder, draft -> draft.write(this));
  }

  /// Reads what [#save] or the command line has written.
  ///
  /// @throws RunException with a sentence if a file is missing, truncated or of something else
  public static Translator load(Path folder) {
    NotNull.check(folder, "folder");
    return load(folder, Known.NOTHING);
  }

  /// Reads what [#save] has written of a model with layers of your own.
  ///
  /// @param known the layers that are given back, by their names
  /// @throws RunException as [#load(Path)], or if one of them is not given back
  public static Translator load(Path folder, Known known) {
    NotNull.check(folder, "folder");
    NotNull.check(known, "known");
    return TranslatorFile.read(folder, known);
  }

  /// Whether a run folder has a model of pairs of texts.
  ///
  /// @throws RunException if it is no run folder
  public static boolean isIn(Path folder) {
    NotNull.check(folder, "folder");
    return TranslatorFile.isIn(folder);
  }

  /// The network's summary.
  @Override
  public String toString() {
    return network.summary();
  }
}

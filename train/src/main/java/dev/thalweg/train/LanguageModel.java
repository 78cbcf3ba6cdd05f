package dev.thalweg.train;

import dev.thalweg.data.Corpus;
import dev.thalweg.data.Tokenizer;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.nn.Carry;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/// A trained model that says how a text goes on. Writing and evaluating are safe from several
/// threads at once.
///
/// ```java
/// Corpus text = Corpus.of("moby-dick", Texts.named("moby-dick"), tokenizer);
/// var model = Models.ofTokens("gpt(layers=4, width=128, heads=4, context=128)", tokenizer.size());
/// LanguageModel writer = LanguageModel.fit(Trainer.defaults(), model, Optimizers.adamw(1e-3), text, 128);
/// writer.generate("Call me", Generation.defaults().withTemperature(0.8)).text();
/// ```
///
/// The network gives for each step a number for each token, its logit, from the tokens up to there.
/// The loss is −ln p of the token that follows, a mean over tokens. It is trained on windows of the
/// text, of as many tokens as its context.
///
/// Of packed documents ([Corpus#ofDocuments]) attention sees the token's own alone, in training and
/// when it is judged; a model without attention takes them as one text.
public final class LanguageModel {

  /// How many windows are passed through the network at once when it is judged.
  private static final int PART = 16;

  /// So many steps a model takes that has no bound: one with places has fewer.
  private static final int MANY = 1 << 16;

  private final Network network;
  private final String data;
  private final Tokenizer tokenizer;
  private final Engine engine;
  private final Optional<History> history;
  private final boolean bounded;
  private final boolean apart;

  /// The token that documents begin with; negative where none does, or all is seen across it.
  private final int separator;

  /// @param apart whether attention sees nothing but the own document
  LanguageModel(
      Network network,
      String data,
      Tokenizer tokenizer,
      boolean apart,
      Engine engine,
      Optional<History> history) {
    this.network = network;
    this.data = data;
    this.tokenizer = tokenizer;
    this.apart = apart;
    this.separator = apart ? tokenizer.encode(Corpus.SEPARATOR)[0] : -1;
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

  /// Trains a fresh network of the model on a text, by [Trainer#fit(Network, Objective, Optimizer,
  /// BatchSource)]: of the settings epochs, batch size (windows a step), seed, sampling, patience,
  /// engine, callbacks and conditions count. What a batch counts as are its tokens; the score is
  /// the loss in bits, `bits_per_token`.
  ///
  /// @param model takes tokens, and gives for each step a number for each token
  /// @param context how many tokens a window has
  /// @throws DivergedException if a loss, gradient or weight is not finite
  /// @throws IllegalArgumentException if the model takes or gives something else, or sees tokens
  ///   that come after, the text has no window, or the trainer has a share for validation, which is
  ///   given by itself
  public static LanguageModel fit(
      Trainer trainer, Sequential model, Optimizer optimizer, Corpus train, int context) {
    NotNull.check(trainer, "trainer");
    NotNull.check(model, "model");
    NotNull.check(optimizer, "optimizer");
    NotNull.check(train, "train");
    return fit(trainer, model, optimizer, train, context, Optional.empty());
  }

  /// The same, watched on another text after each epoch, which is what patience looks at; see
  /// [#fit(Trainer, Sequential, Optimizer, Corpus, int)].
  ///
  /// @throws DivergedException if a loss, gradient or weight is not finite
  /// @throws IllegalArgumentException also if it has other tokens
  public static LanguageModel fit(
      Trainer trainer,
      Sequential model,
      Optimizer optimizer,
      Corpus train,
      int context,
      Corpus validation) {
    NotNull.check(trainer, "trainer");
    NotNull.check(model, "model");
    NotNull.check(optimizer, "optimizer");
    NotNull.check(train, "train");
    NotNull.check(validation, "validation");
    return fit(trainer, model, optimizer, train, context, Optional.of(validation));
  }

  private static LanguageModel fit(
      Trainer trainer,
      Sequential model,
      Optimizer optimizer,
      Corpus train,
      int context,
      Optional<Corpus> validation) {
    trainer.checkUndivided("a text", "trainer, model, optimizer, train, context, validation");
    check(model, train, context);
    validation.ifPresent(text -> check(text, train.tokenizer()));
    Network network = model.build(Shape.of(context), trainer.seed());
    Engine engine = trainer.engine().orElseGet(Engine::current);
    engine.run(() -> checkCausal(network));
    boolean apart = train.documents() > 0 && engine.call(() -> NextToken.seesBegin(network));
    Corpus text = apart ? train : train.joined();
    var batches =
        TokenBatches.toTrainOn(
            text, context, trainer.batchSize(), trainer.sampling(), trainer.seed());
    History history =
        trainer.fit(
            network,
            new TokenObjective(network),
            optimizer,
            batches,
            validation.map(
                part -> TokenBatches.toJudge(apart ? part : part.joined(), context, PART)));
    return new LanguageModel(
        network, train.name(), train.tokenizer(), apart, engine, Optional.of(history));
  }

  /// Whether a model can be trained on a text.
  ///
  /// @param context how many tokens a window has
  /// @throws IllegalArgumentException if the text has no window, or the model takes or gives
  ///   something else than [#fit] asks for
  public static void check(Sequential model, Corpus text, int context) {
    NotNull.check(model, "model");
    NotNull.check(text, "text");
    text.windows(context);
    check(model, Shape.of(context), text.tokenizer());
  }

  static void check(Sequential model, Shape input, Tokenizer tokenizer) {
    NextToken.check(model, input, tokenizer.size());
  }

  private static void check(Corpus text, Tokenizer tokenizer) {
    if (!text.tokenizer().equals(tokenizer)) {
      throw new IllegalArgumentException(
          "%s: expected the tokens of the text to train on (%s, %d), found others (%s, %d)"
              .formatted(
                  text.name(),
                  tokenizer,
                  tokenizer.size(),
                  text.tokenizer(),
                  text.tokenizer().size()));
    }
  }

  private static void checkCausal(Network network) {
    NextToken.checkCausal(
        network, network.output().dimension(1) - 1, tokens -> logits(network, tokens));
  }

  private static float[] logits(Network network, int... tokens) {
    Tensor x = Tensor.wrap(Shape.of(1, tokens.length), tokens.clone());
    return Gradients.off(() -> network.apply(x)).floats();
  }

  /// The network with its weights.
  public Network network() {
    return network;
  }

  /// What it was trained on is called.
  public String data() {
    return data;
  }

  /// What makes tokens of a text.
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /// How many tokens it was trained to see.
  public int context() {
    return network.input().dimension(0);
  }

  /// Whether it learned from packed documents, of which attention sees the token's own alone.
  public boolean apart() {
    return apart;
  }

  /// What training came to; empty for a model that was loaded.
  public Optional<History> history() {
    return history;
  }

  /// How well it foretells a text: each token from windows of the context, of which at least half
  /// was before it, where the text has that.
  ///
  /// @throws IllegalArgumentException if it has other tokens
  public LanguageEvaluation evaluate(Corpus text) {
    NotNull.check(text, "text");
    check(text, tokenizer);
    StepScope scope = new StepScope(engine);
    var objective = new TokenObjective(network);
    TokenBatches batches = TokenBatches.toJudge(seen(text), context(), PART);
    double loss = scope.call(() -> Trainer.watched(objective, batches, scope)).loss();
    double bits = loss / Math.log(2);
    return new LanguageEvaluation(
        batches.count(), loss, bits * text.size() / Math.max(1, text.characters()));
  }

  /// A text as the model learned to see it.
  private Corpus seen(Corpus text) {
    return apart ? text : text.joined();
  }

  /// The tokens of a text that it foresaw least, the worst first; of equal ones the first. Each is
  /// foretold as [#evaluate] does it.
  ///
  /// @param most how many
  /// @param within only so many tokens from the beginning on are foretold
  /// @throws IllegalArgumentException if the text has other tokens
  public List<Surprise> surprises(Corpus text, int most, int within) {
    NotNull.check(text, "text");
    check(text, tokenizer);
    var worst =
        new PriorityQueue<Surprise>(
            Comparator.comparingDouble(Surprise::probability)
                .thenComparingInt(Surprise::place)
                .reversed());
    int targets = Math.min(text.size() - 1, within);
    int step = Math.max(1, context() / 2);
    int size = tokenizer.size();
    StepScope scope = new StepScope(engine);
    for (int start = 0; start == 0 || start + context() - step < targets; start += step) {
      int[] window = new int[Math.min(context(), targets - start)];
      for (int i = 0; i < window.length; i++) {
        window[i] = text.token(start + i);
      }
      int begin = start;
      float[] logits =
          scope.call(() -> scope.silently(() -> logits(seen(text), begin, window).keep().floats()));
      scope.endStep();
      for (int i = start == 0 ? 0 : context() - step; i < window.length; i++) {
        worst.add(surprise(start + i + 1, text.token(start + i + 1), logits, i * size, size));
        if (worst.size() > most) {
          worst.remove();
        }
      }
    }
    List<Surprise> found = new ArrayList<>();
    while (!worst.isEmpty()) {
      found.addFirst(worst.remove());
    }
    return found;
  }

  /// What the network says of a window of a text.
  private Tensor logits(Corpus text, int start, int... window) {
    Shape shape = Shape.of(1, window.length);
    List<Tensor> inputs = new ArrayList<>(List.of(Tensor.wrap(shape, window)));
    if (text.documents() > 0) {
      int[] firsts = new int[window.length];
      TokenBatches.firsts(text, start, window.length, firsts, 0);
      inputs.add(Tensor.wrap(shape, firsts));
    }
    return network.apply(inputs.getFirst(), TokenBatches.told(Pass.inference(), inputs));
  }

  private static Surprise surprise(int place, int token, float[] logits, int from, int size) {
    int said = 0;
    for (int k = 1; k < size; k++) {
      said = logits[from + k] > logits[from + said] ? k : said;
    }
    double sum = 0;
    for (int k = 0; k < size; k++) {
      sum += Math.exp((double) logits[from + k] - logits[from + said]);
    }
    double probability = Math.exp((double) logits[from + token] - logits[from + said]) / sum;
    return new Surprise(place, token, probability, said, 1 / sum);
  }

  /// Goes on with a text. Each token is drawn from what the network says of those before it, which
  /// it keeps in mind ([Carry]), so that a token costs a step. A model with places sees as many
  /// tokens as its context: when that is full, what it sees begins again at its last half. With the
  /// separator of documents that were [apart][#apart], a new one begins.
  ///
  /// The same text for any number of threads; a longer one begins with a shorter one's.
  ///
  /// @throws IllegalArgumentException if the prompt is empty, or longer than a context that is
  ///   bounded
  /// @throws dev.thalweg.data.DataException if there is no token for something in it
  /// @throws RunException if what the model says is not finite, as where its weights are too large
  public Generated generate(String prompt, Generation how) {
    NotNull.check(prompt, "prompt");
    NotNull.check(how, "how");
    int[] given = tokenizer.encode(prompt);
    if (given.length == 0) {
      throw new IllegalArgumentException("prompt: expected one token or more, found none");
    }
    if (bounded && given.length > context()) {
      throw new IllegalArgumentException(
          "prompt: expected up to %,d tokens, the context of the model, found %,d"
              .formatted(context(), given.length));
    }
    long begin = System.nanoTime();
    int[] tokens = Arrays.copyOf(given, given.length + how.length());
    StepScope scope = new StepScope(engine);
    scope.run(() -> scope.silently(() -> write(tokens, given.length, how, scope)));
    return new Generated(tokenizer.decode(tokens), how.length(), (System.nanoTime() - begin) / 1e9);
  }

  /// Fills in the tokens behind the first ones.
  private int[] write(int[] tokens, int first, Generation how, StepScope scope) {
    var carry = new Carry();
    int size = tokenizer.size();
    int seen = 0;
    for (int next = first; next < tokens.length; next++) {
      int begin = begin(tokens, seen, next);
      if (begin >= 0) {
        carry.clear();
        seen = begin;
      }
      if (bounded && carry.steps() + next - seen > context()) {
        carry.clear();
        seen = next - Math.max(1, context() / 2);
      }
      int[] fresh = Arrays.copyOfRange(tokens, seen, next);
      Tensor logits =
          network.apply(
              Tensor.wrap(Shape.of(1, fresh.length), fresh), Pass.inference().withCarry(carry));
      seen = next;
      int last = (fresh.length - 1) * size;
      tokens[next] =
          how.draw(Predicted.finite(logits.floats(), last, size), last, size, next - first);
      scope.endStep();
    }
    return tokens;
  }

  /// Where the last document begins among tokens that have not been seen; negative: none does.
  private int begin(int[] tokens, int seen, int next) {
    for (int begin = next - 1; apart && begin >= seen; begin--) {
      if (tokens[begin] == separator) {
        return begin;
      }
    }
    return -1;
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
  public static LanguageModel load(Path folder) {
    NotNull.check(folder, "folder");
    return load(folder, Known.NOTHING);
  }

  /// Reads what [#save] has written of a model with layers of your own.
  ///
  /// @param known the layers that are given back, by their names
  /// @throws RunException as [#load(Path)], or if one of them is not given back
  public static LanguageModel load(Path folder, Known known) {
    NotNull.check(folder, "folder");
    NotNull.check(known, "known");
    return LanguageFile.read(folder, known);
  }

  /// Whether a run folder has a language model.
  ///
  /// @throws RunException if it is no run folder
  public static boolean isIn(Path folder) {
    NotNull.check(folder, "folder");
    return LanguageFile.isIn(folder);
  }

  /// The network's summary.
  @Override
  public String toString() {
    return network.summary();
  }
}

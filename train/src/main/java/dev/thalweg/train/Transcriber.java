package dev.thalweg.train;

import dev.thalweg.data.Recordings;
import dev.thalweg.data.Sampling;
import dev.thalweg.data.Tokenizer;
import dev.thalweg.data.Transcripts;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.nn.Ctc;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.StepScope;
import dev.thalweg.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A trained model that writes down what is said in sounds. Safe from several threads at once.
///
/// ```java
/// Transcripts train = Transcripts.read(Path.of("train.csv"), CsvFormat.found(), Optional.empty());
/// Tokenizer tokenizer = Tokenizer.characters(String.join("", train.texts()));
/// var model = Models.ofSteps("gru(128)", tokenizer.size() + 1);
/// Transcriber fitted = Transcriber.fit(Trainer.defaults(), model, adamw(1e-3), train, tokenizer);
/// String said = fitted.predict(Path.of("new.wav")).getFirst();
/// ```
///
/// The network takes steps of sound ([Recordings]) and gives for each a number for each token and
/// for the blank, which comes last; the loss is [Ctc]. What is said is the best path: the most
/// probable token of each step, neighbours that are alike once, without blanks.
public final class Transcriber {

  private static final int PART = 16;

  private final Network network;
  private final String data;
  private final int rate;
  private final Tokenizer tokenizer;
  private final Engine engine;
  private final Optional<History> history;

  Transcriber(
      Network network,
      String data,
      int rate,
      Tokenizer tokenizer,
      Engine engine,
      Optional<History> history) {
    this.network = network;
    this.data = data;
    this.rate = rate;
    this.tokenizer = tokenizer;
    this.engine = engine;
    this.history = history;
  }

  /// Trains a fresh network of the model; see [Trainer#fit(Network, Objective, Optimizer,
  /// BatchSource)] for the settings that count. The score is the error rate of the best path in
  /// edits a token, `error_rate`.
  ///
  /// @param model takes steps, and gives for each a number for each token and the blank
  /// @throws DivergedException if a loss, gradient or weight is not finite
  /// @throws IllegalArgumentException if the model takes or gives something else
  /// @throws dev.thalweg.data.DataException if a transcript has something that no token stands for,
  ///   or is too long to be said in the steps of its sound
  public static Transcriber fit(
      Trainer trainer,
      Sequential model,
      Optimizer optimizer,
      Transcripts train,
      Tokenizer tokenizer) {
    NotNull.check(trainer, "trainer");
    NotNull.check(model, "model");
    NotNull.check(optimizer, "optimizer");
    NotNull.check(train, "train");
    NotNull.check(tokenizer, "tokenizer");
    return fit(trainer, model, optimizer, train, tokenizer, Optional.empty());
  }

  /// The same, watched on other sounds after each epoch, which is what patience looks at.
  ///
  /// @throws DivergedException if a loss, gradient or weight is not finite
  /// @throws IllegalArgumentException also if they have another rate
  /// @throws dev.thalweg.data.DataException as without them, also of these
  public static Transcriber fit(
      Trainer trainer,
      Sequential model,
      Optimizer optimizer,
      Transcripts train,
      Tokenizer tokenizer,
      Transcripts validation) {
    NotNull.check(trainer, "trainer");
    NotNull.check(model, "model");
    NotNull.check(optimizer, "optimizer");
    NotNull.check(train, "train");
    NotNull.check(tokenizer, "tokenizer");
    NotNull.check(validation, "validation");
    checkRate(validation.sounds(), train.sounds().rate());
    return fit(trainer, model, optimizer, train, tokenizer, Optional.of(validation));
  }

  private static Transcriber fit(
      Trainer trainer,
      Sequential model,
      Optimizer optimizer,
      Transcripts train,
      Tokenizer tokenizer,
      Optional<Transcripts> validation) {
    trainer.checkUndivided("sounds", "trainer, model, optimizer, train, tokenizer, validation");
    var batches =
        new TranscriptBatches(
            train, tokenizer, trainer.batchSize(), trainer.sampling(), trainer.seed());
    Shape sample = Shape.of(batches.mostSteps(), train.sounds().width());
    check(model, sample, tokenizer);
    Network network = model.build(sample, trainer.seed());
    History history =
        trainer.fit(
            network,
            new TranscriptObjective(network, loss(tokenizer)),
            optimizer,
            batches,
            validation.map(other -> toJudge(other, tokenizer)));
    return new Transcriber(
        network,
        train.name(),
        train.sounds().rate(),
        tokenizer,
        trainer.engine().orElseGet(Engine::current),
        Optional.of(history));
  }

  private static TranscriptBatches toJudge(Transcripts data, Tokenizer tokenizer) {
    return new TranscriptBatches(data, tokenizer, PART, Sampling.SEQUENTIAL, 0);
  }

  /// Its blank is the class behind the tokens.
  private static Ctc loss(Tokenizer tokenizer) {
    return Losses.ctc().withBlank(tokenizer.size());
  }

  /// Whether a model takes steps of sound, as many as there are, and gives a number for each token
  /// and the blank.
  ///
  /// @param sample steps and numbers of each
  /// @throws IllegalArgumentException if not
  static void check(Sequential model, Shape sample, Tokenizer tokenizer) {
    Shape output = model.output(sample);
    Shape expected = Shape.of(sample.dimension(0), tokenizer.size() + 1);
    if (!output.equals(expected)) {
      throw new IllegalArgumentException(
          "%s: expected a last layer of shape %s, a number for each of %d tokens and the blank at each step, found %s"
              .formatted(model.name(), expected, tokenizer.size(), output));
    }
    if (!model.anyLength(sample)) {
      throw new IllegalArgumentException(
          "%s: expected layers that take sequences of any length, found one that takes %d steps"
              .formatted(model.name(), sample.dimension(0)));
    }
  }

  private static void checkRate(Recordings sounds, int rate) {
    if (sounds.rate() != rate) {
      throw new IllegalArgumentException(
          "transcriber: expected sounds at %,d Hz, found %,d Hz; Recordings.read(files, Optional.of(rate)) brings them there"
              .formatted(rate, sounds.rate()));
    }
  }

  /// The network with its weights.
  public Network network() {
    return network;
  }

  /// What it was trained on is called.
  public String data() {
    return data;
  }

  /// Samples a second of the sounds that it takes.
  public int rate() {
    return rate;
  }

  /// What makes tokens of a transcript.
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /// What training came to; empty for a model that was loaded.
  public Optional<History> history() {
    return history;
  }

  /// What is said in sounds, in their order.
  ///
  /// @throws IllegalArgumentException if they have another rate
  /// @throws RunException if what the model says is not finite, as where its weights are too large
  public List<String> predict(Recordings sounds) {
    NotNull.check(sounds, "sounds");
    checkRate(sounds, rate);
    List<String> said = new ArrayList<>();
    StepScope scope = new StepScope(engine);
    for (int row = 0; row < sounds.rows(); row++) {
      int steps = sounds.steps(row);
      float[] x = new float[steps * sounds.width()];
      sounds.read(row, x, 0);
      Shape shape = Shape.of(1, steps, sounds.width());
      int[] tokens =
          scope.call(() ->
              scope.silently(() -> {
                Tensor logits = network.apply(Tensor.wrap(shape, x), Pass.inference());
                Predicted.finite(logits.floats(), 0, logits.size());
                return TranscriptObjective.bestPath(logits, 0, steps, tokenizer.size());
              }));
      said.add(tokenizer.decode(tokens));
      scope.endStep();
    }
    return List.copyOf(said);
  }

  /// What is said in a WAV file, or in those of a folder, in the order of their paths.
  ///
  /// @throws dev.thalweg.data.DataException if one can't be read
  /// @throws RunException if what the model says is not finite, as where its weights are too large
  public List<String> predict(Path file) {
    NotNull.check(file, "file");
    return predict(Recordings.read(List.of(file), Optional.of(rate)));
  }

  /// How well it does on sounds of which the transcripts are known.
  ///
  /// @throws IllegalArgumentException if they have another rate
  /// @throws dev.thalweg.data.DataException if a transcript has something that no token stands for,
  ///   or is too long to be said in the steps of its sound
  public TranscriptEvaluation evaluate(Transcripts data) {
    NotNull.check(data, "data");
    checkRate(data.sounds(), rate);
    var batches = toJudge(data, tokenizer);
    var objective = new TranscriptObjective(network, loss(tokenizer));
    StepScope scope = new StepScope(engine);
    double loss = scope.call(() -> Trainer.watched(objective, batches, scope)).loss();
    List<String> said = predict(data.sounds());
    int tokens = 0;
    int edits = 0;
    int right = 0;
    for (int row = 0; row < data.rows(); row++) {
      int[] real = data.tokens(row, tokenizer);
      int distance = Translator.edits(real, tokenizer.encode(said.get(row)));
      tokens += real.length;
      edits += distance;
      right += distance == 0 ? 1 : 0;
    }
    return new TranscriptEvaluation(data.rows(), tokens, edits, right, loss);
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
  public static Transcriber load(Path folder) {
    NotNull.check(folder, "folder");
    return load(folder, Known.NOTHING);
  }

  /// Reads what [#save] has written of a model with layers of your own.
  ///
  /// @param known the layers that are given back, by their names
  /// @throws RunException as [#load(Path)], or if one of them is not given back
  public static Transcriber load(Path folder, Known known) {
    NotNull.check(folder, "folder");
    NotNull.check(known, "known");
    return TranscriberFile.read(folder, known);
  }

  /// Whether a run folder has a model of transcripts.
  ///
  /// @throws RunException if it is no run folder
  public static boolean isIn(Path folder) {
    NotNull.check(folder, "folder");
    return TranscriberFile.isIn(folder);
  }

  /// The network's summary.
  @Override
  public String toString() {
    return network.summary();
  }
}

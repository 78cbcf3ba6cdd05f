package dev.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.data.Augmentation;
import dev.thalweg.data.Corpus;
import dev.thalweg.data.CsvStream;
import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.TableOptions;
import dev.thalweg.data.Task;
import dev.thalweg.data.Tokenizer;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A training that is stopped at a random step, twice, each part of it with other threads and other
/// kernels, ends with the weights of one that was never stopped: each kind of model on each kind of
/// data, with optimizers of all families in turn.
class ResumePropertyTest {

  private static final List<String> OPTIMIZERS =
      List.of(
          "sgd(0.05)",
          "momentum(0.02, momentum=0.9)",
          "nesterov(0.02, momentum=0.9)",
          "adagrad(0.05)",
          "rmsprop(0.005)",
          "adadelta",
          "clip_norm(1) | adam(0.01)",
          "adamw(lr=cosine(0.01, warmup=4))",
          "nadam(0.01)",
          "radam(0.01)",
          "lion(1e-3)",
          "lamb(0.01)",
          "lars(0.05)",
          "adan(0.01)",
          "adopt(0.01)",
          "ademamix(0.005)",
          "novograd(0.01)",
          "muon(0.01) for rank<2: adamw(0.01)",
          "adafactor(0.01)",
          "schedule_free_adamw(0.01)",
          "dog",
          "torch.RMSprop(lr=0.005, centered=true, momentum=0.5)",
          "keras.Ftrl(learning_rate=0.05)",
          "optax.adabelief(learning_rate=0.01)");

  private static final int PER_CASE = 3;

  /// 160 images of 8×8, 7 steps an epoch.
  private static final Dataset DIGITS = Datasets.named("digits").split(0.089, 1).train();

  private static final Trainer TRAINER =
      Trainer.defaults().withEpochs(3).withBatchSize(24).withSeed(5);

  @TempDir Path folder;

  /// A training of which the weights count.
  private interface Training {
    Network run(Trainer trainer, Optimizer optimizer);
  }

  private static Sequential ofRows(String model) {
    return Models.parse(
        switch (model) {
          case "perceptron" -> "dense(12, relu) | dropout(0.2) | dense(10)";
          case "convolution" ->
              "reshape(8, 8, 1) | conv2d(4, 3) | batch_norm | relu | max_pool(2) | flatten |"
                  + " dense(10)";
          case "lstm" -> "reshape(8, 8) | lstm(6) | last | dense(10)";
          default ->
              "reshape(8, 8) | encoder(heads=2, hidden=12) | global_average_pool | dense(10)";
        },
        10);
  }

  /// A convolution over steps takes sequences of one length, and a text has windows of any: its
  /// place has normalisation alone.
  private static Sequential ofTokens(String model, int tokens) {
    return switch (model) {
      case "perceptron" ->
          Models.parse(
              "embedding(%d, 8) | dense(8, relu) | dense(%d)".formatted(tokens, tokens), 1);
      case "convolution" ->
          Models.parse(
              "embedding(%d, 8) | dense(8) | layer_norm | relu | dense(%d)"
                  .formatted(tokens, tokens),
              1);
      case "lstm" -> Models.ofTokens("lstm(8)", tokens);
      default -> Models.ofTokens("gpt(layers=1, width=8, heads=2, context=12)", tokens);
    };
  }

  private Training training(String model, String data) throws IOException {
    return switch (data) {
      case "table" -> {
        Dataset flat =
            Dataset.classification("flat", DIGITS.x(), 64, DIGITS.labels(), DIGITS.classNames());
        yield (trainer, optimizer) ->
            trainer.fit(ofRows(model), Losses.softmaxCrossEntropy(), optimizer, flat).network();
      }
      case "images" -> {
        yield (trainer, optimizer) ->
            trainer
                .withAugmentation(Augmentation.parse("flip | crop(1)"))
                .fit(
                    Models.parse(
                        ofRows(model).toString().replaceFirst("^reshape\\(8, 8, 1\\) \\| ", ""),
                        10),
                    Losses.softmaxCrossEntropy(),
                    optimizer,
                    DIGITS)
                .network();
      }
      case "stream" -> {
        Path file = folder.resolve("rows.csv");
        var lines = new ArrayList<String>();
        var head = new StringBuilder();
        for (int i = 0; i < 64; i++) {
          head.append('p').append(i).append(',');
        }
        lines.add(head + "kind");
        for (int row = 0; row < DIGITS.rows(); row++) {
          var line = new StringBuilder();
          for (float pixel : DIGITS.row(row)) {
            line.append((int) pixel).append(',');
          }
          lines.add(line + "c" + DIGITS.labels()[row]);
        }
        Files.write(file, lines);
        yield (trainer, optimizer) ->
            trainer
                .fit(
                    ofRows(model),
                    Losses.softmaxCrossEntropy(),
                    optimizer,
                    CsvStream.open(file, TableOptions.target("kind").withTask(Task.CLASSIFICATION))
                        .shuffled(7, 40))
                .network();
      }
      default -> {
        String text = "the quick brown fox jumps over a lazy dog, and back again. ".repeat(30);
        Corpus corpus = Corpus.of("fox", text, Tokenizer.characters(text));
        Sequential tokens = ofTokens(model, corpus.tokenizer().size());
        yield (trainer, optimizer) ->
            LanguageModel.fit(trainer, tokens, optimizer, corpus, 12).network();
      }
    };
  }

  private static Trainer stopping(Trainer trainer, long step) {
    return trainer.withStopWhen(
        event -> event instanceof TrainingEvent.StepEnded ended && ended.step() == step);
  }

  @ParameterizedTest
  @CsvSource({
    "perceptron, table, 0",
    "perceptron, images, 3",
    "perceptron, text, 6",
    "perceptron, stream, 9",
    "convolution, table, 12",
    "convolution, images, 15",
    "convolution, text, 18",
    "convolution, stream, 21",
    "lstm, table, 1",
    "lstm, images, 4",
    "lstm, text, 7",
    "lstm, stream, 10",
    "transformer, table, 13",
    "transformer, images, 16",
    "transformer, text, 19",
    "transformer, stream, 22"
  })
  void endsWithTheSameWeights(String model, String data, int first) throws IOException {
    Training training = training(model, data);
    long seed = 1000L * first + 17;
    var random = new Random(seed);
    List<Engine> engines =
        List.of(Engine.of("auto", 2), Engine.of("scalar", 1), Engine.of("auto", 1));
    for (int i = 0; i < PER_CASE; i++) {
      String text = OPTIMIZERS.get((first + i) % OPTIMIZERS.size());
      Optimizer optimizer = Optimizer.parse(text);
      String what = model + ", " + data + ", " + text + ", seed " + seed;
      long[] steps = {0};
      Network whole =
          training.run(
              TRAINER
                  .withEngine(engines.get(0))
                  .withCallback(event -> {
                    if (event instanceof TrainingEvent.StepEnded ended) {
                      steps[0] = ended.step();
                    }
                  }),
              optimizer);
      long one = 1L + random.nextInt((int) steps[0] - 2);
      long two = one + 1 + random.nextInt((int) (steps[0] - one) - 1);
      Path place = folder.resolve("checkpoints-" + i);
      Trainer saved = TRAINER.withCheckpoints(Checkpoints.in(place));
      training.run(stopping(saved.withEngine(engines.get(1)), one), optimizer);
      training.run(stopping(saved.resume(place).withEngine(engines.get(2)), two), optimizer);
      Network resumed = training.run(saved.resume(place).withEngine(engines.get(0)), optimizer);
      assertThat(resumed.sameWeights(whole))
          .as("%s, stopped at %d and %d", what, one, two)
          .isTrue();
      assertThat(weights(resumed))
          .as(what)
          .isNotEqualTo(weights(stoppedAlone(training, one, optimizer)));
    }
  }

  /// Of a training that ended where the other was stopped, so that going on is seen to do
  /// something.
  private static Network stoppedAlone(Training training, long step, Optimizer optimizer) {
    return training.run(stopping(TRAINER, step), optimizer);
  }

  private static List<Float> weights(Network network) {
    List<Float> all = new ArrayList<>();
    network
        .parameters()
        .forEach(each -> {
          for (float w : Arrays.copyOf(each.values().floats(), each.size())) {
            all.add(w);
          }
        });
    return all;
  }
}

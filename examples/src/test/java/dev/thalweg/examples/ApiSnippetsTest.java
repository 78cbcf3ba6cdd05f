package dev.thalweg.examples;

import static dev.thalweg.nn.Activation.RELU;
import static dev.thalweg.nn.Layers.dense;
import static dev.thalweg.nn.Layers.dropout;
import static dev.thalweg.nn.Losses.mse;
import static dev.thalweg.nn.Losses.softmaxCrossEntropy;
import static dev.thalweg.optim.Optimizers.adam;
import static dev.thalweg.optim.Optimizers.adamw;
import static dev.thalweg.optim.Optimizers.momentum;
import static dev.thalweg.optim.Optimizers.rule;
import static dev.thalweg.optim.Schedule.cosine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import module dev.thalweg;

import dev.thalweg.optim.Parameter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `docs/api.md` shows, compiled and run. The text between `snippet: name` and `end` is the
/// code block of that name; [DocumentedSnippetsTest] compares the two.
class ApiSnippetsTest {

  private static final long SEED = 7;

  /// Four clouds of points, a label for each.
  private static final double[][] FEATURES = new double[200][2];

  private static final int[] LABELS = new int[200];

  static {
    for (int i = 0; i < LABELS.length; i++) {
      LABELS[i] = i % 4;
      FEATURES[i][0] = LABELS[i] % 2 * 10 + Math.sin(i);
      FEATURES[i][1] = Math.floorDiv(LABELS[i], 2) * 100 + 10 * Math.cos(i);
    }
  }

  @Test
  void aTableInMemoryToAModelThatPredicts(@TempDir Path place) {
    double[][] features = FEATURES;
    int[] labels = LABELS;
    long seed = SEED;
    Path folder = place.resolve("model");
    // snippet: table
    var data = Dataset.classification(features, labels).split(0.8, seed);
    var model = Sequential.of(dense(64, RELU), dropout(0.1), dense(4));
    var fitted =
        Trainer.defaults()
            .withEpochs(20)
            .withBatchSize(32)
            .withSeed(seed)
            .fit(model, softmaxCrossEntropy(), adamw(1e-2).withWeightDecay(0.01), data.train());

    double accuracy = fitted.evaluate(data.test()).accuracy();
    double[] probabilities = fitted.predict(10, 100); // thread-safe, one row, fit for a server
    fitted.save(folder);
    var again = FittedModel.load(folder);
    // end
    assertThat(accuracy).isGreaterThan(0.95);
    assertThat(probabilities).hasSize(4);
    assertThat(probabilities[3]).isGreaterThan(0.9);
    assertThat(again.predict(10, 100)).isEqualTo(probabilities);
  }

  /// What `Table.ofRecords` looks into.
  public record Mail(String text, String kind) {}

  @Test
  void columnsOfTexts() {
    List<Mail> mails = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      mails.add(
          i % 3 == 0
              ? new Mail("claim your prize number " + i + " now", "spam")
              : new Mail("the meeting of team " + i + " begins at ten", "ham"));
    }
    long seed = SEED;
    // snippet: texts
    var table = Table.ofRecords(mails, TableOptions.target("kind").withTexts("text"));
    var parts = table.split(0.8, seed);
    var encoding = TableEncoding.fit(parts.train());
    var fitted =
        Trainer.defaults()
            .withEpochs(10)
            .fit(
                Models.linear(2),
                softmaxCrossEntropy(),
                momentum(1, 0.9),
                encoding.apply(parts.train()));
    double f1 = fitted.evaluate(encoding.apply(parts.test())).f1();
    String kind = fitted.predict(Map.of("text", "claim your prize")).label();
    // end
    assertThat(f1).isEqualTo(1);
    assertThat(kind).isEqualTo("spam");
  }

  @Test
  void ratingsOfItems(@TempDir Path place) throws IOException {
    Path file = place.resolve("ratings.csv");
    StringBuilder rows = new StringBuilder("user,item,rating\n");
    for (int user = 0; user < 30; user++) {
      for (int item = 0; item < 24; item++) {
        if ((user * 7 + item * 5) % 4 != 0) {
          rows.append("u%d,m%d,%s%n".formatted(user, item, (user + item) % 2 == 0 ? 4.5 : 1.5));
        }
      }
    }
    Files.writeString(file, rows);
    long seed = SEED;
    // snippet: ratings
    var parts = Ratings.read(file, CsvFormat.found()).split(0.8, seed);
    var train = parts.getFirst();
    var model = Models.ofRatings("factorization(4)", Recommender.tokens(train));
    var optimizer = adamw(1e-2).withWeightDecay(0.1);
    var fitted = Recommender.fit(Trainer.defaults().withEpochs(20), model, optimizer, train);
    double share =
        fitted.evaluate(parts.getLast(), 10).rmse() / Recommender.baseline(train, parts.getLast());
    List<Recommended> best = fitted.recommend("u4", 3);
    // end
    assertThat(share).isLessThan(0.8);
    assertThat(best).hasSize(3);
  }

  @Test
  void oneTextFromAnother(@TempDir Path place) throws IOException {
    Path file = place.resolve("words.csv");
    StringBuilder rows = new StringBuilder("word,pronunciation\n");
    for (int i = 0; i < 64; i++) {
      String word = "" + "abcd".charAt(i % 4) + "abcd".charAt(i / 4 % 4) + "abcd".charAt(i / 16);
      rows.append(word).append(',').append(word.toUpperCase(Locale.ROOT).replaceAll("(?=.)", " "));
      rows.append('\n');
    }
    Files.writeString(file, rows);
    long seed = SEED;
    // snippet: pairs
    var parts = Pairs.read(file, CsvFormat.found()).split(0.8, seed);
    var tokens = PairTokens.spelled(parts.getFirst());
    var model =
        Models.ofPairs(
            "transformer(layers=1, width=32, heads=2)", tokens.sources(), tokens.targets());
    var trainer = Trainer.defaults().withEpochs(20).withBatchSize(16);
    var speaker = Translator.fit(trainer, model, adamw(5e-3), parts.getFirst(), tokens);
    double errors = speaker.evaluate(parts.getLast(), 1).tokenErrorRate();
    List<Translation> best = speaker.translate("bad", 3); // beam search, with probabilities
    // end
    assertThat(errors).isLessThan(0.5);
    assertThat(best).hasSize(3);
  }

  @Test
  void sounds(@TempDir Path place) throws IOException {
    Path folder = place.resolve("sounds");
    var table = new StringBuilder("file,transcript\n");
    for (int i = 0; i < 24; i++) {
      String name = i % 2 == 0 ? "low" : "high";
      Path file = folder.resolve(name).resolve(i + ".wav");
      Files.createDirectories(file.getParent());
      Files.write(file, tone((i % 2 == 0 ? 300 : 900) + 2 * i));
      table.append("sounds/" + name + "/" + i + ".wav," + name.charAt(0) + "\n");
    }
    Path transcripts = Files.writeString(place.resolve("said.csv"), table);
    Path other = folder.resolve("high/1.wav");
    long seed = SEED;
    // snippet: sounds
    var options = SoundOptions.found().withRate(8_000).withSeconds(0.5);
    var clips = Datasets.sounds(folder, options).split(0.75, seed);
    var trainer = Trainer.defaults().withEpochs(60).withBatchSize(4);
    var named =
        trainer.fit(
            Models.parse("conv2d(8, 5, stride=2, activation=relu) | flatten | dense(2)", 2),
            softmaxCrossEntropy(),
            adamw(1e-2),
            clips.train());
    double accuracy = named.evaluate(clips.test()).accuracy();
    String which = named.predict(other).getFirst().label();

    var said = Transcripts.read(transcripts, CsvFormat.found(), Optional.empty());
    var letters = Tokenizer.characters("hl");
    var model = Models.ofSteps("gru(16)", letters.size() + 1); // and the blank
    var writer = Transcriber.fit(trainer, model, adamw(1e-2), said, letters);
    List<String> heard = writer.predict(other);
    // end
    assertThat(accuracy).isEqualTo(1);
    assertThat(which).isEqualTo("high");
    assertThat(heard).containsExactly("h");
  }

  /// Half a second of a tone, as a WAV file of 16 bits.
  private static byte[] tone(double hertz) {
    int n = 4000;
    var wav = ByteBuffer.allocate(44 + 2 * n).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * n);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(8000).putInt(16000);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * n);
    for (int i = 0; i < n; i++) {
      wav.putShort((short) (9000 * Math.sin(2 * Math.PI * hertz * i / 8000)));
    }
    return wav.array();
  }

  @Test
  void theLoopByHand() {
    double[][] x = new double[64][];
    double[] y = new double[64];
    for (int i = 0; i < 64; i++) {
      x[i] = new double[] {i % 8 / 8.0, Math.floorDiv(i, 8) / 8.0};
      y[i] = 3 * x[i][0] - 2 * x[i][1] + 1;
    }
    var data = Dataset.regression(x, y);
    long seed = SEED;
    int epochs = 60;
    var model = Sequential.of(dense(1));
    // snippet: loop
    var network = model.build(Shape.of(data.features()), seed);
    var optimizer = momentum(0.05, 0.9).attach(network.parameters());
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (var batch : TensorBatch.of(data.batches(8).shuffled(seed).epoch(epoch))) {
        var loss = mse(network.apply(batch.x()), batch.y());
        optimizer.step(loss.gradients(network.parameters()));
      }
    }
    // end
    assertThat(optimizer.steps()).isEqualTo(60 * 8);
    Tensor prediction = network.apply(Tensor.ofFloats(Shape.of(1, 2), 0.5f, 0.25f));
    assertThat(prediction.item()).isCloseTo(3 * 0.5 - 2 * 0.25 + 1, within(1e-3));
  }

  @Test
  void yourOwnArrays() {
    float[] weights = {1, 2, 3};
    float[] gradient = {0.5f, 0, -0.5f};
    // snippet: arrays
    var run = adamw(1e-3).attach(Parameter.of("weights", weights));
    run.step(gradient); // weights have moved
    // end
    // The first step of Adam goes as far as the rate, whatever the gradient's size; decay 0.01.
    assertThat(weights[0]).isCloseTo(1 - 1e-3f - 1e-5f, within(1e-6f));
    assertThat(weights[1]).isCloseTo(2 - 2e-5f, within(1e-6f));
    assertThat(weights[2]).isCloseTo(3 + 1e-3f - 3e-5f, within(1e-6f));
  }

  @Test
  void aFunctionToItsMinimum() {
    // snippet: minimum
    var valley = Formula.parse("(x - 1)^2 + 100*(y - x^2)^2");
    var answer = Minimizer.of(adam(0.05)).minimize(valley, Map.of("x", -1.0, "y", 1.0));
    double x = answer.point("x");
    double lowest = answer.value();
    Ending reason = answer.reason(); // the gradient norm 9.79…e-9 is at most 1e-8

    var other =
        Minimizer.of(momentum(0.1, 0.5))
            .minimize(
                p -> p[0] * p[0] + 3 * p[1] * p[1],
                p -> new double[] {2 * p[0], 6 * p[1]},
                new double[] {2, -1});
    // end
    assertThat(x).isCloseTo(1, within(1e-6));
    assertThat(lowest).isCloseTo(0, within(1e-12));
    assertThat(reason).asString().matches("the gradient norm 9\\.79\\d+e-9 is at most 1e-8");
    assertThat(other.converged()).isTrue();
    assertThat(other.warnings()).isEmpty();
    assertThat(other.point()).containsExactly(new double[] {0, 0}, within(1e-7));
  }

  @Test
  void yourOwnLayerLossRuleMetricAndCallback() {
    var split = Dataset.classification(FEATURES, LABELS).split(0.8, SEED);
    List<String> lines = new ArrayList<>();
    // snippet: own
    Layer scaled = Layer.of("scaled", (x, training) -> x.times(2));
    Loss quartic = (prediction, target) -> prediction.minus(target).pow(4).mean();
    Optimizer mine = rule("m = lerp(m, g, 0.1); p -= lr * sign(m)").with("lr", cosine(1e-2));
    Metric worst =
        outcomes ->
            IntStream.range(0, outcomes.rows())
                .mapToDouble(row -> Math.abs(outcomes.target(row) - outcomes.prediction(row)))
                .max()
                .orElse(0);
    var trainer =
        Trainer.defaults()
            .withEpochs(3)
            .withCallback(event -> {
              switch (event) {
                case TrainingEvent.EpochEnded ended -> lines.add("loss " + ended.epoch().loss());
                case TrainingEvent.Stopped stopped -> lines.add("stopped: " + stopped.reason());
                default -> {}
              }
            });
    // end
    var model = Sequential.of(scaled, dense(4));
    var fitted = trainer.fit(model, softmaxCrossEntropy(), adamw(1e-2), split.train());
    assertThat(lines).hasSize(4).last().isEqualTo("stopped: epochs");
    assertThat(lines.getFirst())
        .isEqualTo("loss " + fitted.history().orElseThrow().epochs().getFirst().loss());

    double[] line = {0, 1, 2, 3, 4, 5, 6, 7};
    var numbers =
        Dataset.regression(
            Arrays.stream(line).mapToObj(v -> new double[] {v}).toArray(double[][]::new), line);
    var byRule =
        Trainer.defaults()
            .withEpochs(300)
            .withBatchSize(1)
            .withMetric("worst", worst)
            .fit(Sequential.of(dense(1)), quartic, mine, numbers);
    assertThat(byRule.evaluate(numbers).values().get("worst")).isLessThan(1.5);

    Tensor x = Tensor.of(1, -3);
    assertThat(scaledBy(scaled, x)).containsExactly(2, -6);
    Tensor target = Tensor.of(0, -1);
    Tensor loss = quartic.of(x, target);
    assertThat(loss.item()).isEqualTo((1 + 16) / 2.0);
    assertThat(loss.gradient(x).toDoubles()).containsExactly(4 / 2.0, 4 * -8 / 2.0);
  }

  /// What the layer makes of one sample.
  private static double[] scaledBy(Layer layer, Tensor sample) {
    var network = Sequential.of(layer).build(sample.shape(), 0, DType.F64);
    return network.apply(sample.reshape(1, sample.size())).toDoubles();
  }

  @Test
  void trainingsThatGoOn(@TempDir Path folder) {
    var data = Dataset.classification(FEATURES, LABELS);
    var model = Sequential.of(dense(4));
    Predicate<TrainingEvent> late =
        event -> event instanceof TrainingEvent.StepEnded ended && ended.step() == 50;
    // snippet: resume
    var trainer =
        Trainer.defaults()
            .withEpochs(20)
            .withCheckpoints(Checkpoints.in(folder).every(Duration.ofSeconds(30)));
    trainer.withStopWhen(late).fit(model, softmaxCrossEntropy(), adamw(1e-3), data);
    var fitted = trainer.resume(folder).fit(model, softmaxCrossEntropy(), adamw(1e-3), data);
    // end
    var whole =
        Trainer.defaults().withEpochs(20).fit(model, softmaxCrossEntropy(), adamw(1e-3), data);
    assertThat(fitted.network().sameWeights(whole.network())).isTrue();
  }

  @Test
  void functionsFromFormulas() {
    // snippet: formulas
    ElementFunction swish = ElementFunction.of("x * sigmoid(x)");
    Tensor x = Tensor.of(-1, 0, 2);
    Tensor slope = x.map(swish).sum().gradient(x); // derived from the formula

    Layer layer = dense(64, Activation.of("x * sigmoid(x)"));
    Loss quartic = Loss.of("(p - y)^4"); // p predicted, y its target
    // end
    assertThat(slope.element(1)).isEqualTo(0.5);
    assertThat(slope.toDoubles())
        .containsExactly(x.times(x.sigmoid()).sum().gradient(x).toDoubles(), within(1e-15));
    assertThat(layer).hasToString("dense(64, 'x * sigmoid(x)')");
    assertThat(quartic.of(Tensor.of(1, -3), Tensor.of(0, -1)).item()).isEqualTo((1 + 16) / 2.0);
  }

  @Test
  void derivativesByThemselves() {
    // snippet: derivatives
    Tensor x = Tensor.of(1, 2, 3);
    Tensor slope = x.square().sum().gradient(x); // 2x

    Function<Tensor, Tensor> f = t -> t.pow(4).sum();
    Tensor v = Tensor.of(1, 0, -1);
    Tensor curvature = Gradients.hessianVectorProduct(f, x, v); // 12x² v
    GradientCheck worst = Gradients.check(f, x); // against differences
    // end
    assertThat(slope.toDoubles()).containsExactly(2, 4, 6);
    assertThat(curvature.toDoubles()).containsExactly(12, 0, -108);
    assertThat(worst.within(1e-7)).as("%s", worst).isTrue();
    assertThat(Gradients.check(t -> t.detach().times(t).sum(), x).within(0.1)).isFalse();
    assertThat(Arrays.stream(slope.toDoubles()).sum()).isEqualTo(12);
  }
}

package dev.thalweg.train;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.data.ImageShape;
import dev.thalweg.data.Images;
import dev.thalweg.data.Ngrams;
import dev.thalweg.data.Table;
import dev.thalweg.data.TableOptions;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Network;
import dev.thalweg.optim.Optimizers;
import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttributionTest {

  /// The lines of `tools/golden/attributions.py`, which ran Captum 0.9.0.
  static List<String> captum() throws IOException {
    try (var in = AttributionTest.class.getResourceAsStream("attributions.tsv")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), UTF_8).lines().skip(1).toList();
    }
  }

  private static void fill(float[] values, double shift) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.4 * Math.sin(1.7 * i + shift));
    }
  }

  private static FittedModel model(String text, int features) {
    boolean images = text.startsWith("conv2d");
    Network network =
        Models.parse(text, 1).build(images ? Shape.of(8, 8, 1) : Shape.of(features), 1);
    int layer = 0;
    for (Parameter each : network.parameters()) {
      boolean bias = each.name().endsWith("bias");
      layer += bias ? 0 : 1;
      fill(each.values().floats(), bias ? layer + 0.5 : layer);
    }
    int outputs = network.output().size();
    double[][] rows = new double[Math.max(2, outputs)][features];
    Dataset data =
        outputs == 1
            ? Dataset.regression(rows, new double[rows.length])
            : Dataset.classification(rows, IntStream.range(0, outputs).toArray());
    return FittedModel.of(
        network,
        outputs == 1 ? Losses.mse() : Losses.softmaxCrossEntropy(),
        Preprocessing.of(data));
  }

  /// With zeros behind their end.
  private static final double[] TOKENS = {3, 1, 8, 1, 5, 2, 0, 0, 0};

  @ParameterizedTest
  @MethodSource("captum")
  void equalsExecutedCaptum(String line) {
    String[] cells = line.split("\t", -1);
    double[] expected =
        Arrays.stream(cells[3].split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    FittedModel model = model(cells[0], expected.length);
    double[] row = new double[expected.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = cells[0].startsWith("embedding") ? TOKENS[i] : 2.5 * 0.4 * Math.sin(1.7 * i + 4);
    }
    int output = Integer.parseInt(cells[2]);
    Attribution found =
        cells[1].equals("gradient")
            ? Attribution.gradientTimesInput(model, row, output)
            : Attribution.integratedGradients(model, row, output);
    assertThat(found.values()).containsExactly(expected, within(1e-4));
    if (cells[1].equals("integrated")) {
      double difference = found.prediction() - found.baseline();
      assertThat(found.sum()).isCloseTo(difference, within(0.01 * Math.abs(difference)));
    }
  }

  private static final FittedModel DIGITS =
      Trainer.defaults()
          .withEpochs(3)
          .fit(
              Models.parse("cnn(4, 8)", 10),
              Losses.softmaxCrossEntropy(),
              Optimizers.adam(3e-3),
              Datasets.named("digits"));

  private static double[] digit(int row) {
    float[] x = Datasets.named("digits").row(row);
    double[] wide = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      wide[i] = x[i];
    }
    return wide;
  }

  @Test
  void theSumIsTheDifferenceOfTheOutputsWithinAHundredth() {
    for (int row = 0; row < 10; row++) {
      Attribution found = Attribution.integratedGradients(DIGITS, digit(row), row % 10);
      double difference = found.prediction() - found.baseline();
      assertThat(found.sum()).isCloseTo(difference, within(0.01 * Math.abs(difference) + 1e-5));
    }
  }

  /// Where the mean of tokens' vectors decides, each has its share by all three methods; and of
  /// layers that look from one to the other the sum is right.
  @Test
  void tokensAreExplainedByTheirVectors() {
    FittedModel model =
        model("embedding(9, 4, padded=true) | global_average_pool | dense(3)", TOKENS.length);
    Attribution found = Attribution.integratedGradients(model, TOKENS, 2);
    assertThat(found.sum()).isCloseTo(found.prediction() - found.baseline(), within(1e-5));
    assertThat(Arrays.copyOf(found.values(), 6)).doesNotContain(0);
    assertThat(found.values()[1]).isEqualTo(found.values()[3]);
    for (Attribution other :
        List.of(
            Attribution.gradientTimesInput(model, TOKENS, 2),
            Attribution.occlusion(model, TOKENS, 2, 1))) {
      assertThat(other.values()).containsExactly(found.values(), within(1e-6));
    }
    assertThat(Arrays.copyOfRange(found.values(), 6, 9)).containsOnly(0);
    for (String text : List.of("gru(3)", "transformer(layers=1, width=4, heads=2)")) {
      Network network = Models.ofTexts(text, 9, TOKENS.length, 3).build(Shape.of(TOKENS.length), 1);
      double[][] rows = new double[3][TOKENS.length];
      FittedModel deep =
          FittedModel.of(
              network,
              Losses.softmaxCrossEntropy(),
              Preprocessing.of(Dataset.classification(rows, new int[] {0, 1, 2})));
      for (double[] tokens : List.of(TOKENS, new double[TOKENS.length])) {
        Attribution of = Attribution.integratedGradients(deep, tokens, 1);
        double difference = of.prediction() - of.baseline();
        assertThat(of.prediction())
            .isCloseTo(
                network.apply(Tensor.wrap(Shape.of(1, tokens.length), floats(tokens))).element(1),
                within(1e-6));
        assertThat(of.sum()).isCloseTo(difference, within(0.01 * Math.abs(difference) + 1e-6));
      }
      assertThat(Attribution.occlusion(deep, TOKENS, 1, 1).values()[0]).isNotZero();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attribution.occlusion(model, TOKENS, 1, 2))
        .withMessageStartingWith("occlusion: expected a square that fits 1×");
  }

  private static float[] floats(double... numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  @Test
  void occlusionOfALinearModelIsItsSummands() {
    FittedModel model = model("dense(3)", 6);
    double[] row = {1, -2, 3, 0, 0.5, 4};
    Attribution covered = Attribution.occlusion(model, row, 2, 1);
    assertThat(covered.values())
        .containsExactly(Attribution.gradientTimesInput(model, row, 2).values(), within(1e-5));
    assertThat(covered.toString()).startsWith("occlusion of output 2: 6 values, sum ");
    Attribution squares = Attribution.occlusion(DIGITS, digit(3), 3, 3);
    assertThat(squares.values()).hasSize(64);
    assertThat(Arrays.stream(squares.values()).map(Math::abs).max().orElseThrow())
        .isGreaterThan(0.1);
  }

  /// Of a linear model a square costs the sum of its summands in all channels, and a pixel has the
  /// mean over the squares that it is in.
  @Test
  void aPixelHasTheMeanOfTheSquaresThatCoverIt() {
    var images = Images.of(new ImageShape(3, 4, 2), new byte[48]);
    Dataset data = Dataset.classification("halves", images, new int[] {0, 1}, List.of("a", "b"));
    Network network = Models.parse("flatten | dense(2)", 2).build(Shape.of(3, 4, 2), 1);
    network.parameters().forEach(each -> fill(each.values().floats(), 1));
    FittedModel model =
        FittedModel.of(network, Losses.softmaxCrossEntropy(), Preprocessing.of(data));
    double[] row = new double[24];
    for (int i = 0; i < row.length; i++) {
      row[i] = Math.sin(2.3 * i + 1);
    }
    double[] summands = Attribution.gradientTimesInput(model, row, 1).values();
    for (int side : new int[] {1, 2, 3}) {
      double[] expected = new double[24];
      double[] squares = new double[24];
      for (int top = 0; top <= 3 - side; top++) {
        for (int left = 0; left <= 4 - side; left++) {
          double sum = 0;
          for (int i = 0; i < 24; i++) {
            sum += isWithin(i, top, left, side) ? summands[i] : 0;
          }
          for (int i = 0; i < 24; i++) {
            expected[i] += isWithin(i, top, left, side) ? sum : 0;
            squares[i] += isWithin(i, top, left, side) ? 1 : 0;
          }
        }
      }
      for (int i = 0; i < 24; i++) {
        expected[i] /= squares[i];
      }
      Attribution found = Attribution.occlusion(model, row, 1, side);
      assertThat(found.values()).containsExactly(expected, within(1e-5));
      assertThat(found.baseline()).isNaN();
      assertThat(found.prediction())
          .isCloseTo(Attribution.gradientTimesInput(model, row, 1).prediction(), within(0.0));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attribution.occlusion(model, row, 1, 4))
        .withMessage("occlusion: expected a square that fits 3×4, found one of 4");
    assertThatIllegalArgumentException().isThrownBy(() -> Attribution.occlusion(model, row, 1, 0));
  }

  /// Number i of a row of 3×4 pixels of two channels.
  private static boolean isWithin(int i, int top, int left, int side) {
    int y = i / 8;
    int x = i / 2 % 4;
    return y >= top && y < top + side && x >= left && x < left + side;
  }

  /// f(x) = relu(1000 x − 999) is 1 at 1, and its gradient is there on a thousandth of the way,
  /// where 50 points give 1.45.
  @Test
  void aKinkIsLookedAtWithMorePoints() {
    Network network = Models.parse("dense(1, activation=relu)", 1).build(Shape.of(1), 1);
    network.parameters().getFirst().values().floats()[0] = 1000;
    network.parameters().getLast().values().floats()[0] = -999;
    Dataset data = Dataset.regression(new double[2][1], new double[2]);
    FittedModel model = FittedModel.of(network, Losses.mse(), Preprocessing.of(data));
    Attribution found = Attribution.integratedGradients(model, new double[] {1}, 0);
    assertThat(found.prediction()).isEqualTo(1);
    assertThat(found.baseline()).isZero();
    assertThat(found.sum()).isCloseTo(1, within(0.01));
    assertThat(found)
        .hasToString(
            String.format(
                Locale.ROOT,
                "integrated gradients of output 0: 1 values, sum %.4g, output 1.000, baseline"
                    + " 0.000",
                found.sum()));
  }

  /// y = 3 a, and b is noise.
  @Test
  void shufflingWhatMattersCostsScore() {
    var random = new Random(3);
    double[][] rows = new double[200][];
    double[] targets = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {random.nextGaussian(), random.nextGaussian()};
      targets[i] = 3 * rows[i][0];
    }
    Dataset data = Dataset.regression(rows, targets);
    FittedModel model =
        Trainer.defaults()
            .withEpochs(60)
            .fit(Models.parse("linear", 1), Losses.mse(), Optimizers.adam(0.02), data);
    double[] falls = Attribution.permutationImportance(model, data, 3, 1);
    assertThat(falls[0]).isBetween(1.5, 2.5); // 2 on the average
    assertThat(falls[1]).isCloseTo(0, within(0.02));
    double[] pixels =
        Attribution.permutationImportance(
            DIGITS, Datasets.named("digits").split(0.9, 1).test(), 1, 1);
    assertThat(pixels).hasSize(64);
    assertThat(Arrays.stream(pixels).max().orElseThrow()).isGreaterThan(0.01);
  }

  /// The features of a category are shuffled together, which alone takes what is known of it.
  @Test
  void columnsOfATableAreShuffledWhole() {
    var rows = new StringBuilder("kind,noise,y\n");
    for (int i = 0; i < 120; i++) {
      rows.append("abc".charAt(i % 3))
          .append(',')
          .append(i * 37 % 11)
          .append(',')
          .append(i % 3 == 1 ? "yes\n" : "no\n");
    }
    Table table = Table.parse("kinds", rows.toString().getBytes(UTF_8), TableOptions.target("y"));
    Dataset data = table.dataset();
    FittedModel model =
        Trainer.defaults()
            .withEpochs(40)
            .fit(
                Models.parse("logistic", 2),
                Losses.softmaxCrossEntropy(),
                Optimizers.adam(0.05),
                data);
    var falls = Attribution.columnImportance(model, data, 4, 1);
    assertThat(falls.keySet()).containsExactly("kind", "noise");
    // Of three kinds one is "yes": a shuffled row is wrong in 4 of 9.
    assertThat(falls.get("kind")).isBetween(0.35, 0.55);
    assertThat(falls.get("noise")).isCloseTo(0, within(0.02));
    assertThat(Attribution.permutationImportance(model, data, 4, 1)).hasSize(4);
  }

  /// Most features of a text are 0, and nothing is asked where nothing changes.
  @Test
  void aTextIsExplainedByItsBuckets() {
    var rows = new StringBuilder("text,y\n");
    for (int i = 0; i < 60; i++) {
      rows.append(
          i % 2 == 0 ? "win a free prize " + i + ",spam\n" : "see you at lunch " + i + ",ham\n");
    }
    Table table =
        Table.parse(
            "mails",
            rows.toString().getBytes(UTF_8),
            TableOptions.target("y")
                .withTexts("text")
                .withForm(Ngrams.parse("ngrams(2, 3, buckets=4096)")));
    Dataset data = table.dataset();
    FittedModel model =
        Trainer.defaults()
            .withEpochs(30)
            .fit(
                Models.parse("logistic", 2),
                Losses.softmaxCrossEntropy(),
                Optimizers.adam(0.05),
                data);
    double[] x = new double[4096];
    float[] first = data.row(0);
    for (int i = 0; i < x.length; i++) {
      x[i] = first[i];
    }
    Attribution found = Attribution.integratedGradients(model, x, 1);
    assertThat(found.sum()).isCloseTo(found.prediction() - found.baseline(), within(0.01));
    Attribution covered = Attribution.occlusion(model, x, 1, 1);
    for (int i = 0; i < x.length; i++) {
      assertThat(covered.values()[i]).isCloseTo(found.values()[i], within(1e-4)); // it is linear
    }
    double[] over =
        Ngrams.parse("ngrams(2, 3, buckets=4096)").spread("win a free prize 0", found.values());
    assertThat(Arrays.stream(over).sum()).isCloseTo(found.sum(), within(1e-6));
    assertThat(over[7] + over[8]).isPositive();
  }

  /// 130 texts of 65,536 buckets are predicted 64 at a time. Which of two texts it is decides, so
  /// that shuffled rows are right in about a half; times of a shuffle are averaged. As each row
  /// goes to one place, as many of one kind stand for the other as the other way round.
  @Test
  void rowsOfTextsAreShuffledInParts() {
    var rows = new StringBuilder("text,noise,y\n");
    for (int i = 0; i < 130; i++) {
      rows.append(i < 65 ? "yes," : "no,").append(i * 37 % 11).append(i < 65 ? ",a\n" : ",b\n");
    }
    Table table =
        Table.parse(
            "words",
            rows.toString().getBytes(UTF_8),
            TableOptions.target("y")
                .withTexts("text")
                .withForm(Ngrams.parse("ngrams(2, 2, buckets=65536)")));
    Dataset data = table.dataset();
    FittedModel model =
        Trainer.defaults()
            .withEpochs(20)
            .fit(
                Models.parse("logistic", 2),
                Losses.softmaxCrossEntropy(),
                Optimizers.adam(0.05),
                data);
    assertThat(model.evaluate(data).accuracy()).isEqualTo(1);
    var falls = Attribution.columnImportance(model, data, 3, 1);
    assertThat(falls.keySet()).containsExactly("text", "noise");
    assertThat(falls.get("text")).isBetween(0.4, 0.6);
    assertThat(falls.get("noise")).isCloseTo(0, within(1e-12));
    for (int seed = 0; seed < 8; seed++) {
      double wrong =
          130 * Attribution.columnImportance(model, data, 1, seed).getOrDefault("text", Double.NaN);
      assertThat(wrong / 2).isCloseTo(Math.rint(wrong / 2), within(1e-9));
    }
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attribution.integratedGradients(DIGITS, new double[3], 0))
        .withMessage("row: expected 64 features, found 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attribution.gradientTimesInput(DIGITS, digit(0), 10))
        .withMessage("output: expected 0 to 9, found 10");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attribution.occlusion(DIGITS, digit(0), 1, 9))
        .withMessage("occlusion: expected a square that fits 8×8, found one of 9");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Attribution.permutationImportance(DIGITS, Datasets.named("digits"), 0, 1));
  }
}

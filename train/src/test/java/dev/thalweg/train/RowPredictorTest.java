package dev.thalweg.train;

import static dev.thalweg.nn.Layers.dense;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.data.Dataset;
import dev.thalweg.data.Datasets;
import dev.thalweg.kernels.Engine;
import dev.thalweg.nn.Activation;
import dev.thalweg.nn.Layer;
import dev.thalweg.nn.Layers;
import dev.thalweg.nn.Loss;
import dev.thalweg.nn.Losses;
import dev.thalweg.nn.Models;
import dev.thalweg.nn.Sequential;
import dev.thalweg.optim.Optimizers;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Predictions of one row against those of many.
class RowPredictorTest {

  private static final Dataset DIGITS = Datasets.named("digits");

  private static FittedModel fit(Sequential model, Loss loss, Dataset data, String provider) {
    return Trainer.defaults()
        .withEpochs(1)
        .withEngine(Engine.of(provider, 2))
        .fit(model, loss, Optimizers.adamw(0.01), data);
  }

  private static double[] row(Dataset data, int row) {
    float[] x = data.row(row);
    return IntStream.range(0, x.length).mapToDouble(i -> x[i]).toArray();
  }

  /// One row, beside that row among others: the same numbers to the bit.
  private static void compare(FittedModel fitted, Dataset data) {
    float[] x = data.x();
    double[] all =
        fitted.predictRows(IntStream.range(0, x.length).mapToDouble(i -> x[i]).toArray());
    int width = all.length / data.rows();
    for (int row = 0; row < Math.min(data.rows(), 200); row++) {
      double[] one = fitted.predict(row(data, row));
      assertThat(one).hasSize(width);
      for (int i = 0; i < width; i++) {
        assertThat(one[i]).as("row %d, output %d", row, i).isEqualTo(all[row * width + i]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, 1e300, -3.5e38})
  void whatIsNoFiniteFloatIsRefusedByName(double bad) {
    var iris = Datasets.named("iris");
    var own = Layer.of("own", (x, training) -> x.times(2));
    for (Sequential model : List.of(Sequential.of(dense(3)), Sequential.of(own, dense(3)))) {
      var fitted = fit(model, Losses.softmaxCrossEntropy(), iris, "scalar");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> fitted.predict(1, 2, bad, 4))
          .withMessage("predict: expected a finite float for 'petal_length_cm', found " + bad);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> fitted.predictRows(new float[] {1, 2, 3, 4, 5, (float) bad, 7, 8}))
          .withMessage(
              "predict: expected a finite number for 'sepal_width_cm', found %s (row 1)"
                  .formatted((float) bad));
      assertThat(fitted.predict(1, 2, Float.MAX_VALUE / 1e10, 4)).hasSize(3);
    }
  }

  static Stream<Activation> activations() {
    return Stream.concat(
        Activation.ALL.stream(),
        Stream.of(Activation.leakyRelu(0.2), Activation.of("x * sigmoid(2 * x)")));
  }

  @ParameterizedTest
  @MethodSource("activations")
  void anyActivationInOneOrTwoLayersGivesTheSameBits(Activation activation) {
    var iris = Datasets.named("iris");
    var model =
        Sequential.of(
            dense(17, activation),
            Layers.dropout(0.2),
            dense(33),
            Layers.activation(activation),
            dense(3));
    for (String provider : List.of("scalar", "auto")) {
      var fitted = fit(model, Losses.softmaxCrossEntropy(), iris, provider);
      compare(fitted, iris);
    }
  }

  @Test
  void numbersAndTwoClassesOfOneOutputGiveTheSameBits() {
    var cars = Datasets.named("auto-mpg");
    compare(fit(Models.parse("mlp(64)", 1), Losses.mse(), cars, "auto"), cars);
    var cancer = Datasets.named("breast-cancer");
    compare(fit(Models.parse("logistic", 1), Losses.parse("bce"), cancer, "auto"), cancer);
  }

  @Test
  void aLayerOfYourOwnGoesByTensorsToTheSameBits() {
    var model =
        Sequential.of(dense(8), Layer.of("doubled", (x, training) -> x.times(2)), dense(10));
    compare(fit(model, Losses.softmaxCrossEntropy(), DIGITS, "auto"), DIGITS);
  }

  @Test
  void whoeverTrainsTheNetworkOnSeesItInThePredictions() {
    var fitted = fit(Models.parse("linear", 10), Losses.softmaxCrossEntropy(), DIGITS, "auto");
    double[] before = fitted.predict(row(DIGITS, 0));
    fitted.network().parameters().getFirst().values().floats()[20] += 1;
    assertThat(fitted.predict(row(DIGITS, 0))).isNotEqualTo(before);
    compare(fitted, DIGITS);
  }

  @Test
  void threadsDoNotDisturbEachOther() throws InterruptedException {
    var fitted = fit(Models.parse("mlp(64)", 10), Losses.softmaxCrossEntropy(), DIGITS, "auto");
    float[] all = fitted.predictRows(DIGITS.x());
    List<String> wrong = java.util.Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int first = t;
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int row = first; row < DIGITS.rows(); row += 8) {
                  double[] one = fitted.predict(row(DIGITS, row));
                  for (int i = 0; i < 10; i++) {
                    if (one[i] != all[row * 10 + i]) {
                      wrong.add("row " + row);
                    }
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void imagesOneByOneGiveTheBitsThatTheyGiveTogether() {
    for (String model :
        List.of(
            "cnn(4, 8, units=16)",
            "cnn(16, 32, units=16)",
            "conv2d(5, (3, 2), stride=(1, 2), bias=none) | max_pool(3, stride=1, padding=same) |"
                + " depthwise_conv2d(2, padding=same) | relu | max_pool(2) | tanh | flatten |"
                + " dense(10)",
            "reshape(16, 4) | conv1d(6, 3, activation=relu, groups=2) | max_pool1d(2) | flatten"
                + " | dropout(0.5) | dense(10)",
            "conv2d(4, 3) | average_pool(2) | flatten | dense(10)",
            "resnet(8)")) {
      compare(fit(Models.parse(model, 10), Losses.softmaxCrossEntropy(), DIGITS, "auto"), DIGITS);
    }
  }

  /// An array of 10 doubles takes 96 bytes.
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"scalar; mlp(64)", "auto; mlp(64)", "scalar; cnn", "auto; cnn"})
  void onceWarmACallAllocatesItsResultAndNothingElse(String provider, String model)
      throws Exception {
    var fitted = fit(Models.parse(model, 10), Losses.softmaxCrossEntropy(), DIGITS, provider);
    double[] features = row(DIGITS, 0);
    // By reflection: the module under test does not read java.management.
    Object threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Method allocated =
        Class.forName("com.sun.management.ThreadMXBean")
            .getMethod("getCurrentThreadAllocatedBytes");
    long least = Long.MAX_VALUE;
    double sum = 0;
    for (int round = 0; round < 200 && least > 1000 * 96 + 1000; round++) {
      long before = (long) allocated.invoke(threads);
      for (int i = 0; i < 1000; i++) {
        sum += fitted.predict(features)[0];
      }
      least = Math.min(least, (long) allocated.invoke(threads) - before);
    }
    assertThat(sum).isFinite();
    assertThat(least).isBetween(1000L * 96, 1000L * 96 + 1000);
  }
}

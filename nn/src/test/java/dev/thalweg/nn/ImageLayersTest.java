package dev.thalweg.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.kernels.DType;
import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Gradients;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageLayersTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv2d_transpose(8, 3, stride=2, padding=1, output_padding=1)",
        "conv2d_transpose(8, (2, 3), padding=same, dilation=2, groups=2, activation=relu,"
            + " bias=none, l2=0.1)",
        "max_pool(2)",
        "max_pool((2, 3), stride=(1, 2), padding=same)",
        "average_pool(3, stride=2, padding=1, count_padding=true)",
        "max_pool1d(4, stride=2, padding=(1, 2))",
        "average_pool1d(2, padding=same)",
        "global_average_pool()",
        "global_max_pool()",
        "adaptive_average_pool((2, 3))",
        "adaptive_max_pool(1)",
        "upsample(2)",
        "upsample((1, 2), mode=bilinear)",
        "pad(1)",
        "pad((1, 2, 3, 4), value=-1)",
        "crop((1, 2))",
        "batch_norm()",
        "batch_norm(momentum=0.99, epsilon=0.001, unbiased=false)",
        "layer_norm()",
        "rms_norm(epsilon=1e-5)",
        "group_norm(4, epsilon=0.001)",
        "instance_norm()",
        "parallel(conv2d(8, 1) | relu(), max_pool(3, stride=1, padding=same), batch_norm())",
        "parallel(relu(), tanh(), join=add)",
        "densely(conv2d(4, 3, padding=same, activation=relu) | batch_norm())",
      })
  void aLayerReadsBackAsItIsWritten(String text) {
    Layer layer = Layers.parse(text);
    assertThat(layer).hasToString(text);
    assertThat(Layers.parse(layer.toString())).isEqualTo(layer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv2d(5, 3, activation=%s, initializer=he_normal) | max_pool(2)",
        "conv2d(5, 2, initializer=he_normal) | %s | max_pool(3, stride=2, padding=1)",
        "conv2d(5, 3, activation=%s, initializer=he_normal) | average_pool(2)",
      })
  void reluBeforeWindowsIsWhatItSays(String text) {
    // as a formula of one's own it stays where it is
    Sequential moved = (Sequential) Layers.parse(text.formatted("relu"));
    Sequential asWritten =
        (Sequential)
            Layers.parse(
                text.formatted(text.contains("| %s") ? "activation('relu(x)')" : "'relu(x)'"));
    Shape shape = Shape.of(9, 8, 3);
    float[] x = new float[2 * 9 * 8 * 3];
    for (int i = 0; i < x.length; i++) {
      x[i] = i * 7919 % 41 / 10f - 2;
    }
    List<float[]> found = answers(moved.build(shape, 3), x);
    List<float[]> expected = answers(asWritten.build(shape, 3), x);
    assertThat(found).hasSameSizeAs(expected).hasSizeGreaterThan(2);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).isEqualTo(expected.get(i));
    }
  }

  /// What comes out, the shape and both gradients.
  private static List<float[]> answers(Network network, float... values) {
    Tensor x = Tensor.ofFloats(Shape.of(2, 9, 8, 3), values);
    Tensor y = network.apply(x, Pass.training(0, 0));
    List<Tensor> all = new ArrayList<>(List.of(x));
    network.parameters().forEach(parameter -> all.add((Tensor) parameter.values()));
    List<float[]> answers = new ArrayList<>(List.of(y.floats()));
    y.square().sum().gradients(all).forEach(g -> answers.add(g.floats()));
    return answers;
  }

  @Test
  void aPaddingThatIsNoWordSaysTheNumbersToo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.parse("conv2d(4, 3, padding=equal)"))
        .withMessageContaining(
            "unknown conv2d: padding 'equal'; known: valid, same, a whole number, (rows, columns)"
                + " or (top, bottom, left, right)");
  }

  @Test
  void layersInJavaAreTheirTexts() {
    assertThat(
            List.of(
                Layers.conv2dTranspose(8, 3)
                    .withStride(2)
                    .withPadding(Padding.of(1))
                    .withOutputPadding(1)
                    .withActivation(Activation.RELU)
                    .withoutBias(),
                Layers.maxPool(2).withStride(1).withPadding(Padding.SAME),
                Layers.averagePool(3),
                Layers.globalAveragePool(),
                Layers.globalMaxPool(),
                Layers.adaptiveAveragePool(1, 2),
                Layers.adaptiveMaxPool(2, 2),
                Layers.upsample(2),
                Layers.upsample(3, Upsample.Mode.BILINEAR),
                Layers.pad(Padding.of(1, 2)),
                Layers.crop(Padding.of(1)),
                Layers.batchNorm().withMomentum(0.99).withEpsilon(1e-3),
                Layers.layerNorm(),
                Layers.rmsNorm().withEpsilon(1e-5),
                Layers.groupNorm(2).withEpsilon(1e-3),
                Layers.instanceNorm(),
                Layers.parallel(Layers.conv1d(2, 1), Layers.conv1d(3, 1)),
                Layers.parallel(Parallel.Join.ADD, Layers.layerNorm(), Layers.rmsNorm()),
                Layers.densely(Layers.dense(3), Layers.dense(2))))
        .map(Layer::toString)
        .containsExactly(
            "conv2d_transpose(8, 3, stride=2, padding=1, output_padding=1, activation=relu,"
                + " bias=none)",
            "max_pool(2, stride=1, padding=same)",
            "average_pool(3)",
            "global_average_pool()",
            "global_max_pool()",
            "adaptive_average_pool((1, 2))",
            "adaptive_max_pool(2)",
            "upsample(2)",
            "upsample(3, mode=bilinear)",
            "pad((1, 2))",
            "crop(1)",
            "batch_norm(momentum=0.99, epsilon=0.001)",
            "layer_norm()",
            "rms_norm(epsilon=1e-5)",
            "group_norm(2, epsilon=0.001)",
            "instance_norm()",
            "parallel(conv1d(2, 1), conv1d(3, 1))",
            "parallel(layer_norm(), rms_norm(), join=add)",
            "densely(dense(3) | dense(2))");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "conv2d_transpose(8, 3, stride=2, padding=same); 7x5x4; 14x10x8; 296",
        "conv2d_transpose(8, 2, stride=3); 2x2; 5x5x8; 40",
        "max_pool(2); 7x5x4; 3x2x4; 0",
        "max_pool(2, padding=same); 7x5; 4x3x1; 0",
        "max_pool1d(2, stride=1); 7x5; 6x5; 0",
        "average_pool((1, 5)); 7x5x2; 7x1x2; 0",
        "global_average_pool(); 7x5x2; 2; 0",
        "global_max_pool(); 7x5; 5; 0",
        "adaptive_average_pool((2, 3)); 7x5x2; 2x3x2; 0",
        "adaptive_max_pool((2, 3)); 7x5x2; 2x3x2; 0",
        "upsample((2, 3)); 2x2x3; 4x6x3; 0",
        "upsample(2, mode=bilinear); 2x2; 4x4x1; 0",
        "pad((1, 2, 3, 4)); 2x2; 5x9x1; 0",
        "crop(1); 3x5x2; 1x3x2; 0",
        "batch_norm(); 5; 5; 10",
        "layer_norm(); 5x7; 5x7; 14",
        "rms_norm(); 5; 5; 5",
        "group_norm(2); 3x3x4; 3x3x4; 8",
        "instance_norm(); 9x4; 9x4; 8",
        "parallel(conv2d(2, 1), conv2d(3, 3, padding=same)); 5x5x2; 5x5x5; 63",
        "parallel(dense(4), dense(4), join=add); 3; 4; 32",
        "densely(dense(2) | relu); 3; 5; 8",
      })
  void shapesAndNumbersOfWeightsFollow(String text, String input, String output, long weights) {
    Sequential model = Sequential.of(Layers.parse(text));
    Shape sample = ConvTest.shape(input);
    assertThat(model.output(sample)).isEqualTo(ConvTest.shape(output));
    assertThat(model.parameterCount(sample)).isEqualTo(weights);
    Network network = model.build(sample, 1);
    Tensor y = network.apply(Tensor.ones(DType.F32, ConvTest.batch(3, sample)));
    assertThat(y.shape()).isEqualTo(ConvTest.batch(3, ConvTest.shape(output)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "max_pool(3); 2x2x1; max_pool: expected an input that a window of 3 × 3 fits into, found"
            + " [2, 2, 1], with padding 2 × 2; padding=same, or a smaller size, would fit (layer 1"
            + " of sequential)",
        "max_pool(2, padding=2); 5x5x1; max_pool: expected padding less than the size of 2 × 2,"
            + " found 2",
        "max_pool(2); 10; max_pool: expected an image, [height, width, channels], found [10]",
        "average_pool1d(2); 4x4x2; average_pool1d: expected a series, [steps, channels], found [4,"
            + " 4, 2]",
        "global_average_pool; 10; global_average_pool: expected samples with channels, such as [28,"
            + " 28, 32] or [50, 8], found [10]",
        "adaptive_average_pool(2); 10; adaptive_average_pool: expected an image",
        "upsample(2); 10; upsample: expected an image",
        "crop(2); 4x5x1; crop: expected less than the image [4, 5, 1] on the sides, found 2",
        "group_norm(3); 4x4x4; group_norm: expected groups that divide the 4 channels of the input"
            + " [4, 4, 4], found 3",
        "instance_norm; 4; instance_norm: expected samples with channels, such as [28, 28, 32],"
            + " found [4]",
        "conv2d_transpose(4, 3, groups=2); 4x4x3; conv2d_transpose: expected groups that divide its"
            + " 4 filters and the 3 channels of the input [4, 4, 3], found 2",
        "conv2d_transpose(4, 3, output_padding=1); 4x4x3; conv2d_transpose: expected output_padding"
            + " less than the stride of [1, 1], found [1, 1]",
        "conv2d_transpose(4, 3, stride=2, padding=same, output_padding=1); 4x4x3; output_padding is"
            + " settled by padding=same",
        "conv2d_transpose(4, 1, padding=2); 4x4x3; conv2d_transpose: expected padding that leaves"
            + " something of the output of [4, 4, 3], found 2, which leaves 0 × 0",
        "parallel(conv2d(2, 3), conv2d(2, 1)); 4x4x3; parallel: expected branches that give [2, 2,"
            + " 2], but for the last size where they are concatenated, found [4, 4, 2] (layer 1 of"
            + " sequential)",
        "parallel(dense(2), dense(3), join=add); 4; parallel: expected branches that give [2]",
        "densely(conv2d(2, 3)); 4x4x3; densely: expected branches that give [4, 4, 3]",
        "densely(relu | conv2d(2, 9)); 4x4x3; would fit (layer 2 of densely) (layer 1 of"
            + " sequential)",
      })
  void aLayerThatDoesNotFitSaysWhatWould(String text, String input, String message) {
    Sequential model = Sequential.of(Layers.parse(text));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.build(ConvTest.shape(input), 0))
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "pad(same); pad: sides must be a whole number, (rows, columns) or (top, bottom, left,"
            + " right), found same",
        "upsample(2, mode=linear); bilinear",
        "batch_norm(momentum=2); batch_norm: momentum must lie in [0, 1], found 2",
        "parallel(); parallel: branches is missing",
      })
  void argumentsThatMakeNoSenseAreNamed(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.parse(text))
        .withMessageContaining(message);
  }

  @Test
  void paddingOfNumbersOnly() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.pad(Padding.SAME))
        .withMessageContaining("pad: sides must be a whole number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.parallel())
        .withMessage("parallel: expected one layer or more, found none");
  }

  @Test
  void weightsOfBranchesAreNamedByThem() {
    var model =
        Models.parse("parallel(dense(2) | relu, dense(3)) | densely(dense(2)) | dense(1)", 1);
    assertThat(model.build(Shape.of(4), 0).parameters().stream().map(Parameter::name))
        .containsExactly(
            "1.1.1.weight",
            "1.1.1.bias",
            "1.2.1.weight",
            "1.2.1.bias",
            "2.1.weight",
            "2.1.bias",
            "3.weight",
            "3.bias");
  }

  @Test
  void penaltiesAndInitializersReachTheLayersWithin() {
    Layer layer = Layers.parse("densely(parallel(conv2d(2, 1) | batch_norm(), conv2d(2, 1)))");
    assertThat(layer.withPenalty(Penalty.l2(0.1)).withInitializer(Initializer.ONES))
        .hasToString(
            "densely(parallel(conv2d(2, 1, initializer=ones, l2=0.1) | batch_norm(), conv2d(2, 1,"
                + " initializer=ones, l2=0.1)))");
    assertThat(layer.mixesRows()).isTrue();
    assertThat(Layers.parse("densely(layer_norm())").mixesRows()).isFalse();
  }

  @Test
  void runningMomentsMoveOnlyInTrainingAndWhenCommitted() {
    Network network = Sequential.of(Layers.batchNorm()).build(Shape.of(2), 0);
    Tensor x = Tensor.ofFloats(Shape.of(3, 2), 1, 10, 3, 10, 5, 16);
    assertThat(network.states().stream().map(Parameter::name))
        .containsExactly("1.mean", "1.variance");
    Tensor mean = (Tensor) network.states().get(0).values();
    Tensor variance = (Tensor) network.states().get(1).values();
    network.apply(x);
    network.apply(x, Pass.training(0, 0));
    assertThat(mean.toDoubles()).containsExactly(0, 0);
    assertThat(variance.toDoubles()).containsExactly(1, 1);
    Pass pass = Pass.training(0, 0);
    network.apply(x, pass);
    pass.commit();
    assertThat(mean.toDoubles()).containsExactly(new double[] {0.3, 1.2}, within(1e-6));
    assertThat(variance.toDoubles()).containsExactly(new double[] {1.3, 2.1}, within(1e-6));
    assertThat(network.apply(x).element(0))
        .isCloseTo((1 - 0.3) / Math.sqrt(1.3 + 1e-5), within(1e-6));
  }

  @Test
  void aBatchOfOneNumberAChannelKeepsNoInfinity() {
    Network network = Sequential.of(Layers.batchNorm()).build(Shape.of(2), 0);
    Pass pass = Pass.training(0, 0);
    Tensor y = network.apply(Tensor.ofFloats(Shape.of(1, 2), 1, 10), pass);
    pass.commit();
    assertThat(y.toDoubles()).containsExactly(new double[] {0, 0}, within(1e-3));
    assertThat(((Tensor) network.states().get(1).values()).toDoubles())
        .containsExactly(new double[] {0.9, 0.9}, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cnn(2, 3, units=4, activation=tanh)",
        "lenet(activation=tanh)",
        "resnet(8, activation=tanh)"
      })
  void aWholeModelHasTheGradientOfItsWeights(String text) {
    Network network = Models.parse(text, 2).build(Shape.of(12, 12), 1, DType.F64);
    Tensor x = Tensor.of(new double[][] {row(144, 1), row(144, 2)}).reshape(2, 12, 12);
    Tensor weights = (Tensor) network.parameters().getFirst().values();
    var check =
        Gradients.check(
            w -> {
              Tensor before = weights.keep();
              System.arraycopy(w.doubles(), 0, weights.doubles(), 0, w.size());
              Tensor loss = network.apply(x, Pass.training(0, 0)).square().sum();
              Tensor gradient = loss.gradient(weights).detach();
              System.arraycopy(before.doubles(), 0, weights.doubles(), 0, w.size());
              double value = loss.item();
              return w.minus(w.detach()).times(gradient).sum().plus(value);
            },
            weights.keep(),
            1e-6);
    assertThat(check.within(1e-6)).as("%s", check).isTrue();
  }

  private static double[] row(int n, int seed) {
    double[] row = new double[n];
    for (int i = 0; i < n; i++) {
      row[i] = Math.sin(i * 1.3 + seed);
    }
    return row;
  }
}

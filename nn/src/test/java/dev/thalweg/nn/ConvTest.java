package dev.thalweg.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.kernels.DType;
import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv2d(32, 3)",
        "conv2d(32, (3, 5), stride=2, padding=same, dilation=(1, 2), groups=4, activation=relu)",
        "conv2d(8, 1, padding=(1, 2), initializer=zeros, bias=none, l2=1e-4, max_norm=2)",
        "conv2d(8, 3, padding=(1, 2, 0, 1), bias=constant(0.1))",
        "conv2d(8, 3, padding=1)",
        "depthwise_conv2d(3, multiplier=2, stride=2, padding=same)",
        "conv1d(16, 5, stride=2, padding=(4, 0), dilation=2, groups=2, activation=gelu)",
      })
  void aLayerReadsBackAsItIsWritten(String text) {
    Layer layer = Layers.parse(text);
    assertThat(layer).hasToString(text);
    assertThat(Layers.parse(layer.toString())).isEqualTo(layer);
  }

  @Test
  void defaultsAreNotWritten() {
    assertThat(
            Layers.parse(
                "conv2d(8, (3, 3), (1, 1), padding=(0, 0, 0, 0), groups=1, bias=zeros,"
                    + " activation=linear)"))
        .hasToString("conv2d(8, 3)")
        .isEqualTo(Layers.conv2d(8, 3).withPadding(Padding.of(0)));
    assertThat(Layers.conv1d(8, 3).withPadding(Padding.SAME).withStride(2).withDilation(1))
        .hasToString("conv1d(8, 3, stride=2, padding=same)");
    assertThat(Layers.depthwiseConv2d(3).withoutBias())
        .hasToString("depthwise_conv2d(3, bias=none)");
    assertThat(Layers.conv2d(8, 3, Activation.RELU).withGroups(2).withDilation(2))
        .hasToString("conv2d(8, 3, dilation=2, groups=2, activation=relu)");
    assertThat(Padding.of(1, 2)).hasToString("(1, 2)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "conv2d(8, 3); 28x28; 26x26x8; 80",
        "conv2d(8, 3, padding=same); 28x28x1; 28x28x8; 80",
        "conv2d(8, 3, stride=2, padding=same); 7x8x4; 4x4x8; 296",
        "conv2d(8, (1, 3), padding=(0, 1), groups=4, bias=none); 5x5x4; 5x5x8; 24",
        "conv2d(8, 3, padding=(2, 0, 1, 1), dilation=2); 5x7x1; 3x5x8; 80",
        "depthwise_conv2d(3, multiplier=2); 5x5x3; 3x3x6; 60",
        "conv1d(4, 3); 10; 8x4; 16",
        "conv1d(4, 3, padding=(2, 0), stride=2); 10x6; 5x4; 76",
      })
  void shapesAndNumbersOfWeightsFollow(String text, String input, String output, long weights) {
    Sequential model = Sequential.of(Layers.parse(text));
    assertThat(model.output(shape(input))).isEqualTo(shape(output));
    assertThat(model.parameterCount(shape(input))).isEqualTo(weights);
    Network network = model.build(shape(input), 1);
    Tensor y = network.apply(Tensor.ones(DType.F32, batch(3, shape(input))));
    assertThat(y.shape()).isEqualTo(batch(3, shape(output)));
  }

  static Shape shape(String text) {
    String[] sizes = text.split("x", -1);
    int[] all = new int[sizes.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = Integer.parseInt(sizes[i].strip());
    }
    return Shape.of(all);
  }

  static Shape batch(int n, Shape sample) {
    int[] sizes = new int[sample.rank() + 1];
    sizes[0] = n;
    System.arraycopy(sample.dimensions(), 0, sizes, 1, sample.rank());
    return Shape.of(sizes);
  }

  @Test
  void theSummaryCountsMultiplications() {
    Network network = Sequential.of(Layers.conv2d(8, 3)).build(Shape.of(6, 5, 2), 1);
    assertThat(network.summary()).contains("[4, 3, 8]").contains("1,728");
    assertThat(network.parameters().stream().map(Parameter::name))
        .containsExactly("1.weight", "1.bias");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "conv2d(8, 5); 3x4x1; conv2d: expected an input that a kernel of 5 × 5 fits into, found [3,"
            + " 4, 1], with padding 3 × 4; padding=same, or a smaller kernel, would fit (layer 1 of"
            + " sequential)",
        "conv2d(8, 3, dilation=3, padding=1); 4x4x1; a kernel of 7 × 7 fits into, found [4, 4, 1],"
            + " with padding 6 × 6",
        "conv2d(8, 3, groups=3); 5x5x3; conv2d: expected groups that divide its 8 filters and the 3"
            + " channels of the input [5, 5, 3], found 3",
        "conv2d(9, 3, groups=3); 5x5x4; conv2d: expected groups that divide its 9 filters and the 4"
            + " channels of the input [5, 5, 4], found 3",
        "conv2d(9, 3); 784; conv2d: expected an image, [height, width, channels], found [784];"
            + " reshape(…) makes one (layer 1 of sequential)",
        "conv1d(9, 3); 7x7x3; conv1d: expected a series, [steps, channels], found [7, 7, 3];"
            + " reshape(…) makes one",
        "conv1d(9, 3); 2x7; conv1d: expected an input that a kernel of 1 × 3 fits into, found [2,"
            + " 7], with padding 1 × 2",
        "relu | conv2d(9, 3); 1x2x3; found [1, 2, 3], with padding 1 × 2; padding=same, or a"
            + " smaller kernel, would fit (layer 2 of sequential)",
      })
  void aLayerThatDoesNotFitSaysWhatWould(String text, String input, String message) {
    Sequential model = Models.parse(text, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.build(shape(input), 0))
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "conv2d(8); conv2d: kernel is missing",
        "conv2d(0, 3); conv2d: filters must be at least 1, found 0",
        "conv2d(8, 3, padding=sane); did you mean 'same'",
        "conv2d(8, 3, padding=-1); conv2d: padding must be at least 0, found -1",
        "conv2d(8, 3, padding=(1, 2, 3)); found 3 numbers",
        "conv2d(8, 3, padding=(1, -2)); conv2d: padding must be at least 0, found -2",
        "conv2d(8, 3, padding=none); conv2d: padding must be valid, same, a whole number",
        "conv1d(8, 3, padding=(1, 2, 3, 4)); conv1d: padding must be one number or 2, found 4"
            + " numbers",
        "conv1d(8, 3, padding=(1, -2)); conv1d: padding must be at least 0, found -2",
        "conv2d(8, (3, 3, 3)); conv2d: kernel must be one number or 2, found 3 numbers",
        "conv2d(8, 3, strides=2); stride",
      })
  void argumentsThatMakeNoSenseAreNamed(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.parse(text))
        .withMessageContaining(message);
  }

  @Test
  void paddingsThatMakeNoSenseAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Padding.of(-1))
        .withMessage("padding must not be negative, found -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Padding(true, java.util.List.of(1)))
        .withMessage("padding: expected four sides, or none with same, found [1]");
  }
}

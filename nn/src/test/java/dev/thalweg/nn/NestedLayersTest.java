package dev.thalweg.nn;

import static dev.thalweg.nn.Activation.RELU;
import static dev.thalweg.nn.Layers.dense;
import static dev.thalweg.nn.Layers.repeat;
import static dev.thalweg.nn.Layers.residual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.thalweg.kernels.DType;
import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NestedLayersTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "repeat(3, residual(dense(4, relu) | dropout(0.1) | dense(4)))",
        "residual(dense(8), shortcut=dense(8, tanh) | relu()) | dense(2)",
        "group(dense(4) | relu()) | group(group(flatten()) | dense(4)) | dense(2)",
        "reshape(2, 2) | flatten() | channel_dropout(0.5) | stochastic_depth(0.1)",
        "reshape(-1) | residual(activation('x * sigmoid(x)'))",
      })
  void aModelOfNestedLayersReadsBackAsItIsWritten(String text) {
    Sequential model = Models.parse(text, 2);
    assertThat(model).hasToString(text);
    assertThat(Models.parse(model.toString(), 2)).isEqualTo(model);
  }

  @Test
  void wordsAloneAreLayers() {
    assertThat(Models.parse("dense(4)|relu|flatten|dense(2)", 2))
        .hasToString("dense(4) | relu() | flatten() | dense(2)");
    assertThat(Models.parse("residual(relu)", 2)).hasToString("residual(relu())");
  }

  @Test
  void weightsAreNamedByTheirPaths() {
    var model = Models.parse("repeat(2, residual(dense(3) | relu | dense(3))) | dense(1)", 1);
    assertThat(model.build(Shape.of(3), 0).parameters().stream().map(Parameter::name))
        .containsExactly(
            "1.1.1.weight",
            "1.1.1.bias",
            "1.1.3.weight",
            "1.1.3.bias",
            "1.2.1.weight",
            "1.2.1.bias",
            "1.2.3.weight",
            "1.2.3.bias",
            "2.weight",
            "2.bias");
    assertThat(model.parameterCount(Shape.of(3))).isEqualTo(4 * 12 + 4);
  }

  @Test
  void aResidualConnectionAddsItsInput() {
    Network network = Sequential.of(residual(dense(2))).build(Shape.of(2), 3);
    Tensor x = Tensor.ofFloats(Shape.of(1, 2), 5, 7);
    Tensor w = (Tensor) network.parameters().getFirst().values();
    assertThat(network.apply(x).floats())
        .containsExactly(
            5 + Math.fma(7, w.floats()[2], 5 * w.floats()[0]),
            7 + Math.fma(7, w.floats()[3], 5 * w.floats()[1]));
  }

  @Test
  void penaltiesAndInitializersReachTheLayersWithin() {
    var model =
        Sequential.of(repeat(2, residual(dense(3, RELU)).withShortcut(dense(3))))
            .withPenalty(Penalty.l2(0.5))
            .withInitializer(Initializer.ZEROS);
    assertThat(model)
        .hasToString(
            "repeat(2, residual(dense(3, relu, initializer=zeros, l2=0.5),"
                + " shortcut=dense(3, initializer=zeros, l2=0.5)))");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "residual(dense(3))      | residual: expected layers that give [4], as the input does,"
            + " found [3]; a shortcut=… can change the input (layer 1 of sequential)",
        "reshape(3)              | reshape(3): expected a sample of as many elements, found [4],"
            + " which has 4 (layer 1 of sequential)",
        "channel_dropout(0.1)    | channel_dropout: expected samples with channels",
      })
  void layersThatDoNotFitAreRefusedWithBothShapes(String text, String sentence) {
    Sequential model = Models.parse(text, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.build(Shape.of(4), 0))
        .withMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "repeat(0, relu)         ~ repeat: times must be at least 1, found 0",
        "repeat(2, rellu)        ~ did you mean 'relu'",
        "residual(3)             ~ residual: body must be a layer, found 3",
        "dense(4) | dens(3)      ~ did you mean 'dense'",
        "residual(dense(4) | 'x')  ~ expected a call, found x",
        "residual(dense(4) |)    ~ expected a name",
        "reshape()               ~ reshape: sizes is missing",
        "dense(4, sizes=3)       ~ unknown argument of dense 'sizes'",
      })
  void aWrongTextIsOneSentence(String text, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Models.parse(text, 2))
        .withMessageContaining(sentence);
  }

  /// Counts the passes in its state, and shares the weights of the layer before.
  private record Counting(String path) implements Layer {
    @Override
    public Shape output(Shape input) {
      return input;
    }

    @Override
    public Block build(Shape input, Builder builder) {
      Tensor tied = builder.shared(path);
      Tensor count = builder.state("count", Shape.of(1), 1);
      return (x, pass) -> {
        if (pass.training()) {
          pass.update(count, count.plus(Tensor.ofFloats(1)));
        }
        return x.matmul(tied).times(count);
      };
    }

    @Override
    public String toString() {
      return "counting";
    }
  }

  @Test
  void stateMovesWhenThePassIsCommittedAndWeightsCanBeTied() {
    Network network = Sequential.of(dense(2), new Counting("1.weight")).build(Shape.of(2), 0);
    assertThat(network.parameters()).hasSize(2);
    assertThat(network.states().stream().map(Parameter::name)).containsExactly("2.count");
    Tensor x = Tensor.ones(DType.F32, Shape.of(1, 2));
    float[] state = network.states().getFirst().values().floats();
    Pass pass = Pass.training(0, 0);
    network.apply(x, pass);
    assertThat(state).containsExactly(1);
    pass.commit();
    assertThat(state).containsExactly(2);
    network.apply(x);
    network.apply(x, Pass.training(0, 1)); // not committed
    assertThat(state).containsExactly(2);
    Tensor w = (Tensor) network.parameters().getFirst().values();
    assertThat(network.apply(x).sum().gradient(w).toDoubles()).doesNotContain(0);
    assertThat(
            network.sameWeights(
                Sequential.of(dense(2), new Counting("1.weight")).build(Shape.of(2), 0)))
        .isFalse();
  }

  @Test
  void misuseOfStateAndTyingIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sequential.of(dense(2), new Counting("1.wight")).build(Shape.of(2), 0))
        .withMessageContaining("did you mean '1.weight'");
    Tensor state = Tensor.ofFloats(1);
    assertThatIllegalStateException()
        .isThrownBy(() -> Pass.inference().update(state, state))
        .withMessage("a pass for predictions changes no state");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pass.training(0, 0).update(state, Tensor.ofFloats(1, 2)))
        .withMessage("state: expected F32[1], found F32[2]");
  }

  @Test
  void dropoutOfChannelsAndSamplesDropsThemWhole() {
    Tensor x = Tensor.ones(DType.F32, Shape.of(50, 3, 4));
    float[] byChannel =
        Sequential.of(Layers.channelDropout(0.5))
            .build(Shape.of(3, 4), 0)
            .apply(x, Pass.training(1, 1))
            .floats();
    float[] bySample =
        Sequential.of(Layers.stochasticDepth(0.5))
            .build(Shape.of(3, 4), 0)
            .apply(x, Pass.training(1, 1))
            .floats();
    int channels = 0;
    int samples = 0;
    for (int i = 0; i < 50; i++) {
      for (int j = 1; j < 12; j++) {
        assertThat(bySample[12 * i + j]).isEqualTo(bySample[12 * i]);
        assertThat(byChannel[12 * i + j]).isEqualTo(byChannel[12 * i + j % 4]);
      }
      samples += bySample[12 * i] == 2 ? 1 : 0;
      for (int c = 0; c < 4; c++) {
        channels += byChannel[12 * i + c] == 2 ? 1 : 0;
      }
    }
    assertThat(samples).isBetween(12, 38); // 25 ± 3.5
    assertThat(channels).isBetween(72, 128); // 100 ± 7
  }

  @Test
  void repeatedDropoutDrawsOtherNumbersEachTime() {
    Network network = Models.parse("repeat(2, dropout(0.5))", 1).build(Shape.of(64), 0);
    float[] y =
        network.apply(Tensor.ones(DType.F32, Shape.of(10, 64)), Pass.training(0, 0)).floats();
    int kept = 0;
    for (float value : y) {
      assertThat(List.of(0f, 4f)).contains(value);
      kept += value == 0 ? 0 : 1;
    }
    assertThat(kept).isBetween(110, 210); // 160 ± 11; 320 if both drew the same
  }

  @Test
  void layersThatActStepByStepTakeSequencesOfAnyLength() {
    Network network =
        Sequential.of(Layers.parse("dense(4, relu) | residual(layer_norm | dense(4)) | dense(2)"))
            .build(Shape.of(5, 3), 1);
    assertThat(network.output()).isEqualTo(Shape.of(5, 2));
    assertThat(network.anyLength()).isTrue();
    Tensor x = Tensor.ofFloats(Shape.of(2, 2, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    Tensor y = network.apply(x);
    assertThat(y.shape()).isEqualTo(Shape.of(2, 2, 2));
    assertThat(y.toDoubles())
        .isEqualTo(network.apply(x.reshape(4, 1, 3)).toDoubles())
        .isEqualTo(network.apply(x.reshape(1, 4, 3)).toDoubles());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.apply(x.reshape(2, 3, 2)))
        .withMessageContaining("expected input of samples of shape [5, 3]");
    assertThat(Sequential.of(Layers.dense(4)).build(Shape.of(3), 1).anyLength()).isFalse();
    assertThat(
            Sequential.of(Layers.parse("dense(4) | flatten | dense(2)"))
                .build(Shape.of(5, 3), 1)
                .anyLength())
        .isFalse();
  }

  @Test
  void lengthsThatDoNotFitTheBatchAreNamed() {
    Network network = Sequential.of(Layers.dense(4)).build(Shape.of(5, 3), 1);
    Tensor x = Tensor.ofFloats(Shape.of(2, 2, 3), new float[12]);
    assertThat(network.apply(x, Pass.inference().withLengths(Tensor.ofInts(2, 0))).shape())
        .isEqualTo(Shape.of(2, 2, 4));
    for (Tensor lengths : List.of(Tensor.ofInts(1, 3), Tensor.ofInts(-1, 1), Tensor.ofInts(1))) {
      Pass pass = Pass.training(1, 0).withLengths(lengths);
      assertThat(pass.lengths()).contains(lengths);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.apply(x, pass))
          .withMessageMatching(
              "lengths: expected (0 to 2 steps, found (3|-1) in row (0|1)|one for each of 2 rows,"
                  + " found shape \\[1\\])");
    }
  }
}

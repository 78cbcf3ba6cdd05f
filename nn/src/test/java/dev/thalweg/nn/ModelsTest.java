package dev.thalweg.nn;

import static dev.thalweg.nn.Activation.TANH;
import static dev.thalweg.nn.Layers.dense;
import static dev.thalweg.nn.Layers.dropout;
import static dev.thalweg.nn.Layers.flatten;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.kernels.DType;
import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsTest {

  @Test
  void aTextIsTheLayersItNames() {
    assertThat(Models.parse("mlp(128, 64, activation=tanh, dropout=0.1)", 10).layers())
        .isEqualTo(
            List.of(dense(128, TANH), dropout(0.1), dense(64, TANH), dropout(0.1), dense(10)));
    assertThat(Models.parse("mlp(128)", 10)).hasToString("dense(128, relu) | dense(10)");
    assertThat(Models.parse("logistic", 3)).hasToString("dense(3)");
    assertThat(Models.parse("linear()", 1)).hasToString("dense(1)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mlp(0)          | mlp: units must be at least 1, found 0",
        "mlp             | mlp: units is missing: mlp(units…, activation=relu",
        "mlp(64          | ^",
        "mlpp(64)        | did you mean 'mlp'",
        "mlp(64, droput=0.1) | did you mean 'dropout'",
        "mlp(64, dropout=1)  | mlp: dropout must lie in [0, 1), found 1",
        "mlp(64, activation=rellu) | did you mean 'relu'",
        "mlp(1.5)        | must be a whole number",
        "linear(3)       | linear"
      })
  void aWrongTextIsOneSentence(String text, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Models.parse(text, 10))
        .withMessageContaining(sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dense(64, relu)",
        "dense(3)",
        "dense(3, tanh, initializer=he_normal)",
        "dropout(0.25)",
        "flatten()",
        "gelu()"
      })
  void aLayerReadsBackAsItIsWritten(String text) {
    assertThat(Layers.parse(text)).hasToString(text);
    assertThat(Layers.parse(Layers.parse(text).toString())).isEqualTo(Layers.parse(text));
  }

  @Test
  void theWrongNumberOfFeaturesIsNamedWithItsLayer() {
    Network network = Models.parse("mlp(16)", 10).build(Shape.of(784), 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.apply(Tensor.zeros(DType.F32, Shape.of(5, 64))))
        .withMessage("dense: expected input of 784 features, found 64 (layer 1 of mlp)");
  }

  @Test
  void aLayerThatCannotFollowIsNamedWithItsPlace() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sequential.of(dropout(0.1), dense(3)).build(Shape.of(28, 28, 1), 0))
        .withMessageContaining("put flatten() before it (layer 2 of sequential)");
    assertThat(
            Sequential.of(flatten(), dense(3))
                .build(Shape.of(28, 28), 0)
                .apply(Tensor.zeros(DType.F32, Shape.of(2, 28, 28)))
                .shape())
        .isEqualTo(Shape.of(2, 3));
  }

  @Test
  void theSameSeedMakesTheSameWeightsAndAnotherDoesNot() {
    Sequential model = Models.parse("mlp(8)", 3);
    Network first = model.build(Shape.of(4), 7);
    assertThat(first.sameWeights(model.build(Shape.of(4), 7))).isTrue();
    assertThat(first.sameWeights(model.build(Shape.of(4), 8))).isFalse();
    assertThat(first.parameters().stream().map(Parameter::name))
        .containsExactly("1.weight", "1.bias", "2.weight", "2.bias");
    assertThat(first.parameterCount()).isEqualTo(4 * 8 + 8 + 8 * 3 + 3);
  }

  @Test
  void dropoutActsInTrainingOnlyAndIsAFunctionOfSeedAndStep() {
    Network network = Sequential.of(dropout(0.3)).build(Shape.of(1000), 0);
    Tensor x = Tensor.ones(DType.F32, Shape.of(20, 1000));
    assertThat(network.apply(x).floats()).containsOnly(1f);
    float[] first = network.apply(x, Pass.training(5, 2)).floats();
    assertThat(network.apply(x, Pass.training(5, 2)).floats()).isEqualTo(first);
    assertThat(network.apply(x, Pass.training(5, 3)).floats()).isNotEqualTo(first);
    assertThat(network.apply(x, Pass.training(6, 2)).floats()).isNotEqualTo(first);
    int dropped = 0;
    for (float value : first) {
      assertThat(value == 0 || value == 1 / 0.7f).isTrue();
      dropped += value == 0 ? 1 : 0;
    }
    // 20,000 draws: standard deviation 65.
    assertThat(dropped).isBetween(6000 - 300, 6000 + 300);
  }

  @Test
  void aLayerOfYourOwnIsAFunction() {
    Layer scaled = Layer.of("scaled", (x, training) -> training ? x : x.times(2));
    Network network = Sequential.of(scaled).build(Shape.of(2), 0);
    Tensor x = Tensor.ofFloats(Shape.of(1, 2), 1, 2);
    assertThat(network.apply(x).floats()).containsExactly(2, 4);
    assertThat(network.apply(x, Pass.training(0, 0)).floats()).containsExactly(1, 2);
  }

  @Test
  void aNetworkCanBeF64() {
    Network network = Models.parse("mlp(8)", 3).build(Shape.of(4), 7, DType.F64);
    Tensor y = network.apply(Tensor.ones(DType.F64, Shape.of(2, 4)));
    assertThat(y.dtype()).isEqualTo(DType.F64);
    assertThat(y.sum().gradients(network.parameters())).hasSize(4);
  }

  @Test
  void theSummaryCountsParametersByLayer() {
    assertThat(Models.parse("mlp(128, dropout=0.1)", 10).build(Shape.of(64), 7).summary())
        .isEqualTo(
            """
            mlp                  output  parameters  multiply-adds
            ------------------------------------------------------
            input                [64]             -              -
            1  dense(128, relu)  [128]        8,320          8,192
            2  dropout(0.1)      [128]            0              0
            3  dense(10)         [10]         1,290          1,280
            ------------------------------------------------------
            total                             9,610          9,472
            memory: weights 38.4 kB, results 1320 B a sample
            """);
  }
}

package dev.thalweg.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PenaltyTest {

  private static Network network(String model) {
    Network network = Models.parse(model, 2).build(Shape.of(3), 1);
    for (Parameter parameter : network.parameters()) {
      float[] values = parameter.values().floats();
      for (int i = 0; i < values.length; i++) {
        values[i] = (i % 2 == 0 ? 1 : -1) * (i + 1);
      }
    }
    return network;
  }

  /// The weights are 1, −2, 3, −4, 5, −6: Σ|w| = 21, Σ w² = 91.
  @Test
  void theFactorsAreThoseOfKerasAndBiasesAreFree() {
    assertThat(network("linear(l2=0.1)").penalty().orElseThrow().item())
        .isCloseTo(9.1, within(1e-5));
    assertThat(network("linear(l1=0.1)").penalty().orElseThrow().item())
        .isCloseTo(2.1, within(1e-6));
    assertThat(network("linear(l1=0.1, l2=0.1)").penalty().orElseThrow().item())
        .isCloseTo(11.2, within(1e-5));
    assertThat(network("linear").penalty()).isEmpty();
    assertThat(network("linear(max_norm=1)").penalty()).isEmpty();
  }

  @Test
  void theGradientIsTwiceTheFactorTimesTheWeightAndTheFactorTimesItsSign() {
    Network network = network("linear(l1=0.5, l2=0.25)");
    Tensor gradient = network.penalty().orElseThrow().gradients(network.parameters()).getFirst();
    assertThat(gradient.floats()).containsExactly(1, -1.5f, 2, -2.5f, 3, -3.5f);
    assertThat(network.penalty().orElseThrow().gradients(network.parameters()).get(1).floats())
        .containsExactly(0, 0);
  }

  @Test
  void everyDenseLayerOfAModelHasIt() {
    Network network = network("mlp(4, l2=1)");
    double squares = 0;
    for (Parameter parameter : network.parameters()) {
      if (parameter.name().endsWith("weight")) {
        for (float w : parameter.values().floats()) {
          squares += w * w;
        }
      }
    }
    assertThat(network.penalty().orElseThrow().item()).isCloseTo(squares, within(1e-3));
  }

  /// The columns are (1, 3, 5) and (−2, −4, −6), of norms √35 and √56.
  @Test
  void columnsThatAreTooLongAreShortenedAndOthersLeftToTheBit() {
    Network network = network("linear(max_norm=7)");
    network.constrain();
    float[] w = network.parameters().getFirst().values().floats();
    double factor = 7 / Math.sqrt(56);
    assertThat(w)
        .containsExactly(
            1, (float) (-2 * factor), 3, (float) (-4 * factor), 5, (float) (-6 * factor));
    assertThat(network.parameters().get(1).values().floats()).containsExactly(1, -2);
    float[] before = w.clone();
    network("linear").constrain();
    assertThat(w).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mlp(64, l2=-1) | mlp: l2 must lie in [0, ∞), found -1",
        "mlp(64, l1=relu) | mlp: l1 must be a number",
        "linear(max_norm=0) | linear: max_norm must lie in (0, ∞], found 0",
        "mlp(64, initializer=he_norml) | did you mean 'he_normal'",
        "mlp(64, initializer=3) | initializer must be a word or a call"
      })
  void aWrongArgumentIsOneSentence(String text, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Models.parse(text, 10))
        .withMessageContaining(sentence);
  }

  @Test
  void aModelWithPenaltiesAndInitializersReadsBackByLayers() {
    Sequential model =
        Models.parse(
            "mlp(64, initializer=orthogonal(1.4), l2=1e-4, l1=1e-5, max_norm=3, dropout=0.1)", 10);
    assertThat(model)
        .hasToString(
            "dense(64, relu, initializer=orthogonal(1.4), l1=1e-5, l2=1e-4, max_norm=3)"
                + " | dropout(0.1)"
                + " | dense(10, initializer=orthogonal(1.4), l1=1e-5, l2=1e-4, max_norm=3)");
    for (Layer layer : model.layers()) {
      assertThat(Layers.parse(layer.toString())).isEqualTo(layer);
    }
    Layer biased = Layers.parse("dense(3, tanh, bias=constant(0.1))");
    assertThat(biased).hasToString("dense(3, tanh, bias=constant(0.1))");
  }
}

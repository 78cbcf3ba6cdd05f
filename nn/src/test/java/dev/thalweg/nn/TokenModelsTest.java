package dev.thalweg.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.kernels.DType;
import dev.thalweg.tensor.Gradients;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenModelsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "lstm; embedding(81, 256) | lstm(256) | dense(81)",
        "lstm(64, layers=2); embedding(81, 64) | lstm(64, layers=2) | dense(81)",
        "gru(8, dropout=0.5); embedding(81, 8) | dropout(0.5) | gru(8, dropout=0.5)"
            + " | dropout(0.5) | dense(81)",
        "rnn(8); embedding(81, 8) | rnn(8) | dense(81)",
        "gpt(layers=2, width=8, heads=2, context=16); embedding(81, 8,"
            + " initializer='normal(std=0.02)') | positions(16) | decoder(2) | decoder(2) |"
            + " layer_norm() | dense(81, initializer='normal(std=0.02)')",
        "gpt(layers=1, width=8, heads=4, context=16, hidden=24, gated=true, norm=rms, dropout=0.1,"
            + " key_heads=2); embedding(81, 8, initializer='normal(std=0.02)') | positions(16)"
            + " | dropout(0.1) | decoder(4, hidden=24, gated=true, norm=rms, dropout=0.1,"
            + " key_heads=2) | rms_norm() | dense(81, initializer='normal(std=0.02)')",
        "gpt(layers=1, width=8, heads=2, order=post); embedding(81, 8,"
            + " initializer='normal(std=0.02)') | positions(128) | decoder(2, order=post) |"
            + " dense(81, initializer='normal(std=0.02)')",
        "lstm(8, tied=true); embedding(81, 8) | lstm(8) | tied(81)",
        "gpt(layers=1, width=8, heads=2, tied=true); embedding(81, 8,"
            + " initializer='normal(std=0.02)') | positions(128) | decoder(2) | layer_norm() |"
            + " tied(81, bias=none)",
        "embedding(81, 81); embedding(81, 81)",
        "embedding(81, 4) | lstm(8) | dense(81); embedding(81, 4) | lstm(8) | dense(81)"
      })
  void aNameStandsForLayers(String text, String layers) {
    Sequential model = Models.ofTokens(text, 81);
    assertThat(model.toString().replace("'", "")).isEqualTo(layers.replace("'", ""));
    assertThat(Models.ofTokens(model.toString(), 81).layers()).isEqualTo(model.layers());
    assertThat(model.output(Shape.of(7))).isEqualTo(Shape.of(7, 81));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "lstmm; unknown model 'lstmm' (did you mean 'lstm'?); known: lstm, gru, rnn, gpt",
        "mlp(64); model 'mlp' is one of rows; of texts there are lstm, gru, rnn, gpt",
        "gpt(layer=2); did you mean 'layers'",
        "gpt(heads=0); gpt: heads must be at least 1, found 0",
        "lstm(256, dropout=1); lstm: dropout must lie in [0, 1), found 1"
      })
  void aWrongTextIsOneSentence(String text, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Models.ofTokens(text, 81))
        .withMessageContaining(sentence);
  }

  @Test
  void tiedWeightsAreThereOnce() {
    Sequential model = Models.ofTokens("gpt(layers=1, width=4, heads=2, context=5, tied=true)", 9);
    Network network = model.build(Shape.of(5), 0);
    long untied =
        Models.ofTokens("gpt(layers=1, width=4, heads=2, context=5)", 9)
            .parameterCount(Shape.of(5));
    assertThat(network.parameterCount()).isEqualTo(untied - 9 * 5);
    assertThat(model.parameterCount(Shape.of(5))).isEqualTo(network.parameterCount());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Models.ofTokens("embedding(9, 4) | dense(3) | tied(9)", 9).build(Shape.of(5), 0))
        .withMessageContaining(
            "tied: expected 1.weight of shape [9, 3], a row of 3 numbers for each of 9 tokens,"
                + " found [9, 4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Models.ofTokens("flatten | tied(9)", 9).build(Shape.of(5), 0))
        .withMessageContaining("unknown parameter '1.weight'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.tied(9).output(Shape.of(2, 2, 2)))
        .withMessage("tied: expected one dimension of features, or steps of them, found [2, 2, 2]");
  }

  @Test
  void aModelOfTextsIsNoModelOfRows() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Models.parse("gpt(layers=2)", 3))
        .withMessageContaining("model 'gpt' is one of texts; of rows there are mlp, linear");
    assertThat(Models.parse("lstm(8)", 3)).hasToString("lstm(8)");
    assertThat(Models.TOKEN_NAMES).containsExactly("lstm", "gru", "rnn", "gpt");
    assertThat(Models.tokenSignatures()).hasSameSizeAs(Models.TOKEN_NAMES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lstm(3, layers=2)",
        "gru(3)",
        "rnn(3, tied=true)",
        "gpt(layers=1, width=4, heads=2, context=5, tied=true, activation=gelu_tanh)",
        "gpt(layers=2, width=4, heads=2, context=5)",
        "gpt(layers=1, width=4, heads=2, context=5, order=post, gated=true, norm=rms)"
      })
  void gradientsOfAWholeModelAreItsDifferences(String text) {
    Network network = Models.ofTokens(text, 4).build(Shape.of(5), 3, DType.F64);
    Tensor tokens = Tensor.ofInts(Shape.of(2, 5), 0, 1, 2, 3, 0, 2, 2, 1, 0, 3);
    int[] next = {1, 2, 3, 0, 0, 2, 1, 0, 3, 1};
    for (var parameter : network.parameters()) {
      Tensor values = (Tensor) parameter.values();
      Tensor slope =
          network.apply(tokens).reshape(10, 4).softmaxCrossEntropy(next).gradient(values).keep();
      double[] weights = values.doubles();
      for (int i = 0; i < weights.length; i += 1 + weights.length / 5) {
        double before = weights[i];
        weights[i] = before + 3e-6;
        double above = loss(network, tokens, next);
        weights[i] = before - 3e-6;
        double below = loss(network, tokens, next);
        weights[i] = before;
        assertThat(slope.element(i))
            .as(parameter.name() + " " + i)
            .isCloseTo((above - below) / 6e-6, org.assertj.core.api.Assertions.within(1e-7));
      }
    }
  }

  private static double loss(Network network, Tensor tokens, int... next) {
    return Gradients.off(
            () -> network.apply(tokens).reshape(next.length, 4).softmaxCrossEntropy(next))
        .item();
  }
}

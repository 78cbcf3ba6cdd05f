package dev.thalweg.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.kernels.DType;
import dev.thalweg.tensor.Gradients;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairModelsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "transformer(layers=1, width=8, heads=2, context=16); encoder_decoder(embedding(27, 8,"
            + " initializer='normal(std=0.02)') | positions(16) | encoder(2) | layer_norm(),"
            + " embedding(40, 8, initializer='normal(std=0.02)') | positions(16) | decoder(2,"
            + " cross=true) | layer_norm() | dense(40, initializer='normal(std=0.02)'))",
        "transformer(layers=1, width=8, heads=4, order=post, hidden=12, dropout=0.1, norm=rms,"
            + " gated=true, key_heads=2); encoder_decoder(embedding(27, 8,"
            + " initializer='normal(std=0.02)') | positions(64) | dropout(0.1) | encoder(4,"
            + " hidden=12, gated=true, norm=rms, order=post, dropout=0.1, key_heads=2),"
            + " embedding(40, 8, initializer='normal(std=0.02)') | positions(64) | dropout(0.1) |"
            + " decoder(4, hidden=12, gated=true, norm=rms, order=post, dropout=0.1, key_heads=2,"
            + " cross=true) | dense(40, initializer='normal(std=0.02)'))",
        "seq2seq(8, layers=1, heads=2, dropout=0.2); encoder_decoder(embedding(27, 8) |"
            + " dropout(0.2) | bidirectional(lstm(4)) | dropout(0.2), embedding(40, 8) |"
            + " dropout(0.2) | lstm(8) | residual(cross_attention(2)) | dropout(0.2) | dense(40))",
        "seq2seq; encoder_decoder(embedding(27, 256) | bidirectional(lstm(128)) |"
            + " bidirectional(lstm(128)), embedding(40, 256) | lstm(256) |"
            + " residual(cross_attention(4)) | lstm(256) | residual(cross_attention(4)) |"
            + " dense(40))"
      })
  void aNameStandsForLayers(String text, String layers) {
    Sequential model = Models.ofPairs(text, 27, 40);
    assertThat(model.toString().replace("'", "")).isEqualTo(layers.replace("'", ""));
    assertThat(Models.ofPairs(model.toString(), 27, 40).layers()).isEqualTo(model.layers());
    assertThat(model.output(Shape.of(7))).isEqualTo(Shape.of(7, 40));
    assertThat(model.anyLength(Shape.of(7))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "transformr; unknown model 'transformr' (did you mean 'transformer'?); known: transformer,"
            + " seq2seq",
        "gpt; model 'gpt' is one of texts; of pairs there are transformer, seq2seq",
        "seq2seq(7); seq2seq: expected an even number of units, half of them for either direction,"
            + " found 7",
        "transformer(heads=0); transformer: heads must be at least 1, found 0"
      })
  void aWrongTextIsOneSentence(String text, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Models.ofPairs(text, 27, 40))
        .withMessageContaining(sentence);
  }

  @Test
  void aModelOfPairsIsNoModelOfTexts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Models.ofTokens("seq2seq", 3))
        .withMessageContaining("model 'seq2seq' is one of pairs; of texts there are lstm, gru");
    assertThat(Models.PAIR_NAMES).containsExactly("transformer", "seq2seq");
    assertThat(Models.pairSignatures()).hasSameSizeAs(Models.PAIR_NAMES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "transformer(layers=2, width=4, heads=2, context=5)",
        "transformer(layers=1, width=4, heads=2, context=5, order=post, gated=true, norm=rms)",
        "seq2seq(4, layers=2, heads=2)"
      })
  void gradientsOfAWholeModelAreItsDifferences(String text) {
    Network network = Models.ofPairs(text, 3, 4).build(Shape.of(5), 3, DType.F64);
    for (var parameter : network.parameters()) {
      Tensor values = (Tensor) parameter.values();
      Tensor slope = loss(network).gradient(values).keep();
      double[] weights = values.doubles();
      for (int i = 0; i < weights.length; i += 1 + weights.length / 4) {
        double before = weights[i];
        weights[i] = before + 3e-7;
        double above = Gradients.off(() -> loss(network)).item();
        weights[i] = before - 3e-7;
        double below = Gradients.off(() -> loss(network)).item();
        weights[i] = before;
        assertThat(slope.element(i))
            .as(parameter.name() + " " + i)
            .isCloseTo((above - below) / 6e-7, within(1e-7));
      }
    }
  }

  /// Of two targets, from sources of 4 steps and of 1.
  private static Tensor loss(Network network) {
    Tensor targets = Tensor.ofInts(Shape.of(2, 3), 3, 0, 1, 3, 2, 2);
    Tensor sources = Tensor.ofInts(Shape.of(2, 4), 0, 1, 2, 1, 2, 0, 0, 0);
    Pass pass =
        Pass.inference().withLengths(Tensor.ofInts(3, 2)).withSource(sources, Tensor.ofInts(4, 1));
    return network
        .apply(targets, pass)
        .reshape(6, 4)
        .rows(0, 5)
        .softmaxCrossEntropy(new int[] {0, 1, 3, 2, 2});
  }
}

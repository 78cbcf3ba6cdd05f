package dev.thalweg.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextModelsTest {

  private static final int TOKENS = 30;
  private static final int STEPS = 40;

  @ParameterizedTest
  @CsvSource(
      delimiterString = "unused",
      textBlock =
          """
          gru                        | embedding(30, 64, padded=true) | dropout(0.5) | bidirectional(gru(64)) | global_max_pool | dropout(0.5) | dense(3)
          lstm(8, layers=2, width=4, dropout=0, pool=mean) | embedding(30, 4, padded=true) | bidirectional(lstm(8)) | bidirectional(lstm(8)) | global_average_pool | dense(3)
          rnn(8, bidirectional=false, pool=last, dropout=0) | embedding(30, 64, padded=true) | rnn(8) | last | dense(3)
          transformer(layers=1, width=8, heads=2, order=post, dropout=0) | embedding(30, 8, initializer=normal(0, 0.02), padded=true) | positions(40) | encoder(2, order=post) | global_average_pool | dense(3)
          """)
  void areTheirLayers(String line) {
    String[] parts = line.split("\\s+\\|\\s+", 2);
    Sequential model = Models.ofTexts(parts[0].strip(), TOKENS, STEPS, 3);
    assertThat(model.layers())
        .isEqualTo(Models.ofTexts(parts[1].strip(), TOKENS, STEPS, 3).layers());
    assertThat(model.output(Shape.of(STEPS))).isEqualTo(Shape.of(3));
  }

  @Test
  void areNamedAndOthersAreRefused() {
    assertThat(Models.TEXT_NAMES).containsExactly("lstm", "gru", "rnn", "transformer");
    assertThat(Models.textSignatures()).hasSameSizeAs(Models.TEXT_NAMES);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Models.ofTexts("mlp(3)", TOKENS, STEPS, 3))
        .withMessageContaining(
            "model 'mlp' is one of rows; of columns of texts there are lstm, gru, rnn,"
                + " transformer");
  }

  /// Rows of these lengths, zeros behind them.
  private static float[] rows(int... lengths) {
    float[] x = new float[lengths.length * STEPS];
    for (int row = 0; row < lengths.length; row++) {
      for (int i = 0; i < lengths[row]; i++) {
        x[row * STEPS + i] = 1 + (row * 7 + i * 11) % (TOKENS - 1);
      }
    }
    return x;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gru(24, layers=2)",
        "lstm(16, pool=mean)",
        "rnn(16, bidirectional=false, pool=last)",
        "transformer(layers=2, width=32)",
        "transformer(layers=1, width=32, pool=max)"
      })
  void aTextIsWhatItIsAloneAndWithItsLengthSaid(String text) {
    Network network = Models.ofTexts(text, TOKENS, STEPS, 3).build(Shape.of(STEPS), 1);
    int[] lengths = {40, 3, 0, 17, 1, 39, 8};
    float[] all = rows(lengths);
    Tensor batch = Tensor.wrap(Shape.of(lengths.length, STEPS), all);
    float[] together = network.apply(batch).floats();
    assertThat(
            network
                .apply(
                    batch,
                    Pass.inference().withLengths(Tensor.wrap(Shape.of(lengths.length), lengths)))
                .floats())
        .isEqualTo(together);
    assertThat(network.trace(batch, Pass.inference()).getLast().floats()).isEqualTo(together);
    for (int row = 0; row < lengths.length; row++) {
      float[] one = Arrays.copyOfRange(all, row * STEPS, (row + 1) * STEPS);
      float[] alone = network.apply(Tensor.wrap(Shape.of(1, STEPS), one)).floats();
      assertThat(alone)
          .as("row of " + lengths[row])
          .isEqualTo(Arrays.copyOfRange(together, 3 * row, 3 * row + 3));
    }
  }

  @Test
  void zerosAtTheEndGetNoGradientAndTakeNoTime() {
    Network network =
        Models.ofTexts("gru(4, dropout=0)", TOKENS, STEPS, 2).build(Shape.of(STEPS), 1);
    List<Tensor> layers =
        network.trace(Tensor.wrap(Shape.of(2, STEPS), rows(5, 9)), Pass.inference());
    assertThat(layers.getFirst().shape()).isEqualTo(Shape.of(2, 9, 64));
    Tensor weights = (Tensor) network.parameters().getFirst().values();
    Tensor gradient =
        network
            .apply(Tensor.wrap(Shape.of(2, STEPS), rows(5, 9)), Pass.training(0, 0))
            .sum()
            .gradients(List.of(weights))
            .getFirst();
    assertThat(Arrays.copyOf(gradient.floats(), 64)).containsOnly(0);
  }
}

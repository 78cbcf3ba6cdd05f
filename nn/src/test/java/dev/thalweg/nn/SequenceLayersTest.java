package dev.thalweg.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.kernels.DType;
import dev.thalweg.tensor.Gradients;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Layers of sequences: texts, shapes, lengths, sequences that go on, and what is refused.
class SequenceLayersTest {

  private static Tensor numbers(int... sizes) {
    Shape shape = Shape.of(sizes);
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.sin(1 + 1.7 * i);
    }
    return Tensor.of(shape, values).to(DType.F32).detach();
  }

  private static Network network(String text, int... sample) {
    return Sequential.of(Layers.parse(text)).build(Shape.of(sample), 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "embedding(81, 64)",
        "embedding(81, 64, initializer=normal(std=0.02))",
        "positions(128)",
        "positions(128, code=sinusoidal)",
        "lstm(256)",
        "lstm(256, layers=2, dropout=0.1, recurrent_initializer=glorot_uniform, forget_bias=0)",
        "gru(32, bias=ones)",
        "rnn(32, activation=relu)",
        "bidirectional(lstm(8) | dropout(0.1))",
        "last()",
        "interactions()",
        "attention(4)",
        "attention(4, causal=true, key_heads=2, window=16, places=rotary)",
        "swiglu(64)",
        "encoder(4)",
        "decoder(4, hidden=100, activation=relu, norm=rms, order=post, dropout=0.1, places=alibi)",
        "decoder(4, gated=true, key_heads=1, window=8, initializer=normal(std=0.02))",
        "encoder_decoder(embedding(9, 4) | encoder(2), embedding(5, 4) | decoder(2, cross=true) |"
            + " residual(cross_attention(2, key_heads=1)) | dense(5))"
      })
  void aTextReadsBack(String text) {
    assertThat(Layers.parse(text)).hasToString(text).isEqualTo(Layers.parse(text));
  }

  @Test
  void theJavaFormsAreThoseOfTheTexts() {
    assertThat(
            List.of(
                Layers.embedding(7, 4),
                Layers.positions(9),
                Layers.lstm(5).withLayers(2).withDropout(0.1),
                Layers.gru(5),
                Layers.rnn(5),
                Layers.bidirectional(Layers.gru(3), Layers.last()),
                Layers.attention(2).withCausal(true).withWindow(5).withKeyHeads(1),
                Layers.swiglu(6),
                Layers.encoder(2).withHidden(8).withOrder(TransformerBlock.Order.POST),
                Layers.decoder(2).withDropout(0.2),
                Layers.encoderDecoder(
                    Layers.encoder(1),
                    Sequential.of(
                        Layers.crossAttention(2).withKeyHeads(1),
                        Layers.decoder(2).withCross(true)))))
        .hasToString(
            "[embedding(7, 4), positions(9), lstm(5, layers=2, dropout=0.1), gru(5), rnn(5),"
                + " bidirectional(gru(3) | last()), attention(2, causal=true, key_heads=1,"
                + " window=5), swiglu(6), encoder(2, hidden=8, order=post), decoder(2,"
                + " dropout=0.2), encoder_decoder(encoder(1), cross_attention(2, key_heads=1) |"
                + " decoder(2, cross=true))]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "embedding(9, 4) ; 6 ; [6, 4]",
        "embedding(9, 4) | lstm(5, layers=2) | last() | dense(3) ; 6 ; [3]",
        "bidirectional(gru(5)) ; 6 4 ; [6, 10]",
        "bidirectional(gru(5) | last()) ; 6 4 ; [10]",
        "gru(5) | global_average_pool() ; 6 4 ; [5]",
        "positions(6) | decoder(2) | layer_norm() ; 6 4 ; [6, 4]"
      })
  void shapesFollow(String text, String sample, String expected) {
    Network network = network(text, sizes(sample));
    assertThat(network.output()).hasToString(expected);
    assertThat(network.anyLength()).isTrue();
    assertThat(network.parameterCount()).isEqualTo(network.model().parameterCount(network.input()));
  }

  private static int[] sizes(String text) {
    return List.of(text.split(" ", -1)).stream().mapToInt(Integer::parseInt).toArray();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "embedding(9, 4) | 6 4 | embedding: expected a sequence of tokens, such as [128], found"
            + " [6, 4]",
        "lstm(4) | 6 | lstm: expected steps of features, such as [128, 64], found [6]; tokens need"
            + " embedding(…) before it",
        "attention(3) | 6 4 | attention: expected heads that divide the 4 features, and key_heads"
            + " that divide them, found 3 and 3",
        "attention(4, key_heads=3) | 6 4 | found 4 and 3",
        "attention(4, places=rotary) | 6 4 | heads of an even number of features",
        "positions(5) | 6 4 | positions: expected sequences of up to 5 steps, found 6",
        "bidirectional(dense(4)) | 6 | bidirectional: expected steps of features",
        "cross_attention(2) | 6 4 | cross_attention: expected a source to look at, found none; it"
            + " stands among the target layers of encoder_decoder(source, target)",
        "decoder(2, cross=true) | 6 4 | cross_attention: expected a source to look at"
      })
  void whatDoesNotFitIsNamed(String text, String sample, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network(text, sizes(sample)))
        .withMessageContaining(sentence);
  }

  @Test
  void tokensOutsideTheVocabularyAndSequencesBeyondTheContextAreNamed() {
    Network network = network("embedding(9, 4) | positions(5)", 5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.apply(Tensor.ofInts(Shape.of(1, 2), 3, 9)))
        .withMessage("embedding: expected tokens of 0 to 8, found 9");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.apply(Tensor.ofInts(Shape.of(1, 6), new int[6])))
        .withMessage("positions: expected sequences of up to 5 steps, found 6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.apply(Tensor.ofFloats(Shape.of(1, 2), 3, 1.5f)))
        .withMessageContaining("1.5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lstm(5)",
        "lstm(5, layers=2)",
        "gru(5)",
        "rnn(5)",
        "positions(12, code=sinusoidal) | attention(2, causal=true)",
        "positions(12) | decoder(2) | decoder(2, window=3)",
        "decoder(2, places=rotary, key_heads=1) | gru(4)",
        "decoder(2, places=alibi)"
      })
  void sequencesThatGoOnAreAsOneWhole(String text) {
    Network network = network(text, 7, 4);
    Tensor x = numbers(2, 7, 4);
    double[] whole = network.apply(x).toDoubles();
    Carry carry = new Carry();
    Pass pass = Pass.inference().withCarry(carry);
    Tensor[] parts = new Tensor[4];
    int[] at = {0, 3, 4, 5, 7};
    for (int i = 0; i < 4; i++) {
      parts[i] = network.apply(x.slice(1, at[i], at[i + 1]), pass);
    }
    assertThat(Tensor.concat(1, parts).toDoubles()).containsExactly(whole, within(2e-6));
    assertThat(carry.steps()).isEqualTo(7);
    carry.clear();
    assertThat(network.apply(x, pass).toDoubles()).isEqualTo(whole);
    carry.clear();
    Tensor one = x.rows(1, 2).detach();
    double[] alone = network.apply(one).toDoubles();
    Tensor[] steps = new Tensor[7];
    for (int i = 0; i < 7; i++) {
      Tensor step = one.slice(1, i, i + 1);
      steps[i] = Gradients.off(() -> network.apply(step, pass));
    }
    assertThat(Tensor.concat(1, steps).toDoubles()).containsExactly(alone, within(2e-6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lstm(5) | last()",
        "lstm(5) | global_average_pool()",
        "global_max_pool()",
        "bidirectional(gru(5))",
        "encoder(2)",
        "decoder(2, places=rotary)",
        "positions(9) | attention(2)"
      })
  void whatFillsUpASequenceChangesNothing(String text) {
    Network network = network(text, 7, 4);
    Tensor x = numbers(3, 7, 4);
    Tensor other = x.slice(1, 0, 5).pad(1, 0, 2, 9);
    Pass pass = Pass.inference().withLengths(Tensor.ofInts(5, 2, 4));
    Tensor one = network.apply(x, pass);
    Tensor two = network.apply(other, pass);
    if (one.shape().rank() == 3) {
      one = one.slice(1, 0, 2);
      two = two.slice(1, 0, 2);
    }
    assertThat(two.toDoubles()).isEqualTo(one.toDoubles());
  }

  @Test
  void lengthsBeyondTheStepsOfAPoolAreNamed() {
    Network network = network("reshape(2, 4) | global_max_pool()", 4, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            network.apply(numbers(2, 4, 2), Pass.inference().withLengths(Tensor.ofInts(1, 3))))
        .withMessage(
            "global_max_pool: expected lengths of at most 2, the steps that come to it, found 3"
                + " (row 1)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lstm(3) | last()",
        "lstm(3) | global_average_pool()",
        "lstm(3) | global_max_pool()"
      })
  void aSequenceWithoutStepsGivesNothing(String text) {
    Network network = network(text, 4, 2);
    Pass pass = Pass.inference().withLengths(Tensor.ofInts(0, 4));
    Tensor y = network.apply(numbers(2, 4, 2), pass);
    assertThat(y.rows(0, 1).toDoubles()).containsOnly(0);
    assertThat(y.rows(1, 2).toDoubles()).doesNotContain(0);
  }

  private static final String BOTH =
      "encoder_decoder(encoder(2) | gru(3), decoder(2, cross=true) | lstm(4) |"
          + " residual(cross_attention(2)) | dense(3))";

  /// Sources of 6 steps, of which so many are real.
  private static Pass from(Pass pass, Tensor sources, int... real) {
    return pass.withSource(sources, Tensor.ofInts(real));
  }

  @Test
  void targetsThatGoOnLookAtTheSameSourceAgain() {
    Network network = network(BOTH, 5, 4);
    Tensor x = numbers(3, 5, 4);
    Tensor sources = numbers(3, 6, 4).times(0.7).detach();
    double[] whole = network.apply(x, from(Pass.inference(), sources, 6, 1, 0)).toDoubles();
    Carry carry = new Carry();
    Pass pass = from(Pass.inference().withCarry(carry), sources, 6, 1, 0);
    Tensor[] parts = new Tensor[3];
    int[] at = {0, 1, 3, 5};
    for (int i = 0; i < 3; i++) {
      parts[i] = network.apply(x.slice(1, at[i], at[i + 1]), pass);
    }
    assertThat(Tensor.concat(1, parts).toDoubles()).containsExactly(whole, within(2e-6));
  }

  @Test
  void rowsGoOnWhereOthersWere() {
    Network network = network(BOTH, 5, 4);
    Tensor x = numbers(3, 5, 4);
    Tensor sources = numbers(3, 6, 4).times(0.7).detach();
    Carry carry = new Carry();
    Pass pass = from(Pass.inference().withCarry(carry), sources, 6, 1, 3);
    network.apply(x.slice(1, 0, 2), pass);
    carry.pick(2, 2, 0, 1);
    Tensor next = x.slice(1, 2, 3);
    Tensor picked =
        network.apply(
            Tensor.concat(0, next.rows(2, 3), next.rows(0, 1), next.rows(0, 1), next.rows(1, 2)),
            from(Pass.inference().withCarry(carry), sources, 3, 3, 6, 1));
    Tensor again = Tensor.concat(0, x.rows(2, 3), x.rows(2, 3), x.rows(0, 1), x.rows(1, 2));
    Tensor last =
        Tensor.concat(0, next.rows(2, 3), next.rows(0, 1), next.rows(0, 1), next.rows(1, 2));
    Tensor all = Tensor.concat(1, again.slice(1, 0, 2), last);
    Tensor expected =
        network
            .apply(
                all,
                from(
                    Pass.inference(),
                    Tensor.concat(
                        0,
                        sources.rows(2, 3),
                        sources.rows(2, 3),
                        sources.rows(0, 1),
                        sources.rows(1, 2)),
                    3,
                    3,
                    6,
                    1))
            .slice(1, 2, 3);
    assertThat(picked.toDoubles()).containsExactly(expected.toDoubles(), within(2e-6));
  }

  @Test
  void whatFillsUpASourceChangesNothing() {
    Network network = network(BOTH, 5, 4);
    Tensor x = numbers(3, 5, 4);
    Tensor sources = numbers(3, 6, 4);
    Tensor other = sources.slice(1, 0, 5).pad(1, 0, 4, 9);
    assertThat(network.apply(x, from(Pass.inference(), other, 5, 1, 0)).toDoubles())
        .isEqualTo(network.apply(x, from(Pass.inference(), sources, 5, 1, 0)).toDoubles());
  }

  @Test
  void aSourceMustBeThereAndFit() {
    Network network = network(BOTH, 5, 4);
    Tensor x = numbers(3, 5, 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.apply(x))
        .withMessage(
            "encoder_decoder: expected sources, found a pass without them; Pass.withSource gives"
                + " them");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.apply(x, Pass.inference().withSource(numbers(2, 6, 4))))
        .withMessage(
            "encoder_decoder: expected 3 sources, one for each row, found shape [2, 6, 4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network.apply(x, from(Pass.inference(), numbers(3, 6, 4), 7, 1, 1)))
        .withMessage("lengths: expected 0 to 6 steps, found 7 in row 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Layers.encoder(2).withCross(true))
        .withMessage("encoder: expected a decoder to look at a source, found an encoder");
  }

  @Test
  void theSummaryHasTheLayersOfBothSides() {
    String summary =
        Models.ofPairs("transformer(layers=1, width=8, heads=2, context=5)", 7, 6)
            .build(Shape.of(5), 0)
            .summary();
    assertThat(summary)
        .contains("1.source.1  embedding(7, 8")
        .contains("1.source.4  layer_norm()")
        .contains("1.target.3  decoder(2, cross=true)")
        .contains("1.target.5  dense(6");
  }

  @Test
  void sequencesThatGoOnMustBeCausal() {
    Pass pass = Pass.inference().withCarry(new Carry());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network("encoder(2)", 4, 2).apply(numbers(1, 4, 2), pass))
        .withMessageContaining("which only causal attention without lengths or documents can do");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> network("bidirectional(gru(2))", 4, 2).apply(numbers(1, 4, 2), pass))
        .withMessageContaining("bidirectional: expected whole sequences");
  }

  @Test
  void anLstmsForgetGateBeginsOpen() {
    Network network = network("lstm(2)", 3, 2);
    assertThat(network.parameters().get(2).name()).isEqualTo("1.bias");
    assertThat(network.parameters().get(2).values().floats())
        .containsExactly(0, 0, 1, 1, 0, 0, 0, 0);
  }
}

package dev.thalweg.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.thalweg.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepModelsTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = "unused",
      textBlock =
          """
          gru                                | bidirectional(gru(128)) | dense(11)
          lstm(16, layers=2)                 | bidirectional(lstm(16)) | bidirectional(lstm(16)) | dense(11)
          rnn(8, dropout=0.1)                | bidirectional(rnn(8)) | dropout(0.1) | dense(11)
          gru(8, bidirectional=false)        | gru(8) | dense(11)
          """)
  void areTheirLayers(String line) {
    String[] parts = line.split("\\s+\\|\\s+", 2);
    String layers = parts.length == 2 ? parts[1] : "";
    Sequential model = Models.ofSteps(parts[0].strip(), 11);
    assertThat(model.layers()).isEqualTo(Models.ofSteps(layers.strip(), 11).layers());
    assertThat(model.output(Shape.of(7, 120))).isEqualTo(Shape.of(7, 11));
    assertThat(model.anyLength(Shape.of(7, 120))).isTrue();
  }

  @Test
  void areNamedAndOthersAreRefused() {
    assertThat(Models.STEP_NAMES).containsExactly("gru", "lstm", "rnn");
    assertThat(Models.stepSignatures()).hasSameSizeAs(Models.STEP_NAMES);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Models.ofSteps("cnn", 11))
        .withMessageContaining(
            "model 'cnn' is one of rows; of transcripts there are gru, lstm, rnn");
  }
}

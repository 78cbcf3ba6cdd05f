package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// `jshell` with a pipe as its input; [LauncherTest] starts it by the launcher.
class JshellCommandTest {

  @Test
  void valuesOfExpressionsArePrintedAndAFailureEndsIt() {
    var outcome =
        Outcome.reading(
            """
            var x = Tensor.of(1, 2, 3);
            double half(double a) {
              return a / 2;
            }
            half(x.square().sum().item())
            // a comment
            dense(64, RELU)
            Parameter.of("p", new float[2]).size()
            nosuch + 1
            1
            """,
            "jshell");
    assertThat(outcome.out()).isEqualTo("7.0\ndense(64, relu)\n2\n");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith("thalweg: jshell: 'nosuch + 1': cannot find symbol")
        .hasLineCount(1);
  }

  @Test
  void layersLossesOptimizersAndSchedulesHaveShortNames() {
    var outcome =
        Outcome.reading(
            """
            cosine(1e-3)
            adamw(cosine(1e-3)).equals(Optimizer.parse("adamw(cosine(1e-3))"))
            linear(0.1, 0, 100)
            constant(0.5)
            step(0.1, 0.5, 10)
            warmup(10, constant(0.5))
            piecewise(List.of(0.1, 0.01), List.of(100L))
            inverseTime(0.1, 0.01)
            exponential(0.1, 0.9, 10)
            Sequential.of(dense(4, RELU), dropout(0.5), dense(1, elu(1))).layers().size()
            Models.linear(1).layers().size()
            names().equals(Optimizers.names())
            of("x * 2")
            List.of(mse(), softmaxCrossEntropy(), huber(1), hinge()).size()
            List.of(sgd(0.1), momentum(0.1), adam(0.1), rule("p -= lr * g").with("lr", 0.1)).size()
            clipNorm(1).then(adam(0.1)).toString().contains("clip_norm")
            """,
            "jshell");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).startsWith("cosine(0.001)\ntrue\n").hasLineCount(16);
  }

  @Test
  void whatIsThrownAndWhatIsCutOffAreSaidInASentence() {
    var thrown = Outcome.reading("dense(0)\n", "jshell");
    assertThat(thrown.err())
        .isEqualTo(
            "thalweg: jshell: 'dense(0)': java.lang.IllegalArgumentException: dense: units must be"
                + " at least 1, found 0\n");
    var cut = Outcome.reading("Tensor.of(1,\n", "jshell");
    assertThat(cut.err()).isEqualTo("thalweg: jshell: the input ends within 'Tensor.of(1,'\n");
    assertThat(cut.exitCode()).isEqualTo(1);
  }

  @Test
  void jsonIsRefused() {
    var outcome = Outcome.reading("1", "jshell", "--format", "json");
    assertThat(outcome.exitCode()).isEqualTo(2);
  }
}

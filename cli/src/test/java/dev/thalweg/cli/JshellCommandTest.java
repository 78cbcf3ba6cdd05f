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

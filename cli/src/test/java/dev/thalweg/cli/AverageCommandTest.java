package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Safetensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AverageCommandTest {

  @TempDir Path folder;

  private String run(String name) {
    return folder.resolve(name).toString();
  }

  private String train(String name, String... more) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("train", "iris", "--quiet", "--out", run(name)));
    arguments.addAll(List.of(more));
    var outcome = Outcome.of(arguments.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return run(name);
  }

  private float weight(String run) {
    return Safetensors.read(Path.of(run, "weights.safetensors")).array("1.weight").floats()[0];
  }

  @Test
  void theMeanIsARunThatIsEvaluated() throws Exception {
    var one = train("one", "--epochs", "30");
    var two = train("two", "--epochs", "40");
    var outcome = Outcome.of("average", one, two, "--out", run("mean"));
    assertThat(outcome)
        .isEqualTo(new Outcome(0, "run  " + run("mean") + "\nof   " + one + ", " + two + "\n", ""));
    assertThat(weight(run("mean")))
        .isEqualTo((float) (((double) weight(one) + weight(two)) / 2))
        .isNotEqualTo(weight(one));
    assertThat(Outcome.of("evaluate", run("mean")).out()).contains("the run's test part");
    assertThat(Files.readString(Path.of(run("mean"), "config.yaml")))
        .startsWith("# the mean of the weights of " + one + ", " + two);
  }

  @Test
  void runsThatDoNotGoTogetherAreRefused() {
    var one = train("one", "--epochs", "2");
    var other = train("other", "--epochs", "2", "--model", "mlp(7)");
    assertThat(Outcome.of("average", one, other, "--out", run("mean")))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "thalweg: "
                    + other
                    + ": expected a run of the model and the data of "
                    + one
                    + ", found a difference in its layers\n"));
    assertThat(Outcome.of("average", one).err())
        .isEqualTo("thalweg: average: expected two runs or more, found 1\n");
    assertThat(Outcome.of("average", one, run("none")).exitCode()).isEqualTo(1);
    var again = run("other/../one");
    assertThat(Outcome.of("average", one, again).err())
        .isEqualTo("thalweg: average: " + again + " is there twice\n");
    assertThat(folder.resolve("mean")).doesNotExist();
  }

  /// One that is averaged is not replaced by the mean.
  @Test
  void theRunsStay() {
    var one = train("one", "--epochs", "2");
    var two = train("two", "--epochs", "3");
    var before = weight(one);
    var again = run("two/../one");
    assertThat(Outcome.of("average", one, two, "--out", again))
        .isEqualTo(
            new Outcome(
                2, "", "thalweg: --out: " + again + " is one of the runs that are averaged\n"));
    assertThat(weight(one)).isEqualTo(before);
  }
}

package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import dev.thalweg.kernels.DType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrajectoryCommandTest {

  private static Outcome along(String gradients, String start, String... more) {
    var arguments = new ArrayList<>(List.of("trajectory", "--start", start, "--gradients", "-"));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--optimizer")) {
      arguments.addAll(List.of("--optimizer", "sgd(0.5)"));
    }
    return Outcome.reading(gradients, arguments.toArray(String[]::new));
  }

  private static List<String> lines(Outcome outcome) {
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).endsWith("\n");
    return outcome.out().lines().toList();
  }

  @Test
  void whatAsksForGradientsOfExamplesIsRefused() {
    var outcome = along("[1, 2]", "5", "--optimizer", "dp | sgd(0.1)");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains(" asks for the gradient of each example, and those given");
  }

  @Test
  void whatAsksForGradientsOfItsOwnIsRefused() {
    for (var optimizer : List.of("sam(adam)", "polyak", "lbfgs")) {
      var outcome = along("[1, 2]", "5", "--optimizer", optimizer);
      assertThat(outcome.exitCode()).isEqualTo(2);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err())
          .startsWith("thalweg: --optimizer: ")
          .contains(" asks for gradients or values at points of its own, and those given are");
    }
  }

  @Test
  void printsThePointAfterEachStep(@TempDir Path folder) throws IOException {
    var file = folder.resolve("gradients.json");
    Files.writeString(file, "[[0.5, 1], [0.25, 0.5]]\n");
    var outcome =
        Outcome.of(
            "trajectory",
            "--optimizer",
            "torch.SGD(lr=0.5, momentum=0.5)",
            "--start",
            "[1, -2]",
            "--gradients",
            file.toString());
    assertThat(lines(outcome)).containsExactly("[0.75,-2.5]", "[0.5,-3.0]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          5                              | [1, 2]                        | 4.5 3.5
          [1]                            | [[1], [2]]                    | [0.5] [-0.5]
          [[1, 2], [3, 4], [5, 6]]       | [[[1, 1], [1, 2], [2, 2]]]    | [[0.5,1.5],[2.5,3.0],[4.0,5.0]]
          [[[1], [2]], [[3], [4]]]       | [[[[2], [2]], [[2], [4]]]]    | [[[0.0],[1.0]],[[2.0],[2.0]]]
          {"w": [[1, 2]], "b": 1}        | [{"b": 1, "w": [[2, 4]]}]     | {"w":[[0.0,0.0]],"b":0.5}
          {"a \\"b\\" é": 1}             | [{"a \\"b\\" é": 2}]          | {"a \\"b\\" é":0.0}
          """)
  void thePointKeepsTheShapeOfTheStart(String start, String gradients, String printed) {
    var lines = lines(along(gradients, start));
    assertThat(String.join(" ", lines)).isEqualTo(printed);
    assertThat(lines).allSatisfy(line -> assertThat(Json.write(Json.parse(line))).isEqualTo(line));
  }

  @Test
  void f32ComputesInSinglePrecision() {
    assertThat(lines(along("[0.1]", "0.3", "--dtype", "f32")))
        .containsExactly(Float.toString(0.3f - 0.5f * 0.1f));
    assertThat(lines(along("[0.1]", "0.3", "--dtype", "f64")))
        .containsExactly(Double.toString(0.3 - 0.5 * 0.1));
  }

  @Test
  void aScheduleWithoutALengthEndsWithTheGradients() {
    assertThat(lines(along("[1, 1, 1, 1]", "0", "--optimizer", "sgd(linear(1, 0))")))
        .containsExactly("-1.0", "-1.75", "-2.25", "-2.5");
  }

  @Test
  void whatIsNotFiniteIsNull() {
    assertThat(lines(along("[-1.7e308, -1.7e308, 0]", "1e308", "--optimizer", "sgd(1)")))
        .containsExactly("null", "null", "null");
  }

  @Test
  void aNonFiniteGradientFailsBeforeAnythingIsPrinted() {
    var outcome = along("[{\"w\": [1, 2]}, {\"w\": [1, NaN]}]", "{\"w\": [0, 0]}");
    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                1,
                "",
                "thalweg: standard input: step 2: the gradient of w has NaN at [1];"
                    + " --optimizer 'finite(policy=skip) | …' skips such steps\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "null", "Infinity", "-Infinity", "\"NaN\"", "\"-Infinity\""})
  void policiesSkipOrZeroIt(String number) {
    var gradients = "[[1, 2], [1, " + number + "], [1, 2]]";
    var momentum = " | momentum(1, momentum=0.5)";
    assertThat(lines(along(gradients, "[0, 0]", "--optimizer", "finite(policy=skip)" + momentum)))
        .containsExactly("[-1.0,-2.0]", "[-1.0,-2.0]", "[-2.5,-5.0]");
    assertThat(lines(along(gradients, "[0, 0]", "--optimizer", "finite(policy=zero)" + momentum)))
        .containsExactly("[-1.0,-2.0]", "[-2.5,-3.0]", "[-4.25,-5.5]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          [1, 2] | ""                      | expected a JSON list with one gradient a step, found nothing
          [1, 2] | []                      | expected a list with one gradient a step, found an empty list
          [1, 2] | 7                       | expected a list with one gradient a step, found the number 7
          [1, 2] | {"a": 1}                | expected a list with one gradient a step, found an object
          [1, 2] | [[1, 2], [3]]           | step 2: expected a list of 2 numbers as in --start, found a list of 1 number
          [1, 2] | [1, 2]                  | step 1: expected a list of 2 numbers as in --start, found a number
          [1, 2] | [[1, 2], []]            | step 2: expected at least one number, found an empty list
          [1, 2] | [[1, "2"]]              | step 1: expected a number at [1], found the text '2'
          [1, 2] | [[1, true]]             | step 1: expected a number at [1], found true
          [1, 2] | [[1, [2]]]              | step 1: ragged: expected a number at [1], found a list of 1 number
          [1, 2] | [{"x": [1, 2]}]         | step 1: expected a list of 2 numbers as in --start, found an object with x
          [1, 2] | [[1, 2]                 | JSON: expected ',' or ']', found the end at character 7
          [1, 2] | [[1, 2]] [[1, 2]]       | JSON: expected the end, found '[' at character 9
          [1, 2] | theta                   | JSON: expected a value, found 't' at character 0
          5      | [[1], [2]]              | step 1: expected a number as in --start, found a list of 1 number
          [[1, 2], [3, 4]] | [[[1, 2], [3]]] | step 1: ragged: expected a list of 2 numbers at [1], found a list of 1 number
          [[1, 2], [3, 4]] | [[[1, 2, 3], [3, 4, 5]]] | step 1: expected 2×2 numbers as in --start, found 2×3 numbers
          {"w": 1, "b": 2} | [{"w": 1}]    | step 1: expected a gradient of b, found none
          {"w": 1, "bias": 2} | [{"w": 1, "bias": 2, "bais": 2}] | step 1: unknown parameter 'bais' (did you mean 'bias'?); known: w, bias
          {"w": 1} | [{"w": [1]}]          | step 1: w: expected a number as in --start, found a list of 1 number
          {"w": 1} | [3]                   | step 1: expected an object with w as in --start, found a number
          """)
  void gradientsThatDoNotFitAreOneSentence(String start, String gradients, String sentence) {
    assertThat(along(gradients, start))
        .isEqualTo(new Outcome(1, "", "thalweg: standard input: " + sentence + "\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          1, 2          | expected JSON, as in '[1, -2]': JSON: expected the end, found ',' at character 1
          []            | expected at least one number, found an empty list
          {}            | expected at least one parameter, found an empty object
          [1, null]     | expected finite numbers; the start has NaN at [1]
          [[1, 2], [3]] | ragged: expected a list of 2 numbers at [1], found a list of 1 number
          {"w": "x"}    | w: expected a number, found the text 'x'
          {"": 1}       | a parameter must have a name, found ''
          """)
  void aStartThatIsNoneIsOneSentence(String start, String sentence) {
    assertThat(along("[1]", start))
        .isEqualTo(new Outcome(2, "", "thalweg: --start " + start + ": " + sentence + "\n"));
  }

  @Test
  void inF32NumbersBeyondItsRangeAreNotFinite() {
    assertThat(along("[1e39]", "1", "--dtype", "f32").err())
        .contains("step 1: the gradient has 1e39, which is beyond the range of f32; ");
    assertThat(along("[1]", "-1e39", "--dtype", "f32").err())
        .contains("the start has -1e39, which is beyond the range of f32");
    assertThat(along("[1e39]", "1").exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --start 1 --gradients - | trajectory: expected --optimizer OPTIMIZER, found none
          --optimizer sgd --gradients - | trajectory: expected --start JSON, found none
          --optimizer sgd --start 1 | trajectory: expected --gradients FILE, found none
          --optimizer sgd --start 1 --gradients - --dtype f63 | --dtype f63: expected f32 or f64 (did you mean 'f64'?)
          """)
  void whatIsMissingIsNamed(String line, String sentence) {
    assertThat(Outcome.of(("trajectory " + line).split(" ")))
        .isEqualTo(new Outcome(2, "", "thalweg: " + sentence + "\n"));
  }

  @Test
  void aFileThatIsNotThereIsNamed(@TempDir Path folder) {
    var file = folder.resolve("g.json");
    var outcome =
        Outcome.of(
            "trajectory", "--optimizer", "sgd", "--start", "1", "--gradients", file.toString());
    assertThat(outcome).isEqualTo(new Outcome(1, "", "thalweg: " + file + ": no such file\n"));
  }

  @Test
  void manyStepsAreManyLines() {
    var gradients = "[" + "[1, -1, 0.5],".repeat(9_999) + "[1, -1, 0.5]]";
    var lines = lines(along(gradients, "[0, 0, 0]", "--optimizer", "sgd(1)"));
    assertThat(lines).hasSize(10_000).last().isEqualTo("[-10000.0,10000.0,-5000.0]");
  }

  /// Each step's gradient is made when it is its turn. Each million took 90 MB where all were in
  /// memory together.
  @Test
  void gradientsAreInMemoryOneByOne(@TempDir Path folder) throws IOException {
    var count = 300_000;
    var text = "[" + "[1],".repeat(count - 1) + "[1]]";
    var file = Files.writeString(folder.resolve("g.json"), text);
    var point = Point.of(List.of(0L));
    for (var in : List.of(file, Path.of("-"))) {
      var pipe = new ByteArrayInputStream((" ".repeat(1 << 24) + text).getBytes(UTF_8));
      var before = used();
      try (var gradients = GradientList.read(in, pipe, point, DType.F64, true)) {
        assertThat(gradients.count()).isEqualTo(count);
        var sum = new double[2];
        gradients.forEach(gradient -> {
          sum[0] += gradient.parts().firstEntry().getValue().values()[0];
          if (sum[0] == count / 2.0) {
            sum[1] = used();
          }
        });
        assertThat(sum[0]).isEqualTo(count);
        assertThat(sum[1] - before).isLessThan(10e6);
      }
    }
    try (var left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith("thalweg-gradients-"));
    }
  }

  /// What is reachable.
  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}

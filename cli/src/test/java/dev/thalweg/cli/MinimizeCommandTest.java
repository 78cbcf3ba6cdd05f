package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.formats.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinimizeCommandTest {

  private static final String PARABOLA = "(theta-5)^2";

  @TempDir Path folder;

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> json(Outcome outcome) {
    assertThat(outcome.out()).containsOnlyOnce("\n").endsWith("}\n");
    return (Map<String, @Nullable Object>)
        Objects.requireNonNull(Json.parse(outcome.out().strip()));
  }

  @Test
  void textIsThePathThenTheAnswerThenWhyItStopped() {
    var outcome = Outcome.of("minimize", PARABOLA, "--start", "theta=0", "--optimizer", "sgd(0.1)");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).isEmpty();
    // theta = 5 (1 - 0.8^k)
    assertThat(outcome.out())
        .isEqualTo(
            """
            iteration    theta        value  gradient norm
                    0        0           25             10
                    1        1           16              8
                    2      1.8        10.24            6.4
                    3     2.44       6.5536           5.12
                    4    2.952       4.1943          4.096
                    5   3.3616      2.68435         3.2768
                    6  3.68928      1.71799        2.62144
                    7  3.95142      1.09951        2.09715
                    8  4.16114     0.703687        1.67772
                    9  4.32891      0.45036        1.34218
                   10  4.46313      0.28823        1.07374
                   20  4.94235   0.00332307       0.115292
                   50  4.99993   5.09259e-9     1.42725e-4
                   93        5  2.35873e-17     9.71334e-9

            answer         theta = 4.9999999951433285
            value          2.358725815022901e-17
            gradient norm  9.71334e-9
            iterations     93 (94 evaluations)
            optimizer      sgd(lr=0.1)
            stopped        the gradient norm 9.713343018802334e-9 is at most 1e-8
            """);
  }

  @Test
  void jsonHasTheKeysOfTheContract() {
    var answer =
        json(
            Outcome.of(
                "minimize",
                "(x+2*y-7)^2 + (2*x+y-5)^2",
                "--start",
                "y=0, x=0",
                "--optimizer",
                "momentum(0.02)",
                "--tolerance",
                "1e-10",
                "--format",
                "json"));
    assertThat(answer)
        .containsEntry("converged", true)
        .containsEntry("stopped_because", "tolerance")
        .containsEntry("optimizer", "momentum(lr=0.02)")
        .containsKeys("value", "evaluations")
        .hasEntrySatisfying("iterations", n -> assertThat((long) n).isBetween(100L, 1000L))
        .hasEntrySatisfying(
            "gradient_norm", norm -> assertThat((double) norm).isBetween(0.0, 1e-10))
        .hasEntrySatisfying(
            "x",
            x ->
                assertThat(x)
                    .asInstanceOf(InstanceOfAssertFactories.map(String.class, Double.class))
                    .containsOnlyKeys("x", "y")
                    .hasEntrySatisfying("x", one -> assertThat(one).isCloseTo(1, within(1e-9)))
                    .hasEntrySatisfying(
                        "y", three -> assertThat(three).isCloseTo(3, within(1e-9))));
  }

  /// Which it does not solve: what is farther away than 10,000 steps of at most about 0.1, such as
  /// (x-1000)^2; minima without a second derivative, such as abs(x) and x^4, to the last digit.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          (theta-5)^2                                        | theta=0    | theta=5
          2*theta - log(theta)                               | theta=0.3  | theta=0.5
          x - log(x) + y - log(y)                            | x=0.01,y=9 | x=1,y=1
          100*(y-x^2)^2 + (1-x)^2                            | x=-1.2,y=1 | x=1,y=1
          (x^2+y-11)^2 + (x+y^2-7)^2                         | x=1,y=1    | x=3,y=2
          (1.5-x+x*y)^2 + (2.25-x+x*y^2)^2 + (2.625-x+x*y^3)^2 | x=1,y=1  | x=3,y=0.5
          (x-1)^2 + 1000*y^2                                 | x=5,y=5    | x=1,y=0
          exp(x) + exp(-x)                                   | x=3        | x=0
          sqrt(1 + x^2)                                      | x=-100     | x=0
          1e-3*(x-10)^2                                      | x=0        | x=10
          1e6*(x-0.001)^2                                    | x=0.1      | x=0.001
          20 + x^2 + y^2 - 10*cos(2*pi*x) - 10*cos(2*pi*y)   | x=0.3,y=-0.2 | x=0,y=0
          """)
  void theDefaultSolvesMostFunctionsOfAFewVariables(
      String function, String start, String expected) {
    var outcome = Outcome.of("minimize", function, "--start", start, "--format", "json");
    var answer = json(outcome);
    assertThat(answer).containsEntry("converged", true).containsEntry("optimizer", "adam(lr=0.1)");
    var x = (Map<?, ?>) Objects.requireNonNull(answer.get("x"));
    StartPoint.parse(expected)
        .values()
        .forEach((name, value) ->
            assertThat((Double) x.get(name)).as(name).isCloseTo(value, within(1e-5)));
  }

  @ParameterizedTest
  @CsvSource({"text", "json"})
  void leavingTheDomainNamesTheStepAndShowsTheWayThere(String format) {
    var outcome =
        Outcome.of(
            "minimize",
            "2*theta - log(theta)",
            "--start",
            "theta=0.1",
            "--optimizer",
            "sgd(2)",
            "--format",
            format);
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .matches(
            "thalweg: minimize: iteration 6 left the domain of the function: log\\(theta\\): theta"
                + " is -1\\.05\\d+\n");
    if (format.equals("json")) {
      assertThat(json(outcome))
          .containsEntry("stopped_because", "left_domain")
          .containsEntry("converged", false)
          .containsEntry("iterations", 6L)
          .containsEntry("value", null);
    } else {
      assertThat(outcome.out())
          .containsPattern("\n +5 +1\\.05859 +2\\.06024 .*\n +6 +-1\\.0521 +NaN ")
          .contains("not converged: iteration 6 left the domain");
    }
  }

  @Test
  void aStartOutsideTheDomainIsIterationZero() {
    var outcome = Outcome.of("minimize", "log(x)", "--start", "x=-1");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo(
            "thalweg: minimize: iteration 0, the start, is outside the domain of the function:"
                + " log(x): x is -1\n");
  }

  @Test
  void growingBeyondAllBoundsIsAFailure() {
    var outcome = Outcome.of("minimize", "-x^2", "--start", "x=1", "--optimizer", "sgd(1)");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("thalweg: minimize: diverged at iteration 315: ");
  }

  @Test
  void usedUpIterationsAreAnAnswerThatHasNotConverged() {
    var outcome = Outcome.of("minimize", PARABOLA, "--start", "theta=0", "--iterations", "7");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains("\nlast point ")
        .endsWith("stopped        not converged: the limit of 7 iterations was reached\n");
    assertThat(
            json(
                Outcome.of(
                    "minimize",
                    PARABOLA,
                    "--start",
                    "theta=0",
                    "--iterations",
                    "0",
                    "--format",
                    "json")))
        .containsEntry("converged", false)
        .containsEntry("stopped_because", "iterations")
        .containsEntry("iterations", 0L)
        .containsEntry("evaluations", 1L)
        .containsEntry("value", 25.0);
  }

  @Test
  void aScheduleWithoutALengthEndsWithTheIterations() {
    var outcome =
        Outcome.of(
            "minimize",
            "abs(x-1)",
            "--start",
            "x=0",
            "--optimizer",
            "sgd(linear(0.1, 0))",
            "--iterations",
            "500");
    assertThat(outcome.out()).contains("sgd(lr=linear(0.1, 0, steps=500))");
  }

  @Test
  void thePathFileHasEveryIteration() throws IOException {
    var file = folder.resolve("path.csv");
    var outcome =
        Outcome.of(
            "minimize",
            "x^2 + y",
            "--start",
            "x=1,y=0",
            "--optimizer",
            "sgd(0.25)",
            "--path",
            file.toString(),
            "--iterations",
            "50",
            "--format",
            "json");
    assertThat(json(outcome)).containsEntry("path", file.toString());
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(52);
    assertThat(lines.subList(0, 3))
        .containsExactly(
            "iteration,x,y,value,gradient_norm",
            "0,1.0,0.0,1.0,2.23606797749979",
            "1,0.5,-0.25,0.0,1.4142135623730951");
    assertThat(lines.getLast()).startsWith("50,");
  }

  @Test
  void aPathThatLeftTheDomainIsWrittenToItsEnd() throws IOException {
    var file = folder.resolve("path.csv");
    var outcome =
        Outcome.of(
            "minimize",
            "log(x)",
            "--start",
            "x=1",
            "--optimizer",
            "sgd(3)",
            "--path",
            file.toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(Files.readAllLines(file))
        .containsExactly("iteration,x,value,gradient_norm", "0,1.0,0.0,1.0", "1,-2.0,NaN,0.5");
  }

  @Test
  void aPathThatCannotBeWrittenIsAFailureBeforeAnythingIsPrinted() {
    var file = folder.resolve("none/path.csv");
    var outcome = Outcome.of("minimize", PARABOLA, "--start", "theta=0", "--path", file.toString());
    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                1, "", "thalweg: " + file + ": cannot be written: its folder does not exist\n"));
  }

  @Test
  void asManyVariablesAsFitAreShown() {
    var function = "a^2 + b^2 + c^2 + d^2 + f^2 + g^2 + h^2 + i^2";
    var start = "a=1.23456,b=2.3456,c=3.4567,d=4.5678,f=5.6789,g=6.7891,h=7.8912,i=8.9123";
    var outcome = Outcome.of("minimize", function, "--start", start, "--iterations", "3");
    assertThat(outcome.out().lines().limit(4))
        .allMatch(line -> line.length() <= 80)
        .allMatch(line -> line.contains("  …  "));
    assertThat(outcome.out()).contains("\n               i = ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          (theta-5^2 | theta=0     | unclosed parenthesis~  (theta-5^2~  ^
          2x         | x=1         | expected an operator before 'x'; to multiply, write *~  2x~   ^
          logg(x)    | x=1         | unknown function 'logg' (did you mean 'log'?); known: \\E.*\\Q~  logg(x)~  ^
          3+4        | x=1         | there is nothing to minimise: 3+4 has no variable
          x^2        | y=1         | --start: unknown variable 'y'; known: x
          x^2+y      | x=1         | --start: expected a number for each variable, x=…,y=…; found none for y
          x^2        | x           | --start x: expected a name and its number, as in a=1,b=2, found 'x'
          x^2        | x=1,        | --start x=1,: expected a name and its number, as in a=1,b=2, found ''
          x^2        | x=one       | --start x=one: x must be a finite number, found 'one'
          x^2        | x=NaN       | --start x=NaN: x must be a finite number, found 'NaN'
          x^2        | x=1e999     | --start x=1e999: x must be a finite number, found '1e999'
          x^2        | x=0x1p3     | --start x=0x1p3: x must be a finite number, found '0x1p3'
          x^2        | x=1,x=2     | --start x=1,x=2: x is given twice
          """)
  void aWrongFunctionOrStartGetsOneSentence(String function, String start, String sentence) {
    var outcome = Outcome.of("minimize", function, "--start", start);
    assertThat(outcome.err()).matches("\\Qthalweg: " + sentence.replace('~', '\n') + "\n\\E");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @Test
  void withoutAStartItSaysWhatToGive() {
    assertThat(Outcome.of("minimize", "x^2+y"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "thalweg: --start: expected a number for each variable, x=…,y=…; found none\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -(x^2)    | maximum    | maximum | -2.0 | a maximum, the function falls in every direction: the second derivative is -2
          x^3       | flat point | flat    | 0.0  | flat to second order, as a minimum, a turning point or a tail that falls on can be: the second derivative is 0
          x^4       | flat point | flat    | 0.0  | flat to second order, as a minimum, a turning point or a tail that falls on can be: the second derivative is 0
          (x^2-1)^2 | maximum    | maximum | -4.0 | a maximum, the function falls in every direction: the second derivative is -4
          x^2       | answer     | minimum | 2.0  |
          """)
  void whereTheGradientIs0TheCurvatureSaysWhatItIs(
      String function, String name, String kind, double eigenvalue, @Nullable String sentence) {
    var text = Outcome.of("minimize", function, "--start", "x=0");
    assertThat(text.exitCode()).isZero();
    assertThat(text.out()).containsPattern("\n" + name + " +x = ");
    if (sentence == null) {
      assertThat(text.out()).doesNotContain("curvature");
    } else {
      assertThat(text.out()).containsPattern("\ncurvature +" + Pattern.quote(sentence) + "\n");
      assertThat(text.out()).doesNotContain("answer");
    }
    assertThat(json(Outcome.of("minimize", function, "--start", "x=0", "--format", "json")))
        .containsEntry("converged", true)
        .containsEntry("curvature", kind)
        .containsEntry("eigenvalues", List.of(eigenvalue));
  }

  @Test
  void aMinusBeginsAFunctionAndTwoAnOption() {
    assertThat(Outcome.of("minimize", "-exp(-x^2)", "--start", "x=0.5").exitCode()).isZero();
    for (var outcome :
        List.of(
            Outcome.of("minimize", "--optimzer", "adam", "x^2"),
            Outcome.of("minimize", "x^2", "--optimzer=adam"))) {
      assertThat(outcome.err())
          .isEqualTo("thalweg: unknown option '--optimzer' (did you mean '--optimizer'?)\n");
      assertThat(outcome.exitCode()).isEqualTo(2);
    }
  }
}

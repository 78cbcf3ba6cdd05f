package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.formula.Formula;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Methods that search find what SciPy's of the same name find (`tools/golden/minima.py`), and ask
/// for the gradient about as often.
class MinimaGoldenTest {
  private static final Map<String, List<String>> OURS =
      Map.of(
          "CG",
          List.of(
              "conjugate_gradient",
              "conjugate_gradient(form=fletcher_reeves)",
              "conjugate_gradient(form=hager_zhang)"),
          "Newton-CG",
          List.of("newton_cg"),
          "L-BFGS-B",
          List.of("lbfgs", "lbfgs(search=backtracking)", "lbfgs(history=3)"));

  @TestFactory
  List<DynamicTest> minimaAreFound() throws IOException {
    var tests = new ArrayList<DynamicTest>();
    try (var in =
            Objects.requireNonNull(
                MinimaGoldenTest.class.getResourceAsStream("/golden/minima.tsv"));
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line : reader.lines().toList()) {
        String[] row = line.split("\t");
        for (String optimizer : Objects.requireNonNull(OURS.get(row[0]))) {
          tests.add(
              DynamicTest.dynamicTest(optimizer + " on " + row[1], () -> check(optimizer, row)));
        }
      }
    }
    return tests;
  }

  private static void check(String optimizer, String[] row) {
    String[] names = row[2].split(" ");
    String[] start = row[3].split(" ");
    String[] expected = row[4].split(" ");
    var from = new LinkedHashMap<String, Double>();
    for (int i = 0; i < names.length; i++) {
      from.put(names[i], Double.parseDouble(start[i]));
    }
    Minimum answer =
        Minimizer.of(Optimizer.parse(optimizer))
            .withIterations(2_000)
            .minimize(Formula.parse(row[1]), from);
    assertThat(answer.converged()).as("%s", answer).isTrue();
    for (int i = 0; i < names.length; i++) {
      assertThat(answer.point(names[i]))
          .as("%s", answer)
          .isCloseTo(Double.parseDouble(expected[i]), within(2e-4));
    }
    assertThat(answer.value()).isLessThanOrEqualTo(Double.parseDouble(row[5]) + 1e-12);
    assertThat(answer.evaluations())
        .as("SciPy's took %s", row[6])
        .isLessThanOrEqualTo(5 * Long.parseLong(row[6]) + 20);
  }
}

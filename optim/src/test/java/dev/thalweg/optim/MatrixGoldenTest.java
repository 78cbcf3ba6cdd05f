package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formula.Assignment;
import dev.thalweg.formula.Program;
import dev.thalweg.formula.UpdatePlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Methods for matrices follow their references, and a fault in their formulas leads away.
class MatrixGoldenTest {
  /// How far floats are from the same in doubles, whose roots and vectors they are as well.
  private static final double SINGLE = 2e-3;

  @TestFactory
  List<DynamicTest> everyTextFollowsItsReference() {
    return MatrixGolden.all().stream()
        .map(golden ->
            DynamicTest.dynamicTest(
                golden.name() + ": " + golden.text(),
                () -> {
                  Chain chain = golden.optimizer().chain();
                  assertThat(golden.error(chain, false))
                      .as("F64, %s\n%s", golden.library(), golden.optimizer().formula())
                      .isLessThanOrEqualTo(golden.tolerance());
                  assertThat(golden.error(chain, true)).as("F32").isLessThanOrEqualTo(SINGLE);
                }))
        .toList();
  }

  /// Each formula's mutants by all trajectories of it. What nothing can notice is a line of the
  /// golden file, with the reason, and exact.
  @TestFactory
  List<DynamicTest> everyFaultOfAFormulaIsFound() {
    Map<String, List<MatrixGolden>> byFormula =
        MatrixGolden.all().stream()
            .filter(golden -> golden.tolerance() < 1e-6)
            .collect(
                Collectors.groupingBy(
                    golden -> golden.optimizer().formula().toString(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return byFormula.values().stream()
        .map(cases ->
            DynamicTest.dynamicTest(
                cases.getFirst().name(),
                () -> {
                  String method = cases.getFirst().method();
                  Set<String> known = new TreeSet<>();
                  for (String[] line : MatrixGolden.of("survives")) {
                    if (line[1].equals(cases.getFirst().name())) {
                      known.add(line[2]);
                    }
                  }
                  assertThat(survivors(cases)).as(method).containsExactlyElementsOf(known);
                }))
        .toList();
  }

  private static Set<String> survivors(List<MatrixGolden> cases) {
    var survivors = new TreeSet<String>();
    for (Mutant mutant : Mutants.of(cases.getFirst().optimizer().formula())) {
      double worst = 0;
      for (MatrixGolden golden : cases) {
        if (worst <= 1e-6) {
          worst = Math.max(worst, error(golden, mutant.program()));
        }
      }
      if (worst <= 1e-6) {
        survivors.add(mutant.description());
      }
    }
    return survivors;
  }

  /// A fault that can't be carried out is found, too.
  private static double error(MatrixGolden golden, Program fault) {
    Chain right = golden.optimizer().chain();
    var assignments = new ArrayList<Assignment>(fault.assignments());
    for (String name : right.program().targets()) {
      if (!fault.targets().contains(name) && !name.equals("p") && !name.equals("g")) {
        assignments.addAll(Program.parse(name + " = " + name + " + 0 * p").assignments());
      }
    }
    try {
      return golden.error(
          new Chain(
              UpdatePlan.of(Program.of(assignments, fault.beginnings())),
              right.hyperparameters(),
              right.initial()),
          false);
    } catch (IllegalArgumentException refused) {
      return Double.POSITIVE_INFINITY;
    }
  }
}

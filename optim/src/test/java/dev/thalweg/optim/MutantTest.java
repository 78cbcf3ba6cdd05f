package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formula.Assignment;
import dev.thalweg.formula.Program;
import dev.thalweg.formula.UpdatePlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The golden values must tell every fault: each formula that they check is changed by [Mutants],
/// in its decay, and in its conventions, and every change that is another mathematics must lead
/// away from a golden trajectory.
///
/// What nothing can notice is in [Survivors], with the reason. The tables must be exact: a new
/// survivor fails the test, and one that has gone does, too.
class MutantTest {
  /// An error above this is a fault found: a thousand times what [GoldenTest] allows. So no mutant
  /// is found by rounding alone; and none may lie between the two.
  private static final double FOUND = 1e-9;

  private static final double SAME = 1e-12;

  private record Executed(GoldenCase golden, Optimizer optimizer) {}

  /// The golden cases of one formula, in which names count.
  ///
  /// @param name the first trajectory and the methods that are checked by it; with a number, where
  ///   these are another formula's already
  private record Checked(String name, Program formula, List<Executed> cases) {}

  private static final Collection<Checked> FORMULAS = formulas();

  private static Collection<Checked> formulas() {
    var formulas = new LinkedHashMap<String, Checked>();
    for (GoldenCase golden : GoldenCase.all()) {
      if (!golden.isRefused() && golden.tolerance() <= SAME) {
        Optimizer optimizer = golden.optimizer();
        String text = optimizer.formula().toString();
        Checked checked = formulas.get(text);
        if (checked == null) {
          String name = name(golden, optimizer);
          boolean isTaken = formulas.values().stream().anyMatch(other -> other.name.equals(name));
          checked =
              new Checked(isTaken ? name + " 2" : name, optimizer.formula(), new ArrayList<>());
          formulas.put(text, checked);
        }
        checked.cases.add(new Executed(golden, optimizer));
      }
    }
    return formulas.values();
  }

  private static String name(GoldenCase golden, Optimizer optimizer) {
    return optimizer.stages().stream()
        .map(stage -> stage.method().name())
        .collect(Collectors.joining(" | ", golden.trajectory() + " ", ""));
  }

  @TestFactory
  List<DynamicTest> everyFaultOfAFormulaIsFound() {
    return tests(
        Survivors.FAULTS,
        checked -> {
          var faults = new ArrayList<>(Mutants.of(checked.formula));
          assertThat(faults).hasSizeGreaterThanOrEqualTo(8);
          faults.addAll(DecayFaults.of(checked.formula));
          var programs = new LinkedHashMap<String, List<Mutation>>();
          for (Mutant fault : faults) {
            programs
                .computeIfAbsent(fault.description(), description -> new ArrayList<>())
                .add(executed -> faulty(executed.optimizer.chain(), fault.program()));
          }
          return programs;
        });
  }

  @TestFactory
  List<DynamicTest> everyOtherConventionIsFound() {
    return tests(Survivors.CONVENTIONS, MutantTest::otherConventions);
  }

  @Test
  void whereWeightsDecayTheDecayIsChanged() {
    GoldenCase.assumeAll();
    assertThat(FORMULAS)
        .filteredOn(checked -> checked.formula.variables().contains("weight_decay"))
        .filteredOn(checked -> !checked.name.contains("mechani")) // theirs is in a sum
        .hasSizeGreaterThan(30)
        .allSatisfy(checked ->
            assertThat(DecayFaults.of(checked.formula))
                .as(checked.formula.toString())
                .hasSizeGreaterThanOrEqualTo(2));
  }

  @Test
  void theTablesNameFormulasThatAreChecked() {
    GoldenCase.assumeAll();
    List<String> names = FORMULAS.stream().map(Checked::name).toList();
    assertThat(names).containsAll(Survivors.FAULTS.keySet()).doesNotHaveDuplicates();
    assertThat(names).containsAll(Survivors.CONVENTIONS.keySet());
  }

  /// What a case would run if the fault had been made.
  private interface Mutation {
    Chain of(Executed executed);
  }

  private interface Mutations {
    /// By description; several of one description are told apart by their order.
    SequencedMap<String, List<Mutation>> of(Checked checked);
  }

  private static List<DynamicTest> tests(Map<String, List<String>> survivors, Mutations mutations) {
    return FORMULAS.stream()
        .map(checked ->
            DynamicTest.dynamicTest(
                checked.name,
                () ->
                    assertThat(survivors(checked, mutations.of(checked)))
                        .as("%s: survivors among the mutants of\n%s", checked.name, checked.formula)
                        .containsExactlyInAnyOrderElementsOf(
                            survivors.getOrDefault(checked.name, List.of()))))
        .toList();
  }

  private static List<String> survivors(
      Checked checked, SequencedMap<String, List<Mutation>> mutations) {
    var survivors = new ArrayList<String>();
    mutations.forEach((description, same) -> {
      for (Mutation mutation : same) {
        double worst = 0;
        for (Executed executed : checked.cases) {
          if (worst <= FOUND) {
            Chain chain = mutation.of(executed);
            worst = Math.max(worst, error(executed, chain));
          }
        }
        if (worst <= FOUND) {
          survivors.add(worst <= SAME ? description : description + ": almost, " + worst);
        }
      }
    });
    return survivors;
  }

  /// A fault that makes one number of a slot which begins at the parameters is refused, and so
  /// found.
  private static double error(Executed executed, Chain chain) {
    try {
      return executed.golden.error(executed.optimizer, chain, false, FOUND);
    } catch (IllegalArgumentException refused) {
      // or makes one number of one where the run is to be evaluated, or asks for the value
      assertThat(refused.getMessage())
          .containsPattern("can't begin as the array|no array for '|asks for gradients");
      return Double.POSITIVE_INFINITY;
    }
  }

  /// The program with the hyperparameters of the right one. What it no longer assigns stays.
  private static Chain faulty(Chain right, Program fault) {
    var assignments = new ArrayList<Assignment>(fault.assignments());
    for (String name : right.program().targets()) {
      if (!fault.targets().contains(name) && !name.equals("p") && !name.equals("g")) {
        assignments.addAll(Program.parse(name + " = " + name + " + 0 * p").assignments());
      }
    }
    return new Chain(
        UpdatePlan.of(Program.of(assignments, fault.beginnings())),
        right.hyperparameters(),
        right.initial());
  }

  /// Every choice and switch of the cases' stages, set otherwise: momentum's form, the place of ε,
  /// the decay's form, corrections, Nesterov and so on.
  private static SequencedMap<String, List<Mutation>> otherConventions(Checked checked) {
    var mutations = new LinkedHashMap<String, List<Mutation>>();
    for (Executed executed : checked.cases) {
      Conventions.others(executed.optimizer)
          .forEach((description, other) -> {
            if (!other.formula().equals(checked.formula)) {
              mutations.putIfAbsent(
                  description,
                  List.of(one -> {
                    Optimizer same = Conventions.others(one.optimizer).get(description);
                    return (same == null ? one.optimizer : same).chain();
                  }));
            }
          });
    }
    return mutations;
  }
}

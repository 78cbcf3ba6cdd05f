package dev.thalweg.optim;

import dev.thalweg.formula.Assignment;
import dev.thalweg.formula.Expression;
import dev.thalweg.formula.Program;
import dev.thalweg.formula.UpdatePlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// The stages of an optimizer as one program: their formulas one after the other.
///
/// Each stage's names are its own, but `p`, `g` and `t`; where two stages have the same, the rule
/// keeps its name and the other one gets a number: `limit`, `limit_2`. A stage that uses `lr`
/// without having it means the rule's.
///
/// @param plan the program, and how it is carried out
/// @param hyperparameters by their names in the program
/// @param initial what slots begin at if not 0: the name of a hyperparameter, or `p`
record Chain(
    UpdatePlan plan, SequencedMap<String, Schedule> hyperparameters, Map<String, String> initial) {
  private static final Set<String> SHARED =
      Set.of(UpdatePlan.PARAMETER, UpdatePlan.GRADIENT, UpdatePlan.STEP);

  /// The stages' formulas, one after the other.
  Program program() {
    return plan.program();
  }

  /// @throws IllegalArgumentException if nothing moves the parameters
  static Chain of(List<Stage> stages) {
    stages.forEach(Stage::requireComplete);
    var taken = new HashSet<String>();
    var names = new HashMap<Stage, Map<String, String>>();
    for (boolean rules : new boolean[] {true, false}) {
      for (Stage stage : stages) {
        if (stage.method().family() != Family.STAGE == rules && stage.computes()) {
          names.put(stage, newNames(stage, taken));
        }
      }
    }
    return join(stages, names);
  }

  /// The hyperparameters of a stage that its formula or a slot's beginning reads.
  private static SequencedMap<String, Schedule> used(Stage stage) {
    var used = new LinkedHashMap<>(stage.schedules());
    List<String> read = stage.program().variables();
    used.keySet()
        .removeIf(name -> !read.contains(name) && !stage.method().initial().containsValue(name));
    return used;
  }

  /// The names of a stage's slots and hyperparameters, by those in its own formula.
  private static Map<String, String> newNames(Stage stage, Set<String> taken) {
    var own = new ArrayList<>(stage.program().targets());
    own.addAll(used(stage).keySet());
    var names = new HashMap<String, String>();
    for (String name : own) {
      if (!SHARED.contains(name) && !names.containsKey(name)) {
        String free = name;
        for (int i = 2; !taken.add(free); i++) {
          free = name + "_" + i;
        }
        names.put(name, free);
      }
    }
    return names;
  }

  private static Chain join(List<Stage> stages, Map<Stage, Map<String, String>> names) {
    var assignments = new ArrayList<Assignment>();
    var hyperparameters = new LinkedHashMap<String, Schedule>();
    var initial = new HashMap<String, String>();
    for (Stage stage : stages) {
      Map<String, String> own = names.getOrDefault(stage, Map.of());
      if (!stage.computes()) {
        continue;
      }
      var replacements = new HashMap<String, Expression>();
      own.forEach((from, to) -> replacements.put(from, Expression.variable(to)));
      Program program = stage.program();
      for (Assignment assignment : program.assignments()) {
        assignments.add(
            new Assignment(
                own.getOrDefault(assignment.target(), assignment.target()),
                assignment.value().substitute(replacements),
                assignment.span()));
      }
      used(stage)
          .forEach((name, schedule) -> {
            String now = own.getOrDefault(name, name);
            hyperparameters.put(now, schedule);
          });
      stage
          .method()
          .initial()
          .forEach((slot, value) -> {
            if (program.targets().contains(slot)) {
              initial.put(own.getOrDefault(slot, slot), own.getOrDefault(value, value));
            }
          });
    }
    addUpdate(stages, assignments);
    UpdatePlan plan = UpdatePlan.of(Program.of(assignments));
    checkKnown(plan, hyperparameters);
    return new Chain(
        plan, Collections.unmodifiableSequencedMap(hyperparameters), Map.copyOf(initial));
  }

  /// A chain of Optax' transformations alone adds what comes out of it to the parameters.
  private static void addUpdate(List<Stage> stages, List<Assignment> assignments) {
    boolean moves =
        stages.stream()
            .filter(stage -> stage.method().family() != Family.STAGE)
            .anyMatch(stage -> stage.program().targets().contains(UpdatePlan.PARAMETER));
    if (moves) {
      return;
    }
    boolean optax = stages.stream().allMatch(stage -> stage.method().name().startsWith("optax."));
    if (!optax) {
      throw new IllegalArgumentException(
          "optimizer: no stage moves the parameters; add a rule, for example | sgd(0.1)");
    }
    assignments.addAll(Program.parse("p += g").assignments());
  }

  private static void checkKnown(UpdatePlan plan, SequencedMap<String, Schedule> hyperparameters) {
    for (String name : plan.hyperparameters()) {
      if (!hyperparameters.containsKey(name)) {
        throw new IllegalArgumentException(
            "optimizer: "
                + name
                + " has no value: "
                + "the chain's rule has no hyperparameter of this name");
      }
    }
  }
}

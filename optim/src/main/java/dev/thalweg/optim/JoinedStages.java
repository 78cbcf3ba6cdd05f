package dev.thalweg.optim;

import dev.thalweg.formula.Assignment;
import dev.thalweg.formula.Expression;
import dev.thalweg.formula.Program;
import dev.thalweg.formula.Program.Cause;
import dev.thalweg.formula.Program.Pause;
import dev.thalweg.formula.UpdatePlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The formulas of stages as one program: one after the other; a stage whose formula has `…` is
/// around all that follow it.
final class JoinedStages {
  private final List<Stage> stages;
  private final List<Map<String, String>> names;
  private final List<Assignment> assignments = new ArrayList<>();
  private final List<Assignment> beginnings = new ArrayList<>();
  private final List<Pause> pauses = new ArrayList<>();
  private final SequencedMap<String, Schedule> hyperparameters = new LinkedHashMap<>();

  /// @param stages of a whole chain, by whose names the program is written
  /// @param places of those that are joined
  /// @param isWhole whether they end with what moves the parameters
  JoinedStages(List<Stage> stages, List<Integer> places, boolean isWhole) {
    this.stages = stages;
    names = Chain.names(stages);
    add(places, 0, isWhole);
  }

  /// The program.
  Program program() {
    return Program.of(assignments, beginnings, pauses);
  }

  /// What slots begin at if not 0.
  List<Assignment> beginnings() {
    return beginnings;
  }

  /// The hyperparameters by their names in the program.
  SequencedMap<String, Schedule> hyperparameters() {
    return Collections.unmodifiableSequencedMap(hyperparameters);
  }

  private void add(List<Integer> places, int from, boolean isWhole) {
    for (int k = from; k < places.size(); k++) {
      int place = places.get(k);
      Stage stage = stages.get(place);
      if (!stage.computes()) {
        continue;
      }
      for (Map.Entry<String, Schedule> schedule : Chain.used(stage).entrySet()) {
        hyperparameters.put(
            names.get(place).getOrDefault(schedule.getKey(), schedule.getKey()),
            schedule.getValue());
      }
      Map<String, Expression> replacements = replacements(names.get(place));
      for (Assignment beginning : stage.program().beginnings()) {
        beginnings.add(renamed(beginning, names.get(place), replacements));
      }
      if (addStatements(stage, names.get(place), replacements, places, k, isWhole)) {
        return;
      }
    }
    if (isWhole) {
      Chain.addUpdate(stages, assignments);
    }
  }

  /// Adds the statements of a stage; whether the stages behind it were among them.
  private boolean addStatements(
      Stage stage,
      Map<String, String> own,
      Map<String, Expression> replacements,
      List<Integer> places,
      int k,
      boolean isWhole) {
    Program program = stage.program();
    boolean around = false;
    for (int i = 0; i <= program.assignments().size(); i++) {
      for (Pause pause : program.pauses()) {
        if (pause.at() != i) {
          continue;
        }
        if (pause.cause() == Cause.GRADIENT) {
          pauses.add(new Pause(assignments.size(), Cause.GRADIENT));
          continue;
        }
        if (around) {
          throw new IllegalArgumentException(
              "optimizer: %s has … twice: what follows it is carried out once"
                  .formatted(stage.method()));
        }
        around = true;
        add(places, k + 1, isWhole);
      }
      if (i < program.assignments().size()) {
        assignments.add(renamed(program.assignments().get(i), own, replacements));
      }
    }
    return around;
  }

  /// The new names of a stage's own, as expressions.
  static Map<String, Expression> replacements(Map<String, String> own) {
    var replacements = new HashMap<String, Expression>();
    for (Map.Entry<String, String> name : own.entrySet()) {
      if (!name.getKey().equals(name.getValue())) {
        replacements.put(name.getKey(), Expression.variable(name.getValue()));
      }
    }
    return replacements;
  }

  private static Assignment renamed(
      Assignment assignment, Map<String, String> own, Map<String, Expression> replacements) {
    return new Assignment(
        own.getOrDefault(assignment.target(), assignment.target()),
        replacements.isEmpty() ? assignment.value() : assignment.value().substitute(replacements),
        assignment.span());
  }

  /// Whether the name means the same in all stages.
  static boolean isShared(String name) {
    return name.equals(UpdatePlan.PARAMETER)
        || name.equals(UpdatePlan.GRADIENT)
        || name.equals(UpdatePlan.STEP);
  }
}

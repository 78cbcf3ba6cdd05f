package dev.thalweg.optim;

import dev.thalweg.formula.Assignment;
import dev.thalweg.formula.Expression;
import dev.thalweg.formula.Operator;
import dev.thalweg.formula.Program;
import dev.thalweg.formula.Program.Cause;
import dev.thalweg.formula.Program.Pause;
import dev.thalweg.formula.Span;
import dev.thalweg.formula.UpdatePlan;
import dev.thalweg.optim.around.Lazy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The formulas of stages as one program: one after the other; a stage whose formula has `…` is
/// around all that follow it.
///
/// Such a formula may read `move`: what those have added to the parameter. It is added up on the
/// way, as a difference of two points would have lost the digits of a small step in F32.
final class JoinedStages {
  /// What is within has added to the parameter.
  private static final String MOVE = "move";

  private final List<Stage> stages;
  private final List<Map<String, String>> names;
  private final List<Assignment> assignments = new ArrayList<>();
  private final List<Assignment> beginnings = new ArrayList<>();
  private final List<Pause> pauses = new ArrayList<>();
  private final SequencedMap<String, Schedule> hyperparameters = new LinkedHashMap<>();

  /// What is told of one of the stages instead of moving the parameters; null where they are moved.
  private final @Nullable Told told;

  /// What is told of a stage.
  ///
  /// @param place of the stage in the chain
  /// @param quantity in the names of its formula
  record Told(int place, Expression quantity) {
    /// A name that no formula has.
    private static final String NAME = "told_of_a_stage";

    /// Whether a stage's assignment is the one before which the quantity is as its step has it: the
    /// first that moves the parameter, behind all that the quantity is made of.
    private boolean isBefore(Program program, int assignment) {
      int from = 0;
      for (int i = 0; i < program.assignments().size(); i++) {
        String target = program.assignments().get(i).target();
        if (!isShared(target) && quantity.variables().contains(target)) {
          from = i + 1;
        }
      }
      for (int i = from; i < program.assignments().size(); i++) {
        if (program.assignments().get(i).target().equals(UpdatePlan.PARAMETER)) {
          return i == assignment;
        }
      }
      return false;
    }
  }

  /// What the moves are called that stages around the one that is added read.
  private final List<String> moves = new ArrayList<>();

  /// @param stages of a whole chain, by whose names the program is written
  /// @param places of those that are joined
  /// @param isWhole whether they end with what moves the parameters
  JoinedStages(List<Stage> stages, List<Integer> places, boolean isWhole) {
    this(stages, places, isWhole, null);
  }

  /// The same, where the parameters become what is told of a stage.
  JoinedStages(List<Stage> stages, List<Integer> places, boolean isWhole, @Nullable Told told) {
    this.stages = stages;
    this.told = told;
    names = Chain.names(stages);
    add(places, 0, isWhole);
    if (told != null) {
      Expression quantity = Expression.variable(Told.NAME);
      assignments.add(new Assignment(UpdatePlan.PARAMETER, quantity, Span.none()));
    }
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
      Map<String, String> own = names.get(place);
      if (stage.isAround() && stage.program().variables().contains(MOVE)) {
        own = new HashMap<>(own);
        own.put(MOVE, moves.isEmpty() ? MOVE : MOVE + "_" + (moves.size() + 1));
      }
      Map<String, Expression> replacements = replacements(own);
      for (Assignment beginning : stage.program().beginnings()) {
        beginnings.add(renamed(beginning, own, replacements));
      }
      if (addStatements(stage, own, replacements, places, k, isWhole)) {
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
        if (pause.cause() != Cause.WITHIN) {
          pauses.add(new Pause(assignments.size(), pause.cause()));
          continue;
        }
        if (around) {
          throw new IllegalArgumentException(
              "optimizer: %s has … twice: what follows it is carried out once"
                  .formatted(stage.method()));
        }
        around = true;
        String move = own.get(MOVE);
        if (move != null) {
          assignments.add(new Assignment(move, Expression.number(0), Span.none()));
          moves.add(move);
        }
        int within = assignments.size();
        add(places, k + 1, isWhole);
        if (stage.method().rule() instanceof Lazy) {
          keep(stage, own.getOrDefault("given", "given"), within);
        }
        if (move != null) {
          moves.removeLast();
        }
      }
      if (i < program.assignments().size()) {
        if (told != null && places.get(k) == told.place && told.isBefore(program, i)) {
          Expression quantity = told.quantity.substitute(replacements);
          assignments.add(new Assignment(Told.NAME, quantity, Span.none()));
        }
        addAssignment(renamed(program.assignments().get(i), own, replacements));
      }
    }
    return around;
  }

  /// Has the slots of what is within a stage stay where there is no gradient.
  ///
  /// @param given the name of the gradient
  /// @param from the first statement of what is within
  private void keep(Stage stage, String given, int from) {
    boolean asks = !pauses.isEmpty() && pauses.getLast().at() >= from; // they are in order
    UpdatePlan plan = asks ? null : UpdatePlan.of(Program.of(assignments, beginnings, pauses));
    if (plan == null || !plan.passes().isEmpty()) {
      throw new IllegalArgumentException(
          "optimizer: %s is around methods of single numbers: expected none that asks for further gradients or looks at whole matrices, found %s"
              .formatted(stage.method(), stages.getLast().method()));
    }
    var kept = new LinkedHashMap<String, String>();
    for (UpdatePlan.Slot slot : plan.slots()) {
      boolean assigned = false;
      for (Assignment each : assignments.subList(from, assignments.size())) {
        assigned |= each.target().equals(slot.name());
      }
      if (assigned && slot.level() == UpdatePlan.Level.ELEMENT) {
        kept.put(slot.name(), slot.name() + "_before");
      }
    }
    int at = from;
    for (Map.Entry<String, String> each : kept.entrySet()) {
      Expression slot = Expression.variable(each.getKey());
      assignments.add(at++, new Assignment(each.getValue(), slot, Span.none()));
      String value = Lazy.kept(given, each.getKey(), each.getValue());
      assignments.add(new Assignment(each.getKey(), Expression.parse(value), Span.none()));
    }
  }

  private void addAssignment(Assignment assignment) {
    if (assignment.target().equals(UpdatePlan.PARAMETER)) {
      for (String move : moves) {
        assignments.add(new Assignment(move, moved(move, assignment.value()), Span.none()));
      }
    }
    assignments.add(assignment);
  }

  /// A move with what an assignment adds to the parameter.
  private static Expression moved(String move, Expression value) {
    Expression before = Expression.variable(move);
    Operator operation = value.operation();
    boolean adds = operation == Operator.ADD || operation == Operator.SUBTRACT;
    if (adds && value.input(0).equals(Expression.variable(UpdatePlan.PARAMETER))) {
      return Expression.of(operation, before, value.input(1));
    }
    Expression difference =
        Expression.of(Operator.SUBTRACT, value, Expression.variable(UpdatePlan.PARAMETER));
    return Expression.of(Operator.ADD, before, difference);
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

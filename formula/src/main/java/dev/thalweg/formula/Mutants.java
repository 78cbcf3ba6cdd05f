package dev.thalweg.formula;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes the mutants of a program: every single fault of the kinds that people make when they write
/// an update rule down.
///
/// A fault is a node of a statement's graph replaced by another one, wherever in the statement the
/// node occurs; or a statement left out or put after the next one. What is the same as the program,
/// or as an earlier mutant, once everything is put into each other and simplified, is left out.
final class Mutants {
  private final Program program;
  private final Sharing sharing = new Sharing();
  private final List<Mutant> mutants = new ArrayList<>();
  private final Set<Map<String, Expression>> seen = new HashSet<>();

  Mutants(Program program) {
    this.program = program;
    seen.add(meaning(program));
  }

  List<Mutant> all() {
    List<Assignment> assignments = program.assignments();
    for (int i = 0; i < assignments.size(); i++) {
      Expression value = sharing.adopt(assignments.get(i).value());
      for (Expression node : Order.of(value)) {
        for (Expression fault : new Faults(sharing, node).all()) {
          replaced(i, value, node, fault);
        }
      }
      exchanged(i, value);
    }
    if (assignments.size() > 1) {
      moved();
    }
    return List.copyOf(mutants);
  }

  private void replaced(int index, Expression value, Expression node, Expression fault) {
    IdentityHashMap<Expression, Expression> done = new IdentityHashMap<>();
    Expression result = value;
    for (Expression each : Order.of(value)) {
      result = each.is(node) ? fault : sharing.rebuilt(each, done);
      done.put(each, result);
    }
    with(index, result, shortly(node) + " became " + shortly(fault));
  }

  /// One array for another one, one hyperparameter for another one.
  private void exchanged(int index, Expression value) {
    Set<String> arrays = new LinkedHashSet<>(program.targets());
    arrays.add("g");
    arrays.add("p");
    List<String> names = program.variables();
    for (String name : value.variables()) {
      for (String other : names) {
        boolean alike =
            arrays.contains(name) == arrays.contains(other)
                && !name.equals("t")
                && !other.equals("t")
                && !name.equals(other);
        if (alike) {
          Expression result = sharing.substitute(value, Map.of(name, sharing.variable(other)));
          with(index, result, name + " became " + other);
        }
      }
    }
  }

  private void moved() {
    List<Assignment> assignments = program.assignments();
    for (int i = 0; i < assignments.size(); i++) {
      List<Assignment> rest = new ArrayList<>(assignments);
      Assignment left = rest.remove(i);
      add("left out: " + shortly(left), rest);
      for (int after = i + 1; after <= rest.size(); after++) {
        List<Assignment> order = new ArrayList<>(rest);
        order.add(after, left);
        add("late: " + shortly(left), order);
      }
    }
  }

  private void with(int index, Expression value, String change) {
    List<Assignment> assignments = new ArrayList<>(program.assignments());
    Assignment old = assignments.get(index);
    assignments.set(index, new Assignment(old.target(), value, old.span()));
    add(old.target() + ": " + change, assignments);
  }

  private void add(String description, List<Assignment> assignments) {
    Program mutant = Program.of(assignments, program.beginnings());
    if (seen.add(meaning(mutant))) {
      mutants.add(new Mutant(description, mutant));
    }
  }

  /// What the targets are in the end. A target that the mutant no longer assigns is what it was.
  private Map<String, Expression> meaning(Program meant) {
    Map<String, Expression> results = new LinkedHashMap<>();
    for (String target : program.targets()) {
      results.put(target, sharing.variable(target));
    }
    results.putAll(meant.results());
    Simplifier simplifier = new Simplifier(new Sharing());
    List<Expression> simplified = simplifier.all(new ArrayList<>(results.values()));
    int next = 0;
    for (Map.Entry<String, Expression> entry : results.entrySet()) {
      entry.setValue(simplified.get(next++));
    }
    return results;
  }

  private static String shortly(Expression expression) {
    return new ExpressionPrinter(60).print(expression);
  }

  private static String shortly(Assignment assignment) {
    return assignment.target() + " = " + shortly(assignment.value());
  }
}

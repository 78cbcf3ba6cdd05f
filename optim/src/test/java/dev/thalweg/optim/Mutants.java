package dev.thalweg.optim;

import dev.thalweg.formula.Assignment;
import dev.thalweg.formula.Expression;
import dev.thalweg.formula.Program;
import java.util.ArrayList;
import java.util.HashSet;
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
  private final List<Mutant> mutants = new ArrayList<>();
  private final Set<Map<String, Expression>> seen = new HashSet<>();

  private Mutants(Program program) {
    this.program = program;
    seen.add(meaning(program));
  }

  /// Programs with one fault each, of the kinds that people make: the sign of a term, a power, a
  /// root, a number, a term or factor left out, a constant moved into or out of a root, `max` for
  /// `min`, a step too many, a weight for its complement, one array or hyperparameter for another,
  /// a statement left out or in the wrong place. A test of the program must notice every one of
  /// them.
  ///
  /// None is the same as this program, or as another one, after simplification; what is equal for
  /// other reasons is in the list.
  static List<Mutant> of(Program program) {
    return new Mutants(program).all();
  }

  private List<Mutant> all() {
    List<Assignment> assignments = program.assignments();
    for (int i = 0; i < assignments.size(); i++) {
      Expression value = shared(assignments.get(i).value());
      for (Expression node : nodes(value)) {
        for (Expression fault : new Faults(node).all()) {
          with(i, value.replace(node, fault), shortly(node) + " became " + shortly(fault));
        }
      }
      exchanged(i, value);
    }
    if (assignments.size() > 1) {
      moved();
    }
    return List.copyOf(mutants);
  }

  /// The same of nodes that are one where they are equal.
  private static Expression shared(Expression value) {
    return value.substitute(Map.of());
  }

  /// The nodes, each once, inputs before what uses them, from left to right.
  private static Set<Expression> nodes(Expression root) {
    Set<Expression> nodes = new LinkedHashSet<>();
    root.inputs().forEach(input -> nodes.addAll(nodes(input)));
    nodes.add(root);
    return nodes;
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
          Expression result = value.substitute(Map.of(name, Expression.variable(other)));
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
      results.put(target, Expression.variable(target));
    }
    results.putAll(meant.results());
    List<Expression> simplified = Expression.simplified(List.copyOf(results.values()));
    int next = 0;
    for (Map.Entry<String, Expression> entry : results.entrySet()) {
      entry.setValue(simplified.get(next++));
    }
    return results;
  }

  private static String shortly(Expression expression) {
    String text = expression.toString();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  private static String shortly(Assignment assignment) {
    return assignment.target() + " = " + shortly(assignment.value());
  }
}

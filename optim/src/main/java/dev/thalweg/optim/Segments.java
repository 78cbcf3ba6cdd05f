package dev.thalweg.optim;

import dev.thalweg.formula.Assignment;
import dev.thalweg.formula.Expression;
import dev.thalweg.formula.Program;
import dev.thalweg.formula.Program.Pause;
import dev.thalweg.formula.Span;
import dev.thalweg.formula.UpdatePlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A program that asks for further gradients, cut where it does: programs, each of which is carried
/// out with the gradient that was asked for before it.
///
/// What a program assigns and a later one reads is a slot of both.
final class Segments {
  private final List<List<Assignment>> parts = new ArrayList<>();
  private final List<Assignment> beginnings;

  /// The names that are kept from one segment to a later one, or from step to step.
  private final Set<String> kept = new LinkedHashSet<>();

  /// Those of them with a number for each element.
  private final Set<String> wide = new HashSet<>();

  private final Set<String> carried;

  Segments(Program whole) {
    beginnings = whole.beginnings();
    int from = 0;
    for (Pause pause : whole.pauses()) {
      parts.add(whole.assignments().subList(from, pause.at()));
      from = pause.at();
    }
    parts.add(whole.assignments().subList(from, whole.assignments().size()));
    var assigned = new HashSet<>(whole.targets());
    for (List<Assignment> part : parts) {
      for (String name : Program.of(part).variables()) {
        if (assigned.contains(name) && !JoinedStages.isShared(name)) {
          kept.add(name);
        }
      }
    }
    for (Assignment beginning : beginnings) {
      kept.add(beginning.target());
    }
    carried = new HashSet<>(kept);
    carried.removeAll(whole.variables());
    findLevels();
  }

  /// Names that are kept within a step only.
  Set<String> carried() {
    return Set.copyOf(carried);
  }

  /// What is done before the first request, between it and the next, and behind the last.
  List<Program> programs() {
    var programs = new ArrayList<Program>();
    for (List<Assignment> part : parts) {
      programs.add(program(part));
    }
    return programs;
  }

  /// Which names have a number for each element: what one segment says, the others believe.
  private void findLevels() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (List<Assignment> part : parts) {
        for (UpdatePlan.Slot slot : UpdatePlan.of(program(part)).slots()) {
          changed |= slot.level() == UpdatePlan.Level.ELEMENT && wide.add(slot.name());
        }
      }
    }
  }

  private Program program(List<Assignment> part) {
    Program bare = Program.of(part);
    var all = new ArrayList<Assignment>();
    var begins = new ArrayList<Assignment>();
    for (String name : kept) {
      boolean reads = bare.variables().contains(name);
      boolean assigns = bare.targets().contains(name);
      if (!reads && !assigns) {
        continue;
      }
      if (!reads) {
        all.add(new Assignment(name, Expression.variable(name), Span.none())); // so it is a slot
      }
      begins.add(beginning(name));
    }
    all.addAll(part);
    return Program.of(all, begins);
  }

  private Assignment beginning(String name) {
    for (Assignment beginning : beginnings) {
      if (beginning.target().equals(name)) {
        return beginning;
      }
    }
    Expression value =
        wide.contains(name) ? Expression.variable(UpdatePlan.PARAMETER) : Expression.number(0);
    return new Assignment(name, value, Span.none());
  }
}

package dev.thalweg.formula;

import dev.thalweg.formula.UpdatePlan.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How often each node of a program's formulas has a value, and upon how many sums, one after the
/// other, it stands.
final class Levels {
  private final Map<String, Level> slots = new HashMap<>();
  private final IdentityHashMap<Expression, Level> levels = new IdentityHashMap<>();
  private final IdentityHashMap<Expression, Integer> depths = new IdentityHashMap<>();
  private final ArrayCalls calls;

  private Levels(ArrayCalls calls) {
    this.calls = calls;
  }

  /// A slot is as large as what is assigned to it, which may depend on slots: the smallest levels
  /// that agree. One that is only read is as large as what it begins at.
  static Levels of(
      Map<String, Expression> results,
      Collection<String> slots,
      Collection<Assignment> beginnings,
      ArrayCalls calls) {
    var levels = new Levels(calls);
    for (String slot : slots) {
      levels.slots.put(slot, Level.STEP);
    }
    for (Assignment beginning : beginnings) {
      if (!results.containsKey(beginning.target())
          && beginning.value().variables().contains(UpdatePlan.PARAMETER)) {
        levels.slots.put(beginning.target(), Level.ELEMENT);
      }
    }
    var roots = new ArrayList<>(results.values());
    roots.addAll(calls.inputs());
    List<Expression> order = Order.of(roots);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Expression node : order) {
        levels.levels.put(node, levels.computed(node));
      }
      for (String slot : slots) {
        Expression result = results.get(slot);
        if (result != null) {
          Level now = levels.of(result);
          changed |= now != levels.slots.put(slot, now);
        }
      }
    }
    // those of calls before what they give is used in a deep formula
    for (ArrayCalls.One call : calls.all()) {
      for (Expression node : Order.of(call.inputs())) {
        levels.depth(node);
      }
    }
    for (Expression node : order) {
      levels.depth(node);
    }
    return levels;
  }

  /// These names have a value an element, whatever they are called; no other has.
  static Levels ofElements(Collection<String> names) {
    var levels = new Levels(ArrayCalls.takenOutOf(new LinkedHashMap<>()));
    for (String name : names) {
      levels.slots.put(name, Level.ELEMENT);
    }
    return levels;
  }

  private Level computed(Expression node) {
    Operator operation = node.operation();
    if (operation == Operator.VARIABLE) {
      return ofVariable(node.name());
    }
    if (operation.isReduction()) {
      return operation.isGlobal() ? Level.STEP : Level.TENSOR;
    }
    Level level = Level.STEP;
    for (Expression input : node.inputs()) {
      Level below = of(input);
      level = below.compareTo(level) > 0 ? below : level;
    }
    return level;
  }

  private Level ofVariable(String name) {
    Level slot = slots.get(name);
    if (slot != null) {
      return slot;
    }
    return switch (name) {
      case UpdatePlan.PARAMETER, UpdatePlan.GRADIENT -> Level.ELEMENT;
      case Reductions.SIZE, UpdatePlan.ROWS, UpdatePlan.COLUMNS -> Level.TENSOR;
      default -> calls.isResult(name) ? Level.ELEMENT : Level.STEP;
    };
  }

  /// How often the node has a value.
  Level of(Expression node) {
    Level level = levels.get(node);
    if (level == null) {
      level = computed(node);
      levels.put(node, level);
    }
    return level;
  }

  Level ofSlot(String name) {
    return slots.getOrDefault(name, Level.STEP);
  }

  /// Upon how many sums and calls, one after the other, the node stands; each counts itself.
  int depth(Expression node) {
    Integer depth = depths.get(node);
    if (depth == null) {
      boolean call = node.operation() == Operator.VARIABLE && calls.isResult(node.name());
      int below = 0;
      for (Expression input : call ? calls.inputs(node.name()) : node.inputs()) {
        below = Math.max(below, depth(input));
      }
      depth = below + (call || node.operation().isReduction() ? 1 : 0);
      depths.put(node, depth);
    }
    return depth;
  }
}

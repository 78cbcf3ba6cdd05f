package dev.thalweg.formula;

import dev.thalweg.formula.UpdatePlan.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The formulas of a [ScalarPlan] while it is made: everything below the level of elements, each
/// node once, in an order in which it can be computed.
final class ScalarNodes {
  private static final int NOWHERE = -1;

  private final Levels levels;
  private final List<Expression> nodes = new ArrayList<>();
  private final Map<Expression, Integer> indices = new HashMap<>();
  private final int[] hyperparameters;
  private final List<String> slotNames;
  private final int[] slots;
  private final int[] slotValues;
  private final List<int[]> loops = new ArrayList<>();

  ScalarNodes(
      Levels levels,
      List<String> hyperparameterNames,
      List<String> slotNames,
      List<Expression> slotValues,
      List<Expression> needed,
      List<Expression> sums) {
    this.levels = levels;
    var names = new ArrayList<>(hyperparameterNames);
    names.add(UpdatePlan.STEP);
    names.addAll(slotNames);
    for (String name : names) {
      add(Expression.variable(name));
    }
    var roots = new ArrayList<>(needed);
    roots.addAll(sums);
    for (Expression node : Order.of(roots)) {
      if (levels.of(node) != Level.ELEMENT) {
        add(node);
      }
    }
    hyperparameters = places(variables(hyperparameterNames));
    this.slotNames = List.copyOf(slotNames);
    slots = places(variables(slotNames));
    this.slotValues = places(slotValues);
  }

  private void add(Expression node) {
    if (indices.putIfAbsent(node, nodes.size()) == null) {
      nodes.add(node);
    }
  }

  private static List<Expression> variables(List<String> names) {
    var variables = new ArrayList<Expression>();
    for (String name : names) {
      variables.add(Expression.variable(name));
    }
    return variables;
  }

  /// A loop's scalars, in order; loop 0 is the update, then the reductions.
  void addLoop(List<Expression> scalars) {
    loops.add(places(scalars));
  }

  ScalarPlan plan() {
    return new ScalarPlan(this, loops);
  }

  int size() {
    return nodes.size();
  }

  Expression node(int place) {
    return nodes.get(place);
  }

  Level level(int place) {
    return levels.of(nodes.get(place));
  }

  int depth(int place) {
    return levels.depth(nodes.get(place));
  }

  int[] places(List<Expression> of) {
    int[] places = new int[of.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = place(of.get(i));
    }
    return places;
  }

  /// Where a node's value stands.
  int place(Expression node) {
    Integer place = indices.get(node);
    if (place == null) {
      throw new IllegalStateException("not a scalar of this plan: " + node);
    }
    return place;
  }

  /// Where a variable stands, or −1.
  int place(String variable) {
    return indices.getOrDefault(Expression.variable(variable), NOWHERE);
  }

  int[] hyperparameters() {
    return hyperparameters;
  }

  List<String> slotNames() {
    return slotNames;
  }

  int[] slots() {
    return slots;
  }

  int[] slotValues() {
    return slotValues;
  }
}

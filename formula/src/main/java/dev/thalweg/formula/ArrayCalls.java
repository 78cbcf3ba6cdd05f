package dev.thalweg.formula;

import dev.thalweg.formula.UpdatePlan.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The calls of functions of whole arrays in an update rule, each a pass of its own, and the rule
/// without them: what a call gives is an array like a slot.
final class ArrayCalls {
  private static final String PREFIX = "_array";

  /// A call.
  ///
  /// @param inputs its arrays, then its numbers; names of earlier calls stand for what those give
  /// @param names of its arrays: what it takes is put there, and what it gives is in the first
  record One(ArrayOperator function, List<Expression> inputs, List<String> names) {
    List<Expression> arrays() {
      return inputs.subList(0, function.arrays());
    }

    List<Expression> numbers() {
      return inputs.subList(function.arrays(), inputs.size());
    }

    /// What stands for the result.
    String result() {
      return names.getFirst();
    }
  }

  private final List<One> all = new ArrayList<>();
  private final Map<String, One> byResult = new HashMap<>();

  private ArrayCalls() {}

  /// Takes the calls out of formulas, those within others first.
  ///
  /// @param results the formulas, in which calls become names
  static ArrayCalls takenOutOf(SequencedMap<String, Expression> results) {
    var calls = new ArrayCalls();
    var sharing = new Sharing();
    var done = new IdentityHashMap<Expression, Expression>();
    var known = new IdentityHashMap<Expression, Expression>();
    var adopted = new LinkedHashMap<String, Expression>();
    for (Map.Entry<String, Expression> result : results.entrySet()) {
      adopted.put(result.getKey(), sharing.adopt(result.getValue()));
    }
    for (Expression node : Order.of(List.copyOf(adopted.values()))) {
      Expression now = sharing.rebuilt(node, done);
      if (now.operation() == Operator.ARRAY) {
        Expression before = known.get(now);
        if (before == null) {
          before = sharing.variable(calls.add(now));
          known.put(now, before);
        }
        now = before;
      }
      done.put(node, now);
    }
    for (Map.Entry<String, Expression> result : adopted.entrySet()) {
      results.put(result.getKey(), done.getOrDefault(result.getValue(), result.getValue()));
    }
    return calls;
  }

  private String add(Expression call) {
    var names = new ArrayList<String>();
    for (int i = 0; i < call.function().arrays(); i++) {
      names.add(PREFIX + all.size() + (i == 0 ? "" : "_" + i));
    }
    var one = new One(call.function(), call.inputs(), List.copyOf(names));
    all.add(one);
    byResult.put(one.result(), one);
    return one.result();
  }

  /// In an order in which they can be made.
  List<One> all() {
    return all;
  }

  /// What all calls take.
  List<Expression> inputs() {
    var inputs = new ArrayList<Expression>();
    for (One call : all) {
      inputs.addAll(call.inputs);
    }
    return inputs;
  }

  boolean isResult(String name) {
    return byResult.containsKey(name);
  }

  /// What the call of this name takes; nothing where it is none.
  List<Expression> inputs(String name) {
    One call = byResult.get(name);
    return call == null ? List.of() : call.inputs;
  }

  /// Refuses a number that is different for each element.
  ///
  /// @throws IllegalArgumentException naming the function
  void check(Levels levels) {
    for (One call : all) {
      for (Expression number : call.numbers()) {
        if (levels.of(number) == Level.ELEMENT) {
          throw new IllegalArgumentException(
              "%s: expected a number after its first %s, found an array, %s"
                  .formatted(
                      call.function.text(),
                      call.function.arrays() == 1
                          ? "argument"
                          : call.function.arrays() + " arguments",
                      number));
        }
      }
    }
  }
}

package dev.thalweg.formula;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Norms and means as what they are made of: sums, largest magnitudes, and the numbers of elements.
final class Reductions {
  /// How many elements the tensor has.
  static final String SIZE = "_size";

  /// How many elements all parameters have.
  static final String TOTAL = "_total";

  private Reductions() {}

  /// ‖x‖ = √Σx², mean x = Σx / n, ‖x‖∞ = max |x| with the magnitudes spelled out; what is shared
  /// stays shared.
  static SequencedMap<String, Expression> spelledOut(Map<String, Expression> results) {
    var sharing = new Sharing();
    var done = new IdentityHashMap<Expression, Expression>();
    for (Expression node : Order.of(List.copyOf(results.values()))) {
      Expression now = sharing.rebuilt(node, done);
      if (node.operation().isReduction()) {
        Expression x = now.input(0);
        now =
            switch (node.operation()) {
              case NORM -> norm(sharing, Operator.SUM, x);
              case GLOBAL_NORM -> norm(sharing, Operator.GLOBAL_SUM, x);
              case MEAN -> mean(sharing, Operator.SUM, SIZE, x);
              case GLOBAL_MEAN -> mean(sharing, Operator.GLOBAL_SUM, TOTAL, x);
              case MAX_NORM, GLOBAL_MAX_NORM ->
                  sharing.of(now.operation(), sharing.of(Operator.ABS, x));
              default -> now;
            };
      }
      done.put(node, now);
    }
    var spelled = new LinkedHashMap<String, Expression>();
    for (Map.Entry<String, Expression> result : results.entrySet()) {
      Expression value = result.getValue();
      spelled.put(result.getKey(), done.getOrDefault(value, value));
    }
    return spelled;
  }

  private static Expression norm(Sharing sharing, Operator sum, Expression x) {
    Expression square = sharing.of(Operator.POWER, x, sharing.number(2));
    return sharing.of(Operator.SQRT, sharing.of(sum, square));
  }

  private static Expression mean(Sharing sharing, Operator sum, String count, Expression x) {
    return sharing.of(Operator.DIVIDE, sharing.of(sum, x), sharing.variable(count));
  }

  /// The sums in some formulas, each after those it stands upon.
  static List<Expression> in(List<Expression> values, List<Expression> more) {
    var roots = new ArrayList<>(values);
    roots.addAll(more);
    var reductions = new ArrayList<Expression>();
    for (Expression node : Order.of(roots)) {
      if (node.operation().isReduction()) {
        reductions.add(node);
      }
    }
    return reductions;
  }
}

package dev.thalweg.formula;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/// How often each node of a graph is used by others, and which came first.
final class Uses {
  private final IdentityHashMap<Expression, Integer> counts = new IdentityHashMap<>();
  private final IdentityHashMap<Expression, Integer> ranks = new IdentityHashMap<>();

  /// Links of a chain of sums or of products that has not been collected yet.
  private final Set<Expression> links = Collections.newSetFromMap(new IdentityHashMap<>());

  void addLink(Expression node) {
    links.add(node);
  }

  boolean isLink(Expression node) {
    return links.contains(node);
  }

  void add(Expression node, int uses) {
    counts.put(node, counts.getOrDefault(node, 0) + uses);
  }

  boolean isShared(Expression node) {
    return counts.getOrDefault(node, 0) > 1;
  }

  /// A number that is smaller for what was asked for earlier.
  int rank(Expression node) {
    Integer rank = ranks.get(node);
    if (rank == null) {
      rank = ranks.size();
      ranks.put(node, rank);
    }
    return rank;
  }
}

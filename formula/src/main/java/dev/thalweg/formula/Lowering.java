package dev.thalweg.formula;

import dev.thalweg.formula.UpdatePlan.Level;
import dev.thalweg.kernels.loop.LoopNode;
import dev.thalweg.kernels.loop.LoopProgram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Formulas over elements to the nodes of a loop.
///
/// What is the same for all elements becomes a scalar of the loop. In products and quotients these
/// are gathered into one: α · (m/(1 − β₁ᵗ)) / d is (α/(1 − β₁ᵗ)) m / d, one multiplication and one
/// division an element, with the factor computed once a step in double.
///
/// Averages and variances mean what they are in the limit where something is beyond the largest
/// number, at no other bit ([Limits]).
final class Lowering {
  private final Levels levels;
  private final Map<String, Integer> arrays;
  private final List<Expression> scalars = new ArrayList<>();
  private final Map<Expression, Integer> scalarIndices = new HashMap<>();
  private final IdentityHashMap<Expression, Integer> uses = new IdentityHashMap<>();
  private final IdentityHashMap<Expression, LoopNode> nodes = new IdentityHashMap<>();
  private final IdentityHashMap<Expression, Product> products = new IdentityHashMap<>();
  private final Limits limits;
  private final Sharing sharing;

  /// A scalar factor, and what it is multiplied with and divided by.
  private record Product(
      Expression factor, List<LoopNode> numerators, List<LoopNode> denominators) {}

  /// @param sharing of all loops of a plan: what their scalars have in common is one node
  Lowering(Levels levels, Map<String, Integer> arrays, Sharing sharing) {
    this.levels = levels;
    this.sharing = sharing;
    this.arrays = arrays;
    limits = new Limits(levels, sharing);
  }

  /// The loop that stores values in arrays, all of them read before the first is stored.
  LoopProgram loop(int arrayCount, List<Integer> targets, List<Expression> values) {
    count(values);
    limits.find(values, slots(targets, values), uses);
    for (Expression node : Order.of(values)) {
      if (isElement(node)) {
        lower(node);
      }
    }
    var stores = new ArrayList<LoopProgram.Store>();
    for (int i = 0; i < targets.size(); i++) {
      stores.add(new LoopProgram.Store(targets.get(i), node(values.get(i))));
    }
    return new LoopProgram(arrayCount, scalars.size(), stores);
  }

  /// What the loop stores, by the names of arrays.
  private Map<String, Expression> slots(List<Integer> targets, List<Expression> values) {
    var stored = new HashMap<Integer, Expression>();
    for (int i = 0; i < targets.size(); i++) {
      stored.put(targets.get(i), values.get(i));
    }
    var slots = new HashMap<String, Expression>();
    arrays.forEach((name, index) -> {
      Expression value = stored.get(index);
      if (value != null) {
        slots.put(name, value);
      }
    });
    return slots;
  }

  /// What the loop's scalars are.
  List<Expression> scalars() {
    return scalars;
  }

  /// How often a node's value is used; a stored one is used once more.
  private void count(List<Expression> values) {
    for (Expression node : Order.of(values)) {
      for (Expression input : node.inputs()) {
        use(input);
      }
    }
    for (Expression value : values) {
      use(value);
    }
  }

  private void use(Expression node) {
    uses.put(node, uses.getOrDefault(node, 0) + 1);
  }

  private boolean isElement(Expression node) {
    return levels.of(node) == Level.ELEMENT;
  }

  private void lower(Expression node) {
    switch (node.operation()) {
      case MULTIPLY -> products.put(node, times(product(node.input(0)), product(node.input(1))));
      case DIVIDE -> products.put(node, over(product(node.input(0)), product(node.input(1))));
      case NEGATE -> products.put(node, times(scalar(sharing.number(-1)), product(node.input(0))));
      default -> nodes.put(node, operation(node));
    }
  }

  /// A node as a product: what it is made of where it is one and nobody else needs its value.
  private Product product(Expression node) {
    if (!isElement(node)) {
      return scalar(node);
    }
    Product known = products.get(node);
    if (known != null && uses.getOrDefault(node, 0) == 1) {
      return known;
    }
    return new Product(sharing.number(1), List.of(node(node)), List.of());
  }

  private Product scalar(Expression factor) {
    return new Product(sharing.adopt(factor), List.of(), List.of());
  }

  private Product times(Product x, Product y) {
    return new Product(
        multiplied(x.factor, y.factor),
        joined(x.numerators, y.numerators),
        joined(x.denominators, y.denominators));
  }

  private Product over(Product x, Product y) {
    return new Product(
        divided(x.factor, y.factor),
        joined(x.numerators, y.denominators),
        joined(x.denominators, y.numerators));
  }

  private static List<LoopNode> joined(List<LoopNode> first, List<LoopNode> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private Expression multiplied(Expression x, Expression y) {
    if (x.isNumber(1)) {
      return y;
    }
    return y.isNumber(1) ? x : sharing.of(Operator.MULTIPLY, x, y);
  }

  private Expression divided(Expression x, Expression y) {
    return y.isNumber(1) ? x : sharing.of(Operator.DIVIDE, x, y);
  }

  /// The loop's node for a node.
  private LoopNode node(Expression node) {
    LoopNode known = nodes.get(node);
    if (known == null) {
      Product product = products.get(node);
      known = product != null ? written(product) : loopScalar(node);
      nodes.put(node, known);
    }
    return known;
  }

  private LoopNode written(Product product) {
    Expression factor = product.factor;
    boolean negative = factor.isNumber(-1);
    LoopNode value = null;
    if ((!factor.isNumber(1) && !negative) || product.numerators.isEmpty()) {
      value = loopScalar(factor);
      negative = false;
    }
    for (LoopNode numerator : product.numerators) {
      value =
          value == null ? numerator : LoopNode.of(LoopNode.Operation.MULTIPLY, value, numerator);
    }
    if (value == null) {
      throw new IllegalStateException("an empty product");
    }
    if (!product.denominators.isEmpty()) {
      LoopNode below = product.denominators.get(0);
      for (int i = 1; i < product.denominators.size(); i++) {
        below = LoopNode.of(LoopNode.Operation.MULTIPLY, below, product.denominators.get(i));
      }
      value = LoopNode.of(LoopNode.Operation.DIVIDE, value, below);
    }
    return negative ? LoopNode.of(LoopNode.Operation.NEGATE, value) : value;
  }

  private LoopNode loopScalar(Expression value) {
    if (value.operation() == Operator.NUMBER) {
      return LoopNode.constant(value.value());
    }
    Integer index = scalarIndices.get(value);
    if (index == null) {
      index = scalars.size();
      scalars.add(value);
      scalarIndices.put(value, index);
    }
    return LoopNode.scalar(index);
  }

  private LoopNode operation(Expression node) {
    return switch (node.operation()) {
      case VARIABLE -> LoopNode.array(array(node.name()));
      case SUBTRACT ->
          limits.difference(node, node(node.input(0)), node(node.input(1)), this::loopScalar);
      case POWER -> power(node);
      case GREATER -> binary(LoopNode.Operation.LESS, node, 1, 0);
      case GREATER_OR_EQUAL -> binary(LoopNode.Operation.LESS_OR_EQUAL, node, 1, 0);
      case NOT_EQUAL ->
          LoopNode.of(
              LoopNode.Operation.SUBTRACT,
              LoopNode.constant(1),
              binary(LoopNode.Operation.EQUAL, node, 0, 1));
      case RELU ->
          LoopNode.of(LoopNode.Operation.MAXIMUM, node(node.input(0)), LoopNode.constant(0));
      default -> named(node);
    };
  }

  /// The operation of a loop that has the same name.
  private LoopNode named(Expression node) {
    LoopNode[] inputs = new LoopNode[node.inputs().size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = node(node.input(i));
    }
    return LoopNode.of(LoopNode.Operation.valueOf(node.operation().name()), inputs);
  }

  private LoopNode binary(LoopNode.Operation operation, Expression node, int left, int right) {
    return LoopNode.of(operation, node(node.input(left)), node(node.input(right)));
  }

  /// x², x³, x⁴ as products, √x for x^½, as [Operator#power] has it.
  private LoopNode power(Expression node) {
    Expression exponent = node.input(1);
    LoopNode x = node(node.input(0));
    if (exponent.isNumber(2)) {
      return LoopNode.of(LoopNode.Operation.MULTIPLY, x, x);
    }
    if (exponent.isNumber(3)) {
      return LoopNode.of(
          LoopNode.Operation.MULTIPLY, LoopNode.of(LoopNode.Operation.MULTIPLY, x, x), x);
    }
    if (exponent.isNumber(4)) {
      LoopNode square = LoopNode.of(LoopNode.Operation.MULTIPLY, x, x);
      return LoopNode.of(LoopNode.Operation.MULTIPLY, square, square);
    }
    if (exponent.isNumber(1)) {
      return x;
    }
    if (exponent.isNumber(0.5)) {
      return LoopNode.of(LoopNode.Operation.SQRT, x);
    }
    return LoopNode.of(LoopNode.Operation.POWER, x, node(exponent));
  }

  private int array(String name) {
    Integer index = arrays.get(name);
    if (index == null) {
      throw new IllegalStateException("no array " + name);
    }
    return index;
  }
}

package dev.thalweg.tensor;

import dev.thalweg.formula.ElementLoop;
import dev.thalweg.formula.Expression;
import dev.thalweg.formula.SyntaxException;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.kernels.loop.FusedLoop;
import dev.thalweg.kernels.loop.LoopCompiler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function of numbers that is applied element by element: a formula, and what is made from it.
///
/// ```java
/// ElementFunction swish = ElementFunction.of("x * sigmoid(x)");
/// Tensor y = swish.apply(x);
/// Tensor g = y.sum().gradient(x);
///
/// ElementFunction quartic = ElementFunction.of("(p - y)^4", "p", "y");
/// Tensor loss = quartic.apply(prediction, target).mean();
/// ```
///
/// However long the formula is, it is one loop, compiled when it is first needed. Its
/// vector-Jacobian products are derived from it: for each input the formula g ∂f/∂x, simplified,
/// which is a function of this kind again. So they too are one loop each, and gradients have
/// gradients. At kinks derivatives are as [Expression#derivative] says.
///
/// The language is that of [Expression]; in F32 elementary functions are those of
/// [dev.thalweg.kernels.Float32Functions], so that a formula has the bits of the same operations of
/// [Tensor]. Made once and applied often; it may be shared by threads.
public final class ElementFunction {
  /// Elements that are worth waking another thread for.
  private static final int GRAIN = 1 << 13;

  private final String name;
  private final Expression formula;
  private final List<String> variables;

  /// Made when first asked for; the same whoever makes it.
  private @Nullable Compiled compiled;

  /// By input; made when first asked for, the same whoever makes it.
  private final @Nullable Product[] products;

  /// A loop with its scalars in both precisions.
  private static final class Compiled {
    final FusedLoop loop;
    final double[] doubles;
    final float[] floats;

    Compiled(ElementLoop source) {
      loop = LoopCompiler.compile(source.program());
      doubles = source.scalars();
      floats = new float[doubles.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) doubles[i];
      }
    }
  }

  /// A vector-Jacobian product: the function, and which of inputs, result and gradient it takes.
  /// Without a function it is zero everywhere.
  private static final class Product {
    static final Product NONE = new Product(null, new int[0]);

    final @Nullable ElementFunction function;
    final int[] from;

    Product(@Nullable ElementFunction function, int[] from) {
      this.function = function;
      this.from = from;
    }
  }

  private ElementFunction(String name, Expression formula, List<String> variables) {
    this.name = name;
    this.formula = formula;
    this.variables = variables;
    products = new Product[variables.size()];
  }

  /// A function of `x`.
  ///
  /// @throws SyntaxException if the text is no formula or has another variable, a caret under the
  ///   culprit
  public static ElementFunction of(String formula) {
    return of(formula, "x");
  }

  /// A function of some variables, whose values [#apply] takes in this order.
  ///
  /// @throws SyntaxException if the text is no formula or has another variable, a caret under the
  ///   culprit
  /// @throws IllegalArgumentException if there is no variable, or one is given twice
  public static ElementFunction of(String formula, String... variables) {
    List<String> names = List.of(variables);
    if (names.isEmpty() || names.stream().distinct().count() != names.size()) {
      throw new IllegalArgumentException(
          "expected the names of one or more variables, each once, found " + names);
    }
    Expression expression = Expression.parse(formula);
    for (String name : expression.variables()) {
      if (!names.contains(name)) {
        int at = Math.max(0, formula.indexOf(name));
        throw new SyntaxException(Nearest.sentence("name", name, names), formula, at);
      }
    }
    try {
      ElementLoop.of(names, expression);
    } catch (IllegalArgumentException wrong) {
      throw new SyntaxException(String.valueOf(wrong.getMessage()), formula, 0);
    }
    return new ElementFunction(expression.toString(), expression, names);
  }

  /// The formula.
  public Expression formula() {
    return formula;
  }

  /// The names in it that stand for the inputs, in their order.
  public List<String> variables() {
    return variables;
  }

  /// The function of each element, all inputs broadcast to one shape.
  ///
  /// @param inputs one for each of [#variables], of one precision
  /// @throws IllegalArgumentException if there are more or fewer, they mix F32 and F64, or shapes
  ///   don't go together
  public Tensor apply(Tensor... inputs) {
    if (inputs.length != variables.size()) {
      throw new IllegalArgumentException(
          "%s: expected %d tensors for %s, found %d"
              .formatted(name, variables.size(), String.join(", ", variables), inputs.length));
    }
    Shape shape = inputs[0].shape();
    for (Tensor input : inputs) {
      Elementwise.checkSame(name, inputs[0], input);
      shape = Shape.broadcast(name, shape, input.shape());
    }
    Tensor[] aligned = inputs.clone();
    for (int i = 0; i < aligned.length; i++) {
      if (!aligned[i].shape().equals(shape)) {
        aligned[i] = aligned[i].broadcastTo(shape);
      }
    }
    return run(aligned);
  }

  /// f of each of the first n numbers of an array, in place of them: without a tensor, with the
  /// same bits.
  ///
  /// @throws IllegalArgumentException if it is a function of more than one number
  public void replace(float[] values, int n) {
    if (variables.size() != 1) {
      throw new IllegalArgumentException(
          "%s: expected a function of one number, found %s"
              .formatted(name, String.join(", ", variables)));
    }
    Compiled made = compiled();
    made.loop.run(new float[][] {values, values}, made.floats, 0, n);
  }

  /// Runs the loop over inputs of one shape.
  private Tensor run(Tensor... inputs) {
    Tensor result = new Applied(this, inputs).result(inputs[0].dtype(), inputs[0].shape());
    FusedLoop loop = compiled().loop;
    Engine engine = Context.current().engine();
    int n = inputs.length;
    if (result.dtype() == DType.F32) {
      float[][] arrays = new float[n + 1][];
      for (int i = 0; i < n; i++) {
        arrays[i] = inputs[i].floats();
      }
      arrays[n] = result.floats();
      float[] scalars = compiled().floats;
      engine.parallel(result.size(), GRAIN, (from, to) -> loop.run(arrays, scalars, from, to));
    } else {
      double[][] arrays = new double[n + 1][];
      for (int i = 0; i < n; i++) {
        arrays[i] = inputs[i].doubles();
      }
      arrays[n] = result.doubles();
      double[] scalars = compiled().doubles;
      engine.parallel(result.size(), GRAIN, (from, to) -> loop.run(arrays, scalars, from, to));
    }
    return result;
  }

  private Compiled compiled() {
    Compiled known = compiled;
    if (known == null) {
      known = new Compiled(ElementLoop.of(variables, formula));
      compiled = known;
    }
    return known;
  }

  /// g ∂f/∂(an input). Where f itself occurs in it, it takes the result instead of computing it
  /// once more.
  private Product product(int input) {
    Product known = products[input];
    if (known == null) {
      known = derived(input);
      products[input] = known;
    }
    return known;
  }

  private Product derived(int input) {
    List<String> names = new ArrayList<>(variables);
    names.add(free("result"));
    names.add(free("gradient"));
    Expression gradient = Expression.variable(names.getLast());
    Expression product = formula.derivatives(List.of(variables.get(input)), gradient).getFirst();
    if (product.isNumber(0)) {
      return Product.NONE;
    }
    if (!formula.inputs().isEmpty()) {
      Expression result = Expression.variable(names.get(variables.size()));
      product = product.replace(formula.simplified(), result);
    }
    List<String> used = product.variables();
    return new Product(
        new ElementFunction("gradient of " + name, product, used),
        used.stream().mapToInt(names::indexOf).toArray());
  }

  /// The name, or the first with a number after it that is no variable.
  private String free(String name) {
    String free = name;
    for (int i = 2; variables.contains(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  private static final class Applied extends Operation {
    private final ElementFunction function;

    Applied(ElementFunction function, Tensor... inputs) {
      super(function.name, inputs);
      this.function = function;
    }

    @Override
    protected void backward(Tensor y, Tensor g, Wanted by) {
      for (int input = 0; input < inputs(); input++) {
        Product product = by.wants(input) ? function.product(input) : Product.NONE;
        if (product.function != null) {
          Tensor[] taken = new Tensor[product.from.length];
          for (int i = 0; i < taken.length; i++) {
            int from = product.from[i];
            taken[i] = from < inputs() ? input(from) : from == inputs() ? y : g;
          }
          by.add(input, product.function.run(taken));
        }
      }
    }
  }

  /// Whether it is the same formula of the same variables.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ElementFunction function
        && formula.equals(function.formula)
        && variables.equals(function.variables);
  }

  @Override
  public int hashCode() {
    return 31 * formula.hashCode() + variables.hashCode();
  }

  /// The formula.
  @Override
  public String toString() {
    return formula.toString();
  }
}

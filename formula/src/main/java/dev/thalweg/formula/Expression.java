package dev.thalweg.formula;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A formula as a graph: a node with an [Operator] and its inputs, immutable.
///
/// ```
/// expression = sum [ ( "<" | "<=" | ">" | ">=" | "==" | "!=" ) sum ]
/// sum        = product { ( "+" | "-" ) product }
/// product    = unary { ( "*" | "/" ) unary }
/// unary      = { "-" | "+" } power
/// power      = operand [ ( "^" | "**" ) unary ]          -x^2 is -(x^2), 2^3^2 is 2^(3^2)
/// operand    = number | name | name "(" expression { "," expression } ")" | "(" expression ")"
/// name       = a letter or "_", then letters, digits, "_"; Greek ones too
/// ```
///
/// Functions are those of [Operator], and by what they are short for: `lerp(a, b, w)` = a + w(b −
/// a), `clip(x, low, high)`, `square`, `cbrt`, `log2`, `log10`, `ceil`, `rms(x)` = √mean(x²), `min`
/// and `max` of several; `ln` is `log`. `pi` is a number. Accepted besides: −, ×, ·, ÷, ≤, ≥, ≠, π,
/// √x, x².
///
/// Equal subexpressions of a text are one node, and whatever is made of an expression shares what
/// it can, so that a graph in which each level uses the one below twice stays as small as it is
/// deep. Two expressions are equal if they are the same formula, however it is shared. No method
/// recurses: sums of a million terms are fine. Only [#toString] and [#latex] write out what is
/// shared.
public final class Expression {
  private static final List<Expression> NONE = List.of();

  private final Operator operation;
  private final List<Expression> inputs;
  private final double value;
  private final @Nullable String name;
  private final @Nullable ArrayOperator function;
  private final int hash;

  private Expression(
      Operator operation, List<Expression> inputs, double value, @Nullable String name) {
    this(operation, inputs, value, name, null);
  }

  private Expression(
      Operator operation,
      List<Expression> inputs,
      double value,
      @Nullable String name,
      @Nullable ArrayOperator function) {
    this.function = function;
    this.operation = operation;
    this.inputs = inputs;
    this.value = value;
    this.name = name;
    int h = operation.text().hashCode() * 31 + Double.hashCode(value);
    if (name != null) {
      h = h * 31 + name.hashCode();
    }
    if (function != null) {
      h = h * 31 + function.text().hashCode();
    }
    for (int i = 0; i < inputs.size(); i++) {
      h = (h ^ (h >>> 15)) * 0x2c1b3c6d + inputs.get(i).hash;
    }
    this.hash = h;
  }

  /// Reads a formula.
  ///
  /// @throws SyntaxException if the text is none, a caret under the offending character
  public static Expression parse(String text) {
    return new ExpressionParser(text, new Sharing()).whole();
  }

  /// A constant.
  ///
  /// @throws IllegalArgumentException if it is not finite
  public static Expression number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a number in a formula must be finite, found " + value);
    }
    return new Expression(Operator.NUMBER, NONE, value, null);
  }

  /// A name.
  ///
  /// @throws IllegalArgumentException if it is none, or that of a function or constant
  public static Expression variable(String name) {
    if (!Names.isName(name)) {
      throw new IllegalArgumentException(
          "a variable must be a name (letters, digits, '_'), found '" + name + "'");
    }
    if (Names.isReserved(name)) {
      throw new IllegalArgumentException("a variable can't be named '" + name + "'");
    }
    return new Expression(Operator.VARIABLE, NONE, 0, name);
  }

  /// A node. The negative of a number is a number: of no formula are there two forms that print the
  /// same.
  ///
  /// @throws IllegalArgumentException if the number of inputs is not that of the operation
  public static Expression of(Operator operation, Expression... inputs) {
    if (operation.kind() == Operator.Kind.LEAF
        || operation == Operator.ARRAY
        || inputs.length != operation.arity()) {
      throw new IllegalArgumentException(
          operation + " needs " + operation.arity() + " inputs, found " + inputs.length);
    }
    if (operation == Operator.NEGATE && inputs[0].operation == Operator.NUMBER) {
      return number(-inputs[0].value);
    }
    return new Expression(operation, List.of(inputs), 0, null);
  }

  /// A function of arrays.
  ///
  /// @param inputs its arrays, then its numbers
  /// @throws IllegalArgumentException if the number of inputs is not that of the function
  public static Expression of(ArrayOperator function, Expression... inputs) {
    if (!function.takes(inputs.length)) {
      throw new IllegalArgumentException(
          function.text() + " needs " + function.expected() + " inputs, found " + inputs.length);
    }
    return new Expression(Operator.ARRAY, List.of(inputs), 0, null, function);
  }

  /// The same over other inputs.
  Expression over(Expression... others) {
    return function == null ? of(operation, others) : of(function, others);
  }

  /// What is done with the inputs.
  public Operator operation() {
    return operation;
  }

  /// The inputs, as many as the operation has.
  public List<Expression> inputs() {
    return inputs;
  }

  /// One of the inputs.
  public Expression input(int index) {
    return inputs.get(index);
  }

  /// The constant.
  ///
  /// @throws IllegalStateException if this is not a number
  public double value() {
    if (operation != Operator.NUMBER) {
      throw new IllegalStateException("not a number: " + this);
    }
    return value;
  }

  /// The variable's name.
  ///
  /// @throws IllegalStateException if this is not a variable
  public String name() {
    if (name == null) {
      throw new IllegalStateException("not a variable: " + this);
    }
    return name;
  }

  /// The function of arrays.
  ///
  /// @throws IllegalStateException if this is none
  public ArrayOperator function() {
    if (function == null) {
      throw new IllegalStateException("not a function of arrays: " + this);
    }
    return function;
  }

  /// Whether this is the number.
  public boolean isNumber(double number) {
    return operation == Operator.NUMBER && value == number;
  }

  /// The names in it, in order of first appearance.
  public List<String> variables() {
    Collection<String> names = new LinkedHashSet<>();
    for (Expression node : Order.of(this)) {
      if (node.name != null) {
        names.add(node.name);
      }
    }
    return List.copyOf(names);
  }

  /// This formula with names replaced, all at once; what is shared stays shared. Names that are not
  /// in it are ignored.
  public Expression substitute(Map<String, Expression> replacements) {
    return new Sharing().substitute(this, replacements);
  }

  /// A shorter form with the same value up to rounding, and the same domain: constants folded, like
  /// terms and factors collected, `x * x` as `x^2`. Where 0 times something or `x / x` would hide
  /// that the formula has no value, it stays.
  public Expression simplified() {
    return new Simplifier(new Sharing()).simplified(this);
  }

  /// Several formulas simplified as [#simplified()] does, in order; what they share they share
  /// afterwards.
  public static List<Expression> simplified(List<Expression> expressions) {
    return new Simplifier(new Sharing()).all(expressions);
  }

  /// The derivative by a variable, simplified; 0 if it is not in the formula. It holds wherever the
  /// formula is defined, and may be defined elsewhere too: that of `log(x)` is `1 / x`.
  ///
  /// At kinks it is 0 for `abs`, `relu`, `sign`, `step` and `floor`; `max` and `min` of an
  /// expression and a number, and with them `clip`, count as the number where both are equal, of
  /// two expressions as their mean. A condition adds nothing. `0^y` has the derivative 0 by y.
  ///
  /// @throws IllegalArgumentException if the variable is below a reduction, which runs over an
  ///   array
  public Expression derivative(String variable) {
    return new Derivative(this).by(variable);
  }

  /// The derivatives by several variables as [#derivative] says, each times a factor: the
  /// vector-Jacobian products of a function of elements.
  ///
  /// @param factor the gradient of what is made of this formula; no variable of the formula
  /// @throws IllegalArgumentException if a variable is below a reduction
  public List<Expression> derivatives(List<String> variables, Expression factor) {
    return new Derivative(this).gradient(variables, factor);
  }

  /// This formula with another one for each part that is equal to `part`.
  public Expression replace(Expression part, Expression by) {
    return new Sharing().replace(this, part, by);
  }

  /// The value in double, every operation as [Operator#apply] says.
  ///
  /// @throws IllegalArgumentException if a variable has no value
  public double evaluate(Map<String, Double> values) {
    var known = new IdentityHashMap<Expression, Double>();
    for (Expression node : Order.of(this)) {
      double result;
      if (node.operation == Operator.NUMBER) {
        result = node.value;
      } else if (node.name != null) {
        Double given = values.get(node.name);
        if (given == null) {
          throw new IllegalArgumentException("no value for '" + node.name + "'");
        }
        result = given;
      } else {
        result =
            node.operation.apply(
                known(known, node, 0), known(known, node, 1), known(known, node, 2));
      }
      known.put(node, result);
    }
    Double result = known.get(this);
    return result == null ? Double.NaN : result;
  }

  private static double known(
      IdentityHashMap<Expression, Double> known, Expression node, int input) {
    Double value = input < node.inputs.size() ? known.get(node.inputs.get(input)) : null;
    return value == null ? 0 : value;
  }

  /// Whether it is the very same node.
  @SuppressWarnings("ReferenceEquality") // identity is the question
  boolean is(Expression other) {
    return this == other;
  }

  /// Whether this node says the same as another whose inputs are the very same nodes.
  boolean isSameNode(Expression other) {
    if (hash != other.hash
        || operation != other.operation
        || Double.doubleToLongBits(value) != Double.doubleToLongBits(other.value)
        || inputs.size() != other.inputs.size()
        || function != other.function
        || (name != null && !name.equals(other.name))) {
      return false;
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (!inputs.get(i).is(other.inputs.get(i))) {
        return false;
      }
    }
    return true;
  }

  /// Both graphs over nodes of one table: then equal ones are the same.
  private boolean sameFormula(Expression other) {
    if (inputs.isEmpty()) {
      return isSameNode(other);
    }
    Sharing sharing = new Sharing();
    return sharing.adopt(this).is(sharing.adopt(other));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Expression expression
            && hash == expression.hash
            && sameFormula(expression));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /// The canonical text, with no more parentheses than needed: it parses to an equal expression,
  /// unless that nests deeper than the parser reads (200). What is shared is written out; past ten
  /// million characters the text breaks off with `…`.
  @Override
  public String toString() {
    return new ExpressionPrinter().print(this);
  }

  /// The formula in LaTeX's mathematics (with amsmath): `\frac{x}{\sqrt{y} + \epsilon}`. Names of
  /// Greek letters become such, digits after them an index, `lr` α, `weight_decay` λ, `momentum` μ.
  public String latex() {
    return new LatexPrinter(variables()).print(this);
  }

  /// The inputs of a list as one array.
  static Expression[] array(List<Expression> list) {
    return new ArrayList<>(list).toArray(new Expression[0]);
  }
}

package dev.thalweg.nn;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.Span;
import dev.thalweg.formula.SyntaxException;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.tensor.ElementFunction;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A function that a layer applies to what it computes, element by element: its formula.
///
/// | text | formula |
/// |---|---|
/// | `linear` | `x` |
/// | `relu` | `relu(x)`: max(x, 0) |
/// | `relu6` | `clip(x, 0, 6)` |
/// | `leaky_relu(slope=0.01)` | `where(x > 0, x, slope * x)` |
/// | `elu(alpha=1)` | `where(x > 0, x, alpha * expm1(x))` |
/// | `selu` | `scale * where(x > 0, x, alpha * expm1(x))`, both as in Klambauer et al. 2017 |
/// | `celu(alpha=1)` | `where(x > 0, x, alpha * expm1(x / alpha))` |
/// | `gelu` | `x * (1 + erf(x / sqrt(2))) / 2`: x Φ(x) |
/// | `gelu_tanh` | `x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))) / 2` |
/// | `silu`, `swish` | `x * sigmoid(x)` |
/// | `mish` | `x * tanh(softplus(x))` |
/// | `hard_swish` | `x * clip(x + 3, 0, 6) / 6` |
/// | `sigmoid` | `sigmoid(x)`: 1 / (1 + e⁻ˣ) |
/// | `hard_sigmoid` | `clip(x + 3, 0, 6) / 6` |
/// | `log_sigmoid` | `-softplus(-x)` |
/// | `tanh` | `tanh(x)` |
/// | `hard_tanh` | `clip(x, -1, 1)` |
/// | `tanh_shrink` | `x - tanh(x)` |
/// | `softplus` | `softplus(x)`: log(1 + eˣ) |
/// | `softsign` | `x / (1 + abs(x))` |
///
/// One of your own is a formula of `x`, and is written in quotes: `mlp(64, activation='x *
/// sigmoid(x)')`. Derivatives come from the formula; at kinks they are those of the side towards 0,
/// as in PyTorch. `relu`, `tanh`, `sigmoid`, `gelu`, `softplus` and `silu` run as kernels of the
/// engine, all others as one loop made from the formula ([ElementFunction]).
///
/// Checked against PyTorch's functions of these names.
public final class Activation {
  /// x
  public static final Activation LINEAR =
      new Activation("linear", "x", x -> x, Initializer.GLOROT_UNIFORM);

  /// max(x, 0)
  public static final Activation RELU =
      new Activation("relu", "relu(x)", Tensor::relu, Initializer.HE_UNIFORM);

  /// (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)
  public static final Activation TANH =
      new Activation("tanh", "tanh(x)", Tensor::tanh, Initializer.GLOROT_UNIFORM);

  /// 1 / (1 + e⁻ˣ)
  public static final Activation SIGMOID =
      new Activation("sigmoid", "sigmoid(x)", Tensor::sigmoid, Initializer.GLOROT_UNIFORM);

  /// x Φ(x), the exact form
  public static final Activation GELU =
      new Activation(
          "gelu", "x * (1 + erf(x / sqrt(2))) / 2", Tensor::gelu, Initializer.HE_UNIFORM);

  /// log(1 + eˣ)
  public static final Activation SOFTPLUS =
      new Activation("softplus", "softplus(x)", Tensor::softplus, Initializer.GLOROT_UNIFORM);

  /// x / (1 + e⁻ˣ), also called swish
  public static final Activation SILU =
      new Activation("silu", "x * sigmoid(x)", x -> x.times(x.sigmoid()), Initializer.HE_UNIFORM);

  /// x where x > 0, else eˣ − 1
  public static final Activation ELU = elu(1);

  /// λ x where x > 0, else λ α (eˣ − 1): Klambauer et al., "Self-normalizing neural networks",
  /// 2017, arXiv 1706.02515. Its weights are drawn by LeCun's normal initialiser.
  public static final Activation SELU =
      new Activation(
          "selu",
          "1.0507009873554804934193349852946"
              + " * where(x > 0, x, 1.6732632423543772848170429916717 * expm1(x))",
          Initializer.LECUN_NORMAL);

  /// x where x > 0, else 0.01 x
  public static final Activation LEAKY_RELU = leakyRelu(0.01);

  /// The approximation of [#GELU] by tanh that many published models are trained with.
  public static final Activation GELU_TANH =
      new Activation(
          "gelu_tanh",
          "x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3))) / 2",
          Initializer.HE_UNIFORM);

  /// x tanh(log(1 + eˣ)): Misra 2019, arXiv 1908.08681
  public static final Activation MISH =
      new Activation("mish", "x * tanh(softplus(x))", Initializer.HE_UNIFORM);

  /// All that have a name, those with a number at its default.
  public static final List<Activation> ALL =
      List.of(
          LINEAR,
          RELU,
          TANH,
          SIGMOID,
          GELU,
          SOFTPLUS,
          SILU,
          ELU,
          SELU,
          LEAKY_RELU,
          GELU_TANH,
          MISH,
          new Activation("relu6", "clip(x, 0, 6)", Initializer.HE_UNIFORM),
          celu(1),
          new Activation("hard_swish", "x * clip(x + 3, 0, 6) / 6", Initializer.HE_UNIFORM),
          new Activation("hard_sigmoid", "clip(x + 3, 0, 6) / 6", Initializer.GLOROT_UNIFORM),
          new Activation("log_sigmoid", "-softplus(-x)", Initializer.GLOROT_UNIFORM),
          new Activation("hard_tanh", "clip(x, -1, 1)", Initializer.GLOROT_UNIFORM),
          new Activation("tanh_shrink", "x - tanh(x)", Initializer.GLOROT_UNIFORM),
          new Activation("softsign", "x / (1 + abs(x))", Initializer.GLOROT_UNIFORM));

  /// What others call them.
  private static final Map<String, String> ALIASES =
      Map.of("swish", "silu", "hardswish", "hard_swish", "hardsigmoid", "hard_sigmoid");

  /// As in model texts: `relu`, `elu(0.5)`, `"x * sigmoid(x)"`.
  private final String text;

  private final String formula;
  private final @Nullable UnaryOperator<Tensor> kernel;
  private final Initializer initializer;

  /// Made when first asked for; the same whoever makes it.
  private @Nullable ElementFunction function;

  private Activation(
      String text,
      String formula,
      @Nullable UnaryOperator<Tensor> kernel,
      Initializer initializer) {
    this.text = text;
    this.formula = formula;
    this.kernel = kernel;
    this.initializer = initializer;
  }

  private Activation(String text, String formula, Initializer initializer) {
    this(text, formula, null, initializer);
  }

  /// A function of your own.
  ///
  /// @param formula of `x`: `x * sigmoid(1.702 * x)`; see [dev.thalweg.formula.Expression]
  /// @throws SyntaxException if the text is no formula of `x` alone, a caret under the culprit
  public static Activation of(String formula) {
    ElementFunction function = ElementFunction.of(formula);
    if (function.formula().variables().isEmpty()) {
      throw new SyntaxException("expected a formula of x, found " + function, formula, 0);
    }
    String canonical = function.toString();
    Activation own = new Activation('\'' + canonical + '\'', canonical, Initializer.GLOROT_UNIFORM);
    own.function = function;
    return own;
  }

  /// x where x > 0, else a part of it.
  ///
  /// @param slope that part
  /// @throws IllegalArgumentException if it is not finite
  public static Activation leakyRelu(double slope) {
    return numbered(
        "leaky_relu", "slope", slope, 0.01, "where(x > 0, x, " + number(slope) + " * x)");
  }

  /// x where x > 0, else α (eˣ − 1): Clevert, Unterthiner & Hochreiter 2016, arXiv 1511.07289.
  ///
  /// @throws IllegalArgumentException if α is not finite
  public static Activation elu(double alpha) {
    return numbered("elu", "alpha", alpha, 1, "where(x > 0, x, " + number(alpha) + " * expm1(x))");
  }

  /// x where x > 0, else α (e^(x/α) − 1): Barron 2017, arXiv 1704.07483.
  ///
  /// @throws IllegalArgumentException if α is 0 or not finite
  public static Activation celu(double alpha) {
    if (alpha == 0) {
      throw new IllegalArgumentException("celu: alpha must not be 0");
    }
    String a = number(alpha);
    return numbered("celu", "alpha", alpha, 1, "where(x > 0, x, " + a + " * expm1(x / " + a + "))");
  }

  private static Activation numbered(
      String name, String argument, double value, double usual, String formula) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          name + ": " + argument + " must be finite, found " + value);
    }
    String text = value == usual ? name : name + number(value);
    return new Activation(text, formula, Initializer.HE_UNIFORM);
  }

  private static String number(double value) {
    return Double.isFinite(value) ? "(" + CallValue.Numeral.of(value) + ")" : "0";
  }

  /// Reads an activation's text: `relu`, `leaky_relu(0.2)`, `'x * sigmoid(x)'`.
  ///
  /// @throws IllegalArgumentException with the nearest known name, or a caret under what is wrong
  public static Activation parse(String text) {
    Call holder = Call.parse("activation(" + text + ")");
    if (holder.positional().size() != 1 || !holder.named().isEmpty()) {
      throw new SyntaxException("expected one activation, as relu or elu(0.5)", text, 0);
    }
    return read(holder.positional().getFirst());
  }

  /// Reads an argument of a call.
  static Activation read(CallValue value) {
    if (value instanceof Call call) {
      return read(call);
    }
    String word = value.asWord("activation");
    Activation named = named(word);
    if (named != null) {
      return named;
    }
    if (word.chars().allMatch(c -> c == '_' || Character.isLetterOrDigit(c)) && !word.equals("x")) {
      throw value.span().error(unknown(word));
    }
    try {
      return of(word);
    } catch (SyntaxException wrong) {
      throw value.span().error(wrong.sentence());
    }
  }

  /// Reads a call: `elu(0.5)`, `relu()`.
  static Activation read(Call call) {
    Activation named = named(call.name());
    if (named == null) {
      throw call.span().error(unknown(call.name()));
    }
    String name = named.text;
    String argument =
        switch (name) {
          case "leaky_relu" -> "slope";
          case "elu", "celu" -> "alpha";
          default -> "";
        };
    var arguments =
        call.bind("argument of " + name, argument.isEmpty() ? List.of() : List.of(argument));
    CallValue value = arguments.get(argument);
    if (value == null) {
      return named;
    }
    double number = value.asDouble(name + ": " + argument);
    try {
      return switch (name) {
        case "leaky_relu" -> leakyRelu(number);
        case "elu" -> elu(number);
        default -> celu(number);
      };
    } catch (IllegalArgumentException wrong) {
      throw value.span().error(String.valueOf(wrong.getMessage()));
    }
  }

  private static String canonical(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ALIASES.getOrDefault(lower, lower);
  }

  /// Softmax is a habit of other libraries, whose losses may take probabilities.
  private static String unknown(String name) {
    return name.equals("softmax") || name.equals("log_softmax")
        ? name
            + " is no activation: losses take logits, and predictions are probabilities; leave it"
            + " out"
        : Nearest.sentence("activation", name, names());
  }

  /// The one of this name, in any case; null if there is none.
  static @Nullable Activation named(String name) {
    String canonical = canonical(name);
    for (Activation activation : ALL) {
      if (activation.text.equals(canonical)) {
        return activation;
      }
    }
    return null;
  }

  /// As an argument of a call.
  CallValue toValue() {
    return text.startsWith("'")
        ? new CallValue.Word(text.substring(1, text.length() - 1), Span.none())
        : text.endsWith(")") ? Call.parse(text) : new CallValue.Word(text, Span.none());
  }

  /// The names that texts may have.
  static List<String> names() {
    List<String> names = new ArrayList<>();
    ALL.forEach(activation -> names.add(activation.text));
    return names;
  }

  /// The function of each element.
  public Tensor apply(Tensor x) {
    return kernel == null ? function().apply(x) : kernel.apply(x);
  }

  /// What is made from the formula: also for those that run as kernels.
  public ElementFunction function() {
    ElementFunction known = function;
    if (known == null) {
      known = ElementFunction.of(formula);
      function = known;
    }
    return known;
  }

  /// How weights before this function are drawn unless something else is asked for: He's uniform
  /// for relu and its relatives, LeCun's normal for selu, Glorot's uniform elsewhere.
  public Initializer initializer() {
    return initializer;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Activation activation && text.equals(activation.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /// As it is written in model texts.
  @Override
  public String toString() {
    return text;
  }
}

package dev.thalweg.nn;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.CallValue;
import dev.thalweg.formula.SyntaxException;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.nn.Loss.Reduction;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;

/// The losses there are, and how they are read from text.
///
/// | text | loss | for |
/// |---|---|---|
/// | `softmax_cross_entropy(label_smoothing=0, class_weights=…)` | [CrossEntropy] | classes |
/// | `kl` | [KullbackLeibler] | distributions over classes |
/// | `categorical_hinge` | [CategoricalHinge] | classes |
/// | `bce(label_smoothing=0, class_weights=…)` | [BinaryCrossEntropy] | two classes, one output |
/// | `hinge` | [Hinge] | two classes, one output |
/// | `mse`, `mse_sum` | [SquaredError] | numbers |
/// | `mae` | [AbsoluteError] | numbers |
/// | `huber(delta=1)` | [Huber] | numbers |
/// | `formula('(p - y)^4')` | [Loss#of(String)]: `p` predicted, `y` its target | numbers |
///
/// Each also takes `reduction=mean` or `reduction=sum`; class weights are `balanced` or a number
/// for each class, as in `(1, 2)`. Names that Keras and PyTorch have for them are understood:
/// `cross_entropy`, `binary_crossentropy`, `mean_squared_error`, ….
public final class Losses {

  /// The names of those that can stand alone, as `--loss` takes them.
  public static final List<String> NAMES =
      List.of(
          CrossEntropy.NAME,
          BinaryCrossEntropy.NAME,
          KullbackLeibler.NAME,
          Hinge.NAME,
          CategoricalHinge.NAME,
          SquaredError.NAME,
          SquaredError.NAME_OF_SUM,
          AbsoluteError.NAME,
          Huber.NAME);

  /// What others call them.
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("cross_entropy", CrossEntropy.NAME),
          Map.entry("categorical_crossentropy", CrossEntropy.NAME),
          Map.entry("sparse_categorical_crossentropy", CrossEntropy.NAME),
          Map.entry("binary_crossentropy", BinaryCrossEntropy.NAME),
          Map.entry("binary_cross_entropy", BinaryCrossEntropy.NAME),
          Map.entry("kl_divergence", KullbackLeibler.NAME),
          Map.entry("mean_squared_error", SquaredError.NAME),
          Map.entry("mean_absolute_error", AbsoluteError.NAME),
          Map.entry("l1_loss", AbsoluteError.NAME));

  private Losses() {}

  /// Softmax cross-entropy from logits and classes or distributions over them.
  public static CrossEntropy softmaxCrossEntropy() {
    return new CrossEntropy(0, ClassWeights.NONE, Reduction.MEAN);
  }

  /// Cross-entropy from one logit and the second of two classes or not.
  public static BinaryCrossEntropy bce() {
    return new BinaryCrossEntropy(0, ClassWeights.NONE, Reduction.MEAN);
  }

  /// The Kullback–Leibler divergence of softmax(logits) from distributions.
  public static KullbackLeibler kl() {
    return new KullbackLeibler(Reduction.MEAN);
  }

  /// The mean of (prediction − target)² over all elements of the batch.
  public static SquaredError mse() {
    return new SquaredError(Reduction.MEAN);
  }

  /// The sum of (prediction − target)² over all elements of the batch.
  public static SquaredError mseSum() {
    return new SquaredError(Reduction.SUM);
  }

  /// The mean of |prediction − target| over all elements of the batch.
  public static AbsoluteError mae() {
    return new AbsoluteError(Reduction.MEAN);
  }

  /// Squared up to an error of δ, absolute beyond.
  ///
  /// @throws IllegalArgumentException if delta is not positive and finite
  public static Huber huber(double delta) {
    return new Huber(delta, Reduction.MEAN);
  }

  /// max(0, 1 − t y) for two classes, t = ±1.
  public static Hinge hinge() {
    return new Hinge(Reduction.MEAN);
  }

  /// The margin between the score of the class and the best other one.
  public static CategoricalHinge categoricalHinge() {
    return new CategoricalHinge(Reduction.MEAN);
  }

  /// The mean squared error of a batch, for a loop written by hand.
  ///
  /// @throws IllegalArgumentException if the shapes differ
  public static Tensor mse(Tensor prediction, Tensor target) {
    return mse().of(prediction, target);
  }

  /// The softmax cross-entropy of a batch, for a loop written by hand.
  public static Tensor softmaxCrossEntropy(Tensor logits, Tensor target) {
    return logits.softmaxCrossEntropy(target);
  }

  /// The binary cross-entropy of a batch, for a loop written by hand.
  public static Tensor bce(Tensor logits, Tensor target) {
    return bce().of(logits, target);
  }

  /// Reads a loss's text, as `--loss` takes it: `mse`, `huber(0.5)`,
  /// `cross_entropy(label_smoothing=0.1, class_weights=(1, 2, 1))`.
  ///
  /// @throws IllegalArgumentException with the nearest known name, or a caret under what is wrong
  public static Loss parse(String text) {
    NotNull.check(text, "text");
    Call call = Call.parse(text);
    String name = ALIASES.getOrDefault(call.name(), call.name());
    return switch (name) {
      case CrossEntropy.NAME -> {
        var arguments = bind(call, "label_smoothing", "class_weights");
        yield checked(
            call, arguments, r -> new CrossEntropy(smoothing(arguments), weights(arguments), r));
      }
      case BinaryCrossEntropy.NAME -> {
        var arguments = bind(call, "label_smoothing", "class_weights");
        yield checked(
            call,
            arguments,
            r -> new BinaryCrossEntropy(smoothing(arguments), weights(arguments), r));
      }
      case KullbackLeibler.NAME -> checked(call, bind(call), KullbackLeibler::new);
      case Hinge.NAME -> checked(call, bind(call), Hinge::new);
      case CategoricalHinge.NAME -> checked(call, bind(call), CategoricalHinge::new);
      case SquaredError.NAME -> checked(call, bind(call), SquaredError::new);
      case SquaredError.NAME_OF_SUM -> {
        call.bind("argument of " + call.name(), List.of());
        yield mseSum();
      }
      case AbsoluteError.NAME -> checked(call, bind(call), AbsoluteError::new);
      case Huber.NAME -> {
        var arguments = bind(call, "delta");
        yield checked(call, arguments, r -> new Huber(number(arguments, "delta", 1), r));
      }
      case FormulaLoss.NAME -> {
        var arguments = bind(call, FormulaLoss.NAME);
        CallValue formula = Layers.required(call, arguments, FormulaLoss.NAME);
        yield checked(call, arguments, r -> own(formula, r));
      }
      default -> throw call.span().error(unknown(call.name()));
    };
  }

  private static Loss own(CallValue formula, Reduction reduction) {
    try {
      return FormulaLoss.of(formula.asWord(FormulaLoss.NAME), reduction);
    } catch (SyntaxException wrong) {
      throw formula.span().error(wrong.sentence());
    }
  }

  private static String unknown(String name) {
    List<String> all = new ArrayList<>(NAMES);
    all.addAll(ALIASES.keySet().stream().sorted().toList());
    all.add(FormulaLoss.NAME);
    String meant = Nearest.of(name, all).map(" (did you mean '%s'?)"::formatted).orElse("");
    return "unknown loss '"
        + name
        + "'"
        + meant
        + "; known: "
        + String.join(", ", NAMES)
        + ", formula('(p - y)^4')";
  }

  private static SequencedMap<String, CallValue> bind(Call call, String... own) {
    List<String> names = new ArrayList<>(List.of(own));
    names.add("reduction");
    return call.bind("argument of " + call.name(), names);
  }

  private static Loss checked(
      Call call, SequencedMap<String, CallValue> arguments, Function<Reduction, Loss> make) {
    CallValue value = arguments.get("reduction");
    Reduction reduction =
        value == null ? Reduction.MEAN : Layers.choice("reduction", value, Reduction.values());
    try {
      return make.apply(reduction);
    } catch (SyntaxException placed) {
      throw placed;
    } catch (IllegalArgumentException wrong) {
      throw call.span().error(String.valueOf(wrong.getMessage()));
    }
  }

  private static double smoothing(SequencedMap<String, CallValue> arguments) {
    return number(arguments, "label_smoothing", 0);
  }

  private static double number(
      SequencedMap<String, CallValue> arguments, String name, double usual) {
    CallValue value = arguments.get(name);
    return value == null ? usual : value.asDouble(name);
  }

  private static ClassWeights weights(SequencedMap<String, CallValue> arguments) {
    CallValue value = arguments.get("class_weights");
    return value == null ? ClassWeights.NONE : ClassWeights.parse("class_weights", value);
  }
}

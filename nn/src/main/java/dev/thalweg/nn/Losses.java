package dev.thalweg.nn;

import dev.thalweg.formula.Call;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.Nearest;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

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
/// | `focal(gamma=2, alpha=1)` | [Focal] | classes |
/// | `dice` | [Dice] | zeros and ones, such as pixels of a mask |
/// | `poisson` | [Poisson] | counts |
/// | `quantile(0.1, 0.5, 0.9)` | [Quantile] | numbers |
/// | `cosine` | [CosineDistance] | directions of rows |
/// | `triplet(margin=1)` | [Triplet] | rows, and for each one that belongs to it and one that does not |
/// | `info_nce(temperature=0.07)` | [InfoNce] | rows, and for each one that belongs to it |
/// | `ctc(blank=0)` | [Ctc] | sequences that say shorter ones |
/// | `formula('(p - y)^4')` | [Loss#of(String)]: `p` predicted, `y` its target | numbers |
///
/// Each also takes `reduction=mean` or `reduction=sum`; class weights are `balanced` or a number
/// for each class, as in `(1, 2)`. Names that Keras and PyTorch have for them are understood:
/// `cross_entropy`, `binary_crossentropy`, `mean_squared_error`, ….
public final class Losses {

  /// All there are; a new one is a line here.
  private static final List<Written<Loss>> KINDS =
      List.of(
          CrossEntropy.KIND,
          BinaryCrossEntropy.KIND,
          KullbackLeibler.KIND,
          Hinge.KIND,
          CategoricalHinge.KIND,
          SquaredError.KIND,
          SquaredError.OF_SUM,
          AbsoluteError.KIND,
          Huber.KIND,
          Focal.KIND,
          Dice.KIND,
          Poisson.KIND,
          Quantile.KIND,
          CosineDistance.KIND,
          Triplet.KIND,
          InfoNce.KIND,
          Ctc.KIND,
          FormulaLoss.KIND);

  /// The names of those that can stand alone, as `--loss` takes them.
  public static final List<String> NAMES =
      KINDS.stream()
          .map(kind -> kind.signature().name())
          .filter(name -> !name.equals(FormulaLoss.NAME))
          .toList();

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
    return new CrossEntropy(0, ClassWeights.NONE, Loss.Reduction.MEAN);
  }

  /// Cross-entropy from one logit and the second of two classes or not.
  public static BinaryCrossEntropy bce() {
    return new BinaryCrossEntropy(0, ClassWeights.NONE, Loss.Reduction.MEAN);
  }

  /// The Kullback–Leibler divergence of softmax(logits) from distributions.
  public static KullbackLeibler kl() {
    return new KullbackLeibler(Loss.Reduction.MEAN);
  }

  /// The mean of (prediction − target)² over all elements of the batch.
  public static SquaredError mse() {
    return new SquaredError(Loss.Reduction.MEAN);
  }

  /// The sum of (prediction − target)² over all elements of the batch.
  public static SquaredError mseSum() {
    return new SquaredError(Loss.Reduction.SUM);
  }

  /// The mean of |prediction − target| over all elements of the batch.
  public static AbsoluteError mae() {
    return new AbsoluteError(Loss.Reduction.MEAN);
  }

  /// Squared up to an error of δ, absolute beyond.
  ///
  /// @throws IllegalArgumentException if delta is not positive and finite
  public static Huber huber(double delta) {
    return new Huber(delta, Loss.Reduction.MEAN);
  }

  /// A cross-entropy in which samples that are right already count little, γ = 2.
  public static Focal focal() {
    return new Focal(2, 1, Loss.Reduction.MEAN);
  }

  /// One less the overlap of logits and zeros and ones.
  public static Dice dice() {
    return new Dice(Loss.Reduction.MEAN);
  }

  /// Of counts, whose rate is e to the prediction.
  public static Poisson poisson() {
    return new Poisson(Loss.Reduction.MEAN);
  }

  /// The pinball loss of these quantiles, a prediction having a number for each.
  ///
  /// @throws IllegalArgumentException if there is none, or one is not between 0 and 1
  public static Quantile quantile(double... quantiles) {
    NotNull.check(quantiles, "quantiles");
    return new Quantile(Arrays.stream(quantiles).boxed().toList(), Loss.Reduction.MEAN);
  }

  /// 1 − cos of the angle between rows.
  public static CosineDistance cosine() {
    return new CosineDistance(Loss.Reduction.MEAN);
  }

  /// Rows that are to be nearer to one that belongs to them than to another, by a margin.
  ///
  /// @throws IllegalArgumentException if it is not positive and finite
  public static Triplet triplet(double margin) {
    return new Triplet(margin, Loss.Reduction.MEAN);
  }

  /// Rows that are to be most similar to their own among all of the batch.
  ///
  /// @throws IllegalArgumentException if the temperature is not positive and finite
  public static InfoNce infoNce(double temperature) {
    return new InfoNce(temperature, Loss.Reduction.MEAN);
  }

  /// Sequences that say shorter ones, wherever; class 0 is the blank.
  public static Ctc ctc() {
    return new Ctc(0, false, Loss.Reduction.MEAN);
  }

  /// max(0, 1 − t y) for two classes, t = ±1.
  public static Hinge hinge() {
    return new Hinge(Loss.Reduction.MEAN);
  }

  /// The margin between the score of the class and the best other one.
  public static CategoricalHinge categoricalHinge() {
    return new CategoricalHinge(Loss.Reduction.MEAN);
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
    for (Written<Loss> kind : KINDS) {
      if (kind.signature().name().equals(name)) {
        return kind.read(call);
      }
    }
    throw call.span().error(unknown(call.name()));
  }

  /// How they are written.
  public static List<Signature> signatures() {
    return KINDS.stream().map(Written::signature).toList();
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
}

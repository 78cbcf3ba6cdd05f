package dev.thalweg.nn;

import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.kernels.Philox;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Softmax cross-entropy, from logits x and a distribution t over k classes for each sample:
///
/// −Σc wc t′c log softmax(x)c, t′ = (1 − ε) t + ε/k,
///
/// reduced to Σᵢ lᵢ / Σᵢ Σc wc tᵢc, or the sum of the lᵢ. A vector of class indices stands for the
/// one-hot distributions. Computed from the logarithm of softmax, so finite for any finite logits.
///
/// Checked against PyTorch's `CrossEntropyLoss(weight, label_smoothing)` and Keras'
/// `CategoricalCrossentropy(from_logits=True)`. One difference to PyTorch: for distributions it
/// divides by the number of samples even where classes have weights, so that an index and its
/// one-hot distribution are two losses; here they are one.
///
/// @param labelSmoothing ε in [0, 1]; 0 by default
/// @param classWeights w; all 1 by default
/// @param reduction mean by default
public record CrossEntropy(double labelSmoothing, ClassWeights classWeights, Reduction reduction)
    implements Loss {

  static final String NAME = "softmax_cross_entropy";

  private static final Signature SIGNATURE =
      Signature.of(
          NAME,
          "the cross-entropy of logits and classes, or distributions over them",
          0,
          LossArguments.LABEL_SMOOTHING,
          LossArguments.CLASS_WEIGHTS,
          LossArguments.REDUCTION);

  static final Written<Loss> KIND =
      new Written<>(
          SIGNATURE,
          arguments ->
              new CrossEntropy(
                  arguments.get(LossArguments.LABEL_SMOOTHING),
                  arguments.get(LossArguments.CLASS_WEIGHTS),
                  arguments.get(LossArguments.REDUCTION)));

  /// Checks the smoothing.
  ///
  /// @throws IllegalArgumentException if it is not in [0, 1]
  public CrossEntropy {
    LossArguments.LABEL_SMOOTHING.kind().check(NAME + ": label_smoothing", labelSmoothing);
    labelSmoothing += 0.0; // −0 is written as nothing
  }

  /// This loss with smoothed labels: ε of each is spread over all classes.
  ///
  /// @throws IllegalArgumentException if it is not in [0, 1]
  public CrossEntropy withLabelSmoothing(double epsilon) {
    return new CrossEntropy(epsilon, classWeights, reduction);
  }

  /// This loss with classes that count differently.
  public CrossEntropy withClassWeights(ClassWeights weights) {
    return new CrossEntropy(labelSmoothing, weights, reduction);
  }

  /// This loss with classes that count so much.
  ///
  /// @throws IllegalArgumentException if a weight is negative or not finite
  public CrossEntropy withClassWeights(double... weights) {
    return withClassWeights(ClassWeights.of(weights));
  }

  /// This loss as a mean or as a sum.
  public CrossEntropy withReduction(Reduction other) {
    return new CrossEntropy(labelSmoothing, classWeights, other);
  }

  @Override
  public CrossEntropy forClasses(long... counts) {
    return withClassWeights(classWeights.forClasses(counts));
  }

  @Override
  public Targets targets() {
    return Targets.CLASSES;
  }

  @Override
  public Tensor of(Tensor logits, Tensor target) {
    if (labelSmoothing == 0 && classWeights.none()) {
      Tensor mean = logits.softmaxCrossEntropy(target);
      return reduction == Reduction.MEAN ? mean : mean.times(logits.shape().dimension(0));
    }
    return weighted(logits, target, null);
  }

  @Override
  public Tensor of(Tensor logits, Tensor target, Tensor weights) {
    return weighted(logits, target, weights);
  }

  /// All weights go into the distributions: the loss is one product with the log-softmax.
  private Tensor weighted(Tensor logits, Tensor target, @Nullable Tensor weights) {
    Tensor factors = Constants.distributions(NAME, logits, target);
    Shape shape = logits.shape();
    int rows = shape.dimension(0);
    int classes = shape.dimension(1);
    double[] ofClass = classWeights.numbers(NAME, classes);
    if (weights != null) {
      Constants.checkWeights(weights, rows);
    }
    double total = 0;
    for (int i = 0, at = 0; i < rows; i++) {
      double ofSample = weights == null ? 1 : weights.element(i);
      double mass = 0;
      for (int c = 0; c < classes; c++, at++) {
        double t = factors.element(at);
        mass += ofClass[c] * t;
        double smoothed = (1 - labelSmoothing) * t + labelSmoothing / classes;
        Constants.set(factors, at, ofSample * ofClass[c] * smoothed);
      }
      // Without class weights a sample counts 1, also where its targets don't sum to 1.
      total += classWeights.none() ? 1 : mass;
    }
    Tensor sum = factors.times(logits.logSoftmax()).sum();
    return sum.div(reduction == Reduction.SUM || total == 0 ? -1 : -total);
  }

  /// With smoothed labels the matrix is that of the loss without, and so is the estimate.
  @Override
  public Optional<Tensor> ofDrawn(Tensor logits, Optional<Tensor> weights, Philox random) {
    NotNull.check(weights, "weights");
    NotNull.check(random, "random");
    if (!classWeights.none()) {
      return Optional.empty();
    }
    Tensor drawn = Drawn.classes(logits, random);
    return Optional.of(
        Drawn.scaled(withLabelSmoothing(0), logits, drawn, weights, logits.shape().dimension(0)));
  }

  /// `softmax_cross_entropy`, with what is not the default in parentheses.
  @Override
  public String toString() {
    return Written.text(
        SIGNATURE
            .with(LossArguments.LABEL_SMOOTHING, labelSmoothing)
            .with(LossArguments.CLASS_WEIGHTS, classWeights)
            .with(LossArguments.REDUCTION, reduction));
  }
}

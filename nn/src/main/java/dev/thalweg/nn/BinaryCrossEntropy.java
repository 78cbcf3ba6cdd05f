package dev.thalweg.nn;

import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.kernels.Philox;
import dev.thalweg.tensor.Tensor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Binary cross-entropy, from one logit x and the probability t of the second class, 0 and 1
/// included:
///
/// w₁ t′ log(1 + e⁻ˣ) + w₀ (1 − t′) log(1 + eˣ), t′ = (1 − ε) t + ε/2,
///
/// reduced to Σ l / Σ (w₁ t + w₀ (1 − t)) over all numbers, or the sum of the l. Neither term
/// cancels, so loss and gradient keep their digits for any finite logit. It is the softmax
/// cross-entropy of the two logits 0 and x. A prediction of several numbers is as many yes-or-no
/// questions.
///
/// Checked against PyTorch's `BCEWithLogitsLoss` and Keras' `BinaryCrossentropy(from_logits=True)`.
/// PyTorch's `pos_weight=p` is `class_weights=(1, p)` but for the division: it divides by the
/// number of logits.
///
/// @param labelSmoothing ε in [0, 1]; 0 by default
/// @param classWeights w₀ and w₁; both 1 by default
/// @param reduction mean by default
public record BinaryCrossEntropy(
    double labelSmoothing, ClassWeights classWeights, Reduction reduction) implements Loss {

  static final String NAME = "bce";

  private static final Signature SIGNATURE =
      Signature.of(
          NAME,
          "the cross-entropy of one logit and the second of two classes or not",
          0,
          LossArguments.LABEL_SMOOTHING,
          LossArguments.CLASS_WEIGHTS,
          LossArguments.REDUCTION);

  static final Written<Loss> KIND =
      new Written<>(
          SIGNATURE,
          arguments ->
              new BinaryCrossEntropy(
                  arguments.get(LossArguments.LABEL_SMOOTHING),
                  arguments.get(LossArguments.CLASS_WEIGHTS),
                  arguments.get(LossArguments.REDUCTION)));

  /// Checks the smoothing.
  ///
  /// @throws IllegalArgumentException if it is not in [0, 1], or there are weights for another
  ///   number of classes than two
  public BinaryCrossEntropy {
    LossArguments.LABEL_SMOOTHING.kind().check(NAME + ": label_smoothing", labelSmoothing);
    labelSmoothing += 0.0; // −0 is written as nothing
    if (!classWeights.values().isEmpty() && classWeights.values().size() != 2) {
      throw new IllegalArgumentException(
          NAME + ": expected two class weights, found " + classWeights.values().size());
    }
  }

  /// This loss with smoothed labels: ε of each is spread over both classes.
  ///
  /// @throws IllegalArgumentException if it is not in [0, 1]
  public BinaryCrossEntropy withLabelSmoothing(double epsilon) {
    return new BinaryCrossEntropy(epsilon, classWeights, reduction);
  }

  /// This loss with classes that count differently.
  public BinaryCrossEntropy withClassWeights(ClassWeights weights) {
    return new BinaryCrossEntropy(labelSmoothing, weights, reduction);
  }

  /// This loss with the first class, 0, and the second, 1, counting so much.
  ///
  /// @throws IllegalArgumentException if a weight is negative or not finite
  public BinaryCrossEntropy withClassWeights(double first, double second) {
    return withClassWeights(ClassWeights.of(first, second));
  }

  /// This loss as a mean or as a sum.
  public BinaryCrossEntropy withReduction(Reduction other) {
    return new BinaryCrossEntropy(labelSmoothing, classWeights, other);
  }

  @Override
  public BinaryCrossEntropy forClasses(long... counts) {
    return withClassWeights(classWeights.forClasses(counts));
  }

  @Override
  public Targets targets() {
    return Targets.TWO_CLASSES;
  }

  @Override
  public Tensor of(Tensor logits, Tensor target) {
    return weighted(logits, target, null);
  }

  @Override
  public Tensor of(Tensor logits, Tensor target, Tensor weights) {
    return weighted(logits, target, weights);
  }

  private Tensor weighted(Tensor logits, Tensor target, @Nullable Tensor weights) {
    Tensor second = Constants.binary(NAME, logits, target, BinaryCrossEntropy::probability);
    Tensor first = Tensor.zeros(logits.dtype(), logits.shape());
    double[] ofClass = classWeights.numbers(NAME, 2);
    int samples = logits.shape().rank() == 0 ? 1 : logits.shape().dimension(0);
    if (weights != null) {
      Constants.checkWeights(weights, samples);
    }
    int each = samples == 0 ? 1 : logits.size() / samples;
    double total = 0;
    for (int i = 0; i < logits.size(); i++) {
      double ofSample = weights == null ? 1 : weights.element(i / each);
      double t = second.element(i);
      total += ofClass[1] * t + ofClass[0] * (1 - t);
      double smoothed = (1 - labelSmoothing) * t + labelSmoothing / 2;
      Constants.set(second, i, ofSample * ofClass[1] * smoothed);
      Constants.set(first, i, ofSample * ofClass[0] * (1 - smoothed));
    }
    Tensor sum =
        second.times(logits.negate().softplus()).plus(first.times(logits.softplus())).sum();
    return reduction == Reduction.SUM || total == 0 ? sum : sum.div(total);
  }

  private static double probability(double target, int index) {
    if (target >= 0 && target <= 1) {
      return target;
    }
    throw new IllegalArgumentException(
        NAME + ": expected targets in [0, 1], found " + target + " at number " + index);
  }

  /// With smoothed labels the matrix is that of the loss without, and so is the estimate.
  @Override
  public Optional<Tensor> ofDrawn(Tensor logits, Optional<Tensor> weights, Philox random) {
    NotNull.check(weights, "weights");
    NotNull.check(random, "random");
    if (!classWeights.none()) {
      return Optional.empty();
    }
    Tensor drawn = Drawn.yesOrNo(logits, random);
    return Optional.of(Drawn.scaled(withLabelSmoothing(0), logits, drawn, weights, logits.size()));
  }

  /// `bce`, with what is not the default in parentheses.
  @Override
  public String toString() {
    return Written.text(
        SIGNATURE
            .with(LossArguments.LABEL_SMOOTHING, labelSmoothing)
            .with(LossArguments.CLASS_WEIGHTS, classWeights)
            .with(LossArguments.REDUCTION, reduction));
  }
}

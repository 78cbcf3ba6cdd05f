package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.Tensor;

/// The cross-entropy of logits in which samples that are right already count little: with p =
/// softmax(x) and a distribution t over the classes
///
/// −α Σc tc (1 − pc)^γ log pc,
///
/// the mean or the sum over the samples; a vector of class indices stands for the one-hot
/// distributions. With γ = 0 and α = 1 it is the cross-entropy.
///
/// Checked against Keras' `CategoricalFocalCrossentropy(alpha, gamma, from_logits=True)`, whose
/// default is α = 0.25. Source: Lin et al.: Focal Loss for Dense Object Detection (2017), arXiv
/// 1708.02002.
///
/// @param gamma γ, 0 or at least 1; 2 by default, as in the paper
/// @param alpha α, positive; 1 by default
/// @param reduction mean by default
public record Focal(double gamma, double alpha, Reduction reduction) implements TermLoss {

  static final String NAME = "focal";

  private static final Argument<Double> GAMMA =
      Argument.of(
          "gamma", Kind.number(Range.NOT_NEGATIVE), 2.0, "how little those count that are right");

  private static final Argument<Double> ALPHA =
      Argument.of("alpha", Kind.number(Range.POSITIVE), 1.0, "a factor");

  private static final Signature SIGNATURE =
      Signature.of(
          NAME,
          "a cross-entropy in which classes that are right already count little",
          0,
          GAMMA,
          ALPHA,
          LossArguments.REDUCTION);

  static final Written<Loss> KIND =
      new Written<>(
          SIGNATURE,
          arguments ->
              new Focal(
                  arguments.get(GAMMA),
                  arguments.get(ALPHA),
                  arguments.get(LossArguments.REDUCTION)));

  /// Checks γ and α.
  ///
  /// @throws IllegalArgumentException if α is not positive, or γ neither 0 nor at least 1: in
  ///   between, the slope at p = 1 is infinite
  public Focal {
    GAMMA.kind().check(NAME + ": gamma", gamma);
    ALPHA.kind().check(NAME + ": alpha", alpha);
    if (gamma > 0 && gamma < 1) {
      throw new IllegalArgumentException(
          NAME + ": gamma must be 0 or at least 1, where the slope is finite, found " + gamma);
    }
  }

  /// This loss as a mean or as a sum.
  public Focal withReduction(Reduction other) {
    return new Focal(gamma, alpha, other);
  }

  @Override
  public Targets targets() {
    return Targets.CLASSES;
  }

  @Override
  public Tensor terms(Tensor logits, Tensor target) {
    Tensor factors = Constants.distributions(NAME, logits, target);
    Tensor logs = logits.logSoftmax();
    Tensor each = factors.times(logs);
    if (gamma > 0) {
      each = each.times(logits.softmax().negate().plus(1).pow(gamma));
    }
    return each.sum(1).times(-alpha);
  }

  @Override
  public String toString() {
    return Written.text(
        SIGNATURE.with(GAMMA, gamma).with(ALPHA, alpha).with(LossArguments.REDUCTION, reduction));
  }
}

package dev.thalweg.nn;

import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// The Kullback–Leibler divergence of softmax(x) from a distribution t over the classes:
///
/// Σc tc (log tc − log softmax(x)c), with 0 log 0 = 0,
///
/// the mean or the sum over the samples; a vector of class indices stands for the one-hot
/// distributions. It is the cross-entropy less the entropy of the targets, so it has the same
/// gradient, and is 0 where prediction and target agree.
///
/// Predictions are logits, as for the cross-entropy. Checked against PyTorch's
/// `KLDivLoss(reduction="batchmean")` of `log_softmax(x)`; Keras' `KLDivergence` wants
/// probabilities and clips them at 1e-7.
///
/// @param reduction mean by default
public record KullbackLeibler(Reduction reduction) implements Loss {

  static final String NAME = "kl";

  private static final Signature SIGNATURE =
      Signature.of(
          NAME,
          "the Kullback-Leibler divergence, of distributions over classes",
          0,
          LossArguments.REDUCTION);

  static final Written<Loss> KIND =
      new Written<>(
          SIGNATURE, arguments -> new KullbackLeibler(arguments.get(LossArguments.REDUCTION)));

  /// This loss as a mean or as a sum.
  public KullbackLeibler withReduction(Reduction other) {
    return new KullbackLeibler(other);
  }

  @Override
  public Targets targets() {
    return Targets.CLASSES;
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
    Tensor factors = Constants.distributions(NAME, logits, target);
    Tensor logs = Tensor.zeros(logits.dtype(), logits.shape());
    int rows = logits.shape().dimension(0);
    int classes = logits.shape().dimension(1);
    if (weights != null) {
      Constants.checkWeights(weights, rows);
    }
    for (int i = 0; i < factors.size(); i++) {
      double t = factors.element(i);
      if (!(t >= 0)) {
        throw new IllegalArgumentException(
            NAME + ": expected targets of at least 0, found " + t + " in row " + i / classes);
      }
      Constants.set(logs, i, t == 0 ? 0 : StrictMath.log(t));
      Constants.set(factors, i, weights == null ? t : t * weights.element(i / classes));
    }
    Tensor sum = factors.times(logs.minus(logits.logSoftmax())).sum();
    return reduction == Reduction.SUM || rows == 0 ? sum : sum.div(rows);
  }

  @Override
  public String toString() {
    return Written.text(SIGNATURE.with(LossArguments.REDUCTION, reduction));
  }
}

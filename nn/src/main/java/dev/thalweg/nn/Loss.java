package dev.thalweg.nn;

import dev.thalweg.kernels.NotNull;
import dev.thalweg.kernels.Philox;
import dev.thalweg.tensor.Tensor;
import java.util.Optional;
import java.util.function.BinaryOperator;

/// How far predictions are from targets: a scalar, to be made small.
///
/// A lambda is one:
///
/// ```java
/// Loss quartic = (prediction, target) -> prediction.minus(target).pow(4).mean();
/// ```
///
/// One that also has a name, and can count samples by weights, is made of its terms:
///
/// ```java
/// Loss quartic = Loss.of("quartic", (prediction, target) -> prediction.minus(target).pow(4));
/// ```
///
/// One whose terms are a formula of each number `p` and its target `y`:
///
/// ```java
/// Loss quartic = Loss.of("(p - y)^4");
/// ```
///
/// The losses there are: [Losses].
@FunctionalInterface
public interface Loss {

  /// The loss of a batch.
  ///
  /// @param prediction what the network gave, batch dimension first
  /// @param target of the prediction's shape; for classes also a vector of class indices
  /// @return a scalar
  Tensor of(Tensor prediction, Tensor target);

  /// The loss of a batch whose samples count differently: Σ wᵢ lᵢ / n under a mean of n samples, Σ
  /// wᵢ lᵢ under a sum, lᵢ being the loss of sample i. This is Keras' `sample_weight` with its
  /// `sum_over_batch_size`: the divisor is the one without weights, so a sample pulls as hard as
  /// its weight says whatever else is in its batch, and in a batch of its own, too. (Σ wᵢ lᵢ / Σ
  /// wᵢ, as scikit-learn's `MLPClassifier` has it, would make the batch forget how much it weighs.)
  /// Weights whose mean is not 1 scale the loss, and so what a learning rate or a penalty means
  /// beside it. Where all weights are 0 the loss is 0.
  ///
  /// @param weights one for each sample, at least 0; not differentiated by
  /// @throws IllegalArgumentException if there are not as many as samples, one is negative or not
  ///   finite, or this loss is a function that can't tell samples apart
  default Tensor of(Tensor prediction, Tensor target, Tensor weights) {
    throw new IllegalArgumentException(
        this
            + ": this loss is one number for a batch and knows no weights of samples; make it of"
            + " its terms by Loss.of(name, terms)");
  }

  /// Where this loss is a negative log-likelihood: the loss against answers that are drawn from the
  /// distribution that the prediction is of, scaled so that the square of each number of its
  /// gradient is an unbiased estimate of the diagonal of the Gauss–Newton matrix of this loss: √n
  /// times the mean of n terms. Liu et al. 2023, arXiv 2305.14342, algorithm 2; weights of samples
  /// count by their root.
  ///
  /// @param weights one for each sample, where they count differently
  /// @param random numbers from index 0 on are used
  /// @return a scalar; empty for a loss that has no distribution, or whose classes count
  ///   differently
  default Optional<Tensor> ofDrawn(Tensor prediction, Optional<Tensor> weights, Philox random) {
    NotNull.check(weights, "weights");
    NotNull.check(random, "random");
    return Optional.empty();
  }

  /// How the losses of single samples make the loss of a batch; a mean unless it says otherwise.
  default Reduction reduction() {
    return Reduction.MEAN;
  }

  /// What predictions are compared with; anything unless it says otherwise.
  default Targets targets() {
    return Targets.ANY;
  }

  /// Whether it knows only the differences of predictions and targets, so that both may be moved
  /// and scaled alike: as the squared error does, and a loss of counts does not. No unless it says
  /// so.
  default boolean isOfDifferences() {
    return false;
  }

  /// This loss for data with so many samples of each class: what turns balanced class weights into
  /// numbers. Most losses don't care and are this one.
  default Loss forClasses(long... counts) {
    NotNull.check(counts, "counts");
    return this;
  }

  /// A loss of your own: the mean of its terms.
  ///
  /// @param name how it is shown
  /// @param terms of prediction and target: one term a sample or a number, batch dimension first
  static Loss of(String name, BinaryOperator<Tensor> terms) {
    NotNull.check(name, "name");
    NotNull.check(terms, "terms");
    return new CustomLoss(name, terms);
  }

  /// A loss of your own: the mean of a formula of each predicted number `p` and its target `y`, as
  /// in `(p - y)^4`. Value and derivatives are one loop each, made from the formula; see
  /// [dev.thalweg.tensor.ElementFunction].
  ///
  /// @throws dev.thalweg.formula.SyntaxException if the text is no formula or has another variable,
  ///   a caret under the culprit
  static Loss of(String formula) {
    NotNull.check(formula, "formula");
    return FormulaLoss.of(formula, Reduction.MEAN);
  }

  /// How the losses of single samples make the loss of a batch.
  enum Reduction {
    /// Their mean.
    MEAN,
    /// Their sum.
    SUM;

    /// The name in lower case, as it is written in loss texts.
    @Override
    public String toString() {
      return this == MEAN ? "mean" : "sum";
    }
  }

  /// What a loss compares predictions with.
  enum Targets {
    /// What a loss of your own makes of it.
    ANY,
    /// Numbers, as many as predicted.
    NUMBERS,
    /// Classes, from a number for each of them: class indices, or distributions.
    CLASSES,
    /// Two classes, from one number: 1 for the second and 0 for the first, or a probability.
    TWO_CLASSES;

    /// How many numbers a network has to give for a sample of so many classes.
    public int outputs(int classes) {
      return this == TWO_CLASSES ? 1 : classes;
    }
  }
}

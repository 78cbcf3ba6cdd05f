package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.nn.Loss.Reduction;

/// The arguments that losses share.
final class LossArguments {

  static final Argument<Reduction> REDUCTION =
      Argument.of(
          "reduction",
          Kind.choice(Reduction.class),
          Reduction.MEAN,
          "how the losses of samples make that of a batch");

  static final Argument<Double> LABEL_SMOOTHING =
      Argument.of(
          "label_smoothing",
          Kind.number(Range.PART),
          0.0,
          "the part of each label that is spread over all classes");

  static final Argument<ClassWeights> CLASS_WEIGHTS =
      Argument.of(
          "class_weights", Kinds.CLASS_WEIGHTS, ClassWeights.NONE, "how much each class counts");

  private LossArguments() {}
}

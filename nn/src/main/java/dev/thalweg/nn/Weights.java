package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import java.util.Optional;

/// The arguments that layers with weights share.
final class Weights {

  static final Argument<Activation> ACTIVATION =
      Argument.of(
          "activation", Kinds.ACTIVATION, Activation.LINEAR, "what is applied to the result");

  static final Argument<Optional<Initializer>> INITIALIZER =
      Argument.of(
          "initializer",
          Kind.optional(Kinds.INITIALIZER),
          Optional.empty(),
          "how the weights are drawn; none: as suits the activation");

  static final Argument<Initializer> BIAS =
      Argument.of("bias", Kinds.INITIALIZER, Initializer.ZEROS, "how the bias is drawn");

  static final Argument<Optional<Initializer>> OPTIONAL_BIAS =
      Argument.of(
          "bias",
          Kind.optional(Kinds.INITIALIZER),
          Optional.of(Initializer.ZEROS),
          "how the bias is drawn; none: there is none");

  static final Argument<Double> L1 =
      Argument.of("l1", Kind.number(Range.NOT_NEGATIVE), 0.0, "factor of Σ|w| in the loss");

  static final Argument<Double> L2 =
      Argument.of("l2", Kind.number(Range.NOT_NEGATIVE), 0.0, "factor of Σw² in the loss");

  static final Argument<Double> MAX_NORM =
      Argument.of(
          "max_norm",
          Kind.number(Range.POSITIVE_OR_INFINITE),
          Double.POSITIVE_INFINITY,
          "largest norm of the weights into a unit");

  private Weights() {}

  static Penalty penalty(Arguments arguments) {
    return new Penalty(arguments.get(L1), arguments.get(L2), arguments.get(MAX_NORM));
  }

  static Arguments with(Arguments arguments, Penalty penalty) {
    return arguments
        .with(L1, penalty.l1())
        .with(L2, penalty.l2())
        .with(MAX_NORM, penalty.maxNorm());
  }

  /// How the weights are drawn: as was said, else as suits the activation.
  static Initializer initializer(Arguments arguments) {
    return arguments.get(INITIALIZER).orElseGet(() -> arguments.get(ACTIVATION).initializer());
  }

  /// The same without an initializer that is the activation's own anyway.
  static Arguments plain(Arguments arguments) {
    Initializer own = arguments.get(ACTIVATION).initializer();
    return arguments.get(INITIALIZER).filter(own::equals).isPresent()
        ? arguments.with(INITIALIZER, Optional.empty())
        : arguments;
  }
}

package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.Optional;

/// A fully connected layer, y = f(x W + b): x n×i, W i×o, b o. Of a sequence, n×t×i, each step goes
/// through it by itself.
///
/// PyTorch's `Linear` keeps W as o×i.
public final class Dense extends BuiltInLayer {
  private static final Argument<Integer> UNITS =
      Argument.required("units", Kind.whole(1), "outputs");

  private static final Signature SIGNATURE =
      Signature.of(
          "dense",
          "every output a weighted sum of all inputs",
          2,
          UNITS,
          Weights.ACTIVATION,
          Weights.INITIALIZER,
          Weights.BIAS,
          Weights.L1,
          Weights.L2,
          Weights.MAX_NORM);

  static final LayerKind KIND =
      LayerKind.of(SIGNATURE, "[i] → [units]; [t, i] → [t, units]", Dense::new)
          .withWeights("weight [i, units]", "bias [units]");

  private Dense(Arguments arguments) {
    super(Weights.plain(arguments));
  }

  static Dense of(int units, Activation activation) {
    return new Dense(SIGNATURE.with(UNITS, units).with(Weights.ACTIVATION, activation));
  }

  @Override
  Dense with(Arguments other) {
    return new Dense(other);
  }

  /// The number of outputs, o.
  public int units() {
    return arguments.get(UNITS);
  }

  /// This layer with another number of outputs.
  ///
  /// @throws IllegalArgumentException if it is not positive
  public Dense withUnits(int units) {
    return with(arguments.with(UNITS, units));
  }

  /// What is applied to the result, f.
  public Activation activation() {
    return arguments.get(Weights.ACTIVATION);
  }

  /// How W is drawn; the activation's own unless something else is asked for.
  public Initializer initializer() {
    return Weights.initializer(arguments);
  }

  /// How b is drawn; 0 unless something else is asked for.
  public Initializer biasInitializer() {
    return arguments.get(Weights.BIAS);
  }

  /// What keeps W small.
  public Penalty penalty() {
    return Weights.penalty(arguments);
  }

  @Override
  public Dense withInitializer(Initializer other) {
    return with(arguments.with(Weights.INITIALIZER, Optional.of(other)));
  }

  /// This layer with biases drawn in another way.
  public Dense withBiasInitializer(Initializer other) {
    return with(arguments.with(Weights.BIAS, other));
  }

  @Override
  public Dense withPenalty(Penalty other) {
    return with(Weights.with(arguments, other));
  }

  @Override
  public Shape output(Shape input) {
    return switch (input.rank()) {
      case 1 -> Shape.of(units());
      case 2 -> Shape.of(input.dimension(0), units());
      default ->
          throw new IllegalArgumentException(
              "dense: expected one dimension of features, or steps of them, found "
                  + input
                  + "; put flatten() before it");
    };
  }

  @Override
  public boolean anyLength(Shape input) {
    return input.rank() == 2;
  }

  @Override
  public Block build(Shape input, Builder builder) {
    int features = input.dimension(-1);
    int steps = input.rank() == 2 ? input.dimension(0) : 1;
    int units = units();
    Activation activation = activation();
    Tensor weights =
        builder.parameter(
            "weight", Shape.of(features, units), initializer(), features, units, penalty());
    Tensor bias = builder.parameter("bias", Shape.of(units), biasInitializer(), features, units);
    builder.multiplyAdds((long) steps * features * units);
    return (x, pass) -> activation.apply(x.linear(weights, bias));
  }
}

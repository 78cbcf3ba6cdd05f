package dev.thalweg.nn;

import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;

/// What vectors are worth together: the first number of each, and for each pair of them the scalar
/// product of the others,
///
/// Σₜ x[t, 0] + Σₛ﹤ₜ Σₖ x[s, k] x[t, k], k from 1 on,
///
/// computed as Σₖ ½ ((Σₜ x[t, k])² − Σₜ x[t, k]²). Behind an embedding of users and items it is a
/// matrix factorisation with biases (Koren, Bell, Volinsky 2009), of more things at once a
/// factorisation machine (Rendle 2010). It has no weights.
public final class Interactions extends BuiltInLayer {

  private static final Signature SIGNATURE =
      Signature.of("interactions", "scalar products of pairs of vectors, and biases", 0);

  static final LayerKind KIND = LayerKind.of(SIGNATURE, "[t, c] → [1]", Interactions::new);

  private Interactions(Arguments arguments) {
    super(arguments);
  }

  static Interactions of() {
    return new Interactions(SIGNATURE.usual());
  }

  @Override
  Interactions with(Arguments other) {
    return new Interactions(other);
  }

  @Override
  public Shape output(Shape input) {
    if (input.rank() != 2 || input.dimension(1) < 2) {
      throw new IllegalArgumentException(
          "interactions: expected vectors of two numbers or more, such as [2, 33], found " + input);
    }
    return Shape.of(1);
  }

  @Override
  public boolean anyLength(Shape input) {
    return true;
  }

  @Override
  public Block build(Shape input, Builder builder) {
    int width = input.dimension(1);
    return (x, pass) -> {
      Tensor biases = x.slice(2, 0, 1).sum(1);
      Tensor factors = x.slice(2, 1, width);
      Tensor all = factors.sum(1).square();
      Tensor own = factors.square().sum(1);
      int rows = x.shape().dimension(0);
      return biases.plus(all.minus(own).sum(1).times(0.5).reshape(rows, 1));
    };
  }
}

package dev.thalweg.nn;

import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.Shape;

/// Puts all dimensions of a sample into one: 28×28 becomes 784.
public final class Flatten extends BuiltInLayer {

  private static final Signature SIGNATURE =
      Signature.of("flatten", "all dimensions of a sample in one", 0);

  static final LayerKind KIND = LayerKind.of(SIGNATURE, "[a, b, …] → [a·b·…]", Flatten::new);

  private Flatten(Arguments arguments) {
    super(arguments);
  }

  static Flatten of() {
    return new Flatten(SIGNATURE.usual());
  }

  @Override
  Flatten with(Arguments other) {
    return new Flatten(other);
  }

  @Override
  public Shape output(Shape input) {
    return Shape.of(input.size());
  }

  @Override
  public Block build(Shape input, Builder builder) {
    return (x, pass) -> x.flatten();
  }
}

package dev.thalweg.nn;

import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.DType;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;

/// The last step of each sequence: of one that is shorter than the batch its last real one. What a
/// recurrent layer has come to, as Keras' `return_sequences=False` gives it. Of a sequence without
/// steps it is 0.
public final class LastStep extends BuiltInLayer {

  private static final Signature SIGNATURE = Signature.of("last", "the last step of a sequence", 0);

  static final LayerKind KIND = LayerKind.of(SIGNATURE, "[t, c] → [c]", LastStep::new);

  private LastStep(Arguments arguments) {
    super(arguments);
  }

  static LastStep of() {
    return new LastStep(SIGNATURE.usual());
  }

  @Override
  LastStep with(Arguments other) {
    return new LastStep(other);
  }

  @Override
  public Shape output(Shape input) {
    return Shape.of(Steps.check("last", input).dimension(1));
  }

  @Override
  public boolean anyLength(Shape input) {
    return true;
  }

  @Override
  public Block build(Shape input, Builder builder) {
    return (x, pass) -> pass.lengths().map(lengths -> last(x, lengths)).orElseGet(() -> last(x));
  }

  private static Tensor last(Tensor x) {
    int steps = x.shape().dimension(1);
    return x.slice(1, steps - 1, steps).squeeze(1);
  }

  private static Tensor last(Tensor x, Tensor lengths) {
    int steps = x.shape().dimension(1);
    int rows = x.shape().dimension(0);
    Tensor places = Tensor.empty(DType.I32, Shape.of(rows));
    Tensor real = Tensor.ones(DType.F32, Shape.of(rows, 1));
    for (int i = 0; i < rows; i++) {
      int length = lengths.ints()[i];
      places.ints()[i] = i * steps + Math.max(0, length - 1);
      real.floats()[i] = Math.min(1, length);
    }
    Tensor last = x.reshape(rows * steps, x.shape().dimension(2)).gather(places);
    return last.times(real.to(x.dtype()));
  }
}

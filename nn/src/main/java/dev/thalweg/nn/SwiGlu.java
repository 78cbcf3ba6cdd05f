package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;

/// Two dense layers whose first is gated by another: y = (silu(x W) ⊙ x V) U, without biases.
/// Shazeer 2020, arXiv 2002.05202; the feed-forward layer of Llama.
public final class SwiGlu extends BuiltInLayer {

  private static final Argument<Integer> HIDDEN =
      Argument.required("hidden", Kind.whole(1), "numbers between the two");

  private static final Argument<Initializer> INITIALIZER =
      Argument.of(
          "initializer",
          Kinds.INITIALIZER,
          Initializer.GLOROT_UNIFORM,
          "how the weights are drawn");

  private static final Signature SIGNATURE =
      Signature.of("swiglu", "two dense layers, the first gated", 1, HIDDEN, INITIALIZER);

  static final LayerKind KIND =
      LayerKind.of(SIGNATURE, "[…, c], kept", SwiGlu::new)
          .withWeights("gate [c, hidden]", "weight [c, hidden]", "out_weight [hidden, c]");

  private SwiGlu(Arguments arguments) {
    super(arguments);
  }

  static SwiGlu of(int hidden) {
    return new SwiGlu(SIGNATURE.with(HIDDEN, hidden));
  }

  @Override
  SwiGlu with(Arguments other) {
    return new SwiGlu(other);
  }

  @Override
  public SwiGlu withInitializer(Initializer other) {
    NotNull.check(other, "other");
    return with(arguments.with(INITIALIZER, other));
  }

  @Override
  public Shape output(Shape input) {
    return Norm.channels(this, input, 1);
  }

  @Override
  public boolean anyLength(Shape input) {
    return input.rank() > 1;
  }

  @Override
  public Block build(Shape input, Builder builder) {
    int features = input.dimension(-1);
    int hidden = arguments.get(HIDDEN);
    Initializer how = arguments.get(INITIALIZER);
    Shape in = Shape.of(features, hidden);
    Tensor gate = builder.parameter("gate", in, how, features, hidden);
    Tensor weight = builder.parameter("weight", in, how, features, hidden);
    Tensor out = builder.parameter("out_weight", Shape.of(hidden, features), how, hidden, features);
    builder.multiplyAdds(3L * input.size() * hidden);
    return (x, pass) -> {
      Tensor rows = x.reshape(-1, features);
      Tensor opened = Activation.SILU.apply(rows.matmul(gate));
      return opened.times(rows.matmul(weight)).matmul(out).reshape(x.dimensions());
    };
  }
}

package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.tensor.Sequences;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;

/// Layers over a sequence from both ends, with weights of their own, and their results side by
/// side: Schuster and Paliwal 1997. Each sequence is turned about its real steps; results of steps
/// are turned back.
public final class Bidirectional extends BuiltInLayer {

  private static final Argument<Layer> BODY =
      Argument.required("body", Kinds.LAYER, "what goes over the sequence");

  private static final Signature SIGNATURE =
      Signature.of("bidirectional", "layers over a sequence from both ends", 1, BODY);

  static final LayerKind KIND =
      LayerKind.of(
              SIGNATURE, "[t, i] → [t, 2c], or [2c] where the layers give [c]", Bidirectional::new)
          .withWeights("forward.1.…: from the front", "backward.1.…: from the end");

  private Bidirectional(Arguments arguments) {
    super(arguments);
  }

  static Bidirectional of(Layer body) {
    return new Bidirectional(SIGNATURE.with(BODY, body));
  }

  @Override
  Bidirectional with(Arguments other) {
    return new Bidirectional(other);
  }

  @Override
  public Bidirectional withPenalty(Penalty penalty) {
    NotNull.check(penalty, "penalty");
    return of(arguments.get(BODY).withPenalty(penalty));
  }

  @Override
  public Bidirectional withInitializer(Initializer initializer) {
    NotNull.check(initializer, "initializer");
    return of(arguments.get(BODY).withInitializer(initializer));
  }

  @Override
  public boolean mixesRows() {
    return arguments.get(BODY).mixesRows();
  }

  @Override
  public boolean anyLength(Shape input) {
    return arguments.get(BODY).anyLength(input);
  }

  @Override
  public Shape output(Shape input) {
    Steps.check("bidirectional", input);
    int[] sizes =
        Sequential.of(arguments.get(BODY)).withName("bidirectional").output(input).dimensions();
    sizes[sizes.length - 1] *= 2;
    return Shape.of(sizes);
  }

  @Override
  public Block build(Shape input, Builder builder) {
    Sequential body = Sequential.of(arguments.get(BODY));
    Block forward = body.build(input, builder.in("forward"));
    Block backward = body.build(input, builder.in("backward"));
    return (x, pass) -> {
      if (pass.carry().isPresent()) {
        throw new IllegalArgumentException(
            "bidirectional: expected whole sequences, found some that go on in the next batch");
      }
      Tensor there = forward.apply(x, pass);
      Tensor back = backward.apply(Sequences.reverse(x, pass.lengths()), pass);
      boolean steps = back.shape().rank() == 3;
      return Tensor.concat(-1, there, steps ? Sequences.reverse(back, pass.lengths()) : back);
    };
  }
}

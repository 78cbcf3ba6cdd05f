package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.tensor.Shape;
import java.util.Collections;

/// The same layers several times, one after the other, each time with weights of their own, which
/// are named `1.…`, `2.…`.
public final class Repeat extends BuiltInLayer {

  private static final Argument<Integer> TIMES =
      Argument.required("times", Kind.whole(1), "how often");

  private static final Argument<Layer> BODY =
      Argument.required("body", Kinds.LAYER, "what is repeated");

  private static final Signature SIGNATURE =
      Signature.of(
          "repeat", "layers several times, each time with weights of their own", 2, TIMES, BODY);

  static final LayerKind KIND =
      LayerKind.of(SIGNATURE, "as of its layers, again and again", Repeat::new)
          .withWeights("1.…, 2.…: those of the body, each time");

  private Repeat(Arguments arguments) {
    super(arguments);
  }

  static Repeat of(int times, Layer body) {
    return new Repeat(SIGNATURE.with(TIMES, times).with(BODY, body));
  }

  @Override
  Repeat with(Arguments other) {
    return new Repeat(other);
  }

  @Override
  public Repeat withPenalty(Penalty penalty) {
    NotNull.check(penalty, "penalty");
    return with(arguments.with(BODY, arguments.get(BODY).withPenalty(penalty)));
  }

  @Override
  public Repeat withInitializer(Initializer initializer) {
    NotNull.check(initializer, "initializer");
    return with(arguments.with(BODY, arguments.get(BODY).withInitializer(initializer)));
  }

  @Override
  public boolean mixesRows() {
    return arguments.get(BODY).mixesRows();
  }

  private Sequential unrolled() {
    return Sequential.of(Collections.nCopies(arguments.get(TIMES), arguments.get(BODY)))
        .withName("repeat");
  }

  @Override
  public Shape output(Shape input) {
    return unrolled().output(input);
  }

  @Override
  public boolean anyLength(Shape input) {
    return unrolled().anyLength(input);
  }

  @Override
  public Block build(Shape input, Builder builder) {
    return unrolled().build(input, builder);
  }
}

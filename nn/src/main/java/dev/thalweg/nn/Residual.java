package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.tensor.Shape;
import java.util.Optional;

/// y = x + f(x), or with a shortcut g, y = g(x) + f(x): He et al. 2016, arXiv 1512.03385.
///
/// The weights of f's layers are named `1.…`, `2.…`; those of the shortcut's `shortcut.1.…`.
public final class Residual extends BuiltInLayer {

  private static final Argument<Layer> BODY =
      Argument.required("body", Kinds.LAYER, "what is added");

  private static final Argument<Optional<Layer>> SHORTCUT =
      Argument.of(
          "shortcut",
          Kind.optional(Kinds.LAYER),
          Optional.empty(),
          "what it is added to; none: the input");

  private static final Signature SIGNATURE =
      Signature.of("residual", "the input, and what layers make of it, added", 1, BODY, SHORTCUT);

  static final LayerKind KIND =
      LayerKind.of(SIGNATURE, "that of the input, which the layers must give", Residual::new)
          .withWeights("1.…, 2.…: those of the body", "shortcut.1.…: those of the shortcut");

  private Residual(Arguments arguments) {
    super(arguments);
  }

  static Residual of(Layer body) {
    return new Residual(SIGNATURE.with(BODY, body));
  }

  @Override
  Residual with(Arguments other) {
    return new Residual(other);
  }

  /// This connection with layers in place of the input itself, where shapes change.
  public Residual withShortcut(Layer shortcut) {
    NotNull.check(shortcut, "shortcut");
    return with(arguments.with(SHORTCUT, Optional.of(shortcut)));
  }

  @Override
  public Residual withPenalty(Penalty penalty) {
    NotNull.check(penalty, "penalty");
    return each(layer -> layer.withPenalty(penalty));
  }

  @Override
  public Residual withInitializer(Initializer initializer) {
    NotNull.check(initializer, "initializer");
    return each(layer -> layer.withInitializer(initializer));
  }

  private Residual each(java.util.function.UnaryOperator<Layer> change) {
    return with(
        arguments
            .with(BODY, change.apply(arguments.get(BODY)))
            .with(SHORTCUT, arguments.get(SHORTCUT).map(change)));
  }

  @Override
  public boolean mixesRows() {
    return arguments.get(BODY).mixesRows()
        || arguments.get(SHORTCUT).map(Layer::mixesRows).orElse(false);
  }

  @Override
  public Shape output(Shape input) {
    Shape added = Sequential.of(arguments.get(BODY)).withName("residual").output(input);
    Shape kept = arguments.get(SHORTCUT).map(shortcut -> shortcut.output(input)).orElse(input);
    if (!added.equals(kept)) {
      throw new IllegalArgumentException(
          "residual: expected layers that give %s, as %s does, found %s"
                  .formatted(
                      kept,
                      arguments.get(SHORTCUT).isPresent() ? "the shortcut" : "the input",
                      added)
              + (arguments.get(SHORTCUT).isPresent() ? "" : "; a shortcut=… can change the input"));
    }
    return added;
  }

  @Override
  public boolean anyLength(Shape input) {
    return Sequential.of(arguments.get(BODY)).anyLength(input)
        && arguments.get(SHORTCUT).map(layer -> layer.anyLength(input)).orElse(true);
  }

  @Override
  public Block build(Shape input, Builder builder) {
    Block body = Sequential.of(arguments.get(BODY)).build(input, builder);
    Block kept =
        arguments
            .get(SHORTCUT)
            .map(layer -> Sequential.of(layer).build(input, builder.in("shortcut")))
            .orElse((x, pass) -> x);
    return (x, pass) -> kept.apply(x, pass).plus(body.apply(x, pass));
  }
}

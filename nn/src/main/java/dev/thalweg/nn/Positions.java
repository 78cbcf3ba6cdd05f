package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.Locale;

/// Adds a vector to each step that tells its place: what attention can't see by itself.
///
/// * *learned*: a row of the weights for each place, drawn from N(0, 0.02) unless something else is
///   asked for;
/// * *sinusoidal*: sin(p / 10000^(2i/c)) at 2i and cos(p / 10000^(2i/c)) at 2i + 1 for place p and
///   c features: Vaswani et al. 2017, arXiv 1706.03762.
///
/// Rotary places and those by distance are attention's own: [SelfAttention].
public final class Positions extends BuiltInLayer {

  /// What is added.
  public enum Code {
    /// Weights.
    LEARNED,
    /// Sines and cosines.
    SINUSOIDAL;

    /// In lower case.
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Argument<Integer> CONTEXT =
      Argument.required("context", Kind.whole(1), "the longest sequence, in steps");

  private static final Argument<Code> CODE =
      Argument.of("code", Kind.choice(Code.class), Code.LEARNED, "what is added");

  private static final Argument<Initializer> INITIALIZER =
      Argument.of(
          "initializer",
          Kinds.INITIALIZER,
          Initializer.normal(0, 0.02),
          "how learned ones are drawn");

  private static final Signature SIGNATURE =
      Signature.of("positions", "a vector for each place added", 1, CONTEXT, CODE, INITIALIZER);

  static final LayerKind KIND =
      LayerKind.of(SIGNATURE, "[t, c], kept", Positions::new)
          .withWeights("weight [context, c], of learned ones");

  private Positions(Arguments arguments) {
    super(arguments);
  }

  static Positions of(int context, Code code) {
    return new Positions(SIGNATURE.with(CONTEXT, context).with(CODE, code));
  }

  @Override
  Positions with(Arguments other) {
    return new Positions(other);
  }

  /// The longest sequence, in steps.
  public int context() {
    return arguments.get(CONTEXT);
  }

  @Override
  public Positions withInitializer(Initializer other) {
    NotNull.check(other, "other");
    return with(arguments.with(INITIALIZER, other));
  }

  @Override
  public Shape output(Shape input) {
    check(Steps.check("positions", input).dimension(0));
    return input;
  }

  private void check(int steps) {
    if (steps > context()) {
      throw new IllegalArgumentException(
          "positions: expected sequences of up to %d steps, found %d".formatted(context(), steps));
    }
  }

  @Override
  public boolean anyLength(Shape input) {
    return true;
  }

  @Override
  public Block build(Shape input, Builder builder) {
    int context = context();
    int features = input.dimension(1);
    Shape shape = Shape.of(context, features);
    Tensor table =
        arguments.get(CODE) == Code.LEARNED
            ? builder.parameter("weight", shape, arguments.get(INITIALIZER), context, features)
            : sinusoids(context, features);
    return (x, pass) -> {
      int before = pass.carry().map(Carry::steps).orElse(0);
      int steps = x.shape().dimension(1);
      check(before + steps);
      Tensor rows = before == 0 && steps == context ? table : table.rows(before, before + steps);
      return x.plus(rows.to(x.dtype()));
    };
  }

  private static Tensor sinusoids(int context, int features) {
    double[] values = new double[context * features];
    for (int at = 0; at < values.length; at++) {
      int i = at % features;
      int step = at / features;
      int pair = i / 2;
      double angle = step / Math.pow(10_000, 2.0 * pair / features);
      values[at] = i % 2 == 0 ? StrictMath.sin(angle) : StrictMath.cos(angle);
    }
    return Tensor.wrap(Shape.of(context, features), values);
  }
}

package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.DType;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;

/// A vector of numbers for each token: row i of the weights for token i.
///
/// Where it is `padded` and the first layer of a model, a sequence ends before the zeros at its
/// end: the layers behind are told how many steps are real, as by [Pass#withLengths], and a batch
/// is as long as its longest sequence.
///
/// The weights are drawn from N(0, 1), as PyTorch's `Embedding` has it, unless something else is
/// asked for; Keras' are uniform within ±0.05.
public final class Embedding extends BuiltInLayer {

  private static final Argument<Integer> SIZE =
      Argument.required("size", Kind.whole(1), "how many tokens there are");

  private static final Argument<Integer> WIDTH =
      Argument.required("width", Kind.whole(1), "numbers for each");

  private static final Argument<Initializer> INITIALIZER =
      Argument.of(
          "initializer", Kinds.INITIALIZER, Initializer.normal(0, 1), "how the weights are drawn");

  private static final Argument<Boolean> PADDED =
      Argument.of(
          "padded",
          Kind.flag(),
          false,
          "whether tokens of 0 at the end of a sequence are behind it: no layer looks at them");

  private static final Signature SIGNATURE =
      Signature.of("embedding", "a vector for each token", 2, SIZE, WIDTH, INITIALIZER, PADDED);

  static final LayerKind KIND =
      LayerKind.of(SIGNATURE, "[t] → [t, width]", Embedding::new)
          .withWeights("weight [size, width]");

  private Embedding(Arguments arguments) {
    super(arguments);
  }

  static Embedding of(int size, int width) {
    return new Embedding(SIGNATURE.with(SIZE, size).with(WIDTH, width));
  }

  @Override
  Embedding with(Arguments other) {
    return new Embedding(other);
  }

  /// How many tokens there are.
  public int size() {
    return arguments.get(SIZE);
  }

  /// This layer of sequences that zeros fill up.
  public Embedding withPadding() {
    return with(arguments.with(PADDED, true));
  }

  /// Whether zeros at the end of a sequence are behind it.
  public boolean isPadded() {
    return arguments.get(PADDED);
  }

  /// How many tokens each row has before the zeros at its end.
  static int[] lengths(Tensor x) {
    int rows = x.shape().dimension(0);
    int steps = x.shape().dimension(1);
    int[] tokens = x.to(DType.I32).ints();
    int[] lengths = new int[rows];
    for (int row = 0; row < rows; row++) {
      int length = steps;
      while (length > 0 && tokens[row * steps + length - 1] == 0) {
        length--;
      }
      lengths[row] = length;
    }
    return lengths;
  }

  @Override
  public Embedding withInitializer(Initializer other) {
    return with(arguments.with(INITIALIZER, other));
  }

  @Override
  public Shape output(Shape input) {
    if (input.rank() != 1) {
      throw new IllegalArgumentException(
          "embedding: expected a sequence of tokens, such as [128], found " + input);
    }
    return Shape.of(input.dimension(0), arguments.get(WIDTH));
  }

  @Override
  public boolean anyLength(Shape input) {
    return true;
  }

  @Override
  public Block build(Shape input, Builder builder) {
    int size = size();
    int width = arguments.get(WIDTH);
    Tensor weights =
        builder.parameter("weight", Shape.of(size, width), arguments.get(INITIALIZER), size, width);
    return (x, pass) -> weights.gather(tokens(x, size));
  }

  private static Tensor tokens(Tensor x, int size) {
    Tensor tokens = x.to(DType.I32);
    int[] each = tokens.ints();
    for (int i = 0; i < tokens.size(); i++) {
      if (each[i] < 0 || each[i] >= size) {
        throw new IllegalArgumentException(
            "embedding: expected tokens of 0 to %d, found %d".formatted(size - 1, each[i]));
      }
    }
    return tokens;
  }
}

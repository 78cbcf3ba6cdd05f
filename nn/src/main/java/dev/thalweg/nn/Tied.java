package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.Optional;

/// A number for each token, by the weights of the embedding that the chain of layers begins with:
///
/// y = x Wᵀ + b
///
/// with the rows of W as the vectors of the tokens: Press and Wolf 2017, arXiv 1608.05859. The
/// weights are there once, in memory, in the file and for the optimizer.
public final class Tied extends BuiltInLayer {

  private static final Argument<Integer> SIZE =
      Argument.required("size", Kind.whole(1), "how many tokens there are");

  private static final Argument<Integer> LAYER =
      Argument.of("layer", Kind.whole(1), 1, "which layer of the chain is the embedding");

  private static final Signature SIGNATURE =
      Signature.of(
          "tied",
          "a number for each token, by the weights of an embedding",
          1,
          SIZE,
          LAYER,
          Weights.OPTIONAL_BIAS);

  static final LayerKind KIND =
      LayerKind.of(SIGNATURE, "[c] → [size]; [t, c] → [t, size]", Tied::new)
          .withWeights("bias [size]");

  private Tied(Arguments arguments) {
    super(arguments);
  }

  static Tied of(int size) {
    return new Tied(SIGNATURE.with(SIZE, size));
  }

  @Override
  Tied with(Arguments other) {
    return new Tied(other);
  }

  /// This layer by the weights of another layer of its chain, counted from 1.
  ///
  /// @throws IllegalArgumentException if it is not positive
  public Tied withLayer(int layer) {
    return with(arguments.with(LAYER, layer));
  }

  /// This layer without a bias.
  public Tied withoutBias() {
    return with(arguments.with(Weights.OPTIONAL_BIAS, Optional.empty()));
  }

  @Override
  public Shape output(Shape input) {
    int size = arguments.get(SIZE);
    return switch (input.rank()) {
      case 1 -> Shape.of(size);
      case 2 -> Shape.of(input.dimension(0), size);
      default ->
          throw new IllegalArgumentException(
              "tied: expected one dimension of features, or steps of them, found " + input);
    };
  }

  @Override
  public boolean anyLength(Shape input) {
    return input.rank() == 2;
  }

  @Override
  public Block build(Shape input, Builder builder) {
    int size = arguments.get(SIZE);
    int features = input.dimension(-1);
    String path = builder.path();
    String name = path.substring(0, path.lastIndexOf('.') + 1) + arguments.get(LAYER) + ".weight";
    Tensor weights = builder.shared(name);
    if (!builder.counting() && !weights.shape().equals(Shape.of(size, features))) {
      throw new IllegalArgumentException(
          "tied: expected %s of shape %s, a row of %d numbers for each of %d tokens, found %s"
              .formatted(name, Shape.of(size, features), features, size, weights.shape()));
    }
    Optional<Tensor> bias =
        arguments
            .get(Weights.OPTIONAL_BIAS)
            .map(how -> builder.parameter("bias", Shape.of(size), how, features, size));
    builder.multiplyAdds((long) input.size() * size);
    return (x, pass) -> {
      Tensor y = x.reshape(x.size() / features, features).matmul(weights, false, true);
      int[] sizes = x.shape().dimensions();
      sizes[sizes.length - 1] = size;
      return bias.map(y::plus).orElse(y).reshape(sizes);
    };
  }
}

package dev.thalweg.train;

import dev.thalweg.kernels.NotNull;
import dev.thalweg.nn.Embedding;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.tensor.Gradients;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;

/// One output of a network as a function of the numbers of a row, which attributions are of: its
/// scaled features, or, where these are tokens, the vectors that the embedding has for them.
final class OutputFunction {

  /// Rows of tokens at once.
  private static final int ROWS = 25;

  private final Network network;
  private final int output;

  /// How many features a row has.
  private final int features;

  private final float[] x;

  /// The layers that are left out: 1 where x are vectors of tokens, else 0.
  private final int first;

  /// The shape of x.
  private final Shape sample;

  /// How many tokens are real, where zeros fill up.
  private final Optional<Integer> length;

  private OutputFunction(
      Network network,
      int output,
      int features,
      float[] x,
      int first,
      Shape sample,
      Optional<Integer> length) {
    this.network = network;
    this.output = output;
    this.features = features;
    this.x = x;
    this.first = first;
    this.sample = sample;
    this.length = length;
  }

  /// That of a row.
  ///
  /// @param row features as they came, not scaled
  /// @throws IllegalArgumentException if the row has another number of features, or there is no
  ///   such output
  static OutputFunction of(FittedModel model, double[] row, int output) {
    NotNull.check(model, "model");
    NotNull.check(row, "row");
    Network network = model.network();
    int features = model.preprocessing().features();
    if (row.length != features) {
      throw new IllegalArgumentException(
          "row: expected %d features, found %d".formatted(features, row.length));
    }
    int outputs = network.output().size();
    if (output < 0 || output >= outputs) {
      throw new IllegalArgumentException(
          "output: expected 0 to %d, found %d".formatted(outputs - 1, output));
    }
    float[] x = new float[features];
    model.preprocessing().apply(row, x, 1);
    if (!(network.model().layers().getFirst() instanceof Embedding embedding)) {
      return new OutputFunction(network, output, features, x, 0, network.input(), Optional.empty());
    }
    Tensor tokens = Tensor.wrap(TensorBatch.batch(1, network.input()), x.clone());
    Tensor vectors = Gradients.off(() -> network.trace(tokens, Pass.inference()).getFirst().keep());
    int[] shape = vectors.dimensions();
    return new OutputFunction(
        network,
        output,
        features,
        vectors.floats(),
        1,
        Shape.of(Arrays.copyOfRange(shape, 1, shape.length)),
        embedding.isPadded() ? Optional.of(real(x)) : Optional.empty());
  }

  /// How many tokens there are before the zeros at the end.
  private static int real(float... tokens) {
    int real = tokens.length;
    while (real > 0 && tokens[real - 1] == 0) {
      real--;
    }
    return real;
  }

  /// The numbers of the row.
  float[] x() {
    return x.clone();
  }

  /// Whether they are vectors of tokens.
  boolean isOfTokens() {
    return first == 1;
  }

  /// How many numbers a feature has.
  int each() {
    return isOfTokens() ? sample.dimension(1) : 1;
  }

  /// How many rows may be passed at once.
  int atOnce() {
    return isOfTokens() ? ROWS : 1;
  }

  private Tensor applied(Tensor rows, int count) {
    int[] lengths = new int[count];
    Arrays.fill(lengths, length.orElse(0));
    Pass pass =
        length.isPresent()
            ? Pass.inference().withLengths(Tensor.ofInts(lengths))
            : Pass.inference();
    return first == 0 ? network.apply(rows, pass) : network.applyBehind(first, rows, pass);
  }

  private Tensor rows(int count, float... numbers) {
    return Tensor.wrap(TensorBatch.batch(count, sample), numbers);
  }

  /// The output of other numbers than those of the row.
  double value(float... numbers) {
    return Gradients.off(() -> applied(rows(1, numbers.clone()), 1).element(output));
  }

  /// The derivatives by all numbers of several rows, one behind the other.
  double[] gradient(int count, float... numbers) {
    Tensor at = rows(count, numbers.clone());
    Tensor y = applied(at, count);
    int outputs = y.size() / count;
    float[] one = new float[y.size()];
    for (int row = 0; row < count; row++) {
      one[row * outputs + output] = 1;
    }
    return y.times(Tensor.wrap(Shape.of(y.shape().dimensions()), one))
        .sum()
        .gradient(at)
        .toDoubles();
  }

  /// One number a feature, the sum of those that it has; 0 where a row is filled up.
  double[] byFeature(double... numbers) {
    double[] sums = new double[features];
    int each = each();
    for (int i = 0; i < numbers.length; i++) {
      sums[i / each] += numbers[i];
    }
    return sums;
  }
}

package dev.thalweg.nn;

import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Spatial;
import dev.thalweg.tensor.Tensor;

/// The mean, or the largest number, of each channel over all pixels or steps.
public final class GlobalPool extends BuiltInLayer {

  private static final Signature AVERAGE =
      Signature.of("global_average_pool", "the mean of each channel", 0);

  private static final Signature MAX =
      Signature.of("global_max_pool", "the largest number of each channel", 0);

  static final LayerKind MEAN = LayerKind.of(AVERAGE, "[…, c] → [c]", GlobalPool::new);
  static final LayerKind MAXIMUM = LayerKind.of(MAX, "[…, c] → [c]", GlobalPool::new);

  private GlobalPool(Arguments arguments) {
    super(arguments);
  }

  static GlobalPool mean() {
    return new GlobalPool(AVERAGE.usual());
  }

  static GlobalPool maximum() {
    return new GlobalPool(MAX.usual());
  }

  @Override
  GlobalPool with(Arguments other) {
    return new GlobalPool(other);
  }

  @Override
  public Shape output(Shape input) {
    if (input.rank() < 2 || input.size() == 0) {
      throw new IllegalArgumentException(
          "%s: expected samples with channels, such as [28, 28, 32] or [50, 8], found %s"
              .formatted(Windows.name(this), input));
    }
    return Shape.of(input.dimension(-1));
  }

  @Override
  public Block build(Shape input, Builder builder) {
    int channels = input.dimension(-1);
    Shape image = Shape.of(1, input.size() / channels, channels);
    boolean mean = arguments.signature() == AVERAGE;
    return (batch, pass) -> {
      Tensor x = batch.reshape(batch.shape().dimension(0), 1, image.dimension(1), channels);
      return mean ? Spatial.globalAvgPool(x) : Spatial.globalMaxPool(x);
    };
  }
}

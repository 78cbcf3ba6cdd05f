package dev.thalweg.nn;

import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.DType;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Spatial;
import dev.thalweg.tensor.Tensor;
import java.util.Arrays;

/// The mean, or the largest number, of each channel over all pixels or steps: of a sequence that is
/// shorter than the batch over its real ones. Of one without steps it is 0.
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

  /// Of steps, not of the lines of an image.
  @Override
  public boolean anyLength(Shape input) {
    return input.rank() == 2;
  }

  @Override
  public Block build(Shape input, Builder builder) {
    int channels = input.dimension(-1);
    return (batch, pass) -> {
      int rows = batch.shape().dimension(0);
      Tensor x = batch.reshape(rows, 1, -1, channels);
      return pass.lengths()
          .map(lengths -> real(x.squeeze(1), lengths, batch.shape().dimension(1)))
          .orElseGet(() -> isMean() ? Spatial.globalAvgPool(x) : Spatial.globalMaxPool(x));
    };
  }

  private boolean isMean() {
    return arguments.signature() == AVERAGE;
  }

  /// @param x rows, pixels of all steps, channels
  private Tensor real(Tensor x, Tensor lengths, int steps) {
    int rows = x.shape().dimension(0);
    int pixels = x.shape().dimension(1);
    float behind = isMean() ? 0 : Float.NEGATIVE_INFINITY;
    Tensor marks = Tensor.full(DType.F32, Shape.of(rows, pixels, 1), isMean() ? 1 : 0);
    Tensor counts = Tensor.empty(DType.F32, Shape.of(rows, 1));
    Tensor any = Tensor.empty(DType.F32, Shape.of(rows, 1));
    for (int row = 0; row < rows; row++) {
      int length = lengths.ints()[row];
      if (length > steps) {
        throw new IllegalArgumentException(
            "%s: expected lengths of at most %d, the steps that come to it, found %d (row %d)"
                .formatted(Windows.name(this), steps, length, row));
      }
      int count = pixels / steps * length;
      if (length > 0) {
        Arrays.fill(marks.floats(), row * pixels + count, (row + 1) * pixels, behind);
      }
      counts.floats()[row] = Math.max(1, count);
      any.floats()[row] = Math.min(1, length);
    }
    Tensor marked = marks.to(x.dtype());
    Tensor pooled =
        isMean() ? x.times(marked).sum(1).div(counts.to(x.dtype())) : x.plus(marked).max(1);
    return pooled.times(any.to(x.dtype()));
  }
}

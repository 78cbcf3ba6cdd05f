package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Signature;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Spatial;
import dev.thalweg.tensor.Tensor;
import java.util.List;

/// The means, or the largest numbers, of parts that divide an image of any size into so many rows
/// and columns, channel by channel: part (y, x) has the rows ⌊y h / rows⌋ to ⌈(y + 1) h / rows⌉ −
/// 1, and columns likewise. PyTorch's `AdaptiveAvgPool2d` and `AdaptiveMaxPool2d`.
public final class AdaptivePool extends BuiltInLayer {

  private static final Argument<List<Integer>> SIZE =
      Argument.required("size", Kind.sizes(2, 1), "rows and columns of the output");

  private static final Signature AVERAGE =
      Signature.of("adaptive_average_pool", "the means of parts of an image", 1, SIZE);

  private static final Signature MAX =
      Signature.of("adaptive_max_pool", "the largest numbers of parts of an image", 1, SIZE);

  private static final String SHAPES = "[h, w, c] or [h, w] → [rows, columns, c]";

  static final LayerKind MEAN = LayerKind.of(AVERAGE, SHAPES, AdaptivePool::new);
  static final LayerKind MAXIMUM = LayerKind.of(MAX, SHAPES, AdaptivePool::new);

  private AdaptivePool(Arguments arguments) {
    super(arguments);
  }

  static AdaptivePool mean(int rows, int columns) {
    return new AdaptivePool(AVERAGE.with(SIZE, List.of(rows, columns)));
  }

  static AdaptivePool maximum(int rows, int columns) {
    return new AdaptivePool(MAX.with(SIZE, List.of(rows, columns)));
  }

  @Override
  AdaptivePool with(Arguments other) {
    return new AdaptivePool(other);
  }

  @Override
  public Shape output(Shape input) {
    List<Integer> size = arguments.get(SIZE);
    return Shape.of(size.get(0), size.get(1), Windows.image(this, input).dimension(2));
  }

  @Override
  public Block build(Shape input, Builder builder) {
    Shape image = Windows.image(this, input);
    List<Integer> size = arguments.get(SIZE);
    boolean mean = arguments.signature() == AVERAGE;
    return (batch, pass) -> {
      Tensor x = Windows.batch(batch, image);
      return mean
          ? Spatial.adaptiveAvgPool(x, size.get(0), size.get(1))
          : Spatial.adaptiveMaxPool(x, size.get(0), size.get(1));
    };
  }
}

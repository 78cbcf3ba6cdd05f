package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.kernels.Pooling;
import dev.thalweg.kernels.Window;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Spatial;
import dev.thalweg.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/// The largest number, or the mean, of each window of images or series, channel by channel.
///
/// Windows lie side by side unless a stride is given. A row or column that is left over is not
/// looked at, with `same` it is. Padding never wins a maximum; in a mean it counts as zeros only
/// with `count_padding=true`, which is PyTorch's default; Keras does not count it.
public final class Pool extends BuiltInLayer {

  private static final Argument<List<Integer>> SIZE = Windows.size(2, "size");
  private static final Argument<List<Integer>> SIZE1 = Windows.size(1, "size");

  private static final Argument<Optional<List<Integer>>> STRIDE =
      Argument.of(
          "stride",
          Kind.optional(Kind.sizes(2, 1)),
          Optional.empty(),
          "pixels from window to window; none: the size");

  private static final Argument<Optional<List<Integer>>> STRIDE1 =
      Argument.of(
          "stride",
          Kind.optional(Kind.sizes(1, 1)),
          Optional.empty(),
          "steps from window to window; none: the size");

  private static final Argument<Padding> PADDING =
      Argument.of("padding", Padding.IMAGE, Padding.VALID, "around the image");

  private static final Argument<Padding> PADDING1 =
      Argument.of("padding", Padding.SERIES, Padding.VALID, "before and behind the series");

  private static final Argument<Boolean> COUNT =
      Argument.of("count_padding", Kind.flag(), false, "whether padding counts as zeros");

  private static final Signature MAX =
      Signature.of("max_pool", "the largest number of each window", 1, SIZE, STRIDE, PADDING);

  private static final Signature AVERAGE =
      Signature.of("average_pool", "the mean of each window", 1, SIZE, STRIDE, PADDING, COUNT);

  private static final Signature MAX1 =
      Signature.of("max_pool1d", "the largest number of each window", 1, SIZE1, STRIDE1, PADDING1);

  private static final Signature AVERAGE1 =
      Signature.of("average_pool1d", "the mean of each window", 1, SIZE1, STRIDE1, PADDING1, COUNT);

  private static final String IMAGES = "[h, w, c] or [h, w] → [h', w', c]";
  private static final String SERIES = "[t, c] or [t] → [t', c]";

  static final LayerKind MAXIMUM = LayerKind.of(MAX, IMAGES, Pool::new);
  static final LayerKind MEAN = LayerKind.of(AVERAGE, IMAGES, Pool::new);
  static final LayerKind MAXIMUM_OF_SERIES = LayerKind.of(MAX1, SERIES, Pool::new);
  static final LayerKind MEAN_OF_SERIES = LayerKind.of(AVERAGE1, SERIES, Pool::new);

  private Pool(Arguments arguments) {
    super(arguments);
  }

  static Pool maximum(int size) {
    return new Pool(MAX.with(SIZE, List.of(size, size)));
  }

  static Pool mean(int size) {
    return new Pool(AVERAGE.with(SIZE, List.of(size, size)));
  }

  @Override
  Pool with(Arguments other) {
    return new Pool(other);
  }

  /// Whether it gives the largest numbers, not means.
  boolean isMaximum() {
    return !arguments.knows(COUNT);
  }

  private boolean ofSeries() {
    return arguments.knows(SIZE1);
  }

  /// This layer with windows so many pixels apart.
  public Pool withStride(int stride) {
    return with(
        ofSeries()
            ? arguments.with(STRIDE1, Optional.of(List.of(stride)))
            : arguments.with(STRIDE, Optional.of(List.of(stride, stride))));
  }

  /// This layer with another padding.
  public Pool withPadding(Padding padding) {
    NotNull.check(padding, "padding");
    return with(arguments.with(ofSeries() ? PADDING1 : PADDING, padding));
  }

  private Window window(Shape input, Shape image) {
    List<Integer> size = arguments.get(ofSeries() ? SIZE1 : SIZE);
    List<Integer> stride = arguments.get(ofSeries() ? STRIDE1 : STRIDE).orElse(size);
    Window plain =
        ofSeries()
            ? Window.of(1, size.getFirst()).withStride(1, stride.getFirst())
            : Window.of(size.get(0), size.get(1)).withStride(stride.get(0), stride.get(1));
    Padding padding = arguments.get(ofSeries() ? PADDING1 : PADDING);
    Window window = Windows.fitting(this, input, image, padding, "size", plain);
    if (Math.max(window.top(), window.bottom()) >= window.spanY()
        || Math.max(window.left(), window.right()) >= window.spanX()) {
      throw new IllegalArgumentException(
          "%s: expected padding less than the size of %d × %d, found %s"
              .formatted(Windows.name(this), window.spanY(), window.spanX(), padding));
    }
    return window;
  }

  private Shape image(Shape input) {
    return ofSeries() ? Windows.series(this, input) : Windows.image(this, input);
  }

  Pooling geometry(Shape input) {
    Shape image = image(input);
    return new Pooling(
        window(input, image), image.dimension(0), image.dimension(1), image.dimension(2));
  }

  @Override
  public Shape output(Shape input) {
    Shape image = image(input);
    Window window = window(input, image);
    int rows = window.outputHeight(image.dimension(0));
    int columns = window.outputWidth(image.dimension(1));
    return ofSeries()
        ? Shape.of(columns, image.dimension(2))
        : Shape.of(rows, columns, image.dimension(2));
  }

  @Override
  public Block build(Shape input, Builder builder) {
    Shape image = image(input);
    Window window = window(input, image);
    boolean mean = !isMaximum();
    boolean count = mean && arguments.get(COUNT);
    boolean series = ofSeries();
    return (batch, pass) -> {
      Tensor x = Windows.batch(batch, image);
      Tensor y = mean ? Spatial.avgPool(x, window, count) : Spatial.maxPool(x, window);
      return series ? Windows.ofSeries(y) : y;
    };
  }
}

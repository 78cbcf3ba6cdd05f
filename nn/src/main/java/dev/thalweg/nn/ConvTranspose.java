package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Signature;
import dev.thalweg.kernels.Convolution;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.kernels.Window;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Spatial;
import dev.thalweg.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/// Transposed convolution of images ("deconvolution"), which enlarges them: every input pixel adds
/// the weights, times its numbers, to the window of the output at its place, y = f(x ∗ᵀ W + b).
///
/// The output has (h − 1) stride − padding + dilation (kernel − 1) + 1 + output_padding rows, and
/// columns likewise, where padding, above and below together, is cut off; with `same` h · stride.
/// Weights are [kernel, kernel, filters / groups, channels] as in Keras; PyTorch's
/// `ConvTranspose2d` has [channels, filters / groups, kernel, kernel]. Fan-in is kernel area ·
/// filters / groups and fan-out kernel area · channels, as both take them.
public final class ConvTranspose extends BuiltInLayer {

  private static final Argument<Integer> FILTERS =
      Argument.required("filters", Kind.whole(1), "channels of the output");

  private static final Argument<List<Integer>> KERNEL = Windows.size(2, "kernel");

  private static final Argument<List<Integer>> STRIDE =
      Argument.of("stride", Kind.sizes(2, 1), List.of(1, 1), "pixels from window to window");

  private static final Argument<Padding> PADDING =
      Argument.of("padding", Padding.IMAGE, Padding.VALID, "what is cut off the output");

  private static final Argument<List<Integer>> MORE =
      Argument.of(
          "output_padding",
          Kind.sizes(2, 0),
          List.of(0, 0),
          "rows and columns more, below and on the right");

  private static final Argument<Integer> GROUPS =
      Argument.of(
          "groups", Kind.whole(1), 1, "channels and filters in so many parts, each by itself");

  private static final Signature SIGNATURE =
      Signature.of(
          "conv2d_transpose",
          "the transpose of a convolution: an image enlarged by weights",
          2,
          FILTERS,
          KERNEL,
          STRIDE,
          PADDING,
          MORE,
          Windows.DILATION,
          GROUPS,
          Weights.ACTIVATION,
          Weights.INITIALIZER,
          Weights.OPTIONAL_BIAS,
          Weights.L1,
          Weights.L2);

  static final LayerKind KIND =
      LayerKind.of(SIGNATURE, "[h, w, c] or [h, w] → [h', w', filters]", ConvTranspose::new)
          .withWeights("weight [kernel, kernel, filters / groups, c]", "bias [filters]");

  private ConvTranspose(Arguments arguments) {
    super(Weights.plain(arguments));
  }

  static ConvTranspose of(int filters, int kernel) {
    return new ConvTranspose(
        SIGNATURE.with(FILTERS, filters).with(KERNEL, List.of(kernel, kernel)));
  }

  @Override
  ConvTranspose with(Arguments other) {
    return new ConvTranspose(other);
  }

  @Override
  public ConvTranspose withInitializer(Initializer other) {
    NotNull.check(other, "other");
    return with(arguments.with(Weights.INITIALIZER, Optional.of(other)));
  }

  /// This layer with another activation.
  public ConvTranspose withActivation(Activation activation) {
    NotNull.check(activation, "activation");
    return with(arguments.with(Weights.ACTIVATION, activation));
  }

  /// This layer with windows of the output so many pixels apart.
  public ConvTranspose withStride(int stride) {
    return with(arguments.with(STRIDE, List.of(stride, stride)));
  }

  /// This layer with something else cut off the output.
  public ConvTranspose withPadding(Padding padding) {
    NotNull.check(padding, "padding");
    return with(arguments.with(PADDING, padding));
  }

  /// This layer with so many rows and columns more, below and on the right.
  public ConvTranspose withOutputPadding(int pixels) {
    return with(arguments.with(MORE, List.of(pixels, pixels)));
  }

  /// This layer without a bias.
  public ConvTranspose withoutBias() {
    return with(arguments.with(Weights.OPTIONAL_BIAS, Optional.empty()));
  }

  @Override
  public Shape output(Shape input) {
    Convolution geometry = geometry(input);
    return Shape.of(geometry.height(), geometry.width(), geometry.channels());
  }

  /// The convolution that this is the transpose of: from the output to the input.
  private Convolution geometry(Shape input) {
    Shape image = Windows.image(this, input);
    int channels = image.dimension(2);
    int filters = arguments.get(FILTERS);
    int groups = arguments.get(GROUPS);
    if (channels % groups != 0 || filters % groups != 0) {
      throw new IllegalArgumentException(
          "conv2d_transpose: expected groups that divide its %d filters and the %d channels of the input %s, found %d"
              .formatted(filters, channels, input, groups));
    }
    List<Integer> kernel = arguments.get(KERNEL);
    List<Integer> stride = arguments.get(STRIDE);
    List<Integer> dilation = arguments.get(Windows.DILATION);
    List<Integer> more = arguments.get(MORE);
    Padding padding = arguments.get(PADDING);
    if (padding.same() && !more.equals(List.of(0, 0))) {
      throw new IllegalArgumentException(
          "conv2d_transpose: output_padding is settled by padding=same; leave out one of them");
    }
    if (more.get(0) >= stride.get(0) || more.get(1) >= stride.get(1)) {
      throw new IllegalArgumentException(
          "conv2d_transpose: expected output_padding less than the stride of %s, found %s"
              .formatted(stride, more));
    }
    Window plain =
        Window.of(kernel.get(0), kernel.get(1))
            .withStride(stride.get(0), stride.get(1))
            .withDilation(dilation.get(0), dilation.get(1));
    int height = image.dimension(0) * stride.get(0);
    int width = image.dimension(1) * stride.get(1);
    Window window = padding.around(plain, height, width);
    if (!padding.same()) {
      int cutY = window.top() + window.bottom();
      int cutX = window.left() + window.right();
      height += window.spanY() - stride.get(0) - cutY + more.get(0);
      width += window.spanX() - stride.get(1) - cutX + more.get(1);
    }
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "conv2d_transpose: expected padding that leaves something of the output of %s, found %s, which leaves %d × %d"
              .formatted(input, padding, height, width));
    }
    return new Convolution(window, height, width, filters, channels, groups);
  }

  @Override
  public Block build(Shape input, Builder builder) {
    Convolution geometry = geometry(input);
    Window window = geometry.window();
    int filters = geometry.channels();
    int channels = geometry.filters();
    int groups = geometry.groups();
    int fanIn = window.taps() * (filters / groups);
    int fanOut = window.taps() * channels;
    Tensor weights =
        builder.parameter(
            "weight",
            Shape.of(window.kernelHeight(), window.kernelWidth(), filters / groups, channels),
            Weights.initializer(arguments),
            fanIn,
            fanOut,
            new Penalty(
                arguments.get(Weights.L1), arguments.get(Weights.L2), Double.POSITIVE_INFINITY));
    Optional<Tensor> bias =
        arguments
            .get(Weights.OPTIONAL_BIAS)
            .map(how -> builder.parameter("bias", Shape.of(filters), how, fanIn, fanOut));
    builder.multiplyAdds(geometry.multiplyAdds());
    Activation activation = arguments.get(Weights.ACTIVATION);
    return (batch, pass) -> {
      Tensor x = Windows.batch(batch, geometry.outputHeight(), geometry.outputWidth(), channels);
      Tensor y =
          Spatial.convTranspose2d(x, weights, window, groups, geometry.height(), geometry.width());
      return activation.apply(bias.isPresent() ? y.plus(bias.get()) : y);
    };
  }
}

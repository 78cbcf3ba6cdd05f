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

/// Convolution of images or series, y = f(x ∗ W + b): every output pixel is the window of the input
/// at its place, times the same weights.
///
/// Images are [height, width, channels] and series [steps, channels], channels last as in Keras; an
/// image of two dimensions has one channel. Weights are [kernel, kernel, channels / groups,
/// filters]; PyTorch's `Conv2d` has [filters, channels / groups, kernel, kernel]. A *depthwise*
/// convolution has as many groups as channels, `multiplier` filters for each.
///
/// Fan-in is kernel area · channels / groups, fan-out kernel area · filters, as PyTorch and Keras
/// take them for `Conv2d` and `Conv2D`; a depthwise one has 1 as its channels, as in PyTorch, where
/// Keras' `DepthwiseConv2D` takes all of them for the fan-in.
public final class Conv extends BuiltInLayer {

  private static final Argument<Integer> FILTERS =
      Argument.required("filters", Kind.whole(1), "channels of the output");

  private static final Argument<Integer> MULTIPLIER =
      Argument.of("multiplier", Kind.whole(1), 1, "filters for each channel");

  private static final Argument<Integer> GROUPS =
      Argument.of(
          "groups", Kind.whole(1), 1, "channels and filters in so many parts, each by itself");

  private static final Argument<List<Integer>> KERNEL = Windows.size(2, "kernel");
  private static final Argument<List<Integer>> KERNEL1 = Windows.size(1, "kernel");

  private static final Signature IMAGES =
      Signature.of(
          "conv2d",
          "windows of an image, each times the same weights",
          2,
          FILTERS,
          KERNEL,
          Windows.STRIDE,
          Windows.PADDING,
          Windows.DILATION,
          GROUPS,
          Weights.ACTIVATION,
          Weights.INITIALIZER,
          Weights.OPTIONAL_BIAS,
          Weights.L1,
          Weights.L2,
          Weights.MAX_NORM);

  private static final Signature DEPTHWISE =
      Signature.of(
          "depthwise_conv2d",
          "windows of an image, each channel times weights of its own",
          1,
          KERNEL,
          MULTIPLIER,
          Windows.STRIDE,
          Windows.PADDING,
          Windows.DILATION,
          Weights.ACTIVATION,
          Weights.INITIALIZER,
          Weights.OPTIONAL_BIAS,
          Weights.L1,
          Weights.L2,
          Weights.MAX_NORM);

  private static final Signature SERIES =
      Signature.of(
          "conv1d",
          "windows of a series, each times the same weights",
          2,
          FILTERS,
          KERNEL1,
          Windows.STRIDE1,
          Windows.PADDING1,
          Windows.DILATION1,
          GROUPS,
          Weights.ACTIVATION,
          Weights.INITIALIZER,
          Weights.OPTIONAL_BIAS,
          Weights.L1,
          Weights.L2,
          Weights.MAX_NORM);

  static final LayerKind KIND =
      LayerKind.of(IMAGES, "[h, w, c] or [h, w] → [h', w', filters]", Conv::new)
          .withWeights("weight [kernel, kernel, c / groups, filters]", "bias [filters]");

  static final LayerKind BY_CHANNEL =
      LayerKind.of(DEPTHWISE, "[h, w, c] → [h', w', c·multiplier]", Conv::new)
          .withWeights("weight [kernel, kernel, 1, c·multiplier]", "bias [c·multiplier]");

  static final LayerKind OF_SERIES =
      LayerKind.of(SERIES, "[t, c] or [t] → [t', filters]", Conv::new)
          .withWeights("weight [kernel, c / groups, filters]", "bias [filters]");

  private Conv(Arguments arguments) {
    super(Weights.plain(arguments));
  }

  static Conv images(int filters, int kernel) {
    return new Conv(IMAGES.with(FILTERS, filters).with(KERNEL, List.of(kernel, kernel)));
  }

  static Conv depthwise(int kernel) {
    return new Conv(DEPTHWISE.with(KERNEL, List.of(kernel, kernel)));
  }

  static Conv series(int filters, int kernel) {
    return new Conv(SERIES.with(FILTERS, filters).with(KERNEL1, List.of(kernel)));
  }

  @Override
  Conv with(Arguments other) {
    return new Conv(other);
  }

  private boolean ofSeries() {
    return arguments.signature() == SERIES;
  }

  private boolean byChannel() {
    return arguments.signature() == DEPTHWISE;
  }

  @Override
  public Conv withInitializer(Initializer other) {
    NotNull.check(other, "other");
    return with(arguments.with(Weights.INITIALIZER, Optional.of(other)));
  }

  /// This layer with another activation.
  public Conv withActivation(Activation activation) {
    NotNull.check(activation, "activation");
    return with(arguments.with(Weights.ACTIVATION, activation));
  }

  /// This layer with windows so many pixels apart.
  public Conv withStride(int stride) {
    return with(
        ofSeries()
            ? arguments.with(Windows.STRIDE1, List.of(stride))
            : arguments.with(Windows.STRIDE, List.of(stride, stride)));
  }

  /// This layer with another padding.
  public Conv withPadding(Padding padding) {
    NotNull.check(padding, "padding");
    return with(arguments.with(ofSeries() ? Windows.PADDING1 : Windows.PADDING, padding));
  }

  /// This layer with the taps of a window so many pixels apart.
  public Conv withDilation(int dilation) {
    return with(
        ofSeries()
            ? arguments.with(Windows.DILATION1, List.of(dilation))
            : arguments.with(Windows.DILATION, List.of(dilation, dilation)));
  }

  /// This layer with channels and filters in so many parts, each of which sees its own channels.
  ///
  /// @throws IllegalArgumentException of a depthwise one, whose groups are its channels
  public Conv withGroups(int groups) {
    return with(arguments.with(GROUPS, groups));
  }

  /// This layer without a bias, as before a normalisation that takes the mean off.
  public Conv withoutBias() {
    return with(arguments.with(Weights.OPTIONAL_BIAS, Optional.empty()));
  }

  /// This layer with biases drawn in another way.
  public Conv withBiasInitializer(Initializer other) {
    NotNull.check(other, "other");
    return with(arguments.with(Weights.OPTIONAL_BIAS, Optional.of(other)));
  }

  @Override
  public Shape output(Shape input) {
    Convolution geometry = geometry(input);
    return ofSeries()
        ? Shape.of(geometry.outputWidth(), geometry.filters())
        : Shape.of(geometry.outputHeight(), geometry.outputWidth(), geometry.filters());
  }

  Convolution geometry(Shape input) {
    Shape image = ofSeries() ? Windows.series(this, input) : Windows.image(this, input);
    int channels = image.dimension(2);
    int groups = byChannel() ? channels : arguments.get(GROUPS);
    int filters = byChannel() ? channels * arguments.get(MULTIPLIER) : arguments.get(FILTERS);
    if (channels % groups != 0 || filters % groups != 0) {
      throw new IllegalArgumentException(
          "%s: expected groups that divide its %d filters and the %d channels of the input %s, found %d"
              .formatted(arguments.signature().name(), filters, channels, input, groups));
    }
    Window window =
        ofSeries() ? Windows.ofSeries(this, input, KERNEL1) : Windows.of(this, input, KERNEL);
    return new Convolution(
        window, image.dimension(0), image.dimension(1), channels, filters, groups);
  }

  Activation activation() {
    return arguments.get(Weights.ACTIVATION);
  }

  boolean isBiased() {
    return arguments.get(Weights.OPTIONAL_BIAS).isPresent();
  }

  @Override
  public Block build(Shape input, Builder builder) {
    return build(input, builder, activation());
  }

  /// The same with that activation in place of its own; weights are drawn as always.
  Block build(Shape input, Builder builder, Activation activation) {
    Convolution geometry = geometry(input);
    Window window = geometry.window();
    int filters = geometry.filters();
    int depth = geometry.channels() / geometry.groups();
    int fanIn = window.taps() * depth;
    int fanOut = window.taps() * filters;
    Shape shape =
        ofSeries()
            ? Shape.of(window.kernelWidth(), depth, filters)
            : Shape.of(window.kernelHeight(), window.kernelWidth(), depth, filters);
    Tensor weights =
        builder.parameter(
            "weight",
            shape,
            Weights.initializer(arguments),
            fanIn,
            fanOut,
            Weights.penalty(arguments));
    Optional<Tensor> bias =
        arguments
            .get(Weights.OPTIONAL_BIAS)
            .map(how -> builder.parameter("bias", Shape.of(filters), how, fanIn, fanOut));
    builder.multiplyAdds(geometry.multiplyAdds());
    int groups = geometry.groups();
    boolean series = ofSeries();
    return (batch, pass) -> {
      Tensor x = Windows.batch(batch, geometry.height(), geometry.width(), geometry.channels());
      Tensor w = series ? weights.reshape(1, window.kernelWidth(), depth, filters) : weights;
      Tensor y =
          bias.isPresent()
              ? Spatial.conv2d(x, w, bias.get(), window, groups)
              : Spatial.conv2d(x, w, window, groups);
      y = activation.apply(y);
      return series ? Windows.ofSeries(y) : y;
    };
  }
}

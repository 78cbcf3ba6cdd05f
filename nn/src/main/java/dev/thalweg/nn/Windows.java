package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.kernels.Window;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.List;

/// The arguments that layers with windows share, and the shapes they take.
final class Windows {

  static final Argument<List<Integer>> STRIDE =
      Argument.of("stride", Kind.sizes(2, 1), List.of(1, 1), "pixels from window to window");

  static final Argument<List<Integer>> DILATION =
      Argument.of("dilation", Kind.sizes(2, 1), List.of(1, 1), "pixels from tap to tap");

  static final Argument<Padding> PADDING =
      Argument.of("padding", Padding.IMAGE, Padding.VALID, "zeros around the image");

  static final Argument<List<Integer>> STRIDE1 =
      Argument.of("stride", Kind.sizes(1, 1), List.of(1), "steps from window to window");

  static final Argument<List<Integer>> DILATION1 =
      Argument.of("dilation", Kind.sizes(1, 1), List.of(1), "steps from tap to tap");

  static final Argument<Padding> PADDING1 =
      Argument.of("padding", Padding.SERIES, Padding.VALID, "zeros before and behind the series");

  private Windows() {}

  /// The size of a window.
  static Argument<List<Integer>> size(int axes, String name) {
    return Argument.required(
        name,
        Kind.sizes(axes, 1),
        axes == 1 ? "steps of a window" : "rows and columns of a window");
  }

  /// A sample as an image: one without channels has one.
  static Shape image(BuiltInLayer layer, Shape input) {
    return switch (input.rank()) {
      case 2 -> Shape.of(input.dimension(0), input.dimension(1), 1);
      case 3 -> input;
      default ->
          throw new IllegalArgumentException(
              "%s: expected an image, [height, width, channels], found %s"
                      .formatted(name(layer), input)
                  + "; reshape(…) makes one");
    };
  }

  /// A sample as a series, an image of height 1: one without channels has one.
  static Shape series(BuiltInLayer layer, Shape input) {
    return switch (input.rank()) {
      case 1 -> Shape.of(1, input.dimension(0), 1);
      case 2 -> Shape.of(1, input.dimension(0), input.dimension(1));
      default ->
          throw new IllegalArgumentException(
              "%s: expected a series, [steps, channels], found %s".formatted(name(layer), input)
                  + "; reshape(…) makes one");
    };
  }

  /// The window of a layer over an image.
  ///
  /// @throws IllegalArgumentException if it does not fit
  static Window of(BuiltInLayer layer, Shape input, Argument<List<Integer>> size) {
    Arguments arguments = layer.arguments;
    List<Integer> kernel = arguments.get(size);
    List<Integer> stride = arguments.get(STRIDE);
    Window window =
        Window.of(kernel.get(0), kernel.get(1)).withStride(stride.get(0), stride.get(1));
    if (arguments.knows(DILATION)) {
      List<Integer> dilation = arguments.get(DILATION);
      window = window.withDilation(dilation.get(0), dilation.get(1));
    }
    Shape image = image(layer, input);
    return fitting(layer, input, image, arguments.get(PADDING), size.name(), window);
  }

  /// The window of a layer over a series.
  ///
  /// @throws IllegalArgumentException if it does not fit
  static Window ofSeries(BuiltInLayer layer, Shape input, Argument<List<Integer>> size) {
    Arguments arguments = layer.arguments;
    Window window =
        Window.of(1, arguments.get(size).getFirst())
            .withStride(1, arguments.get(STRIDE1).getFirst());
    if (arguments.knows(DILATION1)) {
      window = window.withDilation(1, arguments.get(DILATION1).getFirst());
    }
    Shape image = series(layer, input);
    return fitting(layer, input, image, arguments.get(PADDING1), size.name(), window);
  }

  /// A window with its padding.
  ///
  /// @param size what the window's size is called
  /// @throws IllegalArgumentException if it does not fit
  static Window fitting(
      BuiltInLayer layer, Shape input, Shape image, Padding padding, String size, Window plain) {
    int height = image.dimension(0);
    int width = image.dimension(1);
    Window window = padding.around(plain, height, width);
    if (window.outputHeight(height) < 1 || window.outputWidth(width) < 1) {
      throw new IllegalArgumentException(
          "%s: expected an input that a %s of %d × %d fits into, found %s, with padding %d × %d; padding=same, or a smaller %s, would fit"
              .formatted(
                  name(layer),
                  size.equals("size") ? "window" : size,
                  window.spanY(),
                  window.spanX(),
                  input,
                  height + window.top() + window.bottom(),
                  width + window.left() + window.right(),
                  size));
    }
    return window;
  }

  /// A batch as images.
  static Tensor batch(Tensor x, Shape image) {
    return batch(x, image.dimension(0), image.dimension(1), image.dimension(2));
  }

  /// Images of height 1 as series.
  static Tensor ofSeries(Tensor y) {
    Shape shape = y.shape();
    return y.reshape(shape.dimension(0), shape.dimension(2), shape.dimension(3));
  }

  /// A batch as images.
  static Tensor batch(Tensor x, int height, int width, int channels) {
    return x.shape().rank() == 4 ? x : x.reshape(x.shape().dimension(0), height, width, channels);
  }

  static String name(BuiltInLayer layer) {
    return layer.arguments.signature().name();
  }
}

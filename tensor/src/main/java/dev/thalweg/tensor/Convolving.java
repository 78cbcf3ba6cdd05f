package dev.thalweg.tensor;

import dev.thalweg.kernels.Convolution;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Window;

/// Convolution and its two gradients: three products of two factors each, and the derivative of
/// each is made of the other two.
final class Convolving extends Operation {

  /// Which of the three is computed from the other two.
  private enum Product {
    /// y from x and w
    FORWARD,
    /// x from y and w
    BY_INPUT,
    /// w from x and y
    BY_WEIGHTS
  }

  private static final float[] NO_FLOATS = new float[0];
  private static final double[] NO_DOUBLES = new double[0];

  private final Product product;
  private final Convolution geometry;

  private Convolving(String name, Product product, Convolution geometry, Tensor... inputs) {
    super(name, inputs);
    this.product = product;
    this.geometry = geometry;
  }

  static Convolution geometry(String name, Tensor x, Tensor weights, Window window, int groups) {
    Spatial.checkImages(name, x);
    checkWeights(name, weights, window);
    Shape shape = x.shape();
    int channels = shape.dimension(3);
    int depth = weights.shape().dimension(2);
    if (groups < 1 || depth * groups != channels) {
      throw new IllegalArgumentException(
          "%s: expected weights of %d channels in %d groups, found %s for images of %s"
              .formatted(name, channels, groups, weights.shape(), shape));
    }
    return new Convolution(
        window,
        shape.dimension(1),
        shape.dimension(2),
        channels,
        weights.shape().dimension(3),
        groups);
  }

  private static void checkWeights(String name, Tensor weights, Window window) {
    Shape shape = weights.shape();
    if (shape.rank() != 4
        || shape.dimension(0) != window.kernelHeight()
        || shape.dimension(1) != window.kernelWidth()) {
      throw new IllegalArgumentException(
          "%s: expected weights of [%d, %d, …, …], found shape %s"
              .formatted(name, window.kernelHeight(), window.kernelWidth(), shape));
    }
  }

  static Tensor forward(Convolution geometry, Tensor... inputs) {
    for (Tensor input : inputs) {
      Elementwise.checkSame("conv2d", inputs[0], input);
    }
    return new Convolving("conv2d", Product.FORWARD, geometry, inputs).result();
  }

  static Tensor transposed(
      Tensor x, Tensor weights, Window window, int groups, int height, int width) {
    String name = "convTranspose2d";
    Spatial.checkImages(name, x);
    checkWeights(name, weights, window);
    Elementwise.checkSame(name, x, weights);
    Shape shape = x.shape();
    int filters = weights.shape().dimension(3);
    if (filters != shape.dimension(3)) {
      throw new IllegalArgumentException(
          "%s: expected weights of %d filters, the channels of the images, found %s for images of %s"
              .formatted(name, shape.dimension(3), weights.shape(), shape));
    }
    int channels = weights.shape().dimension(2) * groups;
    Convolution geometry = new Convolution(window, height, width, channels, filters, groups);
    if (geometry.outputHeight() != shape.dimension(1)
        || geometry.outputWidth() != shape.dimension(2)) {
      throw new IllegalArgumentException(
          "%s: an output of %d x %d is for images of %d x %d, found %s"
              .formatted(
                  name, height, width, geometry.outputHeight(), geometry.outputWidth(), shape));
    }
    return new Convolving(name, Product.BY_INPUT, geometry, x, weights).result();
  }

  private Tensor of(Product other, Tensor a, Tensor b) {
    return new Convolving("gradient of " + name(), other, geometry, a, b).result();
  }

  private Tensor result() {
    Convolution c = geometry;
    int images = input(0).shape().dimension(0);
    Shape shape =
        switch (product) {
          case FORWARD -> Shape.of(images, c.outputHeight(), c.outputWidth(), c.filters());
          case BY_INPUT -> Shape.of(images, c.height(), c.width(), c.channels());
          case BY_WEIGHTS ->
              Shape.of(
                  c.window().kernelHeight(),
                  c.window().kernelWidth(),
                  c.channels() / c.groups(),
                  c.filters());
        };
    Tensor y = result(input(0).dtype(), shape);
    if (y.dtype() == DType.F32) {
      compute(images, input(0).floats(), input(1).floats(), y.floats());
    } else {
      compute(images, input(0).doubles(), input(1).doubles(), y.doubles());
    }
    return y;
  }

  private void compute(int images, float[] a, float[] b, float[] y) {
    Engine engine = engine();
    float[] bias = inputs() > 2 ? input(2).floats() : NO_FLOATS;
    switch (product) {
      case FORWARD -> geometry.forward(engine, images, a, 0, b, 0, bias, 0, y, 0);
      case BY_INPUT -> geometry.byInput(engine, images, a, 0, b, 0, y, 0);
      case BY_WEIGHTS -> geometry.byWeights(engine, images, a, 0, b, 0, y, 0, false);
    }
  }

  private void compute(int images, double[] a, double[] b, double[] y) {
    Engine engine = engine();
    double[] bias = inputs() > 2 ? input(2).doubles() : NO_DOUBLES;
    switch (product) {
      case FORWARD -> geometry.forward(engine, images, a, 0, b, 0, bias, 0, y, 0);
      case BY_INPUT -> geometry.byInput(engine, images, a, 0, b, 0, y, 0);
      case BY_WEIGHTS -> geometry.byWeights(engine, images, a, 0, b, 0, y, 0, false);
    }
  }

  /// The gradient takes the place of the result in the other two products.
  @Override
  protected void backward(Tensor result, Tensor gradient, Wanted by) {
    Tensor g = Elementwise.withoutNegligible(gradient);
    Tensor a = input(0);
    Tensor b = input(1);
    if (by.wants(0)) {
      by.add(
          0,
          switch (product) {
            case FORWARD -> of(Product.BY_INPUT, g, b);
            case BY_INPUT -> of(Product.FORWARD, g, b);
            case BY_WEIGHTS -> of(Product.BY_INPUT, b, g);
          });
    }
    if (by.wants(1)) {
      by.add(
          1,
          switch (product) {
            case FORWARD -> of(Product.BY_WEIGHTS, a, g);
            case BY_INPUT -> of(Product.BY_WEIGHTS, g, a);
            case BY_WEIGHTS -> of(Product.FORWARD, a, g);
          });
    }
    if (inputs() > 2 && by.wants(2)) {
      by.add(2, g.reshape(-1, geometry.filters()).sum(0));
    }
  }
}

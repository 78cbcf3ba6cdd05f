package dev.thalweg.nn;

import dev.thalweg.formula.Argument;
import dev.thalweg.formula.Arguments;
import dev.thalweg.formula.Kind;
import dev.thalweg.formula.Range;
import dev.thalweg.formula.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Models of images by name.
///
/// | name | layers |
/// |---|---|
/// | `cnn(32, 64)` | for each number a convolution 3×3 of so many filters and a maximum of 2×2, then a dense layer of 128 |
/// | `lenet` | LeCun et al. 1998, as it is written today: convolutions 5×5 of 6 and 16 filters, maxima of 2×2, dense layers of 120 and 84 |
/// | `resnet(20)` | He et al. 2016, arXiv 1512.03385, section 4.2: 6n + 2 layers in three stages of 16, 32 and 64 filters |
final class ImageModels {

  private static final Argument<List<Integer>> FILTERS =
      Argument.of("filters", Kind.list(Kind.whole(1)), List.of(32, 64), "of each convolution");

  private static final Argument<Integer> UNITS =
      Argument.of("units", Kind.whole(1), 128, "of the dense layer");

  private static final Argument<Activation> ACTIVATION =
      Argument.of("activation", Kinds.ACTIVATION, Activation.RELU, "of all layers but the last");

  private static final Argument<Double> DROPOUT =
      Argument.of("dropout", Kind.number(Range.FRACTION), 0.0, "before the last layer");

  /// As in Keras' example of a convolutional network on small images.
  private static final Argument<Double> HALF_DROPOUT =
      Argument.of("dropout", Kind.number(Range.FRACTION), 0.5, "before the last layer");

  private static final Signature CNN =
      Signature.ofMany(
          "cnn",
          "convolutions of these filters, each with a maximum of 2 × 2, and a dense layer",
          FILTERS,
          UNITS,
          ACTIVATION,
          HALF_DROPOUT,
          Weights.INITIALIZER,
          Weights.L1,
          Weights.L2,
          Weights.MAX_NORM);

  private static final Signature LENET =
      Signature.of(
          "lenet",
          "two convolutions 5 × 5 and three dense layers",
          0,
          ACTIVATION,
          DROPOUT,
          Weights.INITIALIZER,
          Weights.L1,
          Weights.L2,
          Weights.MAX_NORM);

  private static final Argument<Integer> DEPTH =
      Argument.required("depth", Kind.whole(8), "layers with weights, 6n + 2: 8, 14, 20, …");

  private static final Signature RESNET =
      Signature.of(
          "resnet",
          "residual blocks of two convolutions, for small images",
          1,
          DEPTH,
          ACTIVATION,
          DROPOUT,
          Weights.INITIALIZER,
          Weights.L1,
          Weights.L2,
          Weights.MAX_NORM);

  static final List<ModelKind> KINDS =
      List.of(
          new ModelKind(CNN, ImageModels::cnn),
          new ModelKind(LENET, ImageModels::lenet),
          new ModelKind(RESNET, ImageModels::resnet));

  private ImageModels() {}

  private static Sequential cnn(Arguments arguments, int outputs) {
    Activation activation = arguments.get(ACTIVATION);
    List<Layer> layers = new ArrayList<>();
    for (int filters : arguments.get(FILTERS)) {
      layers.add(Layers.conv2d(filters, 3, activation).withPadding(Padding.SAME));
      layers.add(Layers.maxPool(2));
    }
    layers.add(Layers.flatten());
    layers.add(Layers.dense(arguments.get(UNITS), activation));
    return finished("cnn", layers, arguments, outputs);
  }

  private static Sequential lenet(Arguments arguments, int outputs) {
    Activation activation = arguments.get(ACTIVATION);
    List<Layer> layers = new ArrayList<>();
    layers.add(Layers.conv2d(6, 5, activation).withPadding(Padding.SAME));
    layers.add(Layers.maxPool(2));
    layers.add(Layers.conv2d(16, 5, activation));
    layers.add(Layers.maxPool(2));
    layers.add(Layers.flatten());
    layers.add(Layers.dense(120, activation));
    layers.add(Layers.dense(84, activation));
    return finished("lenet", layers, arguments, outputs);
  }

  private static Sequential resnet(Arguments arguments, int outputs) {
    int depth = arguments.get(DEPTH);
    if (depth % 6 != 2) {
      int near = Math.max(8, Math.round((depth - 2) / 6f) * 6 + 2);
      throw new IllegalArgumentException(
          "resnet: depth must be 6n + 2, such as 8, 14, 20, found %d; the nearest is %d"
              .formatted(depth, near));
    }
    Activation activation = arguments.get(ACTIVATION);
    List<Layer> layers = new ArrayList<>(List.of(conv(16, 3, 1), Layers.batchNorm()));
    layers.add(Layers.activation(activation));
    int before = 16;
    for (int filters : List.of(16, 32, 64)) {
      for (int i = 0; i < depth / 6; i++) {
        int stride = i == 0 && filters > 16 ? 2 : 1;
        Residual block =
            Layers.residual(
                conv(filters, 3, stride),
                Layers.batchNorm(),
                Layers.activation(activation),
                conv(filters, 3, 1),
                Layers.batchNorm());
        layers.add(
            filters == before
                ? block
                : block.withShortcut(Sequential.of(conv(filters, 1, stride), Layers.batchNorm())));
        layers.add(Layers.activation(activation));
        before = filters;
      }
    }
    layers.add(Layers.globalAveragePool());
    return finished("resnet", layers, arguments, outputs);
  }

  /// A convolution before a normalisation, padded as PyTorch does.
  private static Conv conv(int filters, int kernel, int stride) {
    return Layers.conv2d(filters, kernel)
        .withStride(stride)
        .withPadding(Padding.of(kernel / 2))
        .withInitializer(Initializer.HE_NORMAL)
        .withoutBias();
  }

  private static Sequential finished(
      String name, List<Layer> layers, Arguments arguments, int outputs) {
    double dropout = arguments.get(arguments.knows(HALF_DROPOUT) ? HALF_DROPOUT : DROPOUT);
    if (dropout != 0) {
      layers.add(Layers.dropout(dropout));
    }
    layers.add(Layers.dense(outputs));
    Sequential model = new Sequential(name, layers);
    Optional<Initializer> initializer = arguments.get(Weights.INITIALIZER);
    return initializer
        .map(model::withInitializer)
        .orElse(model)
        .withPenalty(Weights.penalty(arguments));
  }
}

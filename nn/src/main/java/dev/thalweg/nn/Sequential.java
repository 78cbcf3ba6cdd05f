package dev.thalweg.nn;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Stretch;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Layers one after the other, without weights: a model as it is described, or a group of layers
/// within one. An immutable value; [#build(Shape, long)] makes as many independent networks of it
/// as are wanted.
///
/// ```java
/// var model = Sequential.of(dense(64, RELU), dropout(0.1), dense(10));
/// var network = model.build(Shape.of(784), seed);
/// ```
///
/// @param name how errors call it; `sequential` unless given. A group within a model has no other
/// @param layers in the order of the data
public record Sequential(String name, List<Layer> layers) implements Layer {

  private static final String NAME = "sequential";

  /// Copies the list.
  ///
  /// @throws IllegalArgumentException if there is no layer
  public Sequential {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(name + ": a model needs at least one layer");
    }
    layers =
        layers.stream()
            .map(layer -> layer instanceof Sequential group ? group.withName(NAME) : layer)
            .toList();
  }

  /// A model of these layers.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Sequential of(Layer... layers) {
    NotNull.check(layers, "layers");
    return new Sequential(NAME, List.of(layers));
  }

  /// A layer as a group: itself if it is one.
  static Sequential of(Layer layer) {
    return layer instanceof Sequential group
        ? group.withName(NAME)
        : new Sequential(NAME, List.of(layer));
  }

  static Sequential of(List<Layer> layers) {
    return new Sequential(NAME, layers);
  }

  /// This model under another name.
  public Sequential withName(String other) {
    NotNull.check(other, "other");
    return name.equals(other) ? this : new Sequential(other, layers);
  }

  /// This model with another penalty on the weights of every layer that has one, the last included.
  @Override
  public Sequential withPenalty(Penalty penalty) {
    NotNull.check(penalty, "penalty");
    return each(layer -> layer.withPenalty(penalty));
  }

  /// This model with the weights of every layer, the last included, drawn in another way.
  @Override
  public Sequential withInitializer(Initializer initializer) {
    NotNull.check(initializer, "initializer");
    return each(layer -> layer.withInitializer(initializer));
  }

  /// This model with a last layer of so many outputs: for other classes than it was made for.
  ///
  /// @throws IllegalArgumentException if its last layer is no dense one
  public Sequential withOutputs(int outputs) {
    if (!(layers.getLast() instanceof Dense last)) {
      throw new IllegalArgumentException(
          "%s: expected a dense layer at the end, to give it %d outputs, found %s"
              .formatted(name, outputs, layers.getLast()));
    }
    List<Layer> others = new ArrayList<>(layers.subList(0, layers.size() - 1));
    others.add(last.withUnits(outputs));
    return new Sequential(name, others);
  }

  private Sequential each(UnaryOperator<Layer> change) {
    return new Sequential(name, layers.stream().map(change).toList());
  }

  @Override
  public boolean mixesRows() {
    return layers.stream().anyMatch(Layer::mixesRows);
  }

  /// Whether all layers take any number of steps, as far as there are steps: not behind one that
  /// makes one result of all. No where it is built for a single step.
  @Override
  public boolean anyLength(Shape input) {
    NotNull.check(input, "input");
    if (input.rank() == 0 || input.dimension(0) < 2) {
      return false;
    }
    int[] sizes = input.dimensions();
    sizes[0]--;
    Shape one = input;
    Shape other = Shape.of(sizes);
    for (Layer layer : layers) {
      if (one.equals(other)) {
        return true;
      }
      if (!layer.anyLength(one)) {
        return false;
      }
      one = layer.output(one);
      other = layer.output(other);
    }
    return true;
  }

  /// Makes a network of F32 with fresh weights; the same seed makes the same weights.
  ///
  /// @param input the shape of one sample
  /// @throws IllegalArgumentException if a layer can't take what the one before gives
  public Network build(Shape input, long seed) {
    NotNull.check(input, "input");
    return build(input, seed, DType.F32);
  }

  /// Makes a network with fresh weights; the same seed makes the same weights, rounded to F32 in
  /// either precision.
  ///
  /// @param input the shape of one sample
  /// @throws IllegalArgumentException if a layer can't take what the one before gives
  public Network build(Shape input, long seed, DType dtype) {
    NotNull.check(input, "input");
    NotNull.check(dtype, "dtype");
    Inventory inventory = Inventory.of(seed, dtype);
    return new Network(this, input, shapes(input), blocks(input, Builder.of(inventory)), inventory);
  }

  @Override
  public Block build(Shape input, Builder builder) {
    NotNull.check(input, "input");
    NotNull.check(builder, "builder");
    List<Block> blocks = blocks(input, builder);
    boolean builtIn = BuiltInLayer.isAll(this);
    return (x, pass) -> {
      Stretch stretch = Stretch.begin();
      Tensor y = x;
      for (int i = 0; i < blocks.size(); i++) {
        y = applied(i, blocks.get(i), y, pass);
        if (builtIn && !pass.training()) {
          stretch.keepOnly(y);
        }
      }
      return y;
    };
  }

  /// What a layer's block makes of a batch.
  ///
  /// @throws IllegalStateException if that is nothing, or other rows
  Tensor applied(int layer, Block block, Tensor x, Pass pass) {
    Tensor y = block.apply(x, pass);
    if (y == null) {
      throw new IllegalStateException(
          "layer %d, %s: expected a tensor, was given null"
              .formatted(layer + 1, layers.get(layer)));
    }
    int rows = x.shape().dimension(0);
    if (y.shape().rank() == 0 || y.shape().dimension(0) != rows) {
      throw new IllegalStateException(
          "layer %d, %s: expected %d rows, as it was given, found shape %s"
              .formatted(layer + 1, layers.get(layer), rows, y.shape()));
    }
    return y;
  }

  private List<Block> blocks(Shape input, Builder builder) {
    List<Shape> shapes = shapes(input);
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Shape sample = i == 0 ? input : shapes.get(i - 1);
      Builder at = builder.at(i + 1);
      at.kind(kind(layers.get(i)));
      Block block = block(i, sample, at);
      String path = at.path();
      blocks.add((x, pass) -> block.apply(x, pass.in(path)));
      builder.passes((long) sample.size() + shapes.get(i).size());
    }
    return blocks;
  }

  /// A layer's name in a text: `dense` of `dense(64)`.
  private static String kind(Layer layer) {
    if (layer instanceof Sequential) {
      return "group";
    }
    String text = layer.toString();
    int end = text.indexOf('(');
    return end < 0 ? text : text.substring(0, end);
  }

  /// The block of a layer. A relu before a maximum over windows is applied behind it: what is
  /// positive of the largest is the largest of what is positive, gradients included, and those are
  /// fewer numbers.
  private Block block(int i, Shape sample, Builder builder) {
    Layer layer = layers.get(i);
    if (isReluMoved(i)) {
      return layer instanceof Conv conv
          ? conv.build(sample, builder, Activation.LINEAR)
          : (x, pass) -> x;
    }
    Block block = layer.build(sample, builder);
    return isReluMoved(i - 1) ? (x, pass) -> block.apply(x, pass).relu() : block;
  }

  /// Whether the relu of a layer is applied behind the next.
  boolean isReluMoved(int i) {
    return i >= 0 && isMaximum(i + 1) && endsInRelu(i);
  }

  private boolean isMaximum(int i) {
    return i < layers.size() && layers.get(i) instanceof Pool pool && pool.isMaximum();
  }

  private boolean endsInRelu(int i) {
    return switch (layers.get(i)) {
      case Conv conv -> conv.activation().equals(Activation.RELU);
      case ActivationLayer(Activation activation) -> activation.equals(Activation.RELU);
      default -> false;
    };
  }

  /// @throws IllegalArgumentException if a layer can't take what the one before gives
  List<Shape> shapes(Shape input) {
    List<Shape> shapes = new ArrayList<>();
    Shape shape = input;
    for (Layer layer : layers) {
      try {
        shape = layer.output(shape);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            e.getMessage() + " (layer " + (shapes.size() + 1) + " of " + name + ")", e);
      }
      shapes.add(shape);
    }
    return List.copyOf(shapes);
  }

  /// The shape of a prediction.
  ///
  /// @param input the shape of one sample
  /// @throws IllegalArgumentException if a layer can't take what the one before gives
  @Override
  public Shape output(Shape input) {
    NotNull.check(input, "input");
    return shapes(input).getLast();
  }

  /// How many weights a network of this model has; nothing is allocated.
  ///
  /// @param input the shape of one sample
  /// @throws IllegalArgumentException if a layer can't take what the one before gives
  public long parameterCount(Shape input) {
    NotNull.check(input, "input");
    return counted(input).weights("");
  }

  /// How many numbers a network of this model saves: its weights, and the state of its layers.
  ///
  /// @param input the shape of one sample
  /// @throws IllegalArgumentException if a layer can't take what the one before gives
  public long savedCount(Shape input) {
    NotNull.check(input, "input");
    Inventory counted = counted(input);
    return counted.weights("") + counted.stateSize();
  }

  private Inventory counted(Shape input) {
    Inventory inventory = Inventory.ofShapes();
    build(input, Builder.of(inventory));
    return inventory;
  }

  /// The layers: `dense(64, relu) | dropout(0.1) | dense(10)`; a group among them is `group(…)`.
  @Override
  public String toString() {
    return layers.stream()
        .map(layer -> layer instanceof Sequential ? "group(" + layer + ")" : layer.toString())
        .collect(Collectors.joining(" | "));
  }
}

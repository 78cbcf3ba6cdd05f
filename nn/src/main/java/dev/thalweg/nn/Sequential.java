package dev.thalweg.nn;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.NotNull;
import dev.thalweg.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A model as it is described: layers one after the other, without weights. An immutable value;
/// [#build] makes as many independent networks of it as are wanted.
///
/// ```java
/// var model = Sequential.of(dense(64, RELU), dropout(0.1), dense(10));
/// var network = model.build(Shape.of(784), seed);
/// ```
///
/// @param name how errors call it; `sequential` unless given
/// @param layers in the order of the data
public record Sequential(String name, List<Layer> layers) {

  /// Copies the list.
  ///
  /// @throws IllegalArgumentException if there is no layer
  public Sequential {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(name + ": a model needs at least one layer");
    }
  }

  /// A model of these layers.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Sequential of(Layer... layers) {
    NotNull.check(layers, "layers");
    return new Sequential("sequential", List.of(layers));
  }

  /// This model under another name.
  public Sequential withName(String other) {
    NotNull.check(other, "other");
    return new Sequential(other, layers);
  }

  /// This model with another penalty on the weights of every dense layer, the last included.
  public Sequential withPenalty(Penalty penalty) {
    NotNull.check(penalty, "penalty");
    return new Sequential(
        name,
        layers.stream()
            .map(l -> l instanceof Dense dense ? dense.withPenalty(penalty) : l)
            .toList());
  }

  /// This model with the weights of every dense layer, the last included, drawn in another way.
  public Sequential withInitializer(Initializer initializer) {
    NotNull.check(initializer, "initializer");
    return new Sequential(
        name,
        layers.stream()
            .map(l -> l instanceof Dense dense ? dense.withInitializer(initializer) : l)
            .toList());
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
    List<Shape> shapes = shapes(input);
    Builder builder = new Builder(seed, dtype);
    List<Layer.Block> blocks = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      builder.nextLayer();
      blocks.add(layers.get(i).build(i == 0 ? input : shapes.get(i - 1), builder));
    }
    return new Network(this, input, shapes, blocks, builder.parameters(), builder.penalized());
  }

  /// The shapes of a sample after each layer.
  ///
  /// @throws IllegalArgumentException if a layer can't take what the one before gives
  private List<Shape> shapes(Shape input) {
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
  public Shape output(Shape input) {
    NotNull.check(input, "input");
    return shapes(input).getLast();
  }

  /// How many weights a network of this model has.
  ///
  /// @param input the shape of one sample
  /// @throws IllegalArgumentException if a layer can't take what the one before gives
  public long parameterCount(Shape input) {
    NotNull.check(input, "input");
    List<Shape> shapes = shapes(input);
    long count = 0;
    for (int i = 0; i < layers.size(); i++) {
      count += layers.get(i).parameterCount(i == 0 ? input : shapes.get(i - 1));
    }
    return count;
  }

  /// The layers: `dense(64, relu) | dropout(0.1) | dense(10)`.
  @Override
  public String toString() {
    return layers.stream().map(Layer::toString).collect(Collectors.joining(" | "));
  }
}

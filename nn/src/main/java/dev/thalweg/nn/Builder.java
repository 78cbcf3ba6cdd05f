package dev.thalweg.nn;

import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Philox;
import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
import dev.thalweg.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Makes the parameters of a network while its layers are built.
public final class Builder {

  private final long seed;
  private final DType dtype;
  private final List<Parameter> parameters = new ArrayList<>();
  private final List<Penalized> penalized = new ArrayList<>();
  private int layer;

  /// Weights and what keeps them small.
  record Penalized(Tensor weights, Penalty penalty) {}

  Builder(long seed, DType dtype) {
    this.seed = seed;
    this.dtype = dtype;
  }

  /// The position of the layer that is being built, from 1 on.
  public int layer() {
    return layer;
  }

  void nextLayer() {
    layer++;
  }

  List<Parameter> parameters() {
    return List.copyOf(parameters);
  }

  List<Penalized> penalized() {
    return List.copyOf(penalized);
  }

  /// A parameter named `<layer>.<name>`, drawn from a stream of its own.
  ///
  /// @return the parameter's values, to be used in the layer's function
  /// @throws IllegalArgumentException if the initializer gives another number of values
  public Tensor parameter(
      String name, Shape shape, Initializer initializer, int fanIn, int fanOut) {
    return parameter(name, shape, initializer, fanIn, fanOut, Penalty.NONE);
  }

  /// A parameter that is kept small.
  ///
  /// @return the parameter's values, to be used in the layer's function
  /// @throws IllegalArgumentException if the initializer gives another number of values
  public Tensor parameter(
      String name, Shape shape, Initializer initializer, int fanIn, int fanOut, Penalty penalty) {
    Philox random = Philox.of(seed, Streams.WEIGHTS + parameters.size());
    float[] drawn = initializer.draw(shape, fanIn, fanOut, random);
    if (drawn.length != shape.size()) {
      throw new IllegalArgumentException(
          "initializer "
              + initializer
              + ": expected "
              + shape.size()
              + " values for "
              + layer
              + "."
              + name
              + ", found "
              + drawn.length);
    }
    Tensor values = Tensor.wrap(shape, drawn);
    if (dtype == DType.F64) {
      values = Tensor.wrap(shape, values.toDoubles());
    }
    parameters.add(Parameter.of(layer + "." + name, values));
    if (!penalty.equals(Penalty.NONE)) {
      penalized.add(new Penalized(values, penalty));
    }
    return values;
  }
}

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
  private int layer;

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

  /// A parameter named `<layer>.<name>`, drawn from a stream of its own.
  ///
  /// @return the parameter's values, to be used in the layer's function
  public Tensor parameter(
      String name, Shape shape, Initializer initializer, int fanIn, int fanOut) {
    Philox random = Philox.of(seed, Streams.WEIGHTS + parameters.size());
    float[] drawn = initializer.draw(shape.size(), fanIn, fanOut, random);
    Tensor values = Tensor.wrap(shape, drawn);
    if (dtype == DType.F64) {
      values = Tensor.wrap(shape, values.toDoubles());
    }
    parameters.add(Parameter.of(layer + "." + name, values));
    return values;
  }
}

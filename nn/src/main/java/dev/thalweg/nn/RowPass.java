package dev.thalweg.nn;

import dev.thalweg.kernels.BinaryFunction;
import dev.thalweg.kernels.Convolution;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.Pooling;
import dev.thalweg.kernels.UnaryFunction;
import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Shape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A network as a short list of calls of kernels on plain arrays: one row in, one prediction out,
/// the same bits as [Network#apply] gives, without a tensor, and so, on one thread, without
/// garbage.
///
/// There is one for networks of F32 whose layers are `dense`, `conv2d` and `conv1d`, `max_pool`,
/// activations, `flatten`, `reshape` and `dropout` (which does nothing here). It uses the network's
/// own weights: if these move, so does what it computes.
///
/// ```java
/// var pass = RowPass.of(network).orElseThrow();
/// var arrays = pass.arrays();           // for one call at a time
/// float[] y = pass.apply(engine, arrays);   // of the row in arrays.row(); the prediction at its start
/// ```
public final class RowPass {

  /// The arrays that a call works in.
  public static final class Arrays {
    private float[] from;
    private float[] to;
    private final int[] taps;

    private Arrays(int width, int taps) {
      from = new float[width];
      to = new float[width];
      this.taps = new int[taps];
    }

    /// Where the row is put, from index 0 on.
    public float[] row() {
      return from;
    }

    private void turn() {
      float[] done = from;
      from = to;
      to = done;
    }
  }

  /// What a layer does to the numbers in `from`, which has its result afterwards.
  private interface Step {
    void apply(Engine engine, Arrays arrays);
  }

  private static final class Product implements Step {
    private final float[] weights;
    private final float[] bias;
    private final int inputs;
    private final int outputs;

    Product(float[] weights, float[] bias, int inputs, int outputs) {
      this.weights = weights;
      this.bias = bias;
      this.inputs = inputs;
      this.outputs = outputs;
    }

    @Override
    public void apply(Engine engine, Arrays arrays) {
      engine.fillRows(1, outputs, bias, 0, arrays.to, 0, outputs);
      engine.matmul(
          false,
          false,
          1,
          outputs,
          inputs,
          arrays.from,
          0,
          inputs,
          weights,
          0,
          outputs,
          arrays.to,
          0,
          outputs,
          true);
      arrays.turn();
    }
  }

  private static final class Convolved implements Step {
    private final Convolution geometry;
    private final float[] weights;
    private final float[] bias;

    Convolved(Convolution geometry, float[] weights, float[] bias) {
      this.geometry = geometry;
      this.weights = weights;
      this.bias = bias;
    }

    @Override
    public void apply(Engine engine, Arrays arrays) {
      geometry.forward(engine, 1, arrays.from, 0, weights, 0, bias, 0, arrays.to, 0);
      arrays.turn();
    }
  }

  private record Largest(Pooling geometry) implements Step {
    @Override
    public void apply(Engine engine, Arrays arrays) {
      geometry.maximum(engine, 1, arrays.from, 0, arrays.to, 0, arrays.taps, 0);
      arrays.turn();
    }
  }

  private record Activated(Activation function, int n) implements Step {
    @Override
    public void apply(Engine engine, Arrays arrays) {
      activate(engine, function, arrays.from, arrays.to, n);
    }
  }

  private final List<Step> steps = new ArrayList<>();
  private int width;
  private int taps;

  private RowPass(int inputs) {
    width = Math.max(2, inputs);
  }

  /// The pass of a network; empty if a layer is of another kind.
  public static Optional<RowPass> of(Network network) {
    Iterator<Parameter> parameters = network.parameters().iterator();
    RowPass pass = new RowPass(network.input().size());
    List<Layer> layers = network.model().layers();
    Shape shape = network.input();
    for (int i = 0; i < layers.size(); i++) {
      boolean after = network.model().isReluMoved(i - 1);
      boolean moved = network.model().isReluMoved(i);
      if (!pass.add(layers.get(i), shape, parameters, moved)) {
        return Optional.empty();
      }
      shape = layers.get(i).output(shape);
      if (after) {
        pass.activate(Activation.RELU, shape.size());
      }
    }
    return Optional.of(pass);
  }

  /// @param moved whether its relu is applied behind the next layer
  /// @return whether the layer has steps here
  private boolean add(Layer layer, Shape input, Iterator<Parameter> parameters, boolean moved) {
    int size = input.size();
    switch (layer) {
      case Dense dense -> {
        float[] weights = floats(parameters.next());
        float[] bias = floats(parameters.next());
        if (weights == null || bias == null || weights.length != size * dense.units()) {
          return false; // of F64, or step by step
        }
        add(new Product(weights, bias, size, dense.units()), dense.units());
        activate(dense.activation(), dense.units());
      }
      case Conv conv -> {
        Convolution geometry = conv.geometry(input);
        float[] weights = floats(parameters.next());
        float[] bias = conv.isBiased() ? floats(parameters.next()) : new float[0];
        if (weights == null || bias == null) {
          return false;
        }
        add(new Convolved(geometry, weights, bias), geometry.outputSize());
        activate(moved ? Activation.LINEAR : conv.activation(), geometry.outputSize());
      }
      case Pool pool when pool.isMaximum() -> {
        Pooling geometry = pool.geometry(input);
        add(new Largest(geometry), geometry.outputSize());
        taps = Math.max(taps, geometry.outputSize());
      }
      case ActivationLayer(Activation activation) ->
          activate(moved ? Activation.LINEAR : activation, size);
      case Dropout _, Flatten _, Reshape _ -> {}
      default -> {
        return false;
      }
    }
    return true;
  }

  private void add(Step step, int outputs) {
    steps.add(step);
    width = Math.max(width, outputs);
  }

  private void activate(Activation function, int n) {
    if (!function.equals(Activation.LINEAR)) {
      steps.add(new Activated(function, n));
    }
  }

  /// The array itself; null of F64.
  private static float @Nullable [] floats(Parameter parameter) {
    return parameter.dtype() == DType.F32 ? parameter.values().floats() : null;
  }

  /// Arrays for one call at a time, each of two numbers or more.
  public Arrays arrays() {
    return new Arrays(width, taps);
  }

  /// The prediction for one row.
  ///
  /// @param arrays of this pass, with the row in [Arrays#row]; overwritten
  /// @return the array at whose start the prediction stands, one of `arrays`
  public float[] apply(Engine engine, Arrays arrays) {
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).apply(engine, arrays);
    }
    return arrays.row();
  }

  /// y = f(y).
  private static void activate(Engine engine, Activation f, float[] y, float[] spare, int n) {
    switch (f.toString()) {
      case "linear" -> {}
      case "relu" -> engine.map(UnaryFunction.RELU, y, 0, y, 0, n);
      case "tanh" -> engine.map(UnaryFunction.TANH, y, 0, y, 0, n);
      case "sigmoid" -> engine.map(UnaryFunction.SIGMOID, y, 0, y, 0, n);
      case "gelu" -> engine.map(UnaryFunction.GELU, y, 0, y, 0, n);
      case "softplus" -> engine.map(UnaryFunction.SOFTPLUS, y, 0, y, 0, n);
      case "silu" -> {
        engine.map(UnaryFunction.SIGMOID, y, 0, spare, 0, n);
        engine.zip(BinaryFunction.MULTIPLY, y, 0, 1, spare, 0, 1, y, 0, n);
      }
      default -> f.function().replace(y, n);
    }
  }
}

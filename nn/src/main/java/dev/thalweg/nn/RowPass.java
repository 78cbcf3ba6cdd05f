package dev.thalweg.nn;

import dev.thalweg.kernels.BinaryFunction;
import dev.thalweg.kernels.DType;
import dev.thalweg.kernels.Engine;
import dev.thalweg.kernels.UnaryFunction;
import dev.thalweg.optim.Parameter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A network as a short list of calls of kernels on plain arrays: one row in, one prediction out,
/// the same bits as [Network#apply] gives, without a tensor, and so without garbage.
///
/// There is one for networks of F32 whose layers are `dense`, activations, `dropout` (which does
/// nothing here) and `flatten`. It uses the network's own weights: if these move, so does what it
/// computes.
///
/// ```java
/// var pass = RowPass.of(network).orElseThrow();
/// float[] x = new float[pass.width()], spare = new float[pass.width()];
/// float[] y = pass.apply(engine, x, spare);   // x or spare; the prediction stands at its start
/// ```
public final class RowPass {

  /// A dense layer, or with no weights an activation alone.
  private static final class Step {
    final float @Nullable [] weights;
    final float @Nullable [] bias;
    final int inputs;
    final int outputs;
    final Activation activation;

    Step(
        float @Nullable [] weights,
        float @Nullable [] bias,
        int inputs,
        int outputs,
        Activation activation) {
      this.weights = weights;
      this.bias = bias;
      this.inputs = inputs;
      this.outputs = outputs;
      this.activation = activation;
    }
  }

  private final List<Step> steps;
  private final int width;

  private RowPass(List<Step> steps, int width) {
    this.steps = List.copyOf(steps);
    this.width = width;
  }

  /// The pass of a network; empty if a layer is of another kind.
  public static Optional<RowPass> of(Network network) {
    Iterator<Parameter> parameters = network.parameters().iterator();
    List<Step> steps = new ArrayList<>();
    int size = network.input().size();
    int width = size;
    for (Layer layer : network.model().layers()) {
      switch (layer) {
        case Dense dense -> {
          float[] weights = floats(parameters.next());
          float[] bias = floats(parameters.next());
          if (weights.length == 0 || weights.length != size * dense.units()) {
            return Optional.empty(); // of F64, or step by step
          }
          steps.add(new Step(weights, bias, size, dense.units(), dense.activation()));
          size = dense.units();
          width = Math.max(width, size);
        }
        case ActivationLayer(Activation activation) ->
            steps.add(new Step(null, null, size, size, activation));
        case Dropout _, Flatten _, Reshape _ -> {}
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new RowPass(steps, width));
  }

  /// The array itself; none of F64.
  private static float[] floats(Parameter parameter) {
    return parameter.dtype() == DType.F32 ? parameter.values().floats() : new float[0];
  }

  /// The length that both arrays need at least: the largest number of values between two layers.
  public int width() {
    return width;
  }

  /// The prediction for one row.
  ///
  /// @param x the row, from index 0 on; overwritten
  /// @param spare any numbers; overwritten
  /// @return that one of the two arrays at whose start the prediction stands
  public float[] apply(Engine engine, float[] x, float[] spare) {
    float[] from = x;
    float[] to = spare;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      int n = step.outputs;
      if (step.weights != null && step.bias != null) {
        engine.fillRows(1, n, step.bias, 0, to, 0, n);
        engine.matmul(
            false,
            false,
            1,
            n,
            step.inputs,
            from,
            0,
            step.inputs,
            step.weights,
            0,
            n,
            to,
            0,
            n,
            true);
        float[] done = from;
        from = to;
        to = done;
      }
      activate(engine, step.activation, from, to, n);
    }
    return from;
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

package dev.thalweg.train;

import dev.thalweg.kernels.DType;
import dev.thalweg.nn.Network;
import dev.thalweg.nn.Pass;
import dev.thalweg.optim.Parameter;
import dev.thalweg.tensor.Tensor;
import java.util.List;

/// Finds the first tensor with a number that is NaN or infinite, and says so.
final class Divergence {

  private final Network network;

  Divergence(Network network) {
    this.network = network;
  }

  /// Goes through weights, batch and layers in the order in which they were computed.
  ///
  /// @param inputs of the batch; the layers are gone through where the network takes the first one
  DivergedException ofLoss(List<Tensor> inputs, Pass pass, long step, double loss) {
    for (Parameter parameter : network.parameters()) {
      int at = firstBad(parameter.values().floats(), parameter.size());
      if (at >= 0) {
        return named("parameter " + parameter.name(), parameter.values().floats()[at], at, step);
      }
    }
    for (Tensor x : inputs) {
      int at = x.dtype() == DType.I32 ? -1 : firstBad(x.floats(), x.size());
      if (at >= 0) {
        return named("the batch of features", x.floats()[at], at, step);
      }
    }
    List<Tensor> outputs = trace(inputs.getFirst(), pass);
    for (int i = 0; i < outputs.size(); i++) {
      Tensor y = outputs.get(i);
      int at = firstBad(y.floats(), y.size());
      if (at >= 0) {
        return named(
            "the output of layer " + (i + 1) + ", " + network.model().layers().get(i),
            y.floats()[at],
            at,
            step);
      }
    }
    return named("the loss", (float) loss, 0, step);
  }

  /// What the layers make of an input; nothing where the network takes another.
  private List<Tensor> trace(Tensor x, Pass pass) {
    try {
      return network.trace(x, pass);
    } catch (IllegalArgumentException otherShape) {
      return List.of();
    }
  }

  /// Throws if the gradient of a parameter has such a number.
  void checkGradient(Parameter of, Tensor gradient, long step) {
    int at = firstBad(gradient.floats(), gradient.size());
    if (at >= 0) {
      throw named("the gradient of parameter " + of.name(), gradient.floats()[at], at, step);
    }
  }

  /// Throws if a weight is such a number after the last step.
  void checkWeights(long step) {
    for (Parameter parameter : network.parameters()) {
      float[] values = parameter.values().floats();
      int at = firstBad(values, parameter.size());
      if (at >= 0) {
        throw named("parameter " + parameter.name(), values[at], at, step);
      }
    }
  }

  private static DivergedException named(String what, float value, int at, long step) {
    String found = Float.isNaN(value) ? "NaN" : value > 0 ? "infinity" : "minus infinity";
    return new DivergedException(
        "training diverged at step "
            + step
            + ": "
            + what
            + " has "
            + found
            + " at element "
            + at
            + "; a smaller learning rate may help",
        step);
  }

  private static int firstBad(float[] values, int n) {
    for (int i = 0; i < n; i++) {
      if (!Float.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }
}

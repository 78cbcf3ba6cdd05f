package dev.thalweg.train;

import dev.thalweg.nn.Activation;
import dev.thalweg.nn.Dense;
import dev.thalweg.nn.Network;
import dev.thalweg.optim.Parameter;
import java.util.OptionalDouble;

/// Calibration by one number: outputs divided by a temperature T before they become probabilities,
/// with T such that the log-loss of rows that were not trained on is smallest (Guo et al. 2017, On
/// Calibration of Modern Neural Networks). The order of classes stays as it is; above 1 a model was
/// too sure, below 1 not sure enough.
///
/// The log-loss is convex in a = 1/T, with the slope Σᵣ (Σₖ pₖ zₖ − z_y) / n for the outputs z of
/// row r and p = softmax(a z), so its zero is found by halving an interval.
final class Temperature {

  /// The range of 1/T, beyond which there is nothing to be found.
  private static final double LEAST = 1e-4;

  private static final double MOST = 1e4;

  private Temperature() {}

  /// The temperature with the smallest log-loss; empty where there is none, because colder and
  /// colder is better and better, as where all rows are predicted right, or hotter and hotter, as
  /// where outputs tell less than nothing.
  static OptionalDouble of(Outcomes outcomes) {
    double low = Math.log(LEAST);
    double high = Math.log(MOST);
    if (!(slope(outcomes, MOST) > 0) || !(slope(outcomes, LEAST) < 0)) {
      return OptionalDouble.empty();
    }
    while (true) {
      double middle = (low + high) / 2;
      if (middle <= low || middle >= high || high - low < 1e-14) {
        return OptionalDouble.of(StrictMath.exp(-middle));
      }
      if (slope(outcomes, StrictMath.exp(middle)) > 0) {
        high = middle;
      } else {
        low = middle;
      }
    }
  }

  private static double slope(Outcomes outcomes, double a) {
    double sum = 0;
    int classes = outcomes.classes();
    double[] z = new double[classes];
    for (int row = 0; row < outcomes.rows(); row++) {
      double top = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < classes; k++) {
        z[k] = outcomes.logit(row, k);
        top = Math.max(top, z[k]);
      }
      double weights = 0;
      double mean = 0;
      for (int k = 0; k < classes; k++) {
        double weight = StrictMath.exp(a * (z[k] - top));
        weights += weight;
        mean += weight * (z[k] - top);
      }
      sum += mean / weights - (z[outcomes.label(row)] - top);
    }
    return sum / outcomes.rows();
  }

  /// A network whose outputs are those of another divided by a temperature: the weights of its last
  /// layer are.
  ///
  /// @throws IllegalArgumentException if the last layer is not dense and linear
  static Network divided(Network network, double temperature) {
    var layers = network.model().layers();
    if (!(layers.getLast() instanceof Dense last) || !last.activation().equals(Activation.LINEAR)) {
      throw new IllegalArgumentException(
          "calibrated: expected a last layer that is dense and linear, found " + layers.getLast());
    }
    Network scaled = network.model().build(network.input(), 0);
    int count = network.parameters().size();
    for (int i = 0; i < count; i++) {
      Parameter from = network.parameters().get(i);
      float[] source = from.values().floats();
      float[] target = scaled.parameters().get(i).values().floats();
      // Weights and bias of the last layer.
      boolean divide = i >= count - 2;
      for (int j = 0; j < target.length; j++) {
        target[j] = divide ? (float) (source[j] / temperature) : source[j];
      }
    }
    return scaled;
  }
}

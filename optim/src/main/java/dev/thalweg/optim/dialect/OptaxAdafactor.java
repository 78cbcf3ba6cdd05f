package dev.thalweg.optim.dialect;

import dev.thalweg.optim.Parameter;
import dev.thalweg.optim.rule.CardedRule;
import dev.thalweg.optim.rule.Settings;
import java.util.Arrays;

/// `optax.adafactor`, as Optax computes it: a product of rows and columns only where the two
/// largest dimensions have at least 128 numbers, the rate times the size of the weights, and a
/// decay that the rate has no part in. Optax keeps the momentum in float32 unless told otherwise.
public final class OptaxAdafactor implements CardedRule {
  @Override
  public String card() {
    return """
    optax.adafactor (MATRIX): squares of gradients by row and column, steps in proportion to the weights
    learning_rate:lr = none in [0, ∞): 1
    min_dim_size_to_factor = fixed 128 in [0, ∞)
    decay_rate = 0.8 in [0, ∞)
    decay_offset = fixed 0 in (-∞, 1): Optax' default; from 1 on it has steps that are no numbers
    multiply_by_parameter_scale = true
    clipping_threshold = optional 1 in [1, ∞)
    momentum = none in [0, 1)
    dtype_momentum
    weight_decay_rate = none in [0, ∞)
    eps = 1e-30 in [0, ∞)
    factored = true
    weight_decay_mask
    = optax.scale_by_factored_rms(factored=true, decay_rate=0.8, step_offset:decay_offset=0, min_dim_size_to_factor=128, epsilon:eps=1e-30, decay_rate_fn!) where multiply_by_parameter_scale=false, clipping_threshold=none, direction
    """;
  }

  @Override
  public String formula(Settings s) {
    return lines(s, s.flag("factored"));
  }

  @Override
  public String formula(Settings s, Parameter parameter) {
    int[] shape = parameter.dimensions();
    int[] sorted = shape.clone();
    Arrays.sort(sorted);
    boolean factored =
        s.flag("factored")
            && shape.length >= 2
            && sorted[shape.length - 2] >= s.fixed("min_dim_size_to_factor");
    if (factored) {
      int least = Math.min(shape[shape.length - 2], shape[shape.length - 1]);
      if (least < sorted[shape.length - 2]) {
        throw new IllegalArgumentException(
            "optax.adafactor: expected the two largest dimensions of %s to be the last, found %s"
                .formatted(parameter.name(), Arrays.toString(shape)));
      }
    }
    return lines(s, factored);
  }

  private static String lines(Settings s, boolean factored) {
    String weight = "(t - decay_offset)^(-decay_rate)";
    String lines =
        (factored
                ? "v = factored(g^2 + eps, " + weight + ", 0)\n"
                : "v = (1 - WEIGHT) * v + WEIGHT * g^2 + WEIGHT * eps\n".replace("WEIGHT", weight))
            + "u = "
            + s.over("eps", "g", "v", "sqrt(v)", "sqrt(v)")
            + "\n";
    if (s.isGiven("clipping_threshold")) {
      lines += "u = u / max(1, rms(u) / clipping_threshold)\n";
    }
    String step = s.isGiven("learning_rate") ? "lr * u" : "u";
    if (s.flag("multiply_by_parameter_scale")) {
      step += " * max(rms(p), 0.001)";
    }
    if (s.isGiven("momentum")) {
      lines += "m = lerp(m, " + step + ", 1 - momentum)\n";
      step = "m";
    }
    return lines
        + "p -= "
        + (s.has("weight_decay_rate") ? "(" + step + " + weight_decay_rate * p)" : step);
  }
}

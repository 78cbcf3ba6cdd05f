package dev.thalweg.optim.rule;

/// The gradient over the root of the average of its recent squares. Tieleman & Hinton 2012, lecture
/// 6e; centered: Graves 2013, arXiv 1308.0850.
public final class Rmsprop implements CardedRule {
  @Override
  public String card() {
    return """
    rmsprop (ADAPTIVE): each gradient is divided by the root of the average of its recent squares
    Tieleman & Hinton 2012, lecture 6e; centered: Graves 2013, arXiv 1308.0850
    lr = 0.001 in (0, ∞): Tieleman & Hinton 2012
    rho = 0.9 in [0, 1): Tieleman & Hinton 2012
    epsilon = 1e-8 in [0, ∞): this library's choice
    epsilon_place = outside of outside, inside
    centered = false
    momentum = 0 in [0, 1): the lecture's: none
    form = trace of trace, velocity
    initial_accumulator = fixed 0 in [0, ∞): the lecture's; TensorFlow 1 has 1
    weight_decay = 0 in [0, ∞): the papers': none
    decay = coupled of coupled, decoupled, constant, proximal
    = keras.RMSprop(learning_rate=0.001, rho=0.9, momentum=0, epsilon=1e-7, centered=false, …) where epsilon_place=inside, form=velocity
    """;
  }

  @Override
  public String formula(Settings s) {
    return s.decayed(lines(s));
  }

  private static String lines(Settings s) {
    String lines = "init v = initial_accumulator\nv = rho * v + (1 - rho) * g^2\n";
    String square = "v";
    if (s.flag("centered")) {
      lines += "m = rho * m + (1 - rho) * g\n";
      square = "max(v - m^2, 0)";
    }
    String step = s.overRoot("g", square);
    if (!s.has("momentum")) {
      return lines + "p -= lr * " + step;
    }
    return s.is("form", "velocity")
        ? lines + "b = momentum * b + lr * " + step + "\np -= b"
        : lines + "b = momentum * b + " + step + "\np -= lr * b";
  }
}

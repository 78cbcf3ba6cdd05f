package dev.thalweg.optim.rule;

/// Gradient descent.
///
/// Rates: no paper gives one that fits all. 0.01 is this library's choice and that of Keras.
public final class Sgd implements CardedRule {
  @Override
  public String card() {
    return """
    sgd (DESCENT): gradient descent; on batches or single samples, stochastic gradient descent
    Cauchy 1847; Robbins & Monro 1951
    also gd, gradient_descent
    lr = 0.01 in (0, ∞): this library's choice
    weight_decay = 0 in [0, ∞): the papers': none
    decay = coupled of coupled, decoupled, constant, proximal
    """;
  }

  @Override
  public String formula(Settings s) {
    return s.decayed("p -= lr * g");
  }
}

package dev.thalweg.optim;

/// What `weight_decay` λ does. η: the rate of the step.
public enum DecayForm {
  /// g ← g + λθ before the rule: the gradient of ½λ‖θ‖², called L2; passes through averages and
  /// roots.
  COUPLED("g += weight_decay * p"),
  /// θ ← θ − ηλθ beside the rule: AdamW, all of Keras.
  DECOUPLED("p -= lr * weight_decay * p"),
  /// θ ← θ − λθ beside the rule, whatever the rate is.
  CONSTANT("p -= weight_decay * p"),
  /// θ ← θ/(1 + ηλ) after the rule: the proximal step of ½λ‖θ‖² (Zhuang et al. 2022, arXiv
  /// 2202.00089).
  PROXIMAL("p /= 1 + lr * weight_decay");

  private final String line;

  DecayForm(String line) {
    this.line = line;
  }

  /// What it does to the gradient or the parameter, a line of a formula.
  public String line() {
    return line;
  }
}

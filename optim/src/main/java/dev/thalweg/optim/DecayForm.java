package dev.thalweg.optim;

/// What `weight_decay` λ does. η: the rate of the step.
public enum DecayForm {
  /// g ← g + λθ before the rule: the gradient of ½λ‖θ‖², called L2; passes through averages and
  /// roots.
  COUPLED,
  /// θ ← θ − ηλθ beside the rule: AdamW, all of Keras.
  DECOUPLED,
  /// θ ← θ − λθ beside the rule, whatever the rate is.
  CONSTANT,
  /// θ ← θ/(1 + ηλ) after the rule: the proximal step of ½λ‖θ‖² (Zhuang et al. 2022, arXiv
  /// 2202.00089).
  PROXIMAL
}

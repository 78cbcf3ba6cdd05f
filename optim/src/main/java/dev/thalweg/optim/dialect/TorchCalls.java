package dev.thalweg.optim.dialect;

import static dev.thalweg.optim.rule.Arguments.refused;

import dev.thalweg.optim.Hyperparameter;
import dev.thalweg.optim.Setting;
import dev.thalweg.optim.rule.Settings;

/// What PyTorch's calls share.
///
/// `foreach`, `fused` and `capturable` choose how PyTorch computes and have no effect here.
public final class TorchCalls {
  static final String DEFAULT = "PyTorch's default";

  private TorchCalls() {}

  /// Steps that are differentiated themselves.
  public static Hyperparameter differentiable() {
    return refused(
        "differentiable",
        new Setting.Flag(false),
        "steps that are differentiated themselves are not");
  }

  /// What every one of them does to the gradient first.
  static String before(Settings s) {
    return (s.flag("maximize") ? "g = -g\n" : "")
        + (s.has("weight_decay") ? "g += weight_decay * p\n" : "");
  }
}

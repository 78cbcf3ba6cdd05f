package dev.thalweg.optim.dialect;

import dev.thalweg.optim.rule.Settings;

/// What PyTorch's calls share.
///
/// `foreach`, `fused` and `capturable` choose how PyTorch computes and have no effect here.
public final class TorchCalls {
  private TorchCalls() {}

  /// What every one of them does to the gradient first.
  static String before(Settings s) {
    return (s.flag("maximize") ? "g = -g\n" : "")
        + (s.has("weight_decay") ? "g += weight_decay * p\n" : "");
  }
}
